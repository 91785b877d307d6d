"""Strings are found whatever keys they were typed with."""

from __future__ import annotations

import pytest

from service.evaluation.wording import fold, holds, within


def test_folding_takes_typing_away() -> None:
    assert fold("  “It’s”\u00a0a – B…\n C ") == '"it\'s" a - b... c'


@pytest.mark.parametrize(
    ("needle", "text", "found"),
    [
        ("skiff", "the skiffs", True),  # the start of a word
        ("kiff", "the skiff", False),
        ("24", "it cost 240", False),
        ("240", "it cost 240 euros", True),
        ("#general", "in #general", True),
        ("v1.2", "v1.20", False),
    ],
)
def test_a_needle_begins_a_word_and_a_number_ends_it(needle: str, text: str, found: bool) -> None:
    assert within(needle, text) is found


def test_every_one_of_these_and_one_of_those() -> None:
    assert holds("Ann and Bob row", ["ann", "BOB"], [])
    assert not holds("Ann rows", ["ann", "bob"], [])
    assert holds("Ann rows", ["ann"], ["sails", "rows"])
    assert not holds("Ann rows", ["ann"], ["sails", "swims"])
