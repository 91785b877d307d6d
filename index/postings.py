"""BM25 postings, counted as passages come in and put in order on disk: memory holds a batch and the vocabulary."""

from __future__ import annotations

import tempfile
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import IO, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.field import Field
from index.types import Floats

_Number = TypeVar("_Number", np.int32, np.float32)

_K1, _B = 1.2, 0.75
# How many (word, passage, count) triples are held in memory at once.
_BATCH_TRIPLES = 250_000


class Postings:
    """The words of one field, passage by passage; `index` makes of them what bm25s (Lù, 2024) would."""

    def __init__(self, batch: int = _BATCH_TRIPLES) -> None:
        """:param batch: how many triples are held in memory at once."""
        self._batch = batch
        self._triples = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the postings
        self._vocabulary: dict[str, int] = {}
        self._frequencies = array("q")
        self._lengths = array("q")

    def add(self, words: Sequence[str]) -> None:
        """Count the words of the next passage. A passage without any holds the empty word, which no question has."""
        counts = Counter(words or [""])
        numbers = [self._vocabulary.setdefault(word, len(self._vocabulary)) for word in counts]
        self._frequencies.extend([0] * (len(self._vocabulary) - len(self._frequencies)))
        for number in numbers:
            self._frequencies[number] += 1
        triples = np.empty((len(counts), 3), np.int32)
        triples[:, 0], triples[:, 1], triples[:, 2] = numbers, len(self._lengths), list(counts.values())
        self._triples.write(triples.tobytes())
        self._lengths.append(sum(counts.values()))

    def index(self) -> Field:
        """The BM25 scores of every word in every passage (the variant of Lucene), on disk as long as it lives."""
        frequencies = np.array(self._frequencies, np.int64)
        starts = np.concatenate([[0], np.cumsum(frequencies)])
        with tempfile.TemporaryFile() as passages, tempfile.TemporaryFile() as scores:
            first = 0
            while first < len(frequencies):
                last = max(first + 1, int(np.searchsorted(starts, starts[first] + self._batch, side="right")) - 1)
                for file, values in zip((passages, scores), self._words(first, last, starts), strict=True):
                    file.write(values.tobytes())
                first = last
            return Field(self._vocabulary, starts, _mapped(passages, np.int32), _mapped(scores, np.float32))

    def close(self) -> None:
        """Let go of the file."""
        self._triples.close()

    def _words(self, first: int, last: int, starts: NDArray[np.int64]) -> tuple[NDArray[np.int32], Floats]:
        """The passages of the words `first:last`, word after word, and the score of each."""
        lengths = np.array(self._lengths, np.float64)
        free = starts[first:last] - starts[first]
        idf = _idf(starts[first + 1 : last + 1] - starts[first:last], len(lengths))
        norm = _K1 * (1 - _B + _B * lengths / lengths.mean())
        passages = np.empty(starts[last] - starts[first], np.int32)
        scores = np.empty(len(passages), np.float32)
        for triples in self._batches():
            own = triples[(triples[:, 0] >= first) & (triples[:, 0] < last)]
            own = own[np.argsort(own[:, 0], kind="stable")]
            words, passage, counts = own[:, 0] - first, own[:, 1], own[:, 2]
            of_word = np.bincount(words, minlength=last - first)
            place = free[words] + np.arange(len(words)) - (np.cumsum(of_word) - of_word)[words]
            passages[place] = passage
            scores[place] = idf[words] * counts / (norm[passage] + counts)
            free += of_word
        return passages, scores

    def _batches(self) -> Iterator[NDArray[np.int32]]:
        self._triples.seek(0)
        while data := self._triples.read(self._batch * 3 * np.dtype(np.int32).itemsize):
            yield np.frombuffer(data, np.int32).reshape(-1, 3)


def _idf(frequencies: NDArray[np.int64], passages: int) -> NDArray[np.float64]:
    return np.asarray(np.log1p((passages - frequencies + 0.5) / (frequencies + 0.5)), np.float64)


def _mapped(file: IO[bytes], dtype: type[_Number]) -> NDArray[_Number]:
    file.flush()
    return np.memmap(file, dtype, mode="r")
