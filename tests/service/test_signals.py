"""What the decision is told of the question itself."""

from __future__ import annotations

import pytest

from service.answer import Answerer
from service.signals import _OF_QUESTION

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("How much did the skiff cost?", {"amount"}),
        ("Why did the author start to row?", {"explain", "reason"}),
        ("What are the rules of the boathouse?", {"list"}),
        ("Is the skiff new?", {"yes_no"}),
    ],
)
def test_the_kind_of_question_and_of_fact_are_signals(bold_answerer: Answerer, asked: str, told: set[str]) -> None:
    signals = bold_answerer.ask(asked).signals
    assert signals
    assert {name for name in _OF_QUESTION if getattr(signals, name) == 1} == told
    assert all(getattr(signals, name) in (0, 1) for name in _OF_QUESTION)


def test_each_is_between_minus_one_and_one(bold_answerer: Answerer) -> None:
    signals = bold_answerer.ask("Who sold the skiff in 1987?").signals
    assert signals
    assert all(-1.001 <= value <= 1.001 for value in signals.as_dict().values())
