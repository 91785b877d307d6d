"""Texts longer than the encoder takes: read in pieces that end between words, and put together again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from index.types import Encoding
from index.vectors import unit_rows

if TYPE_CHECKING:
    from tokenizers import Encoding as Tokens

Piece: TypeAlias = tuple[int, str]


def split(text: str, read: Tokens, room: int) -> list[Piece]:
    """The text as (offset, piece) pairs that the encoder can read whole.

    :param read: the text's word pieces, without the special ones.
    :param room: how many word pieces the encoder takes, without the special ones.
    """
    if len(read) <= room:
        return [(0, text)]
    words, offsets = read.word_ids, read.offsets
    cuts, first = [0], 0
    for index in range(1, len(words)):
        if index - first >= room:
            # Back to where the word began, unless the word alone fills the piece.
            first = next((i for i in range(index, first, -1) if words[i] != words[i - 1]), index)
            cuts.append(offsets[first][0])
    return [(start, text[start:end]) for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def join(encoded: Iterable[tuple[int, Encoding]]) -> Iterator[Encoding]:
    """One encoding for each number, from its pieces' encodings, which follow one another.

    The vector of several pieces is the mean of theirs, weighted by their length.
    """
    for _, run in groupby(encoded, key=lambda pair: pair[0]):
        yield _joined([encoding for _, encoding in run])


def _joined(pieces: Sequence[Encoding]) -> Encoding:
    if len(pieces) == 1:
        return pieces[0]
    weights = np.array([max(len(p.pieces), 1) for p in pieces], dtype=np.float32)
    mean = np.average([p.vector for p in pieces], axis=0, weights=weights)
    return Encoding(
        vector=unit_rows(mean[None].astype(np.float32))[0],
        tokens=np.concatenate([p.tokens for p in pieces]),
        pieces=np.concatenate([p.pieces for p in pieces]),
        spans=np.concatenate([p.spans for p in pieces]),
    )
