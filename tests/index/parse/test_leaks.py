"""No markup of any generator is left in what can be quoted, and what is taken out is named."""

from __future__ import annotations

import re

import pytest

from tests.index.parse import test_dialect_blocks as blocks
from tests.index.parse import test_dialect_inline as inline
from tests.index.parse import test_dialect_shortcodes as shortcodes
from tests.index.parse import test_dialect_templates as templates
from tests.index.parse.dialect import Row
from tests.index.parse.shown import parse, post

LEAK = re.compile(
    r"\{%|%\}|\{\{[<%]?|[%>]\}\}|\{:|^\+\+\+|\[\^\w+\]|<!--|-->|\]\(|\]\[|^\[[^\]]+\]:|:::|^!!! |^\?\?\? |^=== \""
    r"|--8<--"
    r"|:(?:material|octicons|fontawesome)-|</?(?:admon|toc|TOCInline|FigureCaption|external-link|details|summary|div"
    r"|iframe|span)\b|\bimport .+ from ['\"]|\$\$|\*\*|(?<!\w)__|^#{1,6} |\{[#.][\w-]+",
    re.MULTILINE,
)
ROWS = [
    *(*templates.LIQUID, *templates.KRAMDOWN, *templates.MATH, *shortcodes.SHORTCODES, *shortcodes.CONTAINERS),
    *(*shortcodes.MDX, *inline.LINKS, *inline.EXTRAS, *blocks.BLOCKS),
]
SHOWN_ON_PURPOSE = {
    *("an escaped tag", "raw", "a template's name in inline code", "a backtrace", "a tag that is not closed"),
    *("shown on purpose", "a link inside code", "escapes", "signs of prices"),
    *(f"signs of prices, {what}" for what in ("blocks apart", "links and items", "cells")),
}


@pytest.mark.parametrize("row", [row for row in ROWS if row.name not in SHOWN_ON_PURPOSE], ids=lambda row: row.name)
def test_no_markup_is_left(row: Row) -> None:
    parsed = post(row.source, row.path, row.generator)

    for section in parsed.sections:
        for block in section.blocks:
            if block.kind != "code":
                assert not LEAK.search(parsed.text[block.start : block.end])


@pytest.mark.parametrize(
    ("source", "generator", "notices"),
    [
        ("---\ntitle: T\n---\n\nHi.\n\n{{< cow >}}\n", "hugo", [(7, "template")]),
        ("Hi.\n\n{% cow %}\n", "jekyll", [(3, "template")]),
        ("Hi.\n\n{{ cow | moo }}\n", "jekyll", [(3, "template")]),
        ("Hi {props.cow}.\n", "docusaurus", [(1, "template")]),
        ("import A from './_a.mdx'\n\nHi.\n\n<A />\n", "docusaurus", [(1, "include"), (5, "template")]),
        ("Hi.\n\n--8<-- 'a.md'\n", "mkdocs", [(3, "include")]),
        ("Hi <!-- there.\n", "", [(1, "unclosed")]),
        ("Hi.\n\n```\nx\n", "", [(3, "unclosed")]),
        ("Hi.\n\nSee [a][nowhere].\n", "", [(3, "leftover")]),
        ("Hi.\n\n<script>\nx\n", "", [(3, "unclosed")]),
        ("Hi [a](b) *c* {{< youtube x >}} <b>d</b>.\n", "hugo", []),
    ],
)
def test_what_is_taken_out_is_named_with_its_line(source: str, generator: str, notices: list[tuple[int, str]]) -> None:
    assert [(notice.line, notice.kind) for notice in parse(source, "p.md", generator).notices] == notices


def test_a_post_without_text_is_left_out() -> None:
    parsed = parse("Title: T\n\n{% notebook a.ipynb cells[2:] %}\n")

    assert (parsed.post, parsed.left_out) == (None, "empty")
    assert [notice.kind for notice in parsed.notices] == ["template", "empty"]


@pytest.mark.parametrize(
    ("source", "path", "generator"),
    [
        ("Hi {{< youtube x >}}\n", "p.md", "hugo"),
        ("x\n", "_posts/2020-01-02-a.md", "jekyll"),
        ("x\n", "a.qmd", "quarto"),
        ("x\n", "a.mdx", "docusaurus"),
        ("Title: T\nDate: 2020-01-02\n\nx\n", "a.md", "pelican"),
        ("!!! tip\n    x\n", "a.md", "mkdocs"),
        ("+++\n[taxonomies]\ntags = []\n+++\nx\n", "a.md", "zola"),
        (":::info\nx\n:::\n", "a.md", "docusaurus"),
        ("Take:\n- a\n", "a.md", "commonmark"),
        ("`{{< x >}}` and `{% raw %}`\n", "a.md", ""),
        ("```\n!!! tip\n:::info\n{{< x >}}\n```\n", "a.md", ""),
        ("Plain.\n", "a.md", ""),
    ],
)
def test_the_generator_is_found_from_the_post(source: str, path: str, generator: str) -> None:
    assert parse(source, path).generator == generator
