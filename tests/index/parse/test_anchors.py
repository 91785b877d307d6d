"""Each generator's ids of headings."""

from __future__ import annotations

import pytest

from tests.index.parse.shown import post


@pytest.mark.parametrize(
    ("generator", "heading", "anchor"),
    [
        ("mkdocs", "What's new? (v1.2)", "whats-new-v12"),
        ("mkdocs", "Café & bar", "cafe-bar"),
        ("mkdocs", "2022", "2022"),
        ("docusaurus", "What's new? (v1.2 & v1.3)", "whats-new-v12--v13"),
        ("docusaurus", "Café", "café"),
        ("docusaurus", "`a_b` and *c*", "a_b-and-c"),
        ("hugo", "What's new? (v1.2)", "whats-new-v12"),
        ("hugo", "A -- B", "a----b"),
        ("jekyll", "2. What's new?", "whats-new"),
        ("jekyll", "Café & bar", "café--bar"),
        ("jekyll", "2022", "section"),
        ("quarto", "2. What's new in v1.2?", "whats-new-in-v1.2"),
        ("quarto", "3 -- 4", "section"),
        ("zola", "What's new? (v1.2)", "what-s-new-v1-2"),
        ("zola", "Café_bar", "cafe-bar"),
        ("", "What's new?", "whats-new"),
    ],
)
def test_a_heading_gets_the_id_that_the_generator_gives_it(generator: str, heading: str, anchor: str) -> None:
    assert post(f"## {heading}\n\nx\n", generator=generator).sections[0].anchor == anchor


@pytest.mark.parametrize(
    ("generator", "anchors"),
    [
        ("mkdocs", ["a", "a_1", "a_2"]),
        ("docusaurus", ["a", "a-1", "a-2"]),
        ("hugo", ["a", "a-1", "a-2"]),
        ("jekyll", ["a", "a-1", "a-2"]),
    ],
)
def test_headings_of_the_same_text_are_numbered(generator: str, anchors: list[str]) -> None:
    sections = post("## A\n\nx\n\n## A\n\nx\n\n## A\n\nx\n", generator=generator).sections

    assert [section.anchor for section in sections] == anchors


def test_the_authors_own_id_comes_first() -> None:
    parsed = post('## One {#two}\n\nx\n\n## Two\n\nx\n\n<h2 id="c">Three</h2>\n\nx\n', generator="mkdocs")

    assert [section.anchor for section in parsed.sections] == ["two", "two_1", "c"]
    assert '<h2 id="two">One</h2>' in parsed.html


def test_the_path_of_a_heading_names_those_above_it() -> None:
    parsed = post("# A\n\n### B\n\n## C\n\nx\n\n# D\n\nx\n")

    assert [section.heading for section in parsed.sections] == [("A",), ("A", "B"), ("A", "C"), ("D",)]
