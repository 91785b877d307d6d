"""Hits → sentences that may answer, best first, by a small linear ranker over what is known of each."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import numpy as np

from index import Floats, Hit, Ranking, Sentence, words
from service.expected import holds
from service.question import Question

_SHORT_WORDS = 4
_KEPT_STEMS = 8_192


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a sentence; each about -1 to 1.

    `match`: its late-interaction score; `near`: the same with what leads in to it; `headed`: with title and headings
    too; `passage`: its passage's score; `dense`: the cosine of the passage; `words`: share of the question's content
    words in it; `expected`: 1 when it holds the kind of fact that is asked for, -1 when not, 0 when none is expected;
    `opening`: match of the heading or question right above it; `item`, `row`, `code`: 1 for such; `short`: 1 for a
    few words; `open`: 1 when it ends with a colon; `referring`: 1 when it begins with a word that refers back;
    `exact`: share of the question's numbers, versions and identifiers that stand in it, and `exact_near`: in it, in
    what leads in to it or in its headings; both are -1 when there are some and none is there, 0 when there are none.
    """

    match: float
    near: float
    headed: float
    passage: float
    dense: float
    words: float
    expected: float
    opening: float
    item: float
    row: float
    code: float
    short: float
    open: float
    referring: float
    exact: float
    exact_near: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer: the `index`-th of its passage. `score` is what it is ranked by; higher is better."""

    hit: Hit
    index: int
    features: Features
    score: float

    @property
    def sentence(self) -> Sentence:
        """The sentence."""
        return self.hit.passage.sentences[self.index]

    @property
    def text(self) -> str:
        """Its text, to the letter."""
        return self.hit.passage.quote(self.sentence)


_REFERRING = ("this", "that", "these", "those", "it", "its", "they", "their", "he", "she", "such", "both", "his", "her")


def rank(question: Question, ranking: Ranking) -> list[Candidate]:
    """The sentences of all hits, best first. Headings, table headers and questions are no answers by themselves."""
    weights = fitted_weights("sentence")
    found: list[Candidate] = []
    for hit in ranking.hits:
        above = head(hit)
        for index, sentence in enumerate(hit.passage.sentences):
            text = hit.passage.quote(sentence)
            if sentence.kind == "heading" or text.endswith("?") or _is_header(hit, index):
                continue
            features = _features(question, ranking, hit, index, text, above)
            score = weighted(features, weights)
            found.append(Candidate(hit, index, features, score))
    return sorted(found, key=lambda candidate: -candidate.score)


def _features(question: Question, ranking: Ranking, hit: Hit, index: int, text: str, above: Floats) -> Features:
    sentence, shares = hit.passage.sentences[index], ranking.shares
    own = hit.alignment[index]
    before = leading(hit, index)
    near = np.maximum(own, before)
    headed = np.maximum(near, above)
    first = text.split(maxsplit=1)[0].lower() if text.split() else ""
    said = _stems(text)
    expected = 0.0 if not question.expects else 1.0 if holds(question.expects, text) else -1.0
    return Features(
        match=float(own @ shares),
        near=float(near @ shares),
        headed=float(headed @ shares),
        passage=hit.score,
        dense=hit.dense,
        words=sum(word in said for word in question.words) / max(len(question.words), 1),
        expected=expected,
        opening=float(before @ shares) if _opens(hit, index) else 0.0,
        item=float(sentence.kind == "list_item"),
        row=float(sentence.kind == "row"),
        code=float(sentence.kind == "code"),
        short=float(len(text.split()) <= _SHORT_WORDS),
        open=float(text.endswith(":")),
        referring=float(first in _REFERRING),
        exact=_exact(question, text),
        exact_near=_exact(question, " ".join((*hit.passage.heading, _text_before(hit, index), text))),
    )


def leading(hit: Hit, index: int) -> Floats:
    """(pieces,) float32: how the question matches what is read right before a sentence; -1 where nothing is.

    That is a row's table header, else the sentence before in the same passage.
    """
    sentences = hit.passage.sentences
    header = sentences[index].header
    for other, sentence in enumerate(sentences[:index]):
        if header and (sentence.start, sentence.end) == header:
            return row_of(hit, other)
    return row_of(hit, index - 1) if index > 0 and not header else np.full_like(hit.context, -1.0)


def row_of(hit: Hit, index: int) -> Floats:
    """(pieces,) float32: how the question matches the `index`-th sentence."""
    own: Floats = hit.alignment[index]
    return own


def head(hit: Hit) -> Floats:
    """(pieces,) float32: how the question matches the title and all headings that the passage stands under."""
    own = [i for i, sentence in enumerate(hit.passage.sentences) if sentence.kind == "heading"]
    return np.asarray(np.maximum(hit.context, hit.alignment[own].max(axis=0, initial=-1.0)), dtype=np.float32)


@cache
def fitted_weights(of: str) -> Mapping[str, float]:
    """The weights that `tests/eval/fit.py` fitted, of a "sentence" or a "list"."""
    read = json.loads(resources.files("service").joinpath("rank.json").read_text(encoding="utf-8"))
    return dict(read[of])


def weighted(features: object, weights: Mapping[str, float]) -> float:
    """The sum of the features by their weights; one without a weight counts nothing."""
    return sum((weight * float(getattr(features, name)) for name, weight in weights.items()), 0.0)


@lru_cache(_KEPT_STEMS)
def _stems(text: str) -> frozenset[str]:
    """The sentence's words as they are compared; the same sentences come up for many questions."""
    return frozenset(words(text))


def _exact(question: Question, text: str) -> float:
    if not question.exact:
        return 0.0
    lowered = text.lower()
    found = sum(re.search(rf"(?<![\w.]){re.escape(word)}(?!\w|\.\d)", lowered) is not None for word in question.exact)
    return found / len(question.exact) if found else -1.0


def _text_before(hit: Hit, index: int) -> str:
    return hit.passage.quote(hit.passage.sentences[index - 1]) if index else ""


def _opens(hit: Hit, index: int) -> bool:
    """Whether the sentence follows right on a heading or a question."""
    if index == 0:
        return False
    before = hit.passage.sentences[index - 1]
    return before.kind == "heading" or hit.passage.quote(before).endswith("?")


def _is_header(hit: Hit, index: int) -> bool:
    sentence = hit.passage.sentences[index]
    return any(other.header == (sentence.start, sentence.end) for other in hit.passage.sentences)
