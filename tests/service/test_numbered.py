"""The numbers that a page gives the items of its lists."""

from __future__ import annotations

import pytest

from index import Block, Part, Post, Section
from service.numbered import numbered_lists


def _post(html: str, *items: str) -> Post:
    text = "\n".join(items)
    parts, at = [], 0
    for item in items:
        parts.append(Part("item", at, at + len(item)))
        at += len(item) + 1
    section = Section((), "", 0, 0, 0, 0, len(text), (Block("list", 0, len(text), tuple(parts)),))
    return Post("p", "p.md", "P", "", "", text, html, (section,), "")


def _numbers(post: Post) -> list[list[tuple[int, str]]]:
    return [
        [(item.number, post.text[item.part.start : item.part.end] if item.part else "") for item in one]
        for one in numbered_lists(post)
    ]


@pytest.mark.parametrize(
    ("html", "items", "numbers"),
    [
        ("<ol><li>a</li><li>b</li></ol>", ("a", "b"), [[(1, "a"), (2, "b")]]),
        ("<ol><li>a<ul><li>x</li></ul></li><li><p>b</p></li></ol>", ("a", "b"), [[(1, "a"), (2, "b")]]),
        ("<ol><li><img src='x'></li><li>b</li></ol>", ("b",), [[(1, ""), (2, "b")]]),
        ("<ol><li>a<pre>c</pre>then</li><li>b</li></ol>", ("a", "then", "b"), [[(1, "a"), (2, "b")]]),
        ("<ol><li>a</li></ol><pre>c</pre><ol><li>b</li></ol>", ("a", "b"), [[(1, "a"), (2, "b")]]),
        ("<ol><li>a</li></ol><p>c</p><ol><li>b</li></ol>", ("a", "b"), [[(1, "a")], [(1, "b")]]),
        ("<ol><li>a</li></ol><p>c</p><ol start='2'><li>b</li></ol>", ("a", "b"), [[(1, "a"), (2, "b")]]),
        (
            "<ol><li>a</li></ol><ul><li>x</li></ul><ol start='2'><li>b</li></ol>",
            ("a", "x", "b"),
            [[(1, "a"), (2, "b")], [(1, "x")]],
        ),
        ("<ol start='4'><li>a</li></ol>", ("a",), [[(4, "a")]]),
        ("<ol reversed=''><li>a</li><li>b</li></ol>", ("a", "b"), [[(2, "a"), (1, "b")]]),
        ("<p>none</p>", (), []),
    ],
)
def test_items_are_numbered_as_on_the_page(
    html: str, items: tuple[str, ...], numbers: list[list[tuple[int, str]]]
) -> None:
    assert _numbers(_post(html, *items)) == numbers
