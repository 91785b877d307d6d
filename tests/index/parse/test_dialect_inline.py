"""Links, images, footnotes, comments and small things: each row a construct, and what its reader sees."""

from __future__ import annotations

import pytest

from tests.index.parse.dialect import Row
from tests.index.parse.shown import lines, post

LINKS = [
    Row(
        "links between notes",
        "Take the [[Dict/lsat|entrance *exam*]], see [[#Next Part]], [[Note#Part]] or [[My note]].\n\n"
        "![[pic.png|300]]\n\nText ![[Other note]] here.\n",
        ["paragraph: Take the entrance exam, see Next Part, Note > Part or My note.", "paragraph: Text here."],
    ),
    Row(
        "a link between notes in a table",
        "| a | b |\n|---|---|\n| [[x\\|y]] | [[z]] |\n",
        ["header: a | b", "row: y | z"],
    ),
    Row(
        "braces beside a container of VitePress",
        "::: tip\nUse it.\n:::\n\n**PROD**: {boolean} whether it is.\n",
        ["paragraph: Use it.", "paragraph: PROD: {boolean} whether it is."],
    ),
    Row(
        "what only looks like links between notes",
        "Use x[[i]], [[a, b]], [[ -f x ]], a[[1]], [[1, 2], [3]], [[text]](https://a.b).\n\n"
        "And [[nodiscard]], [[x == y]], `[[a|b]]`.\n",
        [
            "paragraph: Use x[[i]], [[a, b]], [[ -f x ]], a[[1]], [[1, 2], [3]], [text].",
            "paragraph: And [[nodiscard]], [[x == y]], [[a|b]].",
        ],
    ),
    Row(
        "definitions in the middle",
        "See [a] b.\n\n  [a]: https://a.b\n\nBye.\n",
        ["paragraph: See a b.", "paragraph: Bye."],
    ),
    Row(
        "definitions right above a heading",
        "See [a].\n\n[a]: https://a.b\n## One\n\nHi.\n",
        ["paragraph: See a.", "## One", "paragraph: Hi."],
    ),
    Row(
        "a definition right below a paragraph",
        "See [a].\n[a]: https://a.b\n\nHi.\n",
        ["paragraph: See a.", "paragraph: Hi."],
        "hugo",
    ),
    Row(
        "short references",
        "**[1.39] — Async:** done ([v10.16] & [v10.21]).\n\n[1.39]: https://a\n"
        "[v10.16]: https://b\n[v10.21]: https://c\n",
        ["paragraph: 1.39 — Async: done (v10.16 & v10.21)."],
    ),
    Row(
        "code as a reference",
        "- **[`code`]** and [`trust: no`]\n\n[`code`]: /a\n[`trust: no`]: /b\n",
        ["item: code and trust: no"],
        "docusaurus",
    ),
    Row(
        "broken over lines",
        "See [the\nrepo][r] and [Big\n(B)][b].\n\n[r]: https://a\n[b]: https://b\n",
        ["paragraph: See the repo and Big (B)."],
    ),
    Row("with a sign inside", "We [said … yes!][w]\n\n[w]: https://a\n", ["paragraph: We said … yes!"]),
    Row(
        "images by reference",
        "![system][system]\n\n![Funding]\n\nHi.\n\n[system]: a.png\n[funding]: b.png\n",
        ["paragraph: Hi."],
    ),
    Row("an image without definition", "Hi.\n\n![Funding]\n\n![x][y]\n", ["paragraph: Hi."]),
    Row(
        "addresses",
        "[https://a.b](https://a.b) or <https://c.d>.\n\nhttps://e.f\n",
        ["paragraph: https://a.b or https://c.d.", "paragraph: https://e.f"],
    ),
    Row("parentheses in an address", "[Book](<https://a.b/B_(2020…)>) here.\n", ["paragraph: Book here."]),
    Row(
        "one parenthesis too many",
        "([x](https://arxiv.org/abs/1)).\n\n[y](https://a.b)).\n",
        ["paragraph: (x).", "paragraph: y)."],
    ),
    Row("a word of two links", "_[Fair](https://u)[Pairs](https://v)_ wins.\n", ["paragraph: FairPairs wins."]),
    Row(
        "links in a cell",
        "| a |\n|---|\n| [[paper](https://p)\\|[code](https://c)] |\n",
        ["header: a", "row: [paper|code]"],
        "commonmark",
    ),
    Row(
        "attribute lists",
        'Hi.\n\n![](b.png){width=50% fig-align="left"}\n\n![](d.png){ align=right width="130" }\n',
        ["paragraph: Hi."],
    ),
    Row(
        "raw HTML",
        'Hi.\n\n<img src="a.png" alt="no">\n\n'
        '<div class="imgcap"><img src="b.png"><div>Below.</div></div>\n\n'
        '<svg><text>no</text></svg>\n\n<script src="x"></script>\n\n<style>\n/* no */\n\n'
        "p { }\n</style>\n\nBye.\n",
        ["paragraph: Hi.", "paragraph: Below.", "paragraph: Bye."],
    ),
    Row("a reference without definition", "See [the docs][nowhere] now.\n", ["paragraph: See the docs now."]),
    Row("a scheme that runs", "[a](javascript:alert) [b](data:text/html,x)\n", ["paragraph: a b"]),
]
EXTRAS = [
    Row(
        "footnotes with gaps",
        "One[^1]. Two.[^7] And infra [^9] too.\n\n[^1]: First.\n[^7]: *Seventh* [x](https://a).\n[^9]: Ninth.\n",
        ["paragraph: One. Two. And infra too.", "footnote 1: First.", "footnote 7: Seventh x.", "footnote 9: Ninth."],
    ),
    Row("a footnote without colon", "One[^1].\n\n[^1] Not a note.\n", ["paragraph: One.", "paragraph: Not a note."]),
    Row(
        "a long footnote",
        "One[^a].\n\n[^a]: First\n    line.\n\n    Second.\n",
        ["paragraph: One.", "footnote a: First line. Second."],
    ),
    Row(
        "fold marks",
        "A.\n\n<!--more-->\n\nB.\n\n<!-- truncate -->\n\n<!-- PELICAN_END_SUMMARY -->\n\nC.\n",
        ["paragraph: A.", "paragraph: B.", "paragraph: C."],
    ),
    Row(
        "comments for tools",
        "<!-- markdownlint-disable MD024 -->\nA.\n<!-- prettier-ignore -->\n\n- b\n",
        ["paragraph: A.", "item: b"],
    ),
    Row("a badge", "Since <!-- md:version 5.0.0 --> it floats.\n", ["paragraph: Since 5.0.0 it floats."]),
    Row("a comment that is not closed", "A <!-- b\n\nC.\n", ["paragraph: A b", "paragraph: C."]),
    Row(
        "icons",
        "- :material-home: __New__ [:octicons-arrow-right-24: Go](https://a) :tada: at 10:30:45\n",
        ["item: New Go 🎉 at 10:30:45"],
    ),
    Row(
        "a link that is previewed", "See [it](a.md){ data-preview } now. { #x }\n", ["paragraph: See it now."], "mkdocs"
    ),
    Row(
        "icons deep in a list",
        "-   :material-clock:{ .lg .middle } __Fast__\n\n"
        "    [:octicons-arrow-right-24: Go](https://a)\n\n    `x` ++a++\n",
        ["item: Fast Go x A"],
        "mkdocs",
    ),
    Row(
        "keys, critic marks and abbreviations",
        "Press ++ctrl+enter++ in {--x--}{++y++} HTML.\n\n*[HTML]: Hyper\n",
        ["paragraph: Press Ctrl+Enter in y HTML."],
    ),
    Row("annotations", "```py\na = 1 # (1)!\n```\n{ .annotate }\n\n1. One.\n", ["code py: a = 1", "item: One."]),
    Row(
        "ids of headings",
        "## One {#a}\n\nx\n\n### Two { #b }\n\nx\n\nThree {#c}\n-----\n\nx\n",
        ["## One", "paragraph: x", "### Two", "paragraph: x", "## Three", "paragraph: x"],
    ),
    Row(
        "inline anchors",
        '<a name="x"></a>Text <span style="color:red">(Updated)</span>.\n',
        ["paragraph: Text (Updated)."],
    ),
    Row("a space without its end", "a&nbsp b &nbspx `&nbsp`\n", ["paragraph: a b &nbspx &nbsp"]),
    Row(
        "references that were numbered by hand",
        "One<sup>[1](https://a.b)</sup>, two <sup>[[2]](#x)</sup>, m<sup>2</sup>, <sup>[note](https://a.b)</sup>.\n",
        ["paragraph: One, two , m2, note."],
    ),
    Row("entities", "A &mdash; b&nbsp;&lt;c&gt; &amp; d\n", ["paragraph: A — b <c> & d"]),
    Row(
        "emphasis",
        "__bold\nover__ lines ***both***\n\n### *Why so?*\n\nx\n",
        ["paragraph: bold over lines both", "### Why so?", "paragraph: x"],
    ),
    Row("no link", "It was -1 -- no.\n", ["paragraph: It was -1 -- no."]),
]


@pytest.mark.parametrize("row", LINKS + EXTRAS, ids=lambda row: row.name)
def test_the_reader_sees(row: Row) -> None:
    assert lines(post(row.source, row.path, row.generator)) == row.seen
