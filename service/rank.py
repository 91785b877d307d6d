"""Hits → sentences that may answer, best first, by a small linear ranker over what is known of each."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import overload

import numpy as np

from index import Floats, Hit, Ranking, Sentence
from service.features import Features, Matched, expected, match, read, read_range
from service.question import Question

# Sums in another order differ by less.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer: the `index`-th of its passage. `score` is what it is ranked by; higher is better.

    `read` holds the features that its words tell, by name; the others are those of `matched` at `place`.
    """

    hit: Hit
    index: int
    score: float
    matched: Matched
    place: int
    read: Mapping[str, float]

    @property
    def features(self) -> Features:
        """All that it is ranked by."""
        known = {name: float(column[self.place]) for name, column in self.matched.features.items()}
        return Features(**known, **self.read)

    @property
    def aligned(self) -> Floats:
        """(pieces, 4) float32: how the question is matched, as of `features.Matched`."""
        return np.asarray(self.matched.aligned[self.place], np.float32)

    @property
    def sentence(self) -> Sentence:
        """The sentence."""
        return self.hit.passage.sentences[self.index]

    @property
    def text(self) -> str:
        """Its text, to the letter."""
        return self.hit.passage.quote(self.sentence)


def rank(question: Question, ranking: Ranking) -> Ranked:
    """The sentences of all hits, best first. Headings, table headers and questions are no answers by themselves."""
    return Ranked(question, ranking)


class Ranked(Sequence[Candidate]):
    """The sentences that may answer, best first.

    To read the words of a sentence takes longer than to match it, and adds only so much to its score. So sentences are
    read in the order of what they can score at most, and only until those that are looked at stand first for sure.
    """

    def __init__(self, question: Question, ranking: Ranking) -> None:
        self._question = question
        self._weights = fitted_weights("sentence")
        self._matched = match(ranking)
        self._sure: list[Candidate] = []
        # (sentences,) float64 each: the scores without what words tell, and what they are with it at most.
        self._known = np.zeros(len(self._matched.places))
        for name, column in self._matched.features.items():
            self._known += self._weights.get(name, 0.0) * column
        most = self._known + _ROUNDING
        for name, ends in read_range(question, self._matched).items():
            most += np.max([self._weights.get(name, 0.0) * end for end in ends], axis=0)
        # A heap of all others: the most that each can score, less than nothing so that the best comes first, its place,
        # which decides between equals, and what has been read of it.
        self._line: list[tuple[float, int, dict[str, float]]] = [
            (least, place, {}) for place, least in enumerate((-most).tolist())
        ]
        heapq.heapify(self._line)

    def __len__(self) -> int:
        return len(self._matched.places)

    @overload
    def __getitem__(self, at: int) -> Candidate: ...

    @overload
    def __getitem__(self, at: slice) -> list[Candidate]: ...

    def __getitem__(self, at: int | slice) -> Candidate | list[Candidate]:
        places = range(len(self))
        if isinstance(at, slice):
            return [self[one] for one in places[at]]
        while len(self._sure) <= places[at]:
            self._sure.append(self._next())
        return self._sure[at]

    def __iter__(self) -> Iterator[Candidate]:
        return map(self.__getitem__, range(len(self)))

    def _next(self) -> Candidate:
        """The best of those that are left."""
        while True:
            score, place, said = self._line[0]
            hit, index = self._matched.places[place]
            if "expected" in said:
                heapq.heappop(self._line)
                return Candidate(hit, index, -score, self._matched, place, said)
            if not said:
                said = read(self._question, hit, index)
                room = abs(self._weights.get("expected", 0.0)) + _ROUNDING if self._question.expects else 0.0
            else:
                said |= {"expected": expected(self._question, hit, index)}
                room = 0.0
            most = (
                float(self._known[place])
                + sum(self._weights.get(name, 0.0) * value for name, value in said.items())
                + room
            )
            heapq.heapreplace(self._line, (-most, place, said))


@cache
def fitted_weights(of: str) -> Mapping[str, float]:
    """The weights that `tests/eval/fit.py` fitted: of a "sentence", a "list", to "prefer_list", of what was "read"."""
    read = json.loads(resources.files("service").joinpath("rank.json").read_text(encoding="utf-8"))
    return dict(read[of])


def weighted(features: object, weights: Mapping[str, float]) -> float:
    """The sum of the features by their weights; one without a weight counts nothing."""
    return sum((weight * float(getattr(features, name)) for name, weight in weights.items()), 0.0)
