"""The threshold decides, and nothing else."""

from __future__ import annotations

from dataclasses import fields

import pytest

from service.abstain import certain, decide, fitted_model
from service.signals import Signals

STRONG = Signals(**{field.name: 0.0 if field.name.startswith("missing") else 1.0 for field in fields(Signals)})
WEAK = Signals(**{field.name: 1.0 if field.name.startswith("missing") else 0.0 for field in fields(Signals)})


def test_much_evidence_answers_and_little_does_not() -> None:
    assert decide(STRONG).answers
    assert not decide(WEAK).answers
    assert not decide(None).answers


@pytest.mark.parametrize("signals", [STRONG, WEAK])
def test_the_owners_threshold_decides(signals: Signals) -> None:
    score = decide(signals).score
    assert 0 < score < 1
    assert decide(signals, threshold=score).answers
    assert decide(signals, threshold=0.0).answers
    assert not decide(signals, threshold=min(score + 1e-6, 1.0)).answers
    assert decide(signals, threshold=0.2).threshold == 0.2


def test_without_an_owners_threshold_the_fitted_one_counts() -> None:
    assert decide(STRONG).threshold == fitted_model().threshold
    assert 0 < fitted_model().threshold < 1


def test_a_decision_has_a_reason_when_it_declines_and_none_when_it_answers() -> None:
    assert decide(STRONG).reason is None
    assert decide(WEAK).reason == "off_topic"
    assert decide(None).reason == "off_topic"
    assert decide(STRONG, threshold=1.0).reason == "not_in_post"
    assert decide(WEAK).level == decide(None).level == "low"


def test_the_level_rises_with_the_score() -> None:
    score = decide(STRONG).score
    assert decide(STRONG, threshold=0.0).level == "high"
    assert decide(STRONG, threshold=score).level == "medium"


def test_what_needs_no_weighing_is_certain() -> None:
    assert certain(None).answers
    assert certain(None).level == "high"
    assert not certain("unclear").answers
    assert certain("not_a_question").reason == "not_a_question"


def test_every_weight_is_of_a_signal() -> None:
    assert set(fitted_model().weights) <= {field.name for field in fields(Signals)}
