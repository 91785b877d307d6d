"""BM25 scores of one field, computed when the index was built; to ask is to add up those of the question's words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.types import Floats

# As bm25s names them.
_VOCABULARY, _SCORES = "vocab.index.json", "data.csc.index.npy"
_PASSAGES, _STARTS = "indices.csc.index.npy", "indptr.csc.index.npy"


@dataclass(frozen=True, slots=True)
class Field:
    """The scores of every word in every passage that holds it, word after word.

    `vocabulary`: each word's number; `starts`: (words + 1,) int64, where each begins in `passages`, (n,) int32, and
    `scores`, (n,) float32. No passage stands twice under a word.
    """

    vocabulary: Mapping[str, int]
    starts: NDArray[np.int64]
    passages: NDArray[np.int32]
    scores: Floats

    @classmethod
    def load(cls, folder: Path) -> Field:
        """What `save` wrote, memory-mapped."""
        vocabulary = json.loads((folder / _VOCABULARY).read_text(encoding="utf-8"))
        # Plain views: a slice of a memmap takes several times as long.
        mapped = (np.asarray(np.load(folder / name, mmap_mode="r")) for name in (_STARTS, _PASSAGES, _SCORES))
        return cls(vocabulary, *mapped)

    def save(self, folder: Path) -> None:
        """Write the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _VOCABULARY).write_text(json.dumps(self.vocabulary, ensure_ascii=False), encoding="utf-8")
        for name, values in ((_STARTS, self.starts), (_PASSAGES, self.passages), (_SCORES, self.scores)):
            np.save(folder / name, values)

    def add_scores(self, words: Sequence[str], total: Floats, weight: float) -> None:
        """Add to each passage's total, (passages,) float32, its scores for the words, so often as each is asked."""
        for word in words:
            number = self.vocabulary.get(word)
            if number is not None:
                own = slice(self.starts[number], self.starts[number + 1])
                total[self.passages[own]] += np.float32(weight) * self.scores[own]
