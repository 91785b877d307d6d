"""Addresses of posts, sections and quotes, with the text fragment that marks the quote."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import PostCard
from service.links import post_url, quote_url, section_url

OWN = PostCard("a--b", "a/b.md", "B", "https://blog.example/b/", "")
HERE = PostCard("a--b é", "a/b é.md", "B", "", "")


def fragment(text: str, said: str, at: int = -1, cells: bool = False) -> str:
    start = text.index(said) if at < 0 else at
    return quote_url(OWN, "top", text, start, start + len(said), cells).partition(":~:text=")[2]


def test_a_post_has_its_own_address_or_a_page_here() -> None:
    assert post_url(OWN) == "https://blog.example/b/"
    assert post_url(HERE) == "/posts/a--b%20%C3%A9"


def test_a_section_is_linked_by_its_anchor() -> None:
    assert section_url(OWN, "the-cat") == "https://blog.example/b/#the-cat"
    assert section_url(OWN, "l'été") == "https://blog.example/b/#l%27%C3%A9t%C3%A9"
    assert section_url(OWN, "") == "https://blog.example/b/"


def test_a_quote_is_linked_by_anchor_and_text_fragment() -> None:
    url = quote_url(OWN, "the-cat", "The cat sat.", 0, 12)
    assert url == "https://blog.example/b/#the-cat:~:text=The%20cat%20sat."
    assert quote_url(HERE, "", "The cat sat.", 0, 12) == "/posts/a--b%20%C3%A9#:~:text=The%20cat%20sat."


@pytest.mark.parametrize(
    ("said", "encoded"),
    [
        ("second-hand", "second%2Dhand"),
        ("one, two", "one%2C%20two"),
        ("R&D", "R%26D"),
        ("100 %", "100%20%25"),
        ("a/b#c?d=e", "a%2Fb%23c%3Fd%3De"),
        ("Größe", "Gr%C3%B6%C3%9Fe"),
        ("a+b", "a%2Bb"),
    ],
)
def test_what_has_a_meaning_in_a_fragment_is_escaped(said: str, encoded: str) -> None:
    assert fragment(said, said) == encoded


LONG = "The first five words are here, and a great many others follow them until the last five words are there."


def test_a_long_quote_is_named_by_its_first_and_last_words() -> None:
    assert fragment(LONG, LONG) == "The%20first%20five%20words%20are,last%20five%20words%20are%20there."


def test_a_quote_over_several_lines_is_named_by_its_ends() -> None:
    assert fragment("one two\nthree four", "one two\nthree four") == "one%20two,three%20four"


def test_a_row_is_named_by_its_first_and_last_cell() -> None:
    text = "Height | Oar\nup to 170 cm | 2.60 m"
    assert fragment(text, "up to 170 cm | 2.60 m", cells=True) == "up%20to%20170%20cm,2.60%20m"


def test_a_quote_that_stands_twice_is_told_apart_by_the_words_before_it() -> None:
    text = "We won. At the end of the day we won."
    found = fragment(text, "we won.", at=text.rindex("we won"))
    prefix, _, rest = found.partition("-,")
    assert "At the end of the day ".endswith(unquote(prefix) + " ")
    assert rest == "we%20won."


def test_a_quote_that_stands_once_has_no_prefix() -> None:
    assert "-," not in fragment("We lost. We won.", "We won.")


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=300), st.data())
def test_every_fragment_is_ascii_and_its_words_are_the_quotes(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    url = quote_url(OWN, "", text, start, end)
    found = url.partition(":~:text=")[2]

    assert found.isascii()
    assert not set(found) & set(" <>\"'&#|\n\t")
    parts = found.split("-,", 1)[-1].split(",")
    assert len(parts) <= 2
    said = " ".join(text[start:end].split())
    if said:
        assert " ".join(unquote(parts[0]).split()) in said
        assert " ".join(unquote(parts[-1]).split()) in said
