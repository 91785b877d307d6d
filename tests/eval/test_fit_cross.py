"""The cross-encoder learns from what the ranker puts first, and what it learns is what answers."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index import Excerpt
from index.adapter import fitted_adapter
from index.cross_adapter import read_cross
from service.answer import Answerer
from tests.eval.judge import read_taught

if TYPE_CHECKING:
    from tests.eval.fit_cross import Case

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def cases(lesson_folder: Path, lesson_answerer: Answerer) -> list[Case]:
    from tests.eval.fit_cross import cases_of

    return list(cases_of(lesson_answerer, read_taught(lesson_folder)))


def test_a_case_tells_what_answers(lesson_folder: Path, cases: list[Case]) -> None:
    asked = [one for one, _ in read_taught(lesson_folder)]
    assert [any(case.right) for case in cases[: len(asked)]] == [one.answerable for one in asked]
    # The first is put to the other post as well.
    (crossed,) = cases[len(asked) :]
    assert (any(crossed.right), crossed.weight, crossed.question) == (False, 0.5, cases[0].question)
    assert all(len(case.right) == len(case.excerpts) for case in cases)


def _case(*right: bool) -> Case:
    from tests.eval.fit_cross import Case

    return Case("Why?", (Excerpt("", "", ""),) * len(right), right, 0.5)


@pytest.mark.parametrize(
    ("right", "pairs"),
    [
        # One that answers with another that does not; or, where these are taken away, two that do not.
        ((True, False, False), {((0, 1), 0.5), ((0, 2), 0.5), ((1, 2), 0.3)}),
        ((False, False, True), {((2, 0), 0.5), ((0, 1), 0.3)}),
        ((False, False, False), {((0, 1), 0.5), ((0, 2), 0.5)}),
        ((True, True, False), {((0, 2), 0.5), ((2,), 0.3)}),
        ((True, True), {((0,), 0.5)}),
        ((False,), {((0,), 0.5)}),
    ],
)
def test_two_sentences_are_read_of_each_question(right: tuple[bool, ...], pairs: set[object]) -> None:
    case = _case(*right)
    assert {case.pair(random.Random(seed)) for seed in range(99)} == pairs


def test_what_is_learned_is_what_answers_and_is_kept(
    cases: list[Case], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from tests.eval import fit_cross

    monkeypatch.setattr(fit_cross, "_EPOCHS", 1)
    monkeypatch.setattr(fit_cross, "_BATCH", 16)
    monkeypatch.setattr(fit_cross, "_RATES", (3e-3, 3e-2))
    made = fit_cross.fit(cases * 24)
    fit_cross.write_cross(made, tmp_path / "cross.json")
    kept = read_cross(tmp_path / "cross.json")
    assert kept.bias == pytest.approx(made.bias, abs=1e-5)
    np.testing.assert_allclose(kept.weights, made.weights, atol=1e-5)
    changes = made.changes
    for name, change in kept.changes.items():
        np.testing.assert_allclose(change.down, changes[name].down, atol=np.abs(changes[name].down).max() / 127)
        # The first layers keep what the encoder has learned.
        first = name.startswith(("encoder.layer.0.", "encoder.layer.1."))
        assert np.array_equal(changes[name].down, fitted_adapter().changes[name].down) == first, name
    # So few questions are soon learned by heart, as the file keeps them too.
    learner = fit_cross.CrossLearner(kept)
    with torch.no_grad():
        for case in cases:
            odds = learner.odds([(case.question, excerpt) for excerpt in case.excerpts]).tolist()
            best = case.right[odds.index(max(odds))]
            assert (best, max(odds) > 0) == (any(case.right), any(case.right)), case.question


def test_odds_are_in_the_order_of_what_was_read(cases: list[Case]) -> None:
    from tests.eval import fit_cross

    learner = fit_cross.CrossLearner()
    read = [(case.question, excerpt) for case in cases for excerpt in case.excerpts]
    with torch.no_grad():
        together = learner.odds(read)
        alone = torch.cat([learner.odds([one]) for one in read])
    # In half precision.
    torch.testing.assert_close(together, alone, atol=0.05, rtol=0)


def test_what_counts_nothing_teaches_nothing(cases: list[Case]) -> None:
    from tests.eval import fit_cross

    torch.manual_seed(0)
    learner = fit_cross.CrossLearner()
    first, last = ((case, (0, 1)) for case in (cases[0], cases[2]))
    with torch.no_grad():
        alone = learner.loss([(*first, 1.0)])
        assert torch.isclose(learner.loss([(*first, 0.5), (*last, 0.0)]), alone, atol=0.02)
        both = (alone + learner.loss([(*last, 1.0)])) / 2
        assert torch.isclose(learner.loss([(*first, 0.5), (*last, 0.5)]), both, atol=0.02)
