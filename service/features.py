"""What speaks for a sentence: how it is matched, told of all at once, and what its words say, told of one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index import Floats, Hit, Passage, Ranking, weigh, words
from service.defining import defines
from service.expected import holds
from service.question import Question

_SHORT_WORDS = 4
# Hardly a sentence has more word pieces.
_SENTENCE_PIECES = 64
# What is made of a question's words serves for all sentences.
_KEPT_WORDS = 64
_REFERRING = ("this", "that", "these", "those", "it", "its", "they", "their", "he", "she", "such", "both", "his", "her")


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a sentence; each about -1 to 1.

    `match`: its late-interaction score; `near`: the same with what leads in to it; `headed`: with title and headings
    too; `passage`: its passage's score; `dense`: the cosine of the passage; `words`: share of the question's content
    words in it; `expected`: 1 when it holds the kind of fact that is asked for, -1 when not, 0 when none is expected;
    `opening`: match of the heading or question right above it; `item`, `row`, `code`: 1 for such; `long`: 0 for what is
    no longer than a sentence may be, to 1 for four times that, since among so many words most questions find theirs;
    `short`: 1 for a few words; `open`: 1 when it ends with a colon; `referring`: 1 when it begins with a word that
    refers back; `exact`: share of the question's numbers, versions and identifiers that stand in it, and `exact_near`:
    in it, in what leads in to it or in its headings; both are -1 when there are some and none is there, 0 when there
    are none; `defines`: 1 when a definition is asked for and the sentence opens as one of that.
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
    long: float
    short: float
    open: float
    referring: float
    exact: float
    exact_near: float
    defines: float


@dataclass(frozen=True, slots=True)
class Matched:
    """The sentences that may answer, by the features that are known without reading their words.

    `places`: the hit and the sentence's number in its passage; `features`: (sentences,) float64 by name; `aligned`:
    (sentences, pieces, 4) float32, how each word piece of the question is matched by the sentence, with what leads in
    to it, with title and headings too, and by the whole passage.
    """

    places: tuple[tuple[Hit, int], ...]
    features: Mapping[str, NDArray[np.float64]]
    aligned: Floats


def match(ranking: Ranking) -> Matched:
    """The sentences of all hits. Headings, table headers and questions are no answers by themselves."""
    hits = ranking.hits
    layouts = [list(_layout(hit.passage)) for hit in hits]
    places = tuple((hit, line.number) for hit, layout in zip(hits, layouts, strict=True) for line in layout)
    if not places:
        return Matched((), {}, np.zeros((0, len(ranking.shares), 4), np.float32))
    firsts = np.cumsum([0, *(len(hit.passage.sentences) for hit in hits)])
    lines = [(first, line) for first, layout in zip(firsts.tolist(), layouts, strict=False) for line in layout]
    of_hit = np.repeat(np.arange(len(hits)), [len(layout) for layout in layouts])
    # The last row stands for nothing before a sentence.
    rows = np.concatenate([*(hit.alignment for hit in hits), np.full((1, len(ranking.shares)), -1, np.float32)])
    own = rows[[first + line.number for first, line in lines]]
    before = rows[[-1 if line.before is None else first + line.before for first, line in lines]]
    near = np.maximum(own, before)
    headed = np.maximum(near, np.stack([head(hit) for hit in hits])[of_hit])
    passage = np.stack([np.maximum(hit.alignment.max(axis=0), hit.context) for hit in hits])[of_hit]
    kinds = [hit.passage.sentences[number].kind for hit, number in places]
    pieces = np.array([hit.starts[number + 1] - hit.starts[number] for hit, number in places])
    features = {
        "match": weigh(own, ranking.shares),
        "near": weigh(near, ranking.shares),
        "headed": weigh(headed, ranking.shares),
        "passage": np.array([hit.score for hit in hits])[of_hit],
        "dense": np.array([hit.dense for hit in hits])[of_hit],
        "opening": weigh(before, ranking.shares) * [line.opens for _, line in lines],
        "item": [kind == "list_item" for kind in kinds],
        "row": [kind == "row" for kind in kinds],
        "code": [kind == "code" for kind in kinds],
        "long": np.clip(np.log2(np.maximum(pieces, 1) / _SENTENCE_PIECES) / 2, 0, 1),
        "open": [line.ends == ":" for _, line in lines],
    }
    columns = {name: np.asarray(column, np.float64) for name, column in features.items()}
    return Matched(places, columns, np.stack((own, near, headed, passage), axis=2))


def read(question: Question, hit: Hit, number: int) -> dict[str, float]:
    """The features, by name, that the words of a sentence tell; but for `expected`, which takes the longest."""
    passage = hit.passage
    sentence = passage.sentences[number]
    text = passage.quote(sentence)
    typed = text.split(maxsplit=_SHORT_WORDS)
    exact = exact_near = 0.0
    if question.exact:
        before = passage.quote(passage.sentences[number - 1]) if number else ""
        exact = _exact(question.exact, text)
        exact_near = _exact(question.exact, " ".join((*passage.heading, before, text)))
    return {
        "words": len(_once(question.words).intersection(words(text))) / max(len(question.words), 1),
        "short": float(len(typed) <= _SHORT_WORDS),
        "referring": float(bool(typed) and typed[0].lower() in _REFERRING),
        "exact": exact,
        "exact_near": exact_near,
        "defines": float(
            question.kind == "definition"
            and sentence.kind in ("sentence", "list_item")
            and defines(text, question.words, entry=sentence.kind == "list_item")
        ),
    }


def expected(question: Question, hit: Hit, number: int) -> float:
    """The feature of this name."""
    if not question.expects:
        return 0.0
    return 1.0 if holds(question.expects, hit.passage.quote(hit.passage.sentences[number])) else -1.0


def read_range(question: Question, matched: Matched) -> dict[str, tuple[Floats, Floats]]:
    """By name, the least and the most, (sentences,) float32 each, that the features of `read` and `expected` can be."""
    one = np.ones(len(matched.places), np.float32)
    none = np.zeros_like(one)
    within = (none, none)
    if question.exact:
        # What is not in the passage, nor in its headings, is not in its sentences.
        around = {id(hit): " ".join((*hit.passage.heading, hit.passage.text)).lower() for hit, _ in matched.places}
        found = {hit: any(word in text for word in question.exact) for hit, text in around.items()}
        within = (-one, np.array([1 if found[id(hit)] else -1 for hit, _ in matched.places], np.float32))
    share = (none, one)
    return {
        "words": share,
        "short": share,
        "referring": share,
        "expected": (-one, one) if question.expects else (none, none),
        "exact": within,
        "exact_near": within,
        "defines": share if question.kind == "definition" else (none, none),
    }


def leading(hit: Hit, index: int) -> Floats:
    """(pieces,) float32: how the question matches what is read right before a sentence; -1 where nothing is.

    That is a row's table header, else the sentence before in the same passage.
    """
    before = read_before(hit.passage, index)
    return np.full_like(hit.context, -1.0) if before is None else np.asarray(hit.alignment[before], np.float32)


def head(hit: Hit) -> Floats:
    """(pieces,) float32: how the question matches the title and all headings that the passage stands under."""
    own = [i for i, sentence in enumerate(hit.passage.sentences) if sentence.kind == "heading"]
    return np.maximum(hit.context, hit.alignment[own].max(axis=0)) if own else hit.context


def may_answer(passage: Passage) -> list[int]:
    """The numbers of the sentences that may answer: no headings, table headers or questions."""
    return [line.number for line in _layout(passage)]


def read_before(passage: Passage, number: int) -> int | None:
    """The number of what is read right before a sentence: a row's table header, else the sentence before."""
    header = passage.sentences[number].header
    if not header:
        return number - 1 if number else None
    above = enumerate(passage.sentences[:number])
    return next((other for other, sentence in above if (sentence.start, sentence.end) == header), None)


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence that may answer: its number, that of what is read right before it, and whether it follows right on a
    heading or a question; `ends` is its last character.
    """

    number: int
    before: int | None
    opens: bool
    ends: str


def _layout(passage: Passage) -> Iterator[_Line]:
    headers = {sentence.header for sentence in passage.sentences if sentence.header}
    opens = False
    for number, sentence in enumerate(passage.sentences):
        ends = passage.text[sentence.end - passage.start - 1 : sentence.end - passage.start]
        asks = ends == "?"
        if sentence.kind != "heading" and not asks and (sentence.start, sentence.end) not in headers:
            yield _Line(number, read_before(passage, number), opens, ends)
        opens = asks or sentence.kind == "heading"


def _exact(wanted: Sequence[str], text: str) -> float:
    """The share of them that stand in the text to the letter; -1 for none."""
    lowered = text.lower()
    found = sum(word in lowered and _to_the_letter(word).search(lowered) is not None for word in wanted)
    return found / len(wanted) if found else -1.0


@lru_cache(_KEPT_WORDS)
def _to_the_letter(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.]){re.escape(word)}(?!\w|\.\d)")


@lru_cache(_KEPT_WORDS)
def _once(wanted: tuple[str, ...]) -> frozenset[str]:
    return frozenset(wanted)
