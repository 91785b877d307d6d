"""The threshold decides, and nothing else."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from service import abstain
from service.abstain import Model, certain, decide, doubtful, fitted_model
from service.reader import Reading
from service.signals import Signals

STRONG = Signals(**{field.name: 1.0 for field in fields(Signals)})
WEAK = Signals(**{field.name: 0.0 for field in fields(Signals)})
READ = Reading(np.zeros(1, np.float32))
CLOSELY = replace(READ, closely=0.0)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Model:
    """A model whose probabilities do not change when the fitted one is fitted again."""
    model = Model(intercept=-3.0, weights={"match": 6.0}, reading={"any": 1.0}, threshold=0.5)
    monkeypatch.setattr(abstain, "fitted_model", lambda reading: model)
    return model


def test_much_evidence_answers_and_little_does_not(model: Model) -> None:
    assert decide(STRONG).answers
    assert not decide(WEAK).answers
    assert not decide(None).answers


@pytest.mark.parametrize("signals", [STRONG, WEAK])
def test_the_owners_threshold_decides(model: Model, signals: Signals) -> None:
    score = decide(signals).score
    assert 0 < score < 1
    assert decide(signals, threshold=score).answers
    assert decide(signals, threshold=0.0).answers
    assert not decide(signals, threshold=score + 1e-6).answers
    assert decide(signals, threshold=0.2).threshold == 0.2


def test_what_the_reader_says_counts(model: Model) -> None:
    says_yes, says_no = (Reading(np.array([odds], np.float32)) for odds in (4.0, -4.0))
    assert decide(WEAK, says_yes).score > decide(WEAK).score > decide(WEAK, says_no).score


def test_without_an_owners_threshold_the_models_counts(model: Model) -> None:
    assert decide(STRONG).threshold == model.threshold


def test_a_decision_has_a_reason_when_it_declines_and_none_when_it_answers(model: Model) -> None:
    assert decide(STRONG).reason is None
    assert decide(WEAK).reason == "off_topic"
    assert decide(None).reason == "off_topic"
    assert decide(STRONG, threshold=1.0).reason == "not_in_post"
    assert decide(WEAK).level == decide(None).level == "low"


def test_what_shares_words_with_a_passage_is_not_off_topic(model: Model) -> None:
    assert decide(replace(WEAK, mean_passage=0.6)).reason == "not_in_post"
    assert decide(replace(WEAK, best_dense=0.4)).reason == "not_in_post"


def test_the_level_rises_with_the_score(model: Model) -> None:
    score = decide(STRONG).score
    assert decide(STRONG, threshold=0.0).level == "high"
    assert decide(STRONG, threshold=score).level == "medium"


def test_what_needs_no_weighing_is_certain(model: Model) -> None:
    assert certain(None).answers
    assert certain(None).level == "high"
    assert not certain("unclear").answers
    assert certain("not_a_question").reason == "not_a_question"


@pytest.mark.parametrize(
    ("reading", "of_reading"), [(READ, {"any", "best"}), (CLOSELY, {"any", "best", "closely"}), (None, set())]
)
def test_the_fitted_model_weighs_what_there_is(reading: Reading | None, of_reading: set[str]) -> None:
    fitted = fitted_model(reading)
    assert fitted.weights
    assert set(fitted.weights) <= {field.name for field in fields(Signals)}
    assert set(fitted.reading) == of_reading
    assert 0 < fitted.threshold < 1


def test_the_threshold_is_the_same_whether_or_not_something_is_read_closely() -> None:
    assert fitted_model(READ).threshold == fitted_model(CLOSELY).threshold


def test_what_is_neither_likely_nor_unlikely_is_doubtful(model: Model) -> None:
    def after(odds: float, threshold: float | None = None) -> bool:
        return doubtful(STRONG, Reading(np.array([odds], np.float32)), threshold)

    # The model's own odds of these signals are 3, those of its threshold 0, and those of an owner's 0.8 higher by 1.4.
    assert [after(odds) for odds in (-4.1, -3.9, -3.0, -2.1, -1.9)] == [False, True, True, True, False]
    assert [after(odds, 0.8) for odds in (-2.7, -2.5, -1.6, -0.7, -0.5)] == [False, True, True, True, False]
    # Whatever is said, an owner who has everything answered, or nothing, is not helped by reading.
    assert not after(-3.0, 0.0)
    assert not after(-3.0, 1.0)
