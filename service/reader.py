"""Reads the best sentences with the question in mind: which of them answer it, if any does.

A small network with one step of attention from each of the question's word pieces to those of a sentence, compared and
summed up as in the decomposable attention model (Parikh et al., 2016), and a second one that looks for a word of the
kind that is asked for. It reads the token vectors that the index holds, so that no other model runs.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TypeAlias

import numpy as np

from index import Floats, Generation, Ranking, from_steps
from service.features import head, leading
from service.rank import Candidate

# So many of the best sentences are read, and so many word pieces of each.
READ_SENTENCES = 6
_READ_PIECES = 64
# Vectors of unit length are stretched so that their numbers are of the size of one.
STRETCH = 11.3

Network: TypeAlias = dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Page:
    """What is read of one sentence.

    `tokens`: (n, kept) float32, its unit vectors, at least one; `matched`: (pieces, 4) float32, how the question is
    matched by the sentence, with what leads in to it, with its headings too, and by the whole passage; `features`:
    (features + 1,) float32, the ranker's, its score last.
    """

    tokens: Floats
    matched: Floats
    features: Floats


@dataclass(frozen=True, slots=True)
class Reading:
    """`scores`: (read,) float32, the log odds of each sentence that was read against none of them answering.

    `any` is the log odds that one of them does; `best` those of the one that the ranker puts first.
    """

    scores: Floats

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
        return {"any": self.any, "best": self.best}


class Reader:
    """The fitted networks for the token vectors of one index; what is read is the mean of what they say."""

    def __init__(self, networks: Sequence[Network], scale: Floats) -> None:
        self._networks = networks
        self._scale = scale

    @classmethod
    def of(cls, generation: Generation) -> Reader | None:
        """The reader for the vectors of this index; None when they are another encoder's.

        Weights are kept for the encoder's own vectors: two machines may fit the same projection with other signs.
        """
        model, networks = fitted_networks()
        if generation.manifest.model_digest != model:
            return None
        projection = generation.projection
        own = [{**one, **{name: projection.matrix.T @ one[name] for name in OF_TOKENS}} for one in networks]
        return cls(own, projection.scale)

    def read(self, ranking: Ranking, ranked: Sequence[Candidate]) -> Reading:
        """What the best sentences say to the question.

        :param ranked: from `rank.rank`; not empty.
        """
        return self.read_pages(ranking.asked / self._scale, pages_of(ranked, self._scale))

    def read_pages(self, asked: Floats, pages: Sequence[Page]) -> Reading:
        """What the pages say to the question.

        :param asked: (pieces, kept) float32, the question's unit vectors.
        """
        book = _Book.of(pages)
        said = [_read(network, asked * STRETCH, book) for network in self._networks]
        return Reading(np.mean(said, axis=0, dtype=np.float32))


# Weights that meet token vectors, of questions or of sentences.
OF_TOKENS = ("ask", "question", "important", "kind_word", "kind", "key", "value", "word")


def pages_of(ranked: Sequence[Candidate], scale: Floats) -> list[Page]:
    """What is read: the best sentences.

    :param scale: the projection's, what one step of a stored number is.
    """
    return [_page(candidate, scale) for candidate in ranked[:READ_SENTENCES]]


@dataclass(frozen=True, slots=True)
class _Book:
    """The pages side by side, the shorter ones filled up with zeros.

    `tokens`: (pages, n, kept) float32, stretched; `unread`: (pages, n) float32, 0 for a token and less than anything
    where there is none; `matched` and `features` as in `Page`, one page after another.
    """

    tokens: Floats
    unread: Floats
    matched: Floats
    features: Floats

    @classmethod
    def of(cls, pages: Sequence[Page]) -> _Book:
        lengths = [len(page.tokens) for page in pages]
        tokens = np.zeros((len(pages), max(lengths), pages[0].tokens.shape[1]), np.float32)
        unread = np.full(tokens.shape[:2], -np.inf, np.float32)
        for number, (page, length) in enumerate(zip(pages, lengths, strict=True)):
            tokens[number, :length] = page.tokens * STRETCH
            unread[number, :length] = 0
        return cls(tokens, unread, np.stack([p.matched for p in pages]), np.stack([p.features for p in pages]))


def _page(candidate: Candidate, scale: Floats) -> Page:
    hit, index = candidate.hit, candidate.index
    start, end = int(hit.starts[index]), int(hit.starts[index + 1])
    near = np.maximum(hit.alignment[index], leading(hit, index))
    matched = (hit.alignment[index], near, np.maximum(near, head(hit)), _of_passage(hit.alignment, hit.context))
    return Page(
        tokens=hit.tokens[start : max(end, start + 1)][:_READ_PIECES] * scale,
        matched=np.stack(matched, axis=1),
        features=np.array([*candidate.features.as_dict().values(), candidate.score], dtype=np.float32),
    )


def _of_passage(alignment: Floats, context: Floats) -> Floats:
    return np.asarray(np.maximum(alignment.max(axis=0), context), dtype=np.float32)


def _read(w: Network, question: Floats, book: _Book) -> Floats:
    """(pages,) float32: what one network says of each page."""
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
    features = (book.features - w["feature_mean"]) / w["feature_deviation"]
    together = np.concatenate(
        (importance @ each, each.max(axis=1), found, fit.max(axis=1, keepdims=True), features), axis=1
    )
    hidden = _rectified(together @ w["hidden"] + w["hidden_bias"])
    said = hidden @ w["out"][:, 0] + w["out_bias"][0] + w["trust"][0] * features[:, -1]
    return np.asarray(said, dtype=np.float32)


@cache
def fitted_networks() -> tuple[str, list[Network]]:
    """The digest of the model whose vectors are read, and the networks that `tests/eval/fit.py` fitted.

    The file holds whole numbers, each column with the size of its step.
    """
    kept = json.loads(resources.files("service").joinpath("reader.json").read_text(encoding="utf-8"))
    return kept["model"], [{name: from_steps(one) for name, one in network.items()} for network in kept["networks"]]


def _softmax(values: Floats) -> Floats:
    """Shares along the last axis, with sum 1."""
    shares = np.exp(values - values.max(axis=-1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=-1, keepdims=True), dtype=np.float32)


def _rectified(values: Floats) -> Floats:
    return np.asarray(np.maximum(values, 0), dtype=np.float32)
