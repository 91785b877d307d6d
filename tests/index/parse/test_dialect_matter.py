"""Front matter as real blogs write it: what becomes of the title, the date and the body."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from index.errors import PostError
from index.parse import Site, parse_post
from tests.index.parse.shown import lines, parse, post

TITLES: list[tuple[str, str, str, str]] = [
    (
        "no title and no H1: the address",
        "---\nurl: boats/learning-to-sail\nlayout: post\n---\nHi.\n",
        "p.md",
        "Learning to sail",
    ),
    ("no title and no H1: the file", "Hi.\n", "notes/2020-03-01-tying-knots.md", "Tying knots"),
    ("the folder of an index file", "Hi.\n", "tying-knots/index.md", "Tying knots"),
    ("a commented-out key", "---\n#title: Old\ntitle: New\nexcerpt: Never shown.\n---\nHi.\n", "p.md", "New"),
    (
        "folded over lines",
        "---\ntitle:\n  On the\n  next line\ndescription: >\n  a\n  b\n---\nHi.\n",
        "p.md",
        "On the next line",
    ),
    ("nested maps", "---\ntitle: T\ndiscuss_urls:\n  hn: 1\n  reddit: 2\ncustom_css: x\n---\nHi.\n", "p.md", "T"),
    ("TOML", '+++\ntitle = "Tea"\n[extra]\nlead = "x"\n+++\nHi.\n', "p.md", "Tea"),
    ("TOML with comments", '+++\n# a note\ntitle = "Tea"\n+++\n\n---\n\nHi.\n', "p.md", "Tea"),
    ("JSON", '{\n"title": "Tea",\n"tags": ["a"]\n}\n\nHi.\n', "p.md", "Tea"),
    (
        "bare headers",
        "Title: The drain: why boats sink\ndate: 2013-10-26\nslug: drain\n\nHi.\n",
        "p.md",
        "The drain: why boats sink",
    ),
    ("a comment of Nikola", "<!--\n.. title: One\n.. date: 2020-01-02 10:00:00 UTC\n-->\n\nHi.\n", "p.md", "One"),
    ("bare headers over lines", "Title: One\nSummary: long\n    and longer\n\nHi.\n", "p.md", "One"),
    ("H1 after pictures", "![a](a.png)\n\n# Fair winds\n\n---\n\nHi.\n", "p.md", "Fair winds"),
    ("a person", "---\nname: Ada Byron\nrole: Poet\n---\nHi.\n", "p.md", "Ada Byron"),
    ("emoji", '---\ntitle: "🚀 Off we go"\n---\nHi.\n', "p.md", "🚀 Off we go"),
    ("a number", "---\ntitle: 2024\n---\nHi.\n", "p.md", "2024"),
    ("spaces before the block", "\ufeff\n---\ntitle: T\n---\nHi.\n", "p.md", "T"),
    ("Windows line ends", "---\r\ntitle: T\r\n---\r\nHi.\r\n", "p.md", "T"),
]


@pytest.mark.parametrize(("source", "path", "title"), [row[1:] for row in TITLES], ids=[row[0] for row in TITLES])
def test_the_title_is_what_the_reader_sees_and_front_matter_is_no_text(source: str, path: str, title: str) -> None:
    parsed = post(source, path)

    assert parsed.title == title
    assert parsed.text.removeprefix("Fair winds\n\n") == "Hi."


@pytest.mark.parametrize(
    ("source", "path", "date"),
    [
        ("---\ndate: 2021-12-27\n---\nx", "p.md", "2021-12-27"),
        ("---\ndate: 2016-01-02 10:00:00 +0800\n---\nx", "p.md", "2016-01-02T10:00:00+08:00"),
        ("---\ndate: {created: 2022-01-31, updated: 2023-01-01}\n---\nx", "p.md", "2022-01-31"),
        ("---\npublishDate: '2019-05-06'\n---\nx", "p.md", "2019-05-06"),
        ("---\ndate: March 1, 2020\n---\nx", "p.md", "2020-03-01"),
        ("+++\ndate = 2020-02-03T04:05:06Z\n+++\nx", "p.md", "2020-02-03T04:05:06+00:00"),
        ("Title: T\nDate: 2012-09-20 10:30\n\nx", "p.md", "2012-09-20T10:30:00"),
        ("x", "_posts/2018-7-4-fire.md", "2018-07-04"),
        ("x", "blog/2018/07/04/fire/index.md", "2018-07-04"),
        ("x", "blog/2018-07-04/fire.md", "2018-07-04"),
        ("x", "blog/2018/13/04/fire.md", ""),
        ("---\npubDatetime: 2019-05-06T07:00:00Z\n---\nx", "p.md", "2019-05-06T07:00:00+00:00"),
        ("---\ndate: soon\n---\nx", "p.md", ""),
        ("x", "p.md", ""),
    ],
)
def test_the_date_is_iso_from_front_matter_else_from_the_file_name(source: str, path: str, date: str) -> None:
    assert post(source, path).date == date


@pytest.mark.parametrize(
    ("meta", "updated"),
    [
        ("date: {created: 2022-01-31, updated: 2023-01-01}", "2023-01-01"),
        ("last_updated: May 25 2020", "2020-05-25"),
        ("lastmod: 2021-02-03T04:05:06Z", "2021-02-03T04:05:06+00:00"),
        ("last_update:\n  date: 2021-02-03\n  author: ada", "2021-02-03"),
        ("date: 2020-01-01", ""),
    ],
)
def test_when_a_post_was_changed_is_read_under_each_name(meta: str, updated: str) -> None:
    assert post(f"---\n{meta}\n---\nx").updated == updated


@pytest.mark.parametrize(
    ("meta", "people", "authors"),
    [
        ("author: Ada Byron", {}, ("Ada Byron",)),
        ("authors: [Ada Byron, Alan Turing]", {}, ("Ada Byron", "Alan Turing")),
        ("authors: [squidfunk]", {}, ("squidfunk",)),
        ("Title: A\nAuthor: Ada Byron", {}, ("Ada Byron",)),
        ("authors: [squidfunk, Ada Byron]", {}, ("Ada Byron",)),
        ("taxonomies:\n  author: [Ada Byron]", {}, ("Ada Byron",)),
        ("author: Ada Byron ([@ada](https://a.b)), and Alan", {}, ("Ada Byron (@ada)", "Alan")),
        ("author: Ada Byron,Alan Turing", {}, ("Ada Byron", "Alan Turing")),
        ("authors: squidfunk", {"squidfunk": "Martin D."}, ("Martin D.",)),
        ("authors: ['[Ada Byron](https://a.b), of [Engines](https://c.d)']", {}, ("Ada Byron, of Engines",)),
        ("extra:\n  authors: Ada Byron", {}, ("Ada Byron",)),
        ("authors:\n  - name: ada\n    url: x", {}, ("ada",)),
    ],
)
def test_ids_of_authors_are_no_names(meta: str, people: dict[str, str], authors: tuple[str, ...]) -> None:
    assert post(f"---\n{meta}\n---\nx", people=people).authors == authors


@pytest.mark.parametrize(
    ("meta", "tags"),
    [
        ("tags: [sea, sky]", ("sea", "sky")),
        ("tags: sea, deep sky", ("sea", "deep sky")),
        ("tags: sea sky", ("sea", "sky")),
        ("categories:\n  - General", ("General",)),
        ("taxonomies: {tags: [sea]}", ("sea",)),
        ("tag: [sea]", ("sea",)),
        ("category: Deep sea", ("Deep sea",)),
    ],
)
def test_tags_are_read_under_each_name(meta: str, tags: tuple[str, ...]) -> None:
    assert post(f"---\n{meta}\n---\nx").tags == tags


@pytest.mark.parametrize(
    ("meta", "reason"),
    [
        ("draft: true", "draft"),
        ("published: false", "unpublished"),
        ("status: hidden", "unpublished"),
        ("date: 2999-01-01", "future"),
        ("search:\n  exclude: true", "search: exclude"),
        ("search: exclude", "search: exclude"),
        ("unlisted: true", "unlisted"),
        ("headless: true", "unpublished"),
        ("render: false", "unpublished"),
        ("build: {render: never}", "unpublished"),
        ("expiryDate: 2001-01-01", "expired"),
    ],
)
def test_what_the_owner_does_not_publish_is_left_out_with_the_reason(meta: str, reason: str) -> None:
    parsed = parse(f"---\n{meta}\n---\nx")

    assert (parsed.post, parsed.left_out) == (None, reason)


@pytest.mark.parametrize("meta", ["draft: false", "published: true", "published: 2020-01-01", "search: true", "x: y"])
def test_what_is_published_is_kept(meta: str) -> None:
    assert parse(f"---\n{meta}\n---\nx").left_out == ""


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("---\ntitle: a\nnext: [b\n---\nx", "p.md: line 3: the YAML front matter does not parse"),
        ("---\ntitle: a: b\n---\nx", "p.md: line 2: the YAML front matter does not parse"),
        ('+++\ntitle = "a"\nb = \n+++\nx', "p.md: line 3: the TOML front matter does not parse"),
        ('{\n"title": a\n}\nx', "p.md: line 2: the JSON front matter does not parse"),
        ("---\ntitle: a\n\nx", "p.md: line 1 opens front matter that is never closed"),
        ("---\ntitle: a\ndate: 2020-13-40\n---\nx", "p.md: line 3: the YAML front matter does not parse"),
        ("---\ntitle: a\nno key\ndate: 2020-01-01\n---\nx", "p.md: line 3: the YAML front matter does not parse"),
        ('---\ntitle: "a\nby: b\nkey: c\n---\nx', "p.md: line 2: the YAML front matter does not parse"),
        ("---\ntitle: a\nby: b\ufffe\n---\nx", "p.md: line 3: the YAML front matter does not parse"),
        ("---\n\n\ntitle: a: b\n---\nx", "p.md: line 4: the YAML front matter does not parse"),
        ("\n\n---\ntitle: a: b\n---\nx", "p.md: line 4: the YAML front matter does not parse"),
    ],
)
def test_front_matter_that_does_not_parse_is_named_with_its_line(source: str, message: str) -> None:
    with pytest.raises(PostError) as error:
        parse(source, "p.md")

    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("---\n\nA quiet start.\n\n---\n\nMore.\n", ["paragraph: A quiet start.", "paragraph: More."]),
        ("Note: this is prose.\n\nMore.\n", ["paragraph: Note: this is prose.", "paragraph: More."]),
        ("{\nnot json\n", ["paragraph: { not json"]),
    ],
)
def test_a_body_that_only_looks_like_front_matter_stays(source: str, expected: list[str]) -> None:
    assert lines(post(source)) == expected


def test_bytes_that_are_not_utf8_are_named_with_their_place() -> None:
    with pytest.raises(PostError, match=r"^p\.md: not UTF-8 at byte 5 \(0xff\)"):
        parse_post("p.md", b"caf\xc3\xa9\xff", Site(Path("/nowhere")))


def test_questions_of_the_front_matter_are_kept() -> None:
    values: Any = post("---\nquestions:\n  - What is a boom?\n  - Why?\ndescription: Boats.\n---\nx")

    assert (values.questions, values.description) == (("What is a boom?", "Why?"), "Boats.")
