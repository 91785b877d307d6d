"""Enough evidence to answer, or why not. Nothing else compares with the threshold."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, TypeAlias

from service.rank import weighted
from service.reader import Reading
from service.signals import Signals

Reason: TypeAlias = Literal["not_in_post", "off_topic", "unclear", "not_a_question"]
Level: TypeAlias = Literal["high", "medium", "low"]

# Below this cosine, and this mean match of the content words, no passage is about what was asked: by the cosines of the
# packaged model, with what it has learned.
_OFF_TOPIC_COSINE = 0.15
_OFF_TOPIC_MATCH = 0.3
# The best sentence is read closely when the log odds lie at most so far from those of the threshold: from .13 to .53
# for the fitted one. That is so of a quarter of the questions. With 1.3 below and 1.8 above it was of 40 %, on some
# blogs of more than half, and of what posts do not say one or two in a hundred more were declined.
DOUBTFUL = 1.0
# The confidence that counts as high lies half of the way from the threshold to certainty; medium reaches the threshold.
_HIGH_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to answer. `score` is the probability, 0 to 1, that the evidence answers the question."""

    answers: bool
    reason: Reason | None
    score: float
    threshold: float
    level: Level


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression over the signals and the reading (Cox, 1958), and the probability from which on a question
    is answered. Where nothing was read, `reading` is empty.
    """

    intercept: float
    weights: dict[str, float]
    reading: dict[str, float]
    threshold: float

    def odds(self, signals: Signals, reading: Reading | None) -> float:
        """Log odds of an answer; any number."""
        return self.intercept + weighted(signals, self.weights) + (weighted(reading, self.reading) if reading else 0.0)

    def probability(self, signals: Signals, reading: Reading | None) -> float:
        """0 to 1."""
        return 1 / (1 + math.exp(-self.odds(signals, reading)))


def fitted_model(reading: Reading | None) -> Model:
    """The model that `tests/eval/fit.py` fitted, for sentences that the reader has read, for one that was read closely
    too, or for an index by another encoder, whose vectors it cannot read.
    """
    if reading is None:
        return _fitted("unread")
    return _fitted("read" if reading.closely is None else "closely")


def doubtful(signals: Signals, reading: Reading, threshold: float | None = None) -> bool:
    """Whether it is left open so far if the best sentence answers, so that it is to be read closely.

    :param threshold: the owner's, 0 to 1; without it the fitted one. Beside 0 and 1 nothing is doubtful.
    """
    model = fitted_model(reading)
    least = model.threshold if threshold is None else threshold
    if not 0 < least < 1:
        return False
    return abs(model.odds(signals, reading) - math.log(least / (1 - least))) <= DOUBTFUL


def read_closely_by() -> str:
    """The digest of the cross-encoder that the decision was fitted with: what another one says it cannot weigh."""
    return str(_kept()["cross"])


def certain(reason: Reason | None, threshold: float | None = None) -> Decision:
    """The decision where nothing has to be weighed: the post's own fields answer, or the item that is asked for by its
    place alone is there, or nothing was asked.

    :param threshold: the owner's, 0 to 1; it is only reported.
    """
    least = _fitted("read").threshold if threshold is None else threshold
    return Decision(reason is None, reason, 1.0 if reason is None else 0.0, least, "low" if reason else "high")


def decide(signals: Signals | None, reading: Reading | None = None, threshold: float | None = None) -> Decision:
    """The decision for the evidence with these signals, or for no evidence at all.

    :param reading: of the best sentences; None where they could not be read.
    :param threshold: the owner's, 0 to 1; without it the fitted one.
    """
    model = fitted_model(reading)
    least = model.threshold if threshold is None else threshold
    score = model.probability(signals, reading) if signals else 0.0
    if signals and score >= least:
        high = score >= least + _HIGH_SHARE * (1 - least)
        return Decision(True, None, score, least, "high" if high else "medium")
    off_topic = signals is None or (signals.best_dense < _OFF_TOPIC_COSINE and signals.mean_passage < _OFF_TOPIC_MATCH)
    return Decision(False, "off_topic" if off_topic else "not_in_post", score, least, "low")


@cache
def _fitted(name: str) -> Model:
    return Model(**_kept()[name])


@cache
def _kept() -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(resources.files("service").joinpath("abstain.json").read_text(encoding="utf-8"))
    return kept
