"""The reader learns from what it meets when answering, and what it learns is what answers."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from service.answer import Answerer
from service.question import understand
from service.rank import rank
from service.reader import Reader, fitted_network
from tests.eval.judge import Asked, read_taught
from tests.eval.test_lessons import QUESTIONS

if TYPE_CHECKING:
    from tests.eval.fit_reader import Case

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def cases(lesson_folder: Path, lesson_answerer: Answerer) -> list[Case]:
    from tests.eval.fit_reader import cases_of

    return list(cases_of(lesson_answerer, read_taught(lesson_folder), fitted_network()[1]))


def test_a_case_tells_what_answers(lesson_folder: Path, cases: list[Case]) -> None:
    asked = [one for one, _ in read_taught(lesson_folder)]
    assert [bool(case.right.any()) for case in cases[: len(asked)]] == [one.answerable for one in asked]
    # The first is put to the other post as well.
    (crossed,) = cases[len(asked) :]
    assert (bool(crossed.right.any()), crossed.weight) == (False, 0.5)
    assert np.array_equal(crossed.asked, cases[0].asked)
    assert all(len(case.right) == len(case.tokens) == len(case.matched) == len(case.odds) for case in cases)


def test_of_what_answers_something_is_read_unless_it_is_taken_away(cases: list[Case]) -> None:
    case = next(case for case in cases if case.right.any())
    lines = [case.line(random.Random(seed)) for seed in range(60)]
    assert {weight for _, weight in lines} == {1.0, 0.3}
    for read, weight in lines:
        assert case.right[read].any() == (weight == 1.0)
        assert len(read) == len(set(read)) <= 6


def test_an_answer_that_is_ranked_too_low_is_read_in_place_of_the_last() -> None:
    from tests.eval.fit_reader import Case

    right = np.array([False] * 7 + [True])
    tokens, matched = (np.zeros((2, 4), np.float16),) * 8, np.zeros((8, 3, 4), np.float16)
    case = Case(np.zeros((3, 4), np.float16), tokens, matched, np.zeros(8, np.float32), right)
    assert ([0, 1, 2, 3, 4, 7], 1.0) in [case.line(random.Random(seed)) for seed in range(9)]


def test_what_is_learned_is_what_answers(
    lesson_answerer: Answerer, cases: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.eval import fit_reader

    monkeypatch.setattr(fit_reader, "_EPOCHS", 2)
    network = fit_reader.fit(cases * 40)
    projection = lesson_answerer.retriever.generation.projection
    fitted = fit_reader.of_encoder(network, projection, fitted_network()[1])
    assert {name: value.shape for name, value in fitted.items()} == {
        name: value.shape for name, value in fitted_network()[1].items()
    }
    ids = {card.path: card.id for card in lesson_answerer.cards.values()}
    asked = QUESTIONS[0]["turns"][0]
    ranking = lesson_answerer.rank(asked, ids["skiff.md"])
    ranked = rank(understand(asked), ranking)
    said = Reader.on(projection, fitted).read(ranking, ranked).scores
    case = cases[0]
    # Beside longer and shorter ones, as in the lessons.
    shown = [(one, list(range(min(6, len(one.tokens))))) for one in cases]
    assert len({len(one.asked) for one in cases}) > 1
    with torch.no_grad():
        theirs = network(*fit_reader._padded(shown))[0, : len(said)].numpy()
    # In half precision.
    np.testing.assert_allclose(said, theirs, atol=0.02)
    # So few questions are soon learned by heart.
    assert said[case.right[: len(said)]].max() > 0 > np.delete(said, np.flatnonzero(case.right[: len(said)])).max()


def test_what_counts_nothing_teaches_nothing(cases: list[Case]) -> None:
    from tests.eval import fit_reader
    from tests.eval.network import Network

    torch.manual_seed(0)
    network = Network(cases[0].asked.shape[1], 8, 0.0)
    first, last = ((one, list(range(min(6, len(one.tokens))))) for one in (cases[0], cases[2]))
    alone = fit_reader._loss(network, [(*first, 1.0)])
    assert torch.isclose(fit_reader._loss(network, [(*first, 0.5), (*last, 0.0)]), alone, atol=1e-5)
    assert not torch.isclose(fit_reader._loss(network, [(*first, 0.5), (*last, 0.5)]), alone, atol=1e-3)


def test_a_question_is_put_to_each_of_the_other_posts_and_never_to_its_own() -> None:
    from tests.eval.met import crossed

    asked = [Asked(str(n), ("Why?",), "fact", True, (), ("so",), f"{n % 3}.md") for n in range(200)]
    own = {one.id: one.file for one in asked}
    put = crossed(asked)
    assert len(put) == 25
    assert not any(one.answerable or one.file == own[one.id] for one in put)
    assert len({(own[one.id], one.file) for one in put}) == 6
