"""What was read of the best sentences moves them; the others stay behind in their order."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.rank import Candidate, fitted_weights
from service.reader import Reading
from service.reread import reread

_TRUST = fitted_weights("read")["said"]
_UNUSED = cast(Any, None)


def _ranked(*scores: float) -> list[Candidate]:
    return [Candidate(_UNUSED, number, score, _UNUSED, number, {}) for number, score in enumerate(scores)]


def _reading(*scores: float) -> Reading:
    return Reading(np.array(scores, np.float32))


def test_a_sentence_that_reads_better_by_more_than_it_ranks_worse_comes_first() -> None:
    found = reread(_ranked(1.0, 1.0 - _TRUST, 0.2), _reading(0.0, 2.0))
    assert [one.index for one in found] == [1, 0, 2]
    assert found[0].score == pytest.approx(1.0 + _TRUST)


def test_a_sentence_that_reads_a_little_better_stays_second() -> None:
    found = reread(_ranked(1.0, 1.0 - 3 * _TRUST), _reading(0.0, 2.0))
    assert [one.index for one in found] == [0, 1]


@given(
    st.lists(st.floats(-1, 3), min_size=1, max_size=12).map(lambda scores: sorted(scores, reverse=True)),
    st.lists(st.floats(-20, 20, width=32), min_size=1, max_size=12),
)
def test_every_sentence_is_there_once_and_the_better_ones_come_first(ranked: list[float], said: list[float]) -> None:
    read = said[: len(ranked)]
    found = reread(_ranked(*ranked), _reading(*read))
    assert sorted(one.index for one in found) == list(range(len(ranked)))
    scores = [one.score for one in found]
    assert all(better >= worse - 1e-6 for better, worse in pairwise(scores))
    assert {one.index for one in found[: len(read)]} == set(range(len(read)))


def test_what_was_not_read_is_found_from_either_end() -> None:
    found = reread(_ranked(0.9, 0.8, 0.7, 0.6), _reading(0.0, 1.0))
    assert found[-1].index == 3
    assert [one.index for one in found[1:3]] == [1, 2]
    with pytest.raises(IndexError):
        found[4]
