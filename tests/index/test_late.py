"""Late interaction beside the same arithmetic in plain numpy."""

from __future__ import annotations

import numpy as np
import pytest

from index.late import align, fit_projection, piece_weights, shares, weigh
from index.types import Floats
from index.vectors import unit_rows


def vectors(count: int, dimensions: int, seed: int) -> Floats:
    # Word vectors are far from evenly spread: a few directions carry most of their length.
    random = np.random.default_rng(seed)
    return unit_rows((random.standard_normal((count, dimensions)) / (1 + np.arange(dimensions))).astype(np.float32))


def test_cosines_of_stored_vectors_are_close_to_the_exact_ones() -> None:
    projection = fit_projection(vectors(2_000, 96, seed=1), dimensions=96)
    stored, question = vectors(300, 96, seed=2), vectors(20, 96, seed=3)

    cosines = projection.store(stored).astype(np.float32) @ projection.ask(question).T

    assert np.abs(cosines - stored @ question.T).max() < 0.03


def test_a_projection_keeps_what_is_most_of_the_vectors() -> None:
    stored, question = vectors(300, 96, seed=2), vectors(20, 96, seed=3)
    projection = fit_projection(vectors(2_000, 96, seed=1), dimensions=32)
    cosines = projection.store(stored).astype(np.float32) @ projection.ask(question).T

    assert projection.matrix.shape == (96, 32)
    assert np.abs(cosines - stored @ question.T).max() < 0.15


def test_a_projection_has_no_more_dimensions_than_the_model() -> None:
    assert fit_projection(vectors(50, 8, seed=1), dimensions=128).matrix.shape == (8, 8)


def test_a_vector_of_zeros_is_stored_as_zeros() -> None:
    projection = fit_projection(vectors(500, 16, seed=1))
    assert not projection.store(np.zeros((1, 16), np.float32)).any()


@pytest.mark.parametrize("starts", [[0], [0, 1, 2], [0, 4, 9], [0, 4, 4, 9]])
def test_alignment_is_the_best_match_of_each_sentence(starts: list[int]) -> None:
    random = np.random.default_rng(5)
    tokens = random.integers(-127, 128, (12, 16)).astype(np.int8)
    question = vectors(3, 16, seed=6)

    found = align(question, tokens, np.array(starts))

    ends = [*starts[1:], len(tokens)]
    for row, (start, end) in enumerate(zip(starts, ends, strict=True)):
        own = tokens[start : max(end, start + 1)].astype(np.float32)
        assert found[row] == pytest.approx((own @ question.T).max(axis=0), abs=1e-4)


def test_alignment_with_a_question_of_no_pieces_is_empty() -> None:
    tokens = np.zeros((4, 16), np.int8)
    assert align(np.zeros((0, 16), np.float32), tokens, np.array([0, 2])).shape == (2, 0)


def test_a_rare_piece_weighs_more_than_a_frequent_one() -> None:
    rare, frequent, everywhere = piece_weights(np.array([1, 50, 100]), 100)
    assert rare > frequent > everywhere >= 0


@pytest.mark.parametrize(("weights", "expected"), [([1, 3], [0.25, 0.75]), ([0, 0], [0.5, 0.5]), ([], [])])
def test_shares_sum_to_one_even_when_nothing_weighs(weights: list[float], expected: list[float]) -> None:
    assert shares(np.array(weights, np.float32)).tolist() == expected


@pytest.mark.parametrize("rows", [(7,), (4, 5)])
def test_rows_are_weighed_as_by_a_product(rows: tuple[int, ...]) -> None:
    alignment = np.random.default_rng(5).uniform(-1, 1, (*rows, 13)).astype(np.float32)
    counted = shares(np.arange(13, dtype=np.float32))
    found = weigh(alignment, counted)
    assert (found.shape, found.dtype) == (rows, np.dtype(np.float32))
    np.testing.assert_allclose(found, alignment.astype(np.float64) @ counted, atol=1e-6)
