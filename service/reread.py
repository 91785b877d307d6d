"""The best sentences, in the order that the ranker and the reader make together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import overload

from service.rank import Candidate, fitted_weights
from service.reader import Reading


def reread(ranked: Sequence[Candidate], reading: Reading) -> Sequence[Candidate]:
    """The same sentences, best first.

    An answer is quoted in this order. Whether there is one is decided before: what reads best of several sentences that
    do not answer reads too well.

    :param ranked: from `rank.rank`, of which the first were read.
    """
    added = fitted_weights("read")["said"] * reading.scores
    first = [replace(one, score=one.score + float(more)) for one, more in zip(ranked, added, strict=False)]
    order = sorted(range(len(first)), key=lambda at: -first[at].score)
    return Reread([first[at] for at in order], ranked, float(added.min()))


class Reread(Sequence[Candidate]):
    """The sentences that may answer, best first: those that were read, then all others.

    What was not read counts as if the reader had said of it the least that it said of any: so it stands behind.
    """

    def __init__(self, first: Sequence[Candidate], ranked: Sequence[Candidate], least: float) -> None:
        self._first, self._ranked, self._least = first, ranked, least

    def __len__(self) -> int:
        return len(self._ranked)

    @overload
    def __getitem__(self, at: int) -> Candidate: ...

    @overload
    def __getitem__(self, at: slice) -> list[Candidate]: ...

    def __getitem__(self, at: int | slice) -> Candidate | list[Candidate]:
        if isinstance(at, slice):
            return [self[one] for one in range(len(self))[at]]
        place = range(len(self))[at]
        if place < len(self._first):
            return self._first[place]
        other = self._ranked[place]
        return replace(other, score=other.score + self._least)
