"""What themes and plug-ins add to their generators: each row a construct, and what its reader sees."""

from __future__ import annotations

import time

import pytest

from tests.index.parse.dialect import Row
from tests.index.parse.shown import lines, parse, post

HUGO = [
    Row(
        "one tilde on either side, paths and amounts",
        "H~2~O, ~gone~, ~/a and ~/b, ~5 to ~6, `~x~`.\n\n```goat\n+--+\n```\n",
        ["paragraph: H2O, gone, ~/a and ~/b, ~5 to ~6, ~x~."],
        "hugo",
    ),
    Row(
        "a kind and a title without names",
        '{{% notice warning "Mind the gap" %}}\nIt is **wide**.\n{{% /notice %}}\n\n'
        '{{< admonition tip "Reef early" true >}}\nWe did.\n{{< /admonition >}}\n',
        ["paragraph: Mind the gap", "paragraph: It is wide.", "paragraph: Reef early", "paragraph: We did."],
        "hugo",
    ),
    Row(
        "columns",
        "{{< columns >}}\nPort\n<--->\nStarboard\n{{< /columns >}}\n",
        ["paragraph: Port", "paragraph: Starboard"],
        "hugo",
    ),
    Row(
        "a word with a tooltip",
        'A {{< tooltip text="pod" id="pod" >}} runs.\n',
        ["paragraph: A pod runs."],
        "hugo",
    ),
    Row("a comment in braces", "{{/* a note\nto me */}}\n\nHi.\n", ["paragraph: Hi."], "hugo"),
    Row(
        "a parameter of the page",
        "---\ntitle: T\nparams:\n  harbour: Fen\n---\nIn {{< param Harbour >}}.\n",
        ["paragraph: In Fen."],
        "hugo",
    ),
    Row(
        "two terms with one definition",
        "Luff\nLeech\n: An edge.\n\nNo\nterm.\n",
        ["paragraph: Luff", "item: Leech", "item 1: An edge.", "paragraph: No term."],
        "hugo",
    ),
    Row("code of nothing but a tag", 'Use `{{< param "x" >}}` now.\n', ["paragraph: Use now."], "hugo"),
]
JEKYLL = [
    Row(
        "a value right behind a word",
        "---\nn: 4.2\n---\nIn v{{ page.n }}:{{ page.n }}.\n",
        ["paragraph: In v4.2:4.2."],
        "jekyll",
    ),
    Row("tasks with blank lines", "- [x] One\n\n- [ ] Two\n", ["item: One", "item: Two"], "jekyll"),
    Row(
        "Markdown in HTML of one line",
        '<div markdown="1">A *boom* swings.</div>\n<div markdown="0">So.</div>\n',
        ["paragraph: A boom swings.", "paragraph: So."],
        "jekyll",
    ),
    Row(
        "Markdown in all HTML",
        '{::options parse_block_html="true" /}\n\n<section>\n- one\n</section>\n',
        ["item: one"],
        "jekyll",
    ),
    Row(
        "a table whose line below the header is short",
        "| A | B |\n|---\n| 1 | `x|y`\n",
        ["header: A | B", "row: 1 | x|y"],
        "jekyll",
    ),
    Row(
        "a list that begins with 2 below a paragraph",
        "Then:\n2. Reef\n3. Wait\n",
        ["paragraph: Then:", "item: Reef", "item: Wait"],
        "jekyll",
    ),
    Row(
        "sums and slugs",
        "---\ntitle: Two Reefs\n---\n{% assign n = 5 | plus: 2 %}{{ n }} {{ page.title | slugify }}.\n",
        ["paragraph: 7 two-reefs."],
        "jekyll",
    ),
    Row(
        "tags that are shown in code, each in its line",
        "```\n{% raw %}{% include x.html %}{% endraw %}\nhi\n{% raw %}\n{{ a }}\n{% endraw %}\n```\n",
        ["code: {% include x.html %}\nhi\n{{ a }}"],
        "jekyll",
    ),
    Row(
        "a date as Jekyll writes it",
        '---\ndate: 2024-03-02 09:15:00 +0100\n---\nOn {{ page.date | date: "%-d %B %Y" }}.\n',
        ["paragraph: On 2 March 2024."],
        "jekyll",
    ),
    Row(
        "the text that an include shows",
        '{% include alert.html type="warning" title="Mind" content="The **boom** swings." %}\n\nBye.\n',
        ["paragraph: Mind", "paragraph: The boom swings.", "paragraph: Bye."],
        "jekyll",
    ),
    Row(
        "the text that an include is given by name",
        "{% capture note %}Reef *early*.{% endcapture %}\n\n{% include note.html content=note %}\n",
        ["paragraph: Reef early."],
        "jekyll",
    ),
    Row(
        "a picture's description",
        '{% include image.html url="/a.png" description="The boat" %}\n\nBye.\n',
        ["caption: The boat", "paragraph: Bye."],
        "jekyll",
    ),
    Row(
        "tabs of a group",
        "{% tabs log %}\n{% tab log php %}\nOne.\n{% endtab %}\n{% tab log js %}\nTwo.\n{% endtab %}\n{% endtabs %}\n",
        ["paragraph: php", "paragraph: One.", "paragraph: js", "paragraph: Two."],
        "jekyll",
    ),
]
MKDOCS = [
    Row(
        "tasks with blank lines and nesting",
        "- [x] One\n\n    - [ ] Two\n\n- [ ] Three [x] *here*\n",
        ["item: One", "item 1: Two", "item: Three [x] here"],
        "mkdocs",
    ),
    Row(
        "attributes of marked words", "A ==boom=={.x} and ^^mast^^{: #y}.\n", ["paragraph: A boom and mast."], "mkdocs"
    ),
    Row(
        "annotations in text",
        "The boom (1) swings (2).\n{ .annotate }\n\n1.  A spar.\n2.  Fast.\n\nAs above (1).\n",
        ["paragraph: The boom swings.", "item: A spar.", "item: Fast.", "paragraph: As above (1)."],
        "mkdocs",
    ),
    Row(
        "annotations in an admonition",
        '!!! note annotate "The boom (1)"\n    It swings (2).\n\n    Far (3)\n\n1.  A\n2.  B\n3.  C\n',
        ["paragraph: The boom", "paragraph: It swings.", "paragraph: Far", "item: A", "item: B", "item: C"],
        "mkdocs",
    ),
    Row(
        "annotations in a division",
        '<div class="annotate" markdown>\n\n> The boom (1)\n\n</div>\n\n1.  A spar.\n\nSee (1).\n',
        ["quote: The boom", "item: A spar.", "paragraph: See (1)."],
        "mkdocs",
    ),
    Row("numbers in brackets", "See (1) there.\n\n1. One\n", ["paragraph: See (1) there.", "item: One"], "mkdocs"),
    Row(
        "files between two marks",
        "A.\n\n--8<--\na.md\nb.md\n--8<--\n\nB.\n",
        ["paragraph: A.", "paragraph: B."],
        "mkdocs",
    ),
    Row(
        "a section that others include",
        "--8<-- [start:x]\nHi.\n--8<-- [end:x]\n\nBye.\n",
        ["paragraph: Hi.", "paragraph: Bye."],
        "mkdocs",
    ),
    Row("emoji of one letter", "Not so :x:.\n", ["paragraph: Not so ❌."], "mkdocs"),
    Row(
        "attributes of cells",
        "| a { .x } | b |\n|---|---|\n| c {: #y } | { d } |\n",
        ["header: a | b", "row: c | { d }"],
        "mkdocs",
    ),
    Row("emoji that GitHub has not", ":man_raising_hand: Hi.\n", ["paragraph: 🙋‍♂️ Hi."], "mkdocs"),
]
MDX = [
    Row(
        "Markdown in HTML of one line, and in cards with a title",
        '<p>A **boom** *swings*.</p>\n\n<div className="row">\n  <div>Left *it*</div>\n</div>\n\n'
        '<Card title="Start" href="/x">\n  Go **fast**.\n</Card>\n',
        ["paragraph: A boom swings.", "paragraph: Left it", "paragraph: Start", "paragraph: Go fast."],
        "docusaurus",
    ),
    Row(
        "a component that shows code",
        '<CodeBlock language="js" title="a.js">\n{`let a = \\`b\\`;\n  c();`}\n</CodeBlock>\n\nBye.\n',
        ["caption: a.js", "code js: let a = `b`;\n  c();", "paragraph: Bye."],
        "docusaurus",
    ),
    Row(
        "tab items of one line",
        "<Tabs>\n<TabItem value='a' label='npm'>Run *npm*.</TabItem>\n<TabItem value='b'>Run it.</TabItem>\n</Tabs>\n",
        ["paragraph: npm", "paragraph: Run npm.", "paragraph: b", "paragraph: Run it."],
        "docusaurus",
    ),
    Row(
        "an export with blank lines in it",
        "export function size() {\n  const a = '}'; // {\n\n  return a;\n}\n\nHi.\n\n"
        "export const Box = () => (\n  <div>\n\n    no\n  </div>\n);\n\n## Bye\n",
        ["paragraph: Hi.", "## Bye"],
        "docusaurus",
    ),
    Row(
        "an export that is never whole",
        "export const a = {\n\nHi.\n\nBye.\n",
        ["paragraph: Hi.", "paragraph: Bye."],
        "docusaurus",
    ),
    Row(
        "MDX in a fence of its own",
        '```mdx-code-block\n<Tabs>\n<TabItem value="a" label="npm">\n```\n\nRun *npm*.\n\n'
        "```mdx-code-block\n</TabItem>\n</Tabs>\n```\n\nBye.\n",
        ["paragraph: npm", "paragraph: Run npm.", "paragraph: Bye."],
        "docusaurus",
    ),
    Row(
        "a fence within MDX in a fence of its own",
        "````mdx-code-block\nimport X from 'y';\n\n<X>\n\n```js\nlet a\n```\n\n</X>\n````\n\nBye.\n",
        ["code js: let a", "paragraph: Bye."],
        "docusaurus",
    ),
]
QUARTO = [
    Row(
        "marks of lists within a paragraph, and lists",
        "Sum of\n- one\n- two\n\n3 and\n4. four\n\nSo:\n\n- a\nlazy\n- b\n\n## H\n- c\n\n::: x\n- d\n:::\n",
        [
            "paragraph: Sum of - one - two",
            *("paragraph: 3 and 4. four", "paragraph: So:", "item: a lazy", "item: b"),
            *("## H", "item: c", "item: d"),
        ],
        "quarto",
    ),
    Row(
        "references in brackets",
        "See [@fig-a], [Fig. @fig-a], [-@fig-a], @Fig-a.\n\n![C](a.png){#fig-a}\n",
        ["paragraph: See Figure 1, Fig. 1, 1, Figure 1.", "caption: C"],
        "quarto",
    ),
    Row(
        "cells whose code the whole document hides",
        "---\ntitle: T\nexecute:\n  echo: false\n---\n```{python}\na\n```\n\n```{python}\n#| echo: true\nb\n```\n\n"
        "```{r, echo=TRUE}\nc\n```\n\n```python\nd\n```\n",
        ["code python: b", "code r: c", "code python: d"],
        "quarto",
    ),
    Row(
        "front matter and keys",
        "---\ntitle: Knots\n---\n{{< meta title >}}: press {{< kbd Shift-P >}} {{< fa anchor >}}.\n",
        ["paragraph: Knots: press Shift-P ."],
        "quarto",
    ),
    Row(
        "a long caption with a link, and attributes over two lines",
        '![A *curve* of\n[all](x.html) boats.](b_(1).png "t"){#fig-b\nwidth="50%"}\n\nHi ![x](y.png){width=1\n.z}.\n',
        ["caption: A curve of all boats.", "paragraph: Hi ."],
        "quarto",
    ),
    Row(
        "an equation",
        "\\begin{equation}\nz\n\\end{equation}\n",
        ["paragraph: \\begin{equation} z \\end{equation}"],
        "quarto",
    ),
    Row("Markdown in HTML", '<div class="y">\nA *boom*.\n</div>\n', ["paragraph: A boom."], "quarto"),
    Row(
        "numbers in brackets, and examples by their labels",
        "(1) One\n(2) Two\n\n(@) Three\n(@a) Four\n\nAs in (@a), not (@b).\n",
        ["item: One", "item: Two", "item: Three", "item: Four", "paragraph: As in (2), not (@b)."],
        "quarto",
    ),
    Row("raw HTML in a line", "`<b>`{=html} Hi `\\LaTeX`{=latex}.\n", ["paragraph: Hi ."], "quarto"),
    Row("LaTeX in a line", "A \\textbf{b} boat of $\\alpha_1$.\n", ["paragraph: A boat of \\alpha_1."], "quarto"),
    Row("a hard blank", "10\\ km and \\*.\n", ["paragraph: 10 km and *."], "quarto"),
    Row(
        "a theorem's title",
        "::: {#thm-line}\n## Lines\n\nTwo points.\n:::\n",
        ["paragraph: Lines", "paragraph: Two points."],
        "quarto",
    ),
]
GRIDS = [
    Row(
        "a grid with a header, cells of several lines and a caption",
        "+--------+-------+\n| Name   | Price |\n+========+:=====:+\n| *Boat* | - 10  |\n|        | - 20  |\n"
        "+--------+-------+\n| O a|b  | `x`   |\n+--------+-------+\n\n: Prices {#tbl-p}\n\nBye.\n",
        ["header: Name | Price", "row: Boat | 10 20", "row: O a|b | x", "caption: Prices", "paragraph: Bye."],
        "quarto",
    ),
    Row(
        "a grid without a header in a list",
        "- x\n\n  +---+---+\n  | a | b |\n  +---+---+\n  | c | d |\n  +---+---+\n\nBye.\n",
        ["item: x", "row: a | b", "row: c | d", "paragraph: Bye."],
        "quarto",
    ),
    Row(
        "a grid with a cell over two columns",
        "+---+---+\n| a | b |\n+---+---+\n| c     |\n+---+---+\n\nBye.\n",
        ["paragraph: a b c", "paragraph: Bye."],
        "quarto",
    ),
    Row("a sum", "+ 1\n+ 2\n\n1 + 2\n", ["item: 1", "item: 2", "paragraph: 1 + 2"], "quarto"),
]
COLUMNS = [
    Row(
        "a simple table with a caption, math and a reference in it",
        "  Part      Price\n------  ---------\n  *Oar*       $p_1$\n  Sail  `a|b`\n\n"
        ": What $p_i$ is\n  in @tbl-p {#tbl-p}\n\nBye.\n",
        [
            "header: Part | Price",
            "row: Oar | p_1",
            "row: Sail | a|b",
            "caption: What p_i is in Table 1",
            "paragraph: Bye.",
        ],
        "quarto",
    ),
    Row(
        "a simple table without a header, below its caption",
        "Table: Prices\n\n----  ----\nOar     10\nSail    20\n----  ----\n\nBye.\n",
        ["caption: Prices", "row: Oar | 10", "row: Sail | 20", "paragraph: Bye."],
        "quarto",
    ),
    Row(
        "a table with a header and cells of several lines",
        "-----------------\n Part of  What it\n the boat costs\n-------- --------\n Oar      10 in\n          May\n\n"
        " Sail     20\n-----------------\n\nBye.\n",
        ["header: Part of the boat | What it costs", "row: Oar | 10 in May", "row: Sail | 20", "paragraph: Bye."],
        "quarto",
    ),
    Row(
        "such a table without a header in a list",
        "- x\n\n  ---- ----\n  Oar  10 in\n       May\n\n  Sail 20\n  ---- ----\n\nBye.\n",
        ["item: x", "row: Oar | 10 in May", "row: Sail | 20", "paragraph: Bye."],
        "quarto",
    ),
    Row(
        "rules and headings of dashes",
        "A.\n\n---\n\nB\n---\n\nC - d -- e\n\n- - -\n\nD.\n",
        ["paragraph: A.", "## B", "paragraph: C - d – e", "paragraph: D."],
        "quarto",
    ),
    Row(
        "math and references in captions and titles",
        '![The $\\beta_1$ of @fig-b](b.png){#fig-b}\n\n```{python}\n#| label: fig-c\n#| fig-cap: "A $c^2$"\nx\n```\n\n'
        '::: {.callout-note title="On $d_1$"}\nHi.\n:::\n',
        [
            "caption: The \\beta_1 of Figure 1",
            "code python: x",
            "caption: A c^2",
            "paragraph: On d_1",
            "paragraph: Hi.",
        ],
        "quarto",
    ),
]
JINJA = [
    Row(
        "comments, and headings' ids, which are none",
        "{# a note\n\nto me #}\n\nHi{# you #} there.\n\n{#-tight-#}\n\n## Own {#own}\n",
        ["paragraph: Hi there.", "## Own"],
        "mkdocs",
    ),
    Row(
        "what the post sets and names",
        "---\nowner: Ada\n---\n{% set price = 12 %}\n{{ owner }} ({{ page.meta.owner }}) paid {{ price }}.\n\n"
        "{% macro box(x) %}\nNo {{ x }}.\n{% endmacro %}\n\n"
        "{% if owner == 'Bo' %}\nNo.\n{% else %}\nYes.\n{% endif %}\n",
        ["paragraph: Ada (Ada) paid 12.", "paragraph: Yes."],
        "mkdocs",
    ),
]
GATSBY = [
    Row(
        "a title before lines to mark, and marks in code",
        "```js:title=a.js{1-2}\nlet a // highlight-line\n// highlight-range{1}\nb\n```\n",
        ["caption: a.js", "code js: let a\nb"],
        "gatsby",
    ),
    Row(
        "a language in a code span, and a place for the contents",
        "```toc\nexclude: Table\n```\n\nSay `js›let a`.\n",
        ["paragraph: Say let a."],
        "gatsby",
    ),
    Row(
        "a block below its kind and title",
        "[[info | Mind the *gap*]]\n| It is **wide**.\n|\n| ```js\n| let a // |\n| ```\n| - one\n\n[[tip]]\n| ## Bye\n",
        ["paragraph: Mind the gap", "paragraph: It is wide.", "code js: let a // |", "item: one", "## Bye"],
        "gatsby",
    ),
    Row(
        "a table, and such a block in code",
        "| a |\n|---|\n| b |\n\n```\n[[info]]\n| Hi\n```\n",
        ["header: a", "row: b", "code: [[info]]\n| Hi"],
        "gatsby",
    ),
]
OTHERS = [
    Row(
        "headers that a line of text follows",
        "Title: Ash\nDate: 2020-05-06\nTags: kiln,\n    ash\nSummary: Short\n  and long\n\nHi.\n",
        ["paragraph: and long", "paragraph: Hi."],
        "pelican",
    ),
    Row("a language above the post's first code", "    :::python\n    x = 1\n", ["code: x = 1"], "pelican"),
    Row(
        "such a line in the middle of code",
        "Hi.\n\n    x = 1\n\n    #!python\n    y\n",
        ["paragraph: Hi.", "code: x = 1\n\n#!python\ny"],
        "pelican",
    ),
    Row(
        "the text that a function is given",
        '{{ note(text="Mind the *boom*.") }}\n',
        ["paragraph: Mind the boom."],
        "zola",
    ),
    Row("a text in a line", 'Press {{ kbd(text="Ctrl") }} now.\n', ["paragraph: Press Ctrl now."], "zola"),
    Row(
        "shortcodes that are shown",
        "Write {%/* note() */%}x{%/* end */%}.\n",
        ["paragraph: Write {% note() %}x{% end %}."],
        "zola",
    ),
]


ROWS = [*HUGO, *JEKYLL, *MKDOCS, *JINJA, *MDX, *QUARTO, *GRIDS, *COLUMNS, *GATSBY, *OTHERS]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_reader_sees(row: Row) -> None:
    assert lines(post(row.source, row.path, row.generator)) == row.seen


@pytest.mark.parametrize(
    ("generator", "body", "kind"),
    [
        ("jekyll", 'Made in {{ "now" | date: "%Y" | minus: 1 }}.\n', "template"),
        ("hugo", "Hi `{{< param x >}}`.\n", "template"),
        ("hugo", "{{/* x */}} Hi.\n", "template"),
        ("jekyll", "So {% include x.html content='of two words' %} it is.\n", "template"),
        ("mkdocs", "By {{ config.site_name }}.\n", "template"),
        ("mkdocs", "By {{ page.author }}.\n", "template"),
        ("quarto", "A.\n\n![A curve from [@knuth]](a.png)\n", "citation"),
        ("mkdocs", "Hi.\n\n--8<--\na.md\n--8<--\n", "include"),
        ("quarto", "A \\textbf{b}.\n", "template"),
        ("quarto", "+---+---+\n| c     |\n+---+---+\n", "table"),
        ("hugo", "\n".join("  " * depth + "- item" for depth in range(100)), "nested"),
        ("", "A good\0 sentence.\n", "control"),
    ],
)
def test_what_is_left_out_is_named(generator: str, body: str, kind: str) -> None:
    assert [notice.kind for notice in parse(body, generator=generator).notices] == [kind]


def test_the_line_of_a_control_character_is_named() -> None:
    (notice,) = parse("---\ntitle: T\n---\n\nOne.\n\nTwo\0.\n").notices
    assert notice.line == 7


@pytest.mark.parametrize(
    "path", ["2024-05-06-launch.md", "blog/2024-05-06-launch/index.md", "2024-05-06_launch/index.mdx"]
)
def test_the_date_is_that_of_the_file_or_of_its_folder(path: str) -> None:
    found = post("Text.\n", path)
    assert (found.date, found.title) == ("2024-05-06", "Launch")


def test_a_generators_own_constructs_tell_more_than_those_of_its_family() -> None:
    family = "Text:\n- item\n\n- a\n\n  b\n\n<div>\n\nc\n</div>\n"
    assert parse(family).generator == "commonmark"
    assert parse(f"{family}\n{{{{< youtube x >}}}}\n").generator == "hugo"


def test_macros_fill_in_code_where_mkdocs_is_told_to_use_them() -> None:
    text = (
        "v{{ version }}: `#!py {{ version }} {% raw %}{{ version }}{% endraw %} {{ x }}`\n\n```\na {{ version }}\n```\n"
    )
    settings = {"extra": {"version": "4.2"}, "plugins": ["search", "macros"]}
    assert lines(post(text, generator="mkdocs", settings=settings)) == [
        "paragraph: v4.2: 4.2 {{ version }} {{ x }}",
        "code: a 4.2",
    ]
    assert lines(post(text, generator="mkdocs", settings={"extra": {"version": "4.2"}}))[1] == "code: a {{ version }}"


def test_signs_and_formulas_are_those_that_mkdocs_is_told_to_make() -> None:
    text = "(c) 1/2 --> +/- <!-- x --> 31/2 of \\(y\\)."
    told = {"markdown_extensions": ["pymdownx.smartsymbols", {"pymdownx.arithmatex": {"generic": True}}]}
    assert lines(post(text, generator="mkdocs", settings=told)) == ["paragraph: © ½ → ± 31/2 of y."]
    assert lines(post(text, generator="mkdocs")) == ["paragraph: (c) 1/2 --> +/- 31/2 of (y)."]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("A.\n\n" + "\n".join("  " * depth + "- item" for depth in range(60)), range(20, 30)),
        ("A.\n\n" + "> " * 50 + "deep\n", range(3, 4)),
    ],
)
def test_the_line_that_is_nested_too_deep_is_named(body: str, line: range) -> None:
    (notice,) = parse(body, generator="hugo").notices
    assert notice.line in line


@pytest.mark.parametrize(
    ("generator", "part"),
    [
        ("mkdocs", "a (1)\n"),
        ("mkdocs", "--8<--\n"),
        ("docusaurus", "export const a = {\n\n"),
        ("docusaurus", "```mdx-code-block\n"),
        ("quarto", "+---+\n| a |\n"),
        ("quarto", "+---+\n"),
        ("quarto", "--- ---\na b\n\n"),
        ("quarto", "---\n\n"),
        ("quarto", "a b\n--- ---\n\n"),
        ("mkdocs", "{# a "),
        ("gatsby", "[[a]]\n| b\n"),
    ],
)
def test_what_is_never_closed_takes_no_longer_the_more_there_is_of_it(generator: str, part: str) -> None:
    started = time.process_time()
    parse(part * 2_000, generator=generator)
    assert time.process_time() - started < 3
