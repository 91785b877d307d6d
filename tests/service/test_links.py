"""Addresses of posts, sections and quotes, with the text fragment that marks the quote."""

from __future__ import annotations

from index import PostCard
from service.links import post_url, quote_url, section_url
from tests.index.parse.shown import post as parsed

OWN = PostCard("a--b", "a/b.md", "B", "https://blog.example/b/", "")
HERE = PostCard("a--b é", "a/b é.md", "B", "", "")


def test_a_post_has_its_own_address_or_a_page_here() -> None:
    assert post_url(OWN) == "https://blog.example/b/"
    assert post_url(HERE) == "/posts/a--b%20%C3%A9"


def test_a_section_is_linked_by_its_anchor() -> None:
    assert section_url(OWN, "the-cat") == "https://blog.example/b/#the-cat"
    assert section_url(OWN, "l'été") == "https://blog.example/b/#l%27%C3%A9t%C3%A9"
    assert section_url(OWN, "") == "https://blog.example/b/"


def test_a_quote_is_linked_by_anchor_and_text_fragment() -> None:
    post = parsed("# The cat\n\nThe cat sat.\n")
    start, end = post.sections[0].blocks[0].start, post.sections[0].blocks[0].end
    assert quote_url(OWN, "the-cat", post, start, end) == "https://blog.example/b/#the-cat:~:text=The%20cat%20sat."
    assert quote_url(HERE, "", post, start, end) == "/posts/a--b%20%C3%A9#:~:text=The%20cat%20sat."


def test_a_quote_without_words_is_linked_by_its_anchor() -> None:
    post = parsed("$$x^2 = y$$\n")
    assert quote_url(OWN, "top", post, 0, len(post.text)) == "https://blog.example/b/#top"
