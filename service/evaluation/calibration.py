"""What the confidence is worth: how often a score comes true, and what is answered and wrong at each threshold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions scored from `low` to below `high`, the last bin with 1; `score` is their mean, `right` a share."""

    low: float
    high: float
    questions: int
    score: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class Point:
    """At this threshold the share `coverage` of the questions is answered, and of these `error` wrongly."""

    threshold: float
    coverage: float
    error: float


def reliability(scores: Sequence[float], right: Sequence[bool]) -> list[Bin]:
    """Ten bins of equal width.

    :param right: whether what was found answers the question with that score.
    """
    bins = []
    for number in range(_BINS):
        own = [i for i, score in enumerate(scores) if min(int(score * _BINS), _BINS - 1) == number]
        bins.append(
            Bin(
                number / _BINS,
                (number + 1) / _BINS,
                len(own),
                round(sum(scores[i] for i in own) / len(own), 4) if own else None,
                round(sum(right[i] for i in own) / len(own), 4) if own else None,
            )
        )
    return bins


def brier(scores: Sequence[float], right: Sequence[bool]) -> float | None:
    """The mean squared distance of the scores from what came true, 0 to 1, lower is better (Brier, 1950)."""
    if not scores:
        return None
    return round(sum((score - hit) ** 2 for score, hit in zip(scores, right, strict=True)) / len(scores), 4)


def coverage_and_error(scores: Sequence[float], right: Sequence[bool]) -> list[Point]:
    """A point for every score as the threshold, highest first: from one answer to all (El-Yaniv and Wiener, 2010)."""
    points: list[Point] = []
    wrong = 0
    pairs = sorted(zip(scores, right, strict=True), reverse=True)
    for answered, (score, hit) in enumerate(pairs, start=1):
        wrong += not hit
        if answered == len(pairs) or pairs[answered][0] != score:
            points.append(Point(score, answered / len(pairs), wrong / answered))
    return points
