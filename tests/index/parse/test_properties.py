"""What holds for every post, however broken."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import PostError
from index.parse import Site, parse_post
from index.parse.config import GENERATORS
from index.types import Post

SITE = Path("/nowhere")
PIECES = [
    *(
        "# A\n",
        "## B {#b}\n",
        "text ",
        "word. ",
        "\n",
        "\n\n",
        "- a\n",
        "  - b\n",
        "    c\n",
        "1. d\n",
        "> e\n",
        "```\n",
    ),
    *(
        "```py title='x'\n",
        "~~~\n",
        "`",
        "``",
        "*",
        "**",
        "_",
        "__",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](x)",
        "[^1]",
        "[^1]: n\n",
    ),
    *(
        "[r]: u\n",
        "<div>",
        "</div>",
        "<b>",
        "<toc>",
        "<A b={",
        "/>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<pre>",
        "<td>",
    ),
    *(
        "{%",
        "%}",
        "{% raw %}",
        "{% highlight x %}",
        "{% endhighlight %}",
        "{{",
        "}}",
        "{{<",
        ">}}",
        "{{% a %}}",
        "{:",
        "}",
    ),
    *(
        "$",
        "$$",
        "\\(",
        "\\)",
        "\\",
        ":::",
        ":::info\n",
        "::: {.a}\n",
        "!!! x\n",
        '=== "t"\n',
        "??? y\n",
        "| a | b |\n",
    ),
    *(
        "|-|-|\n",
        "---\n",
        "+++\n",
        "import a from 'b'\n",
        "{/*",
        "*/}",
        ":tada:",
        "&amp;",
        "&#0;",
        "\t",
        "\x00",
        "é",
        "\u200b",
    ),
    *(
        "<details>",
        "<summary>",
        "<li>",
        "<table>",
        "<h2>",
        "<p",
        "    ",
        "++a++",
        "{--",
        "--}",
        "^",
        "~~",
        "TOC",
        "{:toc}\n",
    ),
    *(
        "[[info | A]]\n| ",
        "| b\n",
        "--- ---\n",
        "-----\n",
        "a  b\n--- ---\nc  d\n",
        "{# ",
        "#}",
        "(@a) ",
        "[@fig-a]",
        "~x~",
    ),
    *(
        "<CodeBlock>{`",
        "`}</CodeBlock>",
        "<p>",
        "</p>",
        "{% macro x() %}",
        "{% endmacro %}",
        "A\nB\n: c\n",
        "\n: d {#tbl-e}\n",
    ),
]
SOURCES = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=60).map("".join)


def check(post: Post) -> None:
    """Headings and blocks cover the text from end to end, each character once, with blank lines between them."""
    spans: list[tuple[int, int]] = []
    for section in post.sections:
        first = len(spans)
        if section.title_end:
            spans.append((section.title_start, section.title_end))
            assert section.heading[-1] == post.text[section.title_start : section.title_end]
        spans.extend((block.start, block.end) for block in section.blocks)
        assert (section.start, section.end) == (spans[first][0], spans[-1][1])
        for block in section.blocks:
            if block.kind in {"list", "table"}:
                assert (block.start, block.end) == (block.parts[0].start, block.parts[-1].end)
                for one, other in pairwise(block.parts):
                    assert post.text[one.end : other.start] == "\n"
            if block.kind != "code":
                lines = post.text[block.start : block.end].split("\n")
                assert len(lines) == max(1, len(block.parts))
    assert spans[0][0] == 0
    assert spans[-1][1] == len(post.text)
    for (_, end), (start, _) in pairwise(spans):
        assert post.text[end:start] == "\n\n"
    assert all(start < end for start, end in spans)
    assert all(0 <= mark.at <= len(post.text) for mark in post.note_marks)
    assert all(0 <= first <= last <= len(post.text) for first, last in post.gaps)


@settings(max_examples=150, deadline=None)
@given(SOURCES, st.sampled_from(("", *GENERATORS)))
def test_every_character_of_the_text_belongs_to_one_heading_or_block(source: str, generator: str) -> None:
    try:
        parsed = parse_post("p.md", source.encode(), Site(SITE, generator))
    except PostError:
        return
    assert (parsed.post is None) == bool(parsed.left_out)
    if parsed.post:
        check(parsed.post)
    assert parse_post("p.md", source.encode(), Site(SITE, generator)) == parsed


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_post_or_a_clear_failure(source: bytes) -> None:
    try:
        parsed = parse_post("p.md", source, Site(SITE))
    except PostError as failure:
        message = str(failure)
    else:
        message = "p.md: "
        if parsed.post:
            check(parsed.post)
    assert message.startswith("p.md: ")
    assert "\n" not in message


@pytest.mark.parametrize("generator", ["", "mkdocs", "hugo", "docusaurus", "jekyll"])
@pytest.mark.parametrize(
    "source",
    [
        ">" * 1_000 + " x",
        "- " * 1_000 + "x",
        "<div>" * 5_000 + "x",
        "".join("    " * depth + "- a\n" for depth in range(100)),
        "[" * 15_000,
        "*a" * 8_000,
        "`" * 15_000,
        "{{< " * 3_000,
        "    \t<summary>{{<" * 400,
        "{% " * 3_000,
        "<a " * 3_000,
        "&" * 15_000,
        "\0a\x0b" * 1_000,
        "<!DOCTYPE a [<!ENTITY b 'c'>]>" + "&b;" * 2_000,
    ],
    ids=lambda source: repr(source[:8]),
)
def test_a_hostile_post_ends_well(source: str, generator: str) -> None:
    parsed = parse_post("p.md", f"Hi.\n\n{source}\n\nBye.\n".encode(), Site(SITE, generator))

    assert parsed.post is not None
    assert parsed.post.text.startswith("Hi.")
    check(parsed.post)


def test_what_is_wrong_in_a_line_many_times_is_said_once() -> None:
    parsed = parse_post("p.md", b"<div>" * 1_000 + b" x\n", Site(SITE))
    assert [(notice.kind, notice.line) for notice in parsed.notices] == [("unclosed", 1)]


def test_a_line_of_a_million_characters_is_left_out_and_named() -> None:
    parsed = parse_post("p.md", b"Hi.\n\n" + b"a[b](" * 200_000 + b"\n\nBye.\n", Site(SITE))

    assert parsed.post is not None
    assert parsed.post.text == "Hi.\n\nBye."
    assert [(notice.kind, notice.line) for notice in parsed.notices] == [("long", 3)]


def test_a_long_line_of_words_is_kept() -> None:
    parsed = parse_post("p.md", b"Fair winds and following seas. " * 1_000, Site(SITE))

    assert parsed.post is not None
    assert parsed.post.text.startswith("Fair winds and following seas. Fair")
    assert parsed.post.text.count("seas.") == 1_000


def test_a_file_that_is_too_large_is_named() -> None:
    with pytest.raises(PostError, match=r"^p\.md: 6 MB is too large"):
        parse_post("p.md", b"a" * 6_000_000, Site(SITE))
