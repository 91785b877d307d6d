"""Each generator's ids of headings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from index.parse import Site, parse_post
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
        ("hugo", "A -- B", "a--b"),
        ("jekyll", "2. What's new?", "2-whats-new"),
        ("jekyll", "Café & bar", "café--bar"),
        ("jekyll", "2022", "2022"),
        ("quarto", "2. What's new in v1.2?", "whats-new-in-v1.2"),
        ("quarto", "3 -- 4", "section"),
        ("quarto", "[Linked](https://x.y) heading^[A note]", "linked-heading"),
        ("quarto", "Two[^abc]\n\n[^abc]: n", "twoabc"),
        ("zola", "What's new? (v1.2)", "what-s-new-v1-2"),
        ("zola", "Café_bar", "cafe-bar"),
        ("", "What's new?", "whats-new"),
    ],
)
def test_a_heading_gets_the_id_that_the_generator_gives_it(generator: str, heading: str, anchor: str) -> None:
    assert post(f"## {heading}\n\nx\n", generator=generator).sections[0].anchor == anchor


# Headings, and what these made of them when they were run: Jekyll 4.3, Hugo 0.168, Docusaurus 3.10, MkDocs 1.6, pandoc.
_RUN = ("jekyll", "hugo", "docusaurus", "mkdocs", "quarto")


@pytest.mark.parametrize(
    ("heading", "ids"),
    [
        ("1. Numbered heading", [*["1-numbered-heading"] * 4, "numbered-heading"]),
        ("2024 in review", [*["2024-in-review"] * 4, "in-review"]),
        ("C++ & C#: a comparison", [*["c--c-a-comparison"] * 3, "c-c-a-comparison", "c-c-a-comparison"]),
        ("Double  spaces   here", [*["double--spaces---here"] * 3, *["double-spaces-here"] * 2]),
        ("Ünïcödé Straße 日本語", [*["ünïcödé-straße-日本語"] * 3, "unicode-strae", "ünïcödé-straße-日本語"]),
        ("x²+y² = 4½", [*["xy--4"] * 3, "x2y2-412", "x²y²-4½"]),
        ("-Leading hyphen", [*["-leading-hyphen"] * 4, "leading-hyphen"]),
        ("Under_score and hy-phen-", [*["under_score-and-hy-phen-"] * 5]),
        ("Don’t use ‘curly’ quotes…", [*["dont-use-curly-quotes"] * 5]),
        ("100% / 50%: slash/and x", [*["100--50-slashand-x"] * 3, "100-50-slashand-x", "slashand-x"]),
        ("With a note[^1]", [*["with-a-note"] * 4, "with-a-note1"]),
        ("A [link](https://x.example/y) in *it*", [*["a-link-in-it"] * 5]),
        (":tada: Out now", ["tada-out-now", "tada-out-now", "tada-out-now", "out-now", "out-now"]),
        ("A `b|c` &amp; <b>d</b> &copy;", [*["a-bc--d-"] * 3, "a-bc-d", "a-bc-d"]),
    ],
)
def test_headings_get_the_ids_that_the_generators_were_seen_to_give(heading: str, ids: list[str]) -> None:
    source = f"## {heading}\n\nx\n\n[^1]: A note.\n"
    assert [post(source, generator=name).sections[0].anchor for name in _RUN] == ids


def test_a_heading_without_a_letter_has_the_id_of_its_generator_or_none() -> None:
    found = {
        name: post("## ???\n\nx\n", generator=name).sections[0].anchor for name in ("hugo", "jekyll", "docusaurus")
    }
    assert found == {"hugo": "heading", "jekyll": "", "docusaurus": ""}


_UNICODE = {
    "markdown_extensions": [{"toc": {"slugify": "tag:yaml.org,2002:python/object/apply:pymdownx.slugs.slugify"}}]
}


@pytest.mark.parametrize(
    ("generator", "settings", "heading", "anchor"),
    [
        ("jekyll", {"kramdown": {"input": "kramdown"}}, "2. What's new?", "whats-new"),
        ("jekyll", {"kramdown": {"input": "kramdown"}}, "2022", "section"),
        ("jekyll", {"kramdown": {"input": "kramdown"}}, "Straße", "strae"),
        (
            "jekyll",
            {"kramdown": {"input": "kramdown"}},
            "A [link](https://x.example/a_b) in",
            "a-linkhttpsxexampleab-in",
        ),
        ("jekyll", {"kramdown": {"input": "kramdown"}}, "`a()` in *it*[^1] -- $$x^2$$", "a-in-it1----x2"),
        ("hugo", {"markup": {"goldmark": {"parser": {"autoIDType": "github-ascii"}}}}, "Café", "cafe"),
        (
            "mkdocs",
            _UNICODE,
            "Café & bar",
            "café--bar",
        ),
        ("zola", {"slugify": {"anchors": "safe"}}, "What's new", "Whats_new"),
    ],
)
def test_the_configuration_may_name_another_slugger(
    generator: str, settings: dict[str, Any], heading: str, anchor: str
) -> None:
    site = Site(Path(), generator, settings=settings)
    parsed = parse_post("a.md", f"## {heading}\n\nx\n".encode(), site).post
    assert parsed is not None
    assert parsed.sections[0].anchor == anchor


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


def test_jekyll_counts_each_text_for_itself() -> None:
    sections = post("## A\n\nx\n\n## A 1\n\nx\n\n## A\n\nx\n", generator="jekyll").sections
    assert [section.anchor for section in sections] == ["a", "a-1", "a-1"]


def test_docusaurus_counts_the_first_heading_and_gives_it_no_id() -> None:
    sections = post("# A\n\nx\n\n## A\n\nx\n", generator="docusaurus").sections
    assert [section.anchor for section in sections] == ["", "a-1"]


def test_the_authors_own_id_comes_first() -> None:
    parsed = post('## One {#two}\n\nx\n\n## Two\n\nx\n\n<h2 id="c">Three</h2>\n\nx\n', generator="mkdocs")

    assert [section.anchor for section in parsed.sections] == ["two", "two_1", "c"]
    assert '<h2 id="two">One</h2>' in parsed.html


def test_the_path_of_a_heading_names_those_above_it() -> None:
    parsed = post("# A\n\n### B\n\n## C\n\nx\n\n# D\n\nx\n")

    assert [section.heading for section in parsed.sections] == [("A",), ("A", "B"), ("A", "C"), ("D",)]


@pytest.mark.parametrize("generator", ["jekyll", "hugo", "mkdocs", "docusaurus", "pelican", "gatsby"])
def test_a_heading_in_the_authors_own_html_has_the_id_that_it_was_given_or_none(generator: str) -> None:
    source = '## A\n\nx\n\n<h2>A</h2>\n\ny\n\n<h3 id="own">B</h3>\n\nz\n\n## A\n\nq\n'
    anchors = [section.anchor for section in post(source, generator=generator).sections]
    assert anchors == ["a", "", "own", "a_1" if generator in {"mkdocs", "pelican"} else "a-1"]


def test_jekyll_takes_the_id_below_a_heading() -> None:
    found = post("## A\n{: #own .wide}\n\nx\n\n## B\n{: .wide}\n\ny\n", generator="jekyll")
    assert [(section.anchor, section.heading[-1]) for section in found.sections] == [("own", "A"), ("b", "B")]


def test_gatsby_reads_tags_and_the_texts_of_pictures_into_an_id() -> None:
    source = '## <span class="x">A</span> ![b c](d.png) e\n\nx\n'
    assert post(source, generator="gatsby").sections[0].anchor == "span-classxaspan-b-c-e"
    assert post(source, generator="hugo").sections[0].anchor == "a-b-c-e"


@pytest.mark.parametrize(
    ("generator", "settings", "anchors"),
    [
        ("pelican", {"SITEURL": "https://a.example"}, ["", "own"]),
        ("pelican", {"MARKDOWN": {"extension_configs": {"markdown.extensions.toc": {}}}}, ["a", "own"]),
        ("pelican", {}, ["a", "own"]),
        ("jekyll", {"kramdown": {"auto_ids": False}}, ["", "own"]),
        ("hugo", {"markup": {"goldmark": {"parser": {"autoHeadingID": False}}}}, ["", "own"]),
        ("hugo", {"markup": {"goldmark": {"parser": {"autoHeadingID": True}}}}, ["a", "own"]),
    ],
)
def test_headings_have_no_ids_where_the_generator_makes_none(
    generator: str, settings: dict[str, Any], anchors: list[str]
) -> None:
    found = post("## A\n\nx\n\n## B {#own}\n\ny\n", generator=generator, settings=settings)
    assert [section.anchor for section in found.sections] == anchors
