"""Figures, ranks and calibration beside values counted by hand."""

from __future__ import annotations

from typing import cast

import pytest

from service.evaluation.calibration import Point, brier, coverage_and_error, reliability
from service.evaluation.figures import count
from service.evaluation.ranks import rank_figures
from service.evaluation.removal import Removed, removal_figures
from tests.service.evaluation.made import asked, outcome


def test_verdicts_are_counted_by_kind_and_shared_out() -> None:
    figures = count(
        [
            outcome("fact", "correct", words=10),
            outcome("fact", "wrong", words=20),
            outcome("list", "abstained", words=30),
            outcome("list", "too long", words=40),
            outcome("unanswerable", "correct", words=50),
            outcome("unanswerable", "answered", words=60),
            outcome("squad-impossible", "answered", words=70),
            outcome("offtopic", "correct", words=80),
            outcome("fact", "error", words=0),
        ]
    )
    assert figures.answerable_correct == 0.2
    assert figures.answerable_abstained == 0.2
    assert figures.unanswerable_declined == pytest.approx(1 / 3, abs=1e-4)
    assert figures.offtopic_declined == 1.0
    assert figures.all_correct == pytest.approx(3 / 9, abs=1e-4)
    assert (figures.errors, figures.invented, figures.leaks) == (1, 0, 0)
    assert (figures.words_median, figures.ms_median) == (45, 4.5)
    assert figures.kinds["fact"]["asked"] == 3
    assert figures.total["asked"] == 9
    assert list(figures.kinds) == sorted(figures.kinds)


def test_a_share_of_nothing_is_none() -> None:
    assert count([outcome("fact", "correct")]).offtopic_declined is None
    assert count([]).ms_median is None


def test_ranks() -> None:
    assert rank_figures([1, 2, 4, 0]) == {
        "questions": 4, "r@1": 0.25, "r@3": 0.5, "r@5": 0.75, "r@10": 0.75, "mrr": 0.4375,
    }  # fmt: skip


def test_the_reliability_table() -> None:
    bins = reliability([0.0, 0.05, 0.55, 0.58, 1.0], [False, True, True, False, True])
    assert [one.questions for one in bins] == [2, 0, 0, 0, 0, 2, 0, 0, 0, 1]
    assert (bins[0].score, bins[0].right) == (0.025, 0.5)
    assert (bins[1].score, bins[1].right) == (None, None)
    assert (bins[5].score, bins[5].right) == (0.565, 0.5)
    assert (bins[9].low, bins[9].high, bins[9].right) == (0.9, 1.0, 1.0)


def test_the_brier_score() -> None:
    assert brier([1.0, 0.5, 0.2], [True, False, False]) == pytest.approx((0 + 0.25 + 0.04) / 3, abs=1e-4)
    assert brier([], []) is None


def test_the_curve_goes_from_the_surest_answer_to_all() -> None:
    assert coverage_and_error([0.9, 0.5, 0.5, 0.1], [True, False, True, False]) == [
        Point(0.9, 0.25, 0.0),
        Point(0.5, 0.75, cast(float, pytest.approx(1 / 3))),
        Point(0.1, 1.0, 0.5),
    ]


def test_what_removal_tells() -> None:
    whole = [outcome("fact", "correct", 0.1 + 0.08 * i, name=f"q{i}") for i in range(10)]
    whole.append(outcome("fact", "abstained", 0.0, name="not removable"))
    removed = [Removed(asked(name=f"q{i}"), i < 6, 0.05 + 0.02 * i, "") for i in range(10)]
    figures = removal_figures(whole, removed)
    assert figures["asked"] == 10
    assert figures["declined"] == 0.6
    assert figures["wrongly_declined"] == 0.0
    # At 0.18 only the question at 0.1 is declined wrongly; 0.05 to 0.17 are the first seven.
    assert figures["declined_at_10_percent"] == 0.7
    # Of the whole ones, 0.1 beats three; 0.18 seven; 0.26 on, all ten.
    assert figures["area"] == pytest.approx((3 + 7 + 80) / 100)


def test_nothing_removed_tells_nothing() -> None:
    assert removal_figures([outcome("fact", "correct")], [])["area"] is None
