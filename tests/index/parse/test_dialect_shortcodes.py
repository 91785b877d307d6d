"""Shortcodes, containers and MDX: each row a construct, and what its reader sees."""

from __future__ import annotations

import pytest

from tests.index.parse.dialect import Row
from tests.index.parse.shown import lines, post

SHORTCODES = [
    Row(
        "an image's caption",
        "Hi.\n\n"
        '{{<img src="a.png" caption="A [boat](https://a.b) called \\"Ada\\"" alt="no" max-width="9px">}}\n'
        "\nBye.\n",
        ["paragraph: Hi.", "caption: A boat called “Ada”", "paragraph: Bye."],
    ),
    Row(
        "a gallery's caption",
        '{{<gallery caption="Two boats">}}\n  {{<img src="a.png" alt="x">}}\n'
        '  {{<img src="b.png">}}\n{{</gallery>}}\n\nBye.\n',
        ["caption: Two boats", "paragraph: Bye."],
    ),
    Row(
        "a cell of nothing but a tag",
        "| Year | Change |\n| - | - |\n| 2020 | **{{<delta-cell>}}** |\n",
        ["header: Year | Change", "row: 2020 |"],
    ),
    Row(
        "widgets",
        'Hi.\n\n{{<revenue-graph project="x">}}\n{{<zestful-ad>}}\n\n'
        '{{< youtube id="a" title="No">}}\n\n{{<inline-file filename="x">}}\n',
        ["paragraph: Hi."],
    ),
    Row(
        "a figure with all that it shows",
        '{{< figure src="x.png" title="Two boats" caption="At *sea*" attr="Photo by Ann" alt="No" >}}\n',
        ["caption: Two boats", "caption: At sea Photo by Ann"],
    ),
    Row(
        "code in a line",
        'So {{< highlight go "hl_inline=true" >}}x := 1{{< /highlight >}} is.\n',
        ["paragraph: So x := 1 is."],
    ),
    Row("a notice", '{{<notice type="info">}}\nMind the *boom*.\n{{</notice>}}\n', ["paragraph: Mind the boom."]),
    Row(
        "an alert with a title",
        '{{% alert title="Note" color="info" %}}\nMind the boom.\n{{% /alert %}}\n',
        ["paragraph: Note", "paragraph: Mind the boom."],
    ),
    Row(
        "in the middle of code",
        '```bash\nwget {{<baseurl>}}/boats.zip\n!pip install x=="{{% hub/latest-version %}}"\n```\n\n{{< x >}}\n',
        ['code bash: wget /boats.zip\n!pip install x==""'],
    ),
    Row(
        "tabs, some with three braces",
        '{{< blocks/tabs name="which" >}}\n{{{< blocks/tab name="Linux" >}}\nUse apt.\n'
        "{{< /blocks/tab >}}\n{{< /blocks/tabs >}}\n",
        ["paragraph: Linux", "paragraph: Use apt."],
    ),
    Row(
        "shown on purpose",
        "Write `{{</* ref x */>}}` or {{</* ref y */>}}.\n",
        ["paragraph: Write {{< ref x >}} or {{< ref y >}}."],
    ),
    Row("highlight", "{{< highlight go >}}\nx := 1 // *\n{{< /highlight >}}\n", ["code go: x := 1 // *"]),
    Row("a link's address", 'Go [there]({{< ref "b.md" >}}) now.\n', ["paragraph: Go there now."]),
    Row("a version in a sentence", "Get v{{% version %}} now.\n", ["paragraph: Get v now."]),
    Row("not closed", "A {{< broken and on.\n\nMore.\n", ["paragraph: A broken and on.", "paragraph: More."], "hugo"),
    Row(
        "Zola", '{% quote(author="A") %}\nFair winds.\n{% end %}\n\n{{ youtube(id="x") }}\n', ["paragraph: Fair winds."]
    ),
    Row("a Quarto include", "Hi.\n\n{{< include _faq.qmd >}}\n\n{{< video https://a.b >}}\n", ["paragraph: Hi."]),
    Row(
        "a cell that hides its code",
        "```{python}\n#| echo: false\nprint(1)\n```\n\n```{r}\n#| output: asis\nx <- 1\n```\n",
        ["code r: x <- 1"],
    ),
    Row(
        "a fence with attributes",
        '```{.dockerfile filename="Dockerfile"}\nFROM x\n```\n',
        ["caption: Dockerfile", "code dockerfile: FROM x"],
    ),
]
CONTAINERS = [
    Row(
        "an admonition",
        '!!! tip "Data"\n\n    Mind the *boom*.\n\n    And the keel.\n',
        ["paragraph: Data", "paragraph: Mind the boom.", "paragraph: And the keel."],
    ),
    Row("an admonition without title", "!!! note\n    Mind it.\n", ["paragraph: Mind it."]),
    Row(
        "details in a list",
        '1. Reef.\n\n    ??? success "Solution"\n\n        - Pull\n        - Tie\n\n'
        "        ```sh\n        pull  # *hard*\n        ```\n\n2. Steer.\n",
        ["item: Reef.", "paragraph: Solution", "item: Pull", "item: Tie", "code sh: pull  # *hard*", "item: Steer."],
    ),
    Row(
        "tabs in a list",
        '- Install:\n\n    === "With uv"\n\n        ```sh\n        uv add x\n        ```\n\n'
        '    === "With pip"\n\n        ```sh\n        pip install x\n        ```\n\n- Run.\n',
        [
            "item: Install:",
            "paragraph: With uv",
            "code sh: uv add x",
            "paragraph: With pip",
            "code sh: pip install x",
            "item: Run.",
        ],
    ),
    Row(
        "colons",
        ":::info\n\nOne.\n\n:::\n\n:::warning Removed in v2\nTwo.\n:::\n\n:::tip[My *tip*]\n\nThree.\n\n:::\n",
        ["paragraph: One.", "paragraph: Removed in v2", "paragraph: Two.", "paragraph: My tip", "paragraph: Three."],
    ),
    Row(
        "a callout whose title is a heading",
        "# Boats\n\n::: {.callout-important}\n# Beware\nMind it.\n:::\n\nHi.\n",
        ["# Boats", "paragraph: Beware", "paragraph: Mind it.", "paragraph: Hi."],
    ),
    Row(
        "layout",
        ":::: {layout-ncol=2}\n::: {.g-col-4}\nLeft.\n:::\n\n"
        '::: {.content-visible unless-format="pdf"}\nSeen.\n:::\n\n'
        '::: {.content-visible when-format="pdf"}\nUnseen.\n:::\n::::\n',
        ["paragraph: Left.", "paragraph: Seen."],
    ),
    Row(
        "a custom tag",
        '<admon type="info">\n\nMind *it*.\n\n```sh\nls\n```\n\n</admon>\n\nHi.\n',
        ["paragraph: Mind it.", "code sh: ls", "paragraph: Hi."],
    ),
    Row(
        "a custom tag with a title",
        '<admon type="tip" title="Mine">\n\nMind it.\n\n</admon>\n',
        ["paragraph: Mine", "paragraph: Mind it."],
    ),
    Row(
        "details around a fence",
        "<details>\n<summary>More</summary>\n\n```sh\nls\n```\n\nText.\n\n</details>\n",
        ["paragraph: More", "code sh: ls", "paragraph: Text."],
    ),
    Row(
        "a summary behind the body",
        "<details>\n\nBody.\n\n<summary>More</summary>\n</details>\n",
        ["paragraph: More", "paragraph: Body."],
        "commonmark",
    ),
    Row("an unclosed tag", "<toc>\n\n## One\n\nHi *you*.\n", ["## One", "paragraph: Hi you."]),
    Row("another generator's contents", "<TOCInline toc={toc} />;\n\nHi.\n", ["paragraph: Hi."]),
    Row(
        "cards and tabs",
        '<toggle>\n<tab title="Linux">\n\nUse apt.\n\n</tab>\n</toggle>\n\nAn <abbr>ETA</abbr>.\n',
        ["paragraph: Linux", "paragraph: Use apt.", "paragraph: An ETA."],
    ),
    Row(
        "a card over lines",
        'Hi.\n\n<external-link\n  href="https://a.b"\n  title="No"\n  description="Not\n'
        '  this > one"\n  link\n/>\n\nBye.\n',
        ["paragraph: Hi.", "paragraph: Bye."],
    ),
    Row(
        "a division around Markdown",
        '<div class="cols" markdown>\n\n- One\n- Two\n\n</div>\n',
        ["item: One", "item: Two"],
    ),
]
MDX = [
    Row(
        "an import in mid-page",
        "Hi.\n\nimport X from './_x.mdx'\n\n<X />\n\nBye.\n",
        ["paragraph: Hi.", "paragraph: Bye."],
    ),
    Row(
        "a component's caption",
        "---\ntitle: T\n---\nimport { FigureCaption } from '../c'\n\nHi.\n\n<FigureCaption\n"
        '  caption="A boat"\n  source="https://a.b"\n/>\n',
        ["paragraph: Hi.", "caption: A boat"],
    ),
    Row(
        "an import in a fence",
        "```js\nimport a from 'b'\n```\n\nHi.\n",
        ["code js: import a from 'b'", "paragraph: Hi."],
    ),
    Row(
        "wrappers, line marks and output",
        "<Server>\n\n```js {3,7-9}\nlet a = {{b: 1}}\n```\n\n</Server>\n\n```js eval\nx\n```\n"
        "\n<p />\n\n<Client>Hi *you*.</Client>\n",
        ["code js: let a = {{b: 1}}", "paragraph: Hi you."],
    ),
    Row(
        "styles",
        '<div className="a" style={{color: "red", width: 1}}>\n\nHi.\n\n</div>\n',
        ["paragraph: Hi."],
        "docusaurus",
    ),
    Row(
        "escapes",
        "Use &lt;url\\&gt; or **\\{ node: auto \\}** now.\n",
        ["paragraph: Use <url> or { node: auto } now."],
        "docusaurus",
    ),
    Row("an embed", '<iframe width="1" src="https://a.b" title="No"></iframe>\n\nHi.\n', ["paragraph: Hi."]),
    Row("expressions", "{/* no */}\n\nHi{' '}you {'{x}'} {props.name}.\n", ["paragraph: Hi you {x} ."], "docusaurus"),
    Row(
        "tab items",
        '<Tabs>\n<TabItem value="a" label="npm">\n\nRun npm.\n\n</TabItem>\n</Tabs>\n',
        ["paragraph: npm", "paragraph: Run npm."],
    ),
    Row("an export", "export const a = {\n  b: 1,\n};\n\nHi.\n", ["paragraph: Hi."], "docusaurus"),
    Row("not an import", "import duties are high.\n", ["paragraph: import duties are high."]),
    Row("a heading's id", "## Knots {#ties}\n\nHi.\n", ["## Knots", "paragraph: Hi."], "docusaurus"),
    Row("an indented line is text", "<Box>\n    Hi *you*.\n</Box>\n", ["paragraph: Hi you."], "docusaurus"),
]


@pytest.mark.parametrize("row", SHORTCODES + CONTAINERS + MDX, ids=lambda row: row.name)
def test_the_reader_sees(row: Row) -> None:
    assert lines(post(row.source, row.path, row.generator)) == row.seen
