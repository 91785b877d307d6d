"""Long quotes are cut to whole clauses, and stay contiguous."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import PostCard
from service.evidence import Quote
from service.trim import around, lines_around, opening

CARD = PostCard("a", "a.md", "A", "", "")


def quote(text: str) -> Quote:
    return Quote(CARD, (), "", "sentence", text, 10, 10 + len(text))


def test_a_short_quote_stays_whole() -> None:
    assert opening(quote("Eggs, milk and flour."), 4).text == "Eggs, milk and flour."


@pytest.mark.parametrize(
    ("text", "room", "kept"),
    [
        ("Move DNS first, because everything depends on names.", 5, "Move DNS first"),
        ("Instant previews: render a section inside a tooltip.", 4, "Instant previews"),
        ("one two three four five six", 3, "one two three"),
        (", then it rained all day", 3, ", then it"),
        ("It rained on. When the sun, at last, came out we rowed.", 8, "It rained on. When the sun, at last"),
        ("It rained on and on. When the sun, at last, came out.", 8, "It rained on and on."),
        ("Call row() before you stop here now", 5, "Call row() before you stop"),
        ("It opened on Jul 17, 2023 to all of us", 5, "It opened on Jul 17,"),
        ("Bring a lamp, and (if it is dark, or cold) a coat", 9, "Bring a lamp"),
        ("Forbidden West – a long game that I liked", 6, "Forbidden West"),
    ],
)
def test_the_opening_ends_with_a_clause_when_there_is_one(text: str, room: int, kept: str) -> None:
    assert opening(quote(text), room).text == kept


def test_a_row_is_cut_between_its_cells() -> None:
    row = replace(quote("Enable the wall | Jul 17, 2023, at the latest | Done"), kind="row")
    assert opening(row, 8).text == "Enable the wall | Jul 17, 2023"
    assert opening(row, 11).text == "Enable the wall | Jul 17, 2023, at the latest"


def test_the_part_that_tells_comes_before_the_part_with_more_of_the_words() -> None:
    text = "The flight to Denver was a long one, so we slept, ate, and landed after 9.5 hours."
    assert around(quote(text), 8, ["flight", "denver"]).text == "The flight to Denver was a long one"
    told = around(quote(text), 8, ["flight", "denver"], lambda said: "hours" in said)
    assert told.text.endswith("landed after 9.5 hours.")


def test_the_words_that_are_asked_for_are_kept() -> None:
    text = "The lock, which has a gate of oak and a keeper, opened to ships of every size in 1931."
    assert "1931" in around(quote(text), 9, ["open", "1931"]).text


@given(st.text(alphabet="ab ,.;:|–()", min_size=1, max_size=80).filter(str.strip), st.integers(1, 12))
def test_what_is_cut_is_the_text_at_its_offsets(text: str, room: int) -> None:
    whole = quote(text)
    for part in (opening(whole, room), around(whole, room, ["a"])):
        assert part.text
        assert part.start is not None
        assert part.end is not None
        assert text[part.start - 10 : part.end - 10] == part.text
        assert part.text == text or len(part.text.split()) <= room


PRINTED = (
    "Usage: tide [OPTION]\n\n  new    Begin a table\n  check  Find stations that are gone\n  send   Publish it all"
)


def test_an_introducing_clause_is_not_all_that_is_shown() -> None:
    assert opening(quote("If it is stored elsewhere, the file is fetched first of all."), 9).text == (
        "If it is stored elsewhere, the file is fetched"
    )


def test_of_printed_lines_those_that_are_asked_for_are_kept_whole() -> None:
    kept = lines_around(quote(PRINTED), 12, ["find", "station"])
    assert kept.text == "  new    Begin a table\n  check  Find stations that are gone"
    assert lines_around(quote(PRINTED), 5, ["publish"]).text == "  send   Publish it all"


def test_printed_lines_begin_right_above_what_is_asked_for() -> None:
    text = "head\nnode one\nslots 1-10\nrole a\nnode two\nslots 11-20\nrole b\ntail"
    assert lines_around(quote(text), 7, ["two"]).text == "role a\nnode two\nslots 11-20"


def test_printed_lines_that_hold_nothing_of_it_are_kept_from_the_first_on() -> None:
    assert lines_around(quote(PRINTED), 8, ["weather"]).text == "Usage: tide [OPTION]\n\n  new    Begin a table"


def test_a_line_of_dashes_takes_no_time() -> None:
    began = time.perf_counter()
    lines_around(quote("-" * 50_000 + " a b c\nd e"), 2, ["b"])
    assert time.perf_counter() - began < 1


def test_the_line_that_gives_a_value_to_what_is_asked_goes_before_those_that_say_more_of_it() -> None:
    text = 'set -e\nTIDE_VERSION="1.9.2"\n\ncd work\nmake\nget https://tide.example/download/tide/${TIDE_VERSION}.tgz'
    assert lines_around(quote(text), 4, ["version", "tide", "download"]).text == 'set -e\nTIDE_VERSION="1.9.2"'
    assert "https" in lines_around(quote(text), 4, ["tide", "download"]).text


def test_a_line_that_is_too_long_by_itself_is_cut() -> None:
    assert lines_around(quote("a b c d e f\ng"), 3, []).text == "a b c"


@given(st.text(alphabet="ab \n;", min_size=1), st.integers(1, 9))
def test_printed_lines_stay_contiguous_and_within_the_room(text: str, room: int) -> None:
    kept = lines_around(quote(text), room, ["b"])
    assert len(kept.text.split()) <= room
    assert kept.start is not None
    assert text[kept.start - 10 :].startswith(kept.text)
