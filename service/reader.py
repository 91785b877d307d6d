"""Reads the best sentences with the question in mind: which of them answer it, if any does.

A small network with one step of attention from each of the question's word pieces to those of a sentence, compared and
summed up as in the decomposable attention model (Parikh et al., 2016), and a second one that looks for a word of the
kind that is asked for; it begins with the log odds that late interaction alone gives. It reads the token vectors that
the index holds, so that no other model runs; it was fitted together with the encoder that makes them, and then anew.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TypeAlias

import numpy as np

from index import Floats, Generation, Projection, Ranking, from_steps, weigh
from service.rank import Candidate

# So many of the best sentences are read, and so many word pieces of each.
READ_SENTENCES = 6
READ_PIECES = 64
# A question of so many word pieces needs no better match, nor a lesser one, than what was fitted for all.
USUAL_PIECES = 9
# The log odds by late interaction are clipped to this, in the unit that was fitted.
MOST_ODDS = 6.0
# Vectors of unit length are stretched so that their numbers are of the size of one.
STRETCH = 11.3

Network: TypeAlias = dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Page:
    """What is read of one sentence.

    `tokens`: (n, kept) float32, its unit vectors, at least one; `matched`: (pieces, 4) float32, how the question is
    matched, as of `features.Matched`.
    """

    tokens: Floats
    matched: Floats


@dataclass(frozen=True, slots=True)
class Reading:
    """`scores`: (read,) float32, the log odds of each sentence that was read against none of them answering.

    `any` is the log odds that one of them does; `best` those of the one that the ranker puts first; `closely` is what
    the cross-encoder says of the one that is quoted first, None where it was not asked.
    """

    scores: Floats
    closely: float | None = None

    @property
    def any(self) -> float:
        """Any number; higher for an answer."""
        return float(np.logaddexp.reduce(self.scores))

    @property
    def best(self) -> float:
        """Any number; higher for an answer."""
        return float(self.scores[0])

    def as_dict(self) -> dict[str, float]:
        """What the decision weighs, by name."""
        said = {"any": self.any, "best": self.best}
        return said if self.closely is None else {**said, "closely": self.closely}


class Reader:
    """The fitted network for the token vectors of one index."""

    def __init__(self, network: Network, scale: Floats) -> None:
        self._network = network
        self._scale = scale

    @classmethod
    def of(cls, generation: Generation) -> Reader | None:
        """The reader for the vectors of this index; None when they are another encoder's.

        Weights are kept for the encoder's own vectors: two machines may fit the same projection with other signs.
        """
        model, network = fitted_network()
        return cls.on(generation.projection, network) if generation.manifest.model_digest == model else None

    @classmethod
    def on(cls, projection: Projection, network: Network) -> Reader:
        """A reader for vectors of this projection, with a network for the encoder's own."""
        kept = {name: projection.matrix.T @ network[name] for name in OF_TOKENS}
        return cls({**network, **kept}, projection.scale)

    def read(self, ranking: Ranking, ranked: Sequence[Candidate]) -> Reading:
        """What the best sentences say to the question.

        :param ranked: from `rank.rank`; not empty.
        """
        return self.read_pages(ranking.asked / self._scale, ranking.shares, pages_of(ranked, self._scale))

    def read_pages(self, asked: Floats, shares: Floats, pages: Sequence[Page]) -> Reading:
        """What the pages say to the question.

        :param asked: (pieces, kept) float32, the question's unit vectors; `shares`: (pieces,) how much each counts.
        """
        return Reading(_read(self._network, asked * STRETCH, shares, _Book.of(pages)))


# Weights that meet token vectors, of questions or of sentences.
OF_TOKENS = ("ask", "question", "important", "kind_word", "kind", "key", "value", "word")


def pages_of(ranked: Sequence[Candidate], scale: Floats, count: int = READ_SENTENCES) -> list[Page]:
    """What is read: the best sentences, `count` at most.

    :param scale: the projection's, what one step of a stored number is.
    """
    return [_page(candidate, scale) for candidate in ranked[:count]]


def late_odds(network: Network, shares: Floats, matched: Floats) -> Floats:
    """(pages,) float32: the log odds of each page against none by late interaction alone, in the unit that was fitted.

    :param shares: (pieces,) how much each piece of the question counts; `matched`: (pages, pieces, 4).
    """
    late = weigh(weigh(matched[:, :, :3], network["late"]), shares)
    none = network["none"][0] + network["none"][1] * math.log(len(shares) / USUAL_PIECES)
    return np.asarray(np.clip(late - none, -MOST_ODDS, MOST_ODDS), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Book:
    """The pages side by side, the shorter ones filled up with zeros.

    `tokens`: (pages, n, kept) float32, stretched; `unread`: (pages, n) float32, 0 for a token and less than anything
    where there is none; `matched` as in `Page`, one page after another.
    """

    tokens: Floats
    unread: Floats
    matched: Floats

    @classmethod
    def of(cls, pages: Sequence[Page]) -> _Book:
        lengths = [len(page.tokens) for page in pages]
        tokens = np.zeros((len(pages), max(lengths), pages[0].tokens.shape[1]), np.float32)
        unread = np.full(tokens.shape[:2], -np.inf, np.float32)
        for number, (page, length) in enumerate(zip(pages, lengths, strict=True)):
            tokens[number, :length] = page.tokens * STRETCH
            unread[number, :length] = 0
        return cls(tokens, unread, np.stack([page.matched for page in pages]))


def _page(candidate: Candidate, scale: Floats) -> Page:
    hit, index = candidate.hit, candidate.index
    start, end = int(hit.starts[index]), int(hit.starts[index + 1])
    return Page(tokens=hit.tokens[start : max(end, start + 1)][:READ_PIECES] * scale, matched=candidate.aligned)


def _read(w: Network, question: Floats, shares: Floats, book: _Book) -> Floats:
    """(pages,) float32: what the network says of each page."""
    wanted = question @ w["ask"] + w["ask_bias"]
    compared = question @ w["question"] + w["question_bias"]
    importance = _softmax(question @ w["important"][:, 0])
    kind = _softmax(question @ w["kind_word"][:, 0]) @ (question @ w["kind"] + w["kind_bias"])
    # (pages, pieces, n): where in each sentence each piece of the question looks.
    keys = book.tokens @ w["key"] + w["key_bias"]
    attention = _softmax(wanted @ keys.swapaxes(1, 2) * w["sharpness"] + book.unread[:, None])
    seen = attention @ (book.tokens @ w["value"] + w["value_bias"])
    pairs = np.concatenate(
        (np.broadcast_to(compared, seen.shape), seen, compared * seen, book.matched), axis=2, dtype=np.float32
    )
    each = _rectified(pairs @ w["compare"] + w["compare_bias"])
    words = np.tanh(book.tokens @ w["word"] + w["word_bias"])
    fit = words @ kind + book.unread
    found = (_softmax(fit)[:, None] @ words)[:, 0] * kind
    odds = late_odds(w, shares, book.matched)
    together = np.concatenate(
        (importance @ each, each.max(axis=1), found, fit.max(axis=1, keepdims=True), odds[:, None]), axis=1
    )
    hidden = _rectified(together @ w["hidden"] + w["hidden_bias"])
    said = hidden @ w["out"][:, 0] + w["out_bias"][0] + w["trust"][0] * odds
    return np.asarray(said, dtype=np.float32)


@cache
def fitted_network() -> tuple[str, Network]:
    """The digest of the model whose vectors are read, and the network that `tests/eval/fit.py` fitted."""
    with resources.as_file(resources.files("service").joinpath("reader.json")) as file:
        return read_network(file)


def read_network(file: Path) -> tuple[str, Network]:
    """The model's digest and the network that are kept in the file, as whole numbers, each column with its step."""
    kept = json.loads(file.read_text(encoding="utf-8"))
    return kept["model"], {name: from_steps(one) for name, one in kept["network"].items()}


def _softmax(values: Floats) -> Floats:
    """Shares along the last axis, with sum 1."""
    shares = np.exp(values - values.max(axis=-1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=-1, keepdims=True), dtype=np.float32)


def _rectified(values: Floats) -> Floats:
    return np.asarray(np.maximum(values, 0), dtype=np.float32)
