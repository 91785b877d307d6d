"""The best sentence is read closely where doubts are left, with what a reader sees above it, and then that counts."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index import Excerpt, Retriever
from service import abstain, answer, reply
from service.answer import Answerer
from service.closely import excerpt_of
from service.question import understand
from service.rank import rank
from tests.indexes import Indexer

POST = """---
title: The skiff
---

It lay on the beach. Nobody wanted it.

## Costs

He paid 400 pounds for it. The paint was a gift.

| part | price |
|---|---|
| sail | 90 pounds |
"""


class _Spy:
    """Stands in for the cross-encoder; says always the same, and remembers what it was asked."""

    digest = abstain.read_closely_by()

    def __init__(self, odds: float) -> None:
        self.asked: list[tuple[str, Excerpt]] = []
        self._odds = odds

    def odds(self, question: str, excerpt: Excerpt) -> float:
        self.asked.append((question, excerpt))
        return self._odds


Ask = Callable[[str, float, float], tuple[answer.Answer, _Spy]]


@pytest.fixture
def skiff(tmp_path: Path, indexed: Indexer) -> Answerer:
    (tmp_path / "skiff.md").write_text(POST, encoding="utf-8")
    return Answerer(Retriever.open(indexed(tmp_path)))


@pytest.mark.parametrize(
    ("asked", "excerpt"),
    [
        ("What did he pay?", Excerpt("Costs", "Costs", "He paid 400 pounds for it.")),
        ("Who wanted it?", Excerpt("The skiff", "It lay on the beach.", "Nobody wanted it.")),
        ("Where did it lie?", Excerpt("The skiff", "", "It lay on the beach.")),
        ("price of the sail", Excerpt("Costs", "part | price", "sail | 90 pounds")),
    ],
)
def test_a_sentence_is_read_with_what_stands_above_it(skiff: Answerer, asked: str, excerpt: Excerpt) -> None:
    best = rank(understand(asked), skiff.rank(asked))[0]
    assert excerpt_of(best, skiff.cards) == excerpt


@pytest.fixture
def asked_with(skiff: Answerer, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Asks a question, doubtful within these odds, with a cross-encoder that says always the same."""

    def ask(question: str, doubtful: float, odds: float) -> tuple[answer.Answer, _Spy]:
        spy = _Spy(odds)
        monkeypatch.setattr(abstain, "DOUBTFUL", doubtful)
        monkeypatch.setattr(skiff.retriever, "cross", spy)
        return Answerer(skiff.retriever).ask(question), spy

    return ask


def test_only_what_is_doubtful_is_read_closely(asked_with: Ask) -> None:
    sure, unasked = asked_with("What did he pay?", -1.0, 0.0)
    assert unasked.asked == []
    assert sure.reading
    assert "closely" not in sure.reading.as_dict()

    doubtful, asked = asked_with("What did he pay?", 99.0, 0.25)
    assert [(question, excerpt.sentence) for question, excerpt in asked.asked] == [
        ("What did he pay?", "He paid 400 pounds for it.")
    ]
    assert doubtful.reading
    assert doubtful.reading.as_dict()["closely"] == 0.25


def test_what_is_read_closely_decides(asked_with: Ask) -> None:
    (yes, _), (no, _) = (asked_with("What did he pay?", 99.0, odds) for odds in (6.0, -8.0))
    assert yes.decision.answers
    assert not no.decision.answers
    assert yes.decision.threshold == no.decision.threshold


def test_the_explanation_tells_what_was_read_closely_and_how_much_it_counts(asked_with: Ask) -> None:
    for doubtful in (99.0, -1.0):
        made, _ = asked_with("What did he pay?", doubtful, 1.0)
        told: dict[str, Any] = reply.explanation(made)
        weights, values = told["weights"], {**told["signals"], **told["reading"]}
        assert ("closely" in weights) == ("closely" in told["reading"]) == (doubtful == 99.0)
        odds = weights["intercept"] + sum(weights[name] * value for name, value in values.items())
        assert 1 / (1 + math.exp(-odds)) == pytest.approx(made.decision.score, abs=0.01)


def test_for_the_post_itself_and_for_small_talk_nothing_is_read(asked_with: Ask) -> None:
    for question in ("What is the title?", "Thanks!", "???"):
        _, spy = asked_with(question, 99.0, 0.0)
        assert spy.asked == []


def test_a_cross_encoder_that_the_decision_was_not_fitted_with_is_not_asked(
    skiff: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    spy = _Spy(1.0)
    monkeypatch.setattr(spy, "digest", "another", raising=False)
    monkeypatch.setattr(abstain, "DOUBTFUL", 99.0)
    monkeypatch.setattr(skiff.retriever, "cross", spy)
    answered = Answerer(skiff.retriever).ask("What did he pay?")
    assert spy.asked == []
    assert answered.reading
    assert answered.reading.closely is None


def test_the_sentence_that_is_quoted_first_is_read(asked_with: Ask) -> None:
    for question in ("What did he pay?", "Who wanted it?", "Was the paint expensive?"):
        made, spy = asked_with(question, 99.0, 9.0)
        assert spy.asked[0][1].sentence in made.composed.quotes[0].text


def test_the_decision_was_fitted_with_the_cross_encoder_as_it_is(skiff: Answerer) -> None:
    assert skiff.retriever.cross
    assert skiff.retriever.cross.digest == abstain.read_closely_by()
