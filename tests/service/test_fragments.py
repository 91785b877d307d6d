"""Text directives: what they are written as, told apart by, and never reach over."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Post
from service.fragments import directive
from tests.index.parse.shown import post as parsed


def fragment(source: str, said: str, nth: int = 1, generator: str = "") -> str:
    """The directive, decoded, for the nth time that the post says this."""
    post = parsed(source, generator=generator)
    start = -1
    for _ in range(nth):
        start = post.text.index(said, start + 1)
    return unquote(directive(post, start, start + len(said)))


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
    post = parsed(said)
    assert directive(post, 0, len(post.text)) == encoded


LONG = "The first five words are here, and a great many others follow them until the last five words are there."


def test_a_long_quote_is_named_by_its_first_and_last_words() -> None:
    assert fragment(LONG, LONG) == "The first five words are,last five words are there."


def test_the_last_words_are_as_many_as_are_not_said_before() -> None:
    said = "It began in the old grey house by the sea and ended after years in the new grey house by the sea"
    assert fragment(said, said) == "It began in the old,new grey house by the sea"


def test_a_quote_over_several_lines_is_named_by_its_ends() -> None:
    code = "one  two = 1\nthree four"
    assert fragment(f"```\n{code}\n```\n", code) == "one  two = 1,three four"


def test_a_row_is_named_by_its_cells() -> None:
    table = "Height | Oar\n---|---\nup to 170 cm | 2.60 m\n"
    assert fragment(table, "up to 170 cm | 2.60 m") == "up to 170 cm,2.60 m"


def test_a_last_cell_that_its_row_has_twice_is_told_apart_by_what_follows() -> None:
    table = "Site | May | June\n---|---|---\nHill | 6 kg | 6 kg\nDale | 7 kg | 8 kg\n"
    assert fragment(table, "Hill | 6 kg | 6 kg") == "Hill,6 kg,-Dale"


@pytest.mark.parametrize(
    ("source", "said", "nth", "expected"),
    [
        ("We won. At the end of the day we won.", "we won.", 1, "the end of the day-,we won."),
        ("We won. We lost.", "We won.", 1, "We won."),
        ("- Hard\n- size 1\n- Hard\n- size 2\n", "Hard", 2, "size 1-,Hard"),
        ("One.\n\n## Prices\n\nTwo.\n\nPrices rose.\n", "Prices rose.", 1, "Prices rose."),
        # A table of contents has the heading too.
        ("One.\n\n## Prices\n\nTwo.\n", "Prices", 1, "One.-,Prices"),
        ("## Prices\n\nPrices\n", "Prices", 2, "Prices"),
    ],
)
def test_words_that_the_page_says_before_are_told_apart(source: str, said: str, nth: int, expected: str) -> None:
    assert fragment(source, said, nth) == expected


@pytest.mark.parametrize(
    ("source", "generator", "said", "expected"),
    [
        ("It costs 9 euros[^a] in all.\n\n[^a]: 2020.\n", "", "It costs 9 euros in all.", "It costs 9,in all."),
        ("Ask Mira[^a]. Then go.\n\n[^a]: Or Nils.\n", "", "Ask Mira.", "Ask,."),
        # To a browser, “10.” and the number of the note are one word.
        ("It costs $10.[^a] Then go.\n\n[^a]: Or Nils.\n", "", "It costs $10.", "It costs"),
        ("Ask[^a]\n\nThen go. Then go.\n\n[^a]: Or Nils.\n", "", "Then go.", "Then go."),
        ("One line<br>and another", "", "One line and another", "One line,and another"),
        ("The area is $A = \\pi r^2$ in metres.", "", "The area is A = \\pi r^2 in metres.", "The area is,in metres."),
        ("Press ++ctrl+p++ to print.", "mkdocs", "Press Ctrl+P to print.", "Press,to print."),
        ("1. Brake\n\n    Twice, hard.\n", "", "Brake Twice, hard.", "Brake,Twice, hard."),
    ],
)  # fmt: skip
def test_no_term_reaches_over_what_a_page_shows_otherwise(
    source: str, generator: str, said: str, expected: str
) -> None:
    assert fragment(source, said, generator=generator) == expected


def test_a_formula_alone_has_no_directive() -> None:
    post = parsed("$$x^2 = y$$\n")
    assert directive(post, 0, len(post.text)) == ""


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=300), st.data())
def test_every_directive_is_ascii_and_its_words_are_the_quotes(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = directive(Post("a", "a.md", "A", "", "", text, "", (), ""), start, end)

    assert found.isascii()
    assert not set(found) & set(" <>\"'&#|\n\t")
    terms = found.split("-,", 1)[-1].rsplit(",-", 1)[0].split(",")
    assert len(terms) <= 2
    for term in terms:
        assert unquote(term) in text[start:end]
