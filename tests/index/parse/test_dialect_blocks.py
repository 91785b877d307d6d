"""Blocks: each row a construct, and what its reader sees."""

from __future__ import annotations

import pytest

from tests.index.parse.dialect import Row
from tests.index.parse.shown import lines, post

BLOCKS = [
    Row(
        "a box with sections, set as a quotation",
        "## Top\n\nOne.\n\n> ## Box\n> Two:\n> - a\n> - b\n>\n> ## Other\n> > So.\n\nThree.\n",
        [
            *("## Top", "paragraph: One.", "## Box", "paragraph: Two:", "item: a", "item: b"),
            *("## Other", "quote: So.", "paragraph: Three."),
        ],
    ),
    Row("a heading in a quotation", "> ## Ada\n> So.\n", ["quote: Ada", "quote: So."]),
    Row("a list right below a quotation's line", "> Two:\n> - a\n> - b\n", ["quote: Two:", "item: a", "item: b"]),
    Row(
        "an item's text by Blackfriday's rules",
        "  1. **Reef**\n\n    Tie it.\n 10. Sail\n    * fast\n\n    ```sh\n    go\n    ```\n\nx\n\n    code\n",
        ["item: Reef Tie it.", "item: Sail", "item 1: fast", "code sh: go", "paragraph: x", "code: code"],
        "hugo",
    ),
    Row("a line that includes a file", "One.\n\n{!other.md!}\n\nTwo.\n", ["paragraph: One.", "paragraph: Two."]),
    Row(
        "a table of contents that was written out",
        "- [One](#one)\n- [Two](#two)\n  - [Three](#three)\n\n## One\n\nx\n\n## Two\n\n### Three\n\ny\n",
        ["## One", "paragraph: x", "## Two", "### Three", "paragraph: y"],
    ),
    Row(
        "a list of links elsewhere that names the headings",
        "Compared:\n\n- [One](https://a.b)\n- [Two](https://c.d)\n\n## One\n\nx\n\n## Two\n\ny\n",
        ["paragraph: Compared:", "item: One", "item: Two", "## One", "paragraph: x", "## Two", "paragraph: y"],
    ),
    Row(
        "remark's directives in a line",
        'A :img{src="x.png"} and a :button[key]{kind="a"}; `{job="a"}`.\n',
        ['paragraph: A and a key; {job="a"}.'],
    ),
    Row(
        "a list that names a few headings",
        "Reasons:\n\n- [Costs](#costs)\n- [Fun](#fun)\n\n## Costs\n\nx\n\n## Fun\n\n## Code\n\n## Hosts\n\n## End\n",
        [
            "paragraph: Reasons:",
            "item: Costs",
            "item: Fun",
            "## Costs",
            "paragraph: x",
            "## Fun",
            "## Code",
            "## Hosts",
            "## End",
        ],
    ),
    Row(
        "notes of MyST",
        "Hi.\n\n```{admonition} Take aways\n:class: tip\n\n* [one](https://a.b)\n* two\n```\n\n"
        "```{note}\nBut *so*.\n```\n",
        ["paragraph: Hi.", "paragraph: Take aways", "item: one", "item: two", "paragraph: But so."],
    ),
    Row("headings underlined", "One\n===\n\nx\n\nTwo\n---\n\ny\n", ["# One", "paragraph: x", "## Two", "paragraph: y"]),
    Row("a lazy quotation", "> One\ntwo.\n\nx\n", ["quote: One two.", "paragraph: x"]),
    Row(
        "a table in divisions",
        '<div class="table-responsive">\n<div>\n\n| a | b |\n| - | - |\n| **1** | -$5 |\n\n</div>\n</div>\n',
        ["header: a | b", "row: 1 | -$5"],
    ),
    Row(
        "a table in HTML",
        "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>x<br>y</td></tr></table>\n",
        ["header: a | b", "row: 1 | x y"],
    ),
    Row(
        "a table in HTML with pictures in its first column",
        "<table><tr><td></td><td>a</td><td>b</td></tr><tr><td></td><td>1</td><td>2</td></tr></table>\n",
        ["row: | a | b", "row: | 1 | 2"],
    ),
    Row(
        "a table in HTML without a header's marks",
        "<table><tr><td></td><td>a</td><td>b</td></tr><tr><td>c</td><td>1</td><td>2</td></tr>"
        "<tr><td></td><td>3</td><td>4</td></tr></table>\n",
        ["header: | a | b", "row: c | 1 | 2", "row: | 3 | 4"],
    ),
    Row("custom languages", "```dvc\n$ dvc add x\n```\n", ["code dvc: $ dvc add x"]),
    Row(
        "signs in code",
        "```js\n24*60*60 # 24h\nexpression?.method()?; // <b> | _x_\n```\n",
        ["code js: 24*60*60 # 24h\nexpression?.method()?; // <b> | _x_"],
    ),
    Row(
        "a fence's title",
        '```yaml title="a b.yaml" linenums="1" hl_lines="1 2"\na: 1\n```\n',
        ["caption: a b.yaml", "code yaml: a: 1"],
    ),
    Row("a snippet in a fence", '``` py\n--8<-- "a.py"\nx = 1\n```\n', ["code py: x = 1"]),
    Row("tildes", "~~~~rust\nfn a() {}\n~~~~\n", ["code rust: fn a() {}"]),
    Row(
        "fences in a list",
        "1. One:\n   ```sh\n   ls\n     -l\n   ```\n2. Two:\n\n   ```\n   pwd\n   ```\n",
        ["item: One:", "code sh: ls\n  -l", "item: Two:", "code: pwd"],
    ),
    Row(
        "a fence in a quotation",
        "> Say:\n>\n> ```sh\n> ls\n> ```\n>\n> Done.\n",
        ["quote: Say:", "code sh: ls", "quote: Done."],
    ),
    Row("tasks", "* [ ] swim (M5)\n* [x] sail\n", ["item: swim (M5)", "item: sail"]),
    Row(
        "gaps and mixed marks",
        "1. a\n2. b\n4. c\n\n- x\n\n    more\n\n- y\n",
        ["item: a", "item: b", "item: c", "item: x more", "item: y"],
    ),
    Row(
        "labels that repeat",
        "## A\n\n**Size:** 350 hours\n\n## B\n\n**Size:** 175 hours\n",
        ["## A", "paragraph: Size: 350 hours", "## B", "paragraph: Size: 175 hours"],
    ),
    Row("headings alone", "# Goals\n\n## Sail\n\n## Swim\n", ["# Goals", "## Sail", "## Swim"]),
    Row("dialogues between rules", "_Who goes?_\n\n---\n\n*We do.*\n", ["paragraph: Who goes?", "paragraph: We do."]),
    Row("typing errors", "The Predictoin was cathcing.\n", ["paragraph: The Predictoin was cathcing."]),
    Row(
        "terms",
        "Boom\n:   A spar.\n\nJib\n:   A sail.\n",
        ["item: Boom", "item 1: A spar.", "item: Jib", "item 1: A sail."],
    ),
    Row(
        "a picture with a caption",
        '<figure><img src="a.png"><figcaption>A <b>boat</b></figcaption></figure>\n',
        ["caption: A boat"],
    ),
    Row(
        "indented code",
        "Run:\n\n    # not a heading\n    {{ x }} *y*\n\nDone.\n",
        ["paragraph: Run:", "code: # not a heading\n{{ x }} *y*", "paragraph: Done."],
    ),
    Row(
        "a comment in a shell fence",
        "```bash\n# Install\napt x\n```\n\n# Real\n\nx\n",
        ["code bash: # Install\napt x", "# Real", "paragraph: x"],
    ),
    Row("text before the first heading", "Intro.\n\n# One\n\nx\n", ["paragraph: Intro.", "# One", "paragraph: x"]),
    Row("two spaces of nesting", "- a\n  - b\n    - c\n- d\n", ["item: a", "item 1: b", "item 2: c", "item: d"]),
    Row("a list right below a line", "Take:\n- rope\n- water\n", ["paragraph: Take:", "item: rope", "item: water"]),
    Row("a line break", "One  \ntwo<br/>three\n", ["paragraph: One two three"]),
    Row("a diagram", "```mermaid\ngraph TD\n```\n\nx\n", ["paragraph: x"]),
    Row("a quotation with a list", "> Take:\n>\n> - rope\n> - water\n", ["quote: Take:", "item: rope", "item: water"]),
    Row("a heading in a list", "1. ### One\n\n   x\n", ["item: One x"]),
    Row(
        "code in raw HTML", '<pre><code class="language-py">a &lt; b  # *x*\n</code></pre>\n', ["code py: a < b  # *x*"]
    ),
    Row("a fence that is not closed", "```sh\nls\n\n# x\n", ["code sh: ls\n\n# x"]),
    Row(
        "a table coloured by marks",
        "```dvctable\n| neutral:**Experiment** | metric:**roc_auc** |\n```\n",
        ["code dvctable: | Experiment | roc_auc |"],
    ),
    Row(
        "pandoc's figures and captions",
        "Hi.\n\n![A *boat*](a.png){#fig-a width=50%}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        ": Two boats {#tbl-a}\n\nBye.\n",
        ["paragraph: Hi.", "caption: A boat", "header: a | b", "row: 1 | 2", "caption: Two boats", "paragraph: Bye."],
        "quarto",
    ),
    Row(
        "a set of tabs",
        "# T\n\n::: {.panel-tabset}\n## R\n\nUse R.\n\n## Python\n\nUse it.\n:::\n\n## Next\n\nx\n",
        [
            "# T",
            "paragraph: R",
            "paragraph: Use R.",
            "paragraph: Python",
            "paragraph: Use it.",
            "## Next",
            "paragraph: x",
        ],
        "quarto",
    ),
    Row("a division that is not closed", "<div>\n\n## One\n\nHi *you*.\n", ["## One", "paragraph: Hi you."], "mkdocs"),
    Row(
        "Material's blocks",
        "/// note | Mind\nthe boom\n///\n\n![a](b.png)\n/// caption\nA boat\n///\n",
        ["paragraph: Mind", "paragraph: the boom", "caption: A boat"],
        "mkdocs",
    ),
    Row("an alert", "> [!NOTE]\n> Mind the *boom*.\n", ["quote: Mind the boom."]),
    Row("an alert with a title", "> [!tip]- My tip\n>\n> Reef.\n", ["quote: My tip", "quote: Reef."]),
    Row(
        "marks for the highlighter",
        "```js\n// highlight-next-line\nlet a = 1;\n# highlight-start\nlet b;\n# highlight-end\n```\n",
        ["code js: let a = 1;\nlet b;"],
    ),
    Row("struck text", "It is ~~not~~ so.\n", ["paragraph: It is not so."]),
]


@pytest.mark.parametrize("row", BLOCKS, ids=lambda row: row.name)
def test_the_reader_sees(row: Row) -> None:
    assert lines(post(row.source, row.path, row.generator)) == row.seen
