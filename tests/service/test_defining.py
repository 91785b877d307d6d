"""Which sentences define what is asked for."""

from __future__ import annotations

import pytest

from index import words
from service.answer import Answerer
from service.defining import defines
from service.question import understand
from service.rank import rank


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("What is a catch?", "A catch is the moment when the blade enters the water."),
        ("whats a shortcut in Brinewell", "“Shortcuts” are a way to name what is typed often."),
        ("what is the ARA", "The Annual Rowing Assembly (ARA) is a meeting of all clubs."),
        ("what is autolyse", "Autolyse: a rest before the salt."),
        ("what does sculling mean", "Sculling means to row with two oars."),
        ("what are backups", "Backups are what you miss when they are gone."),
    ],
)
def test_a_sentence_that_opens_with_what_is_asked_for_defines_it(asked: str, text: str) -> None:
    assert defines(text, words(asked))


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("what is a shortcut", "Shortcuts are defined in one file."),
        ("what is a shortcut", "The shortcut: protocol is removed."),
        ("what is a shortcut", "A shortcut editor is a program."),
        ("what is a shortcut", "This is what a shortcut is."),
        ("what is a shortcut", "It is the best thing about it."),
        ("what is a shortcut", ""),
        ("what is a shortcut", "x" * 100_000),
    ],
)
def test_others_do_not(asked: str, text: str) -> None:
    assert not defines(text, words(asked))


def test_what_defines_is_ranked_first_where_a_definition_is_asked_for(answerer: Answerer) -> None:
    asked = "What is a catch?"
    best = rank(understand(asked), answerer.rank(asked))[0]
    assert best.text == "A catch is the moment when the blade enters the water."
    assert best.features.defines == 1
    other = "When is the catch?"
    assert not any(one.features.defines for one in rank(understand(other), answerer.rank(other)))
