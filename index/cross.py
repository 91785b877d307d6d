"""A question and a sentence read together, by ONNX Runtime on one thread: whether the one answers the other.

A cross-encoder (Nogueira and Cho, 2019): the packaged model with changes of its own, which `tests/eval/fit.py` fitted.
What meets within the model tells more than two sets of vectors that were made apart, and costs an encoding for each
sentence; so it is asked about one, and only where all else leaves doubts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.session import open_session

CROSS_FILE = "cross.int8.onnx"
# What the packaged model's tokenizer puts before a text and behind it.
CLS, SEP = 101, 102
# So many word pieces are read of each: the last of what comes before the sentence, of all else the first.
_QUESTION_PIECES, _HEADING_PIECES, _BEFORE_PIECES, _SENTENCE_PIECES = 32, 12, 24, 64
# The last pieces are among those of so many characters, and a tokenizer may cut what is longer.
_BEFORE_CHARS = 400

Pieces: TypeAlias = Sequence[int]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence with what a reader sees above it: `heading`, of its section or else the post's title, and `before`,
    what is read right before it, if anything.
    """

    heading: str
    before: str
    sentence: str


def side_by_side(question: str, excerpt: Excerpt, cut: Callable[[str], Pieces]) -> tuple[list[int], list[int]]:
    """The word pieces that are read, and of each whether it is the sentence's (1) or not (0).

    :param cut: gives the pieces of a text without special ones.
    """
    before = () if excerpt.before == excerpt.heading else cut(excerpt.before[-_BEFORE_CHARS:])[-_BEFORE_PIECES:]
    above = [CLS]
    for part in (cut(question)[:_QUESTION_PIECES], cut(excerpt.heading)[:_HEADING_PIECES], before):
        above += [*part, SEP]
    own = [*cut(excerpt.sentence)[:_SENTENCE_PIECES], SEP]
    return above + own, [0] * len(above) + [1] * len(own)


def feed(pieces: Sequence[int], types: Sequence[int]) -> dict[str, NDArray[np.int64]]:
    """What the graph is given, by the names of its inputs, (1, pieces) each."""
    ids, parts = (np.array([row], np.int64) for row in (pieces, types))
    return {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": parts}


class CrossEncoder:
    """The cross-encoder that was exported. Safe to use from several threads.

    `digest`: of what it has learned, as of `cross_adapter.cross_digest`.
    """

    def __init__(self, graph: Path, cut: Callable[[str], Pieces], digest: str) -> None:
        """:param cut: gives the word pieces of a text without special ones."""
        self.digest = digest
        self._cut = cut
        self._session = open_session(graph)

    def odds(self, question: str, excerpt: Excerpt) -> float:
        """The log odds that the sentence answers the question; any number."""
        (odds,) = self._session.run(["odds"], feed(*side_by_side(question, excerpt, self._cut)))
        return float(odds[0])
