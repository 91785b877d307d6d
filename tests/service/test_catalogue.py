"""Questions for the posts of a blog."""

from __future__ import annotations

import pytest

from index import PostCard
from service.answer import Answerer
from service.asking import plain_words
from service.catalogue import AskedPosts, asked_posts, list_posts

CARDS = [
    PostCard("a", "a.md", "Rowing", "", "2020-01-02"),
    PostCard("b", "b.md", "Sailing", "", "2021-05-03T10:00:00"),
    PostCard("c", "c.md", "Knots", "", ""),
]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("How many posts are there?", AskedPosts(counted=True)),
        ("how many articles does this blog have", AskedPosts(counted=True)),
        ("List all posts", AskedPosts()),
        ("which posts are there?", AskedPosts()),
        ("What's the latest post?", AskedPosts(newest=True)),
        ("newest articles", AskedPosts(newest=True)),
        ("Which posts were written in 2021?", AskedPosts(year="2021")),
        ("Which posts are about oars?", AskedPosts(about="oars")),
        ("are there any articles on sailing at night?", AskedPosts(about="sailing at night")),
        ("is there a post that mentions Henrik?", AskedPosts(about="henrik")),
        ("How many posts carry the fence?", None),
        ("what is this post about?", None),
        ("What do the posts cost?", None),
    ],
)
def test_what_is_asked_for(question: str, asked: AskedPosts | None) -> None:
    assert asked_posts(plain_words(question)) == asked


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (AskedPosts(), ["Sailing", "Rowing", "Knots"]),
        (AskedPosts(newest=True), ["Sailing"]),
        (AskedPosts(year="2020"), ["Rowing"]),
        (AskedPosts(counted=True), ["3 posts"]),
        (AskedPosts(year="1999"), None),
    ],
)
def test_posts_are_told_by_their_titles_the_newest_first(asked: AskedPosts, told: list[str] | None) -> None:
    evidence = list_posts(asked, CARDS)
    assert (evidence and [quote.text for quote in evidence.quotes]) == told
    assert evidence is None or all(quote.field and quote.start is None for quote in evidence.quotes)


def test_no_more_are_listed_than_a_list_may_take() -> None:
    many = [PostCard(f"{n}", f"{n}.md", "A title of a few words more", "", f"2020-01-{n:02}") for n in range(1, 29)]
    evidence = list_posts(AskedPosts(), many)
    assert evidence is not None
    assert len(evidence.quotes) == 16


@pytest.mark.model
def test_those_about_something_say_it(answerer: Answerer) -> None:
    assert answerer.ask("Which posts are about oars?").composed.text == "- How I learned to row [1]"
    assert answerer.ask("how many posts are there?").composed.text == "The blog has “3 posts” [1]"
    assert not answerer.ask("Which posts are about glaciers?").decision.answers


@pytest.mark.model
def test_who_asks_one_post_is_told_nothing_of_the_others(answerer: Answerer) -> None:
    answer = answerer.ask("Which posts are about oars?", "moving-house")
    assert {quote.post.id for quote in answer.composed.quotes} <= {"moving-house"}
