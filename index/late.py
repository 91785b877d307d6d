"""Late interaction: how well each sentence's word pieces, read in their passage, match each word piece of a question.

MaxSim is ColBERT's (Khattab and Zaharia, 2020). Here it runs on the last layer of the very encoder that makes the
passage vectors, projected to fewer dimensions and kept as int8, so that no second model is needed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.types import Floats
from index.vectors import unit_rows

DIMENSIONS = 128
# Rounding to int8 spends its 127 steps on this many standard deviations of a dimension; what lies beyond is clipped.
_CLIP_DEVIATIONS = 4.0


@dataclass(frozen=True, slots=True)
class Projection:
    """From the encoder's token vectors to int8. `matrix`: (dim, kept) float32; `scale`: (kept,) float32, per step."""

    matrix: Floats
    scale: Floats

    def store(self, tokens: Floats) -> NDArray[np.int8]:
        """(n, kept) int8: unit token vectors, projected, made unit again and rounded."""
        steps = unit_rows(tokens @ self.matrix) / self.scale
        rounded: NDArray[np.int8] = np.clip(np.rint(steps), -127, 127).astype(np.int8)
        return rounded

    def ask(self, tokens: Floats) -> Floats:
        """(n, kept) float32: a question's token vectors, so that their product with stored ones is a cosine."""
        return unit_rows(tokens @ self.matrix) * self.scale


def fit_projection(tokens: Floats, dimensions: int = DIMENSIONS) -> Projection:
    """The directions that keep most of the given (n, dim) unit vectors: a truncated SVD, as in LSA.

    Fitted once for a model, so that a new post changes no vector that is stored.
    """
    kept = min(dimensions, tokens.shape[1])
    _, vectors = np.linalg.eigh(tokens.T @ tokens)
    matrix = np.ascontiguousarray(vectors[:, ::-1][:, :kept], dtype=np.float32)
    spread = np.sqrt(np.mean(np.square(unit_rows(tokens @ matrix)), axis=0))
    return Projection(matrix, (np.maximum(spread, 1e-6) * _CLIP_DEVIATIONS / 127).astype(np.float32))


def piece_weights(frequencies: NDArray[np.int64], sentences: int) -> Floats:
    """Inverse document frequency of each word piece, 0 or more: rare pieces say more about what is asked.

    :param frequencies: (vocabulary,) in how many of the sentences the piece stands.
    """
    return np.log1p((sentences - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)


def piece_frequencies(weights: Floats, sentences: int) -> NDArray[np.int64]:
    """What `piece_weights` was given to come to these weights."""
    odds = np.expm1(weights.astype(np.float64))
    frequencies: NDArray[np.int64] = np.rint((sentences + 0.5 - 0.5 * odds) / (1 + odds)).astype(np.int64)
    return frequencies


def align(question: Floats, tokens: NDArray[np.int8], starts: NDArray[np.int64]) -> Floats:
    """(sentences, m) float32, -1 to 1: the best match of each of the question's pieces in each sentence.

    :param question: (m, kept) float32, from `Projection.ask`.
    :param tokens: (n, kept) int8, sentence after sentence.
    :param starts: (sentences,) where each begins in `tokens`, each less than n.
    """
    cosines = tokens.astype(np.float32) @ question.T
    return np.asarray(np.maximum.reduceat(cosines, starts, axis=0), dtype=np.float32)


def weigh(alignment: Floats, shares: Floats) -> Floats:
    """(…,) float32, -1 to 1: the late-interaction score of each row of an alignment, (…, m).

    A product and a sum: BLAS reads beyond rows as short as these, and may then warn of values that are not ours.
    """
    return np.asarray((alignment * shares).sum(axis=-1), dtype=np.float32)


def shares(weights: Floats) -> Floats:
    """The weights divided by their sum, or equal shares when all are 0."""
    total = float(weights.sum())
    return weights / total if total > 0 else np.full(len(weights), 1 / max(len(weights), 1), np.float32)
