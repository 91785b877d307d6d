"""What speaks for and against an answer: numbers about the question, the ranking and the best sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index import Floats, Ranking, words
from service.heading import telling_heading
from service.particular import holds_particular
from service.question import Question
from service.rank import Candidate

_LETTER = re.compile(r"\w")
_TOKEN = re.compile(r"[\w'’.\-]+")
# A content word that is matched less well than this was not found.
_FOUND = 0.5
_MANY_WORDS = 10
# From this cosine on a passage is about what is asked.
_NEAR = 0.25
# The kinds of questions, and of facts that they expect, that are signals.
_OF_QUESTION = (
    "list", "explain", "definition", "yes_no", "comparison", "lookup",
    "date", "duration", "amount", "person", "place", "reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signals:
    """Each between -1 and 1. `least_…` and `mean_…` are how well the question's content words are matched, `lost_…` the
    share of them that is not found: in the sentence (`own`), with what leads in to it (`near`), with its headings too
    (`headed`), in its passage, or in any.

    `match` and `read` are the late-interaction scores of the sentence, alone and with its headings; `best_dense` the
    highest cosine of a passage, and `far` 0 to 1 as that falls below what is usual on the topic; `said` the share of
    content words that stand in the passage or above it; `expected` whether the expected kind of fact is in the sentence
    (0 when none is expected, -1 when it is not); `unsaid` the share of words that are neither there nor matched.
    `lost_name`, `lost_number` and `number_elsewhere` are 1 when a name of the question is not in the passage, a number
    not in it, or not in the sentence; `lacking` is 1 when the particular fact that would answer, such as a name or a
    price, is not in the sentence; `length` counts content words, 1 for ten or more. The others are 1 for such a
    question, by its kind and by the kind of fact that it expects: how sure evidence must be differs by kind.
    """

    match: float
    read: float
    best_dense: float
    far: float
    said: float
    expected: float
    least_own: float
    least_near: float
    least_headed: float
    least_passage: float
    least_anywhere: float
    mean_near: float
    mean_headed: float
    mean_passage: float
    lost_near: float
    lost_headed: float
    lost_passage: float
    unsaid: float
    lost_name: float
    lost_number: float
    number_elsewhere: float
    lacking: float
    length: float
    list: float
    explain: float
    definition: float
    yes_no: float
    comparison: float
    lookup: float
    date: float
    duration: float
    amount: float
    person: float
    place: float
    reason: float

    def as_dict(self) -> dict[str, float]:
        """The signals by name."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class _Word:
    """A content word of the question: as typed, its stems, and its word pieces by number."""

    text: str
    stems: tuple[str, ...]
    pieces: tuple[int, ...]
    opens: bool


def measure(question: Question, ranking: Ranking, ranked: Sequence[Candidate], title: str) -> Signals:
    """The signals for answering with the best candidate.

    :param ranked: from `rank.rank`; not empty.
    :param title: of the best candidate's post.
    """
    best = ranked[0]
    hit = best.hit
    nearest = max(h.dense for h in ranking.hits)
    asked = _content_words(question, ranking)
    everywhere = np.concatenate([h.alignment for h in ranking.hits]).max(axis=0)
    in_own, in_near, in_headed, in_passage, anywhere = _matched(asked, np.vstack((best.aligned.T, everywhere)))
    around = " ".join((title, *hit.passage.heading, hit.passage.text))
    stems = set(words(around))
    absent = [not any(stem in stems for stem in word.stems) for word in asked]
    return Signals(
        match=best.features.match,
        read=best.features.headed,
        best_dense=nearest,
        far=max(0.0, 1 - nearest / _NEAR) if nearest > 0 else 1.0,
        said=sum(word in stems for word in question.words) / max(len(question.words), 1),
        expected=best.features.expected,
        least_own=_least(in_own),
        least_near=_least(in_near),
        least_headed=_least(in_headed),
        least_passage=_least(in_passage),
        least_anywhere=_least(anywhere),
        mean_near=_mean(in_near),
        mean_headed=_mean(in_headed),
        mean_passage=_mean(in_passage),
        lost_near=_lost(in_near),
        lost_headed=_lost(in_headed),
        lost_passage=_lost(in_passage),
        unsaid=_mean([float(gone and found < _FOUND) for gone, found in zip(absent, in_passage, strict=True)]),
        lost_name=float(
            any(gone and word.text[0].isupper() and not word.opens for gone, word in zip(absent, asked, strict=True))
        ),
        lost_number=float(not _all_in(question.exact, around)),
        number_elsewhere=float(not _all_in(question.exact, best.text)),
        lacking=float(_lacks(question, ranking, best)),
        length=min(len(asked) / _MANY_WORDS, 1.0),
        **{name: float(name in (question.kind, question.expects)) for name in _OF_QUESTION},
    )


def _lacks(question: Question, ranking: Ranking, best: Candidate) -> bool:
    """Whether the particular fact that is asked for is neither in the sentence nor in the heading that is quoted with
    it, nor, for a list, in what is listed below that heading.
    """
    if not question.particular:
        return False
    said = [telling_heading(question, best), best.text]
    if question.kind == "list":
        passages = [hit.passage for hit in ranking.hits if hit.passage.heading == best.hit.passage.heading]
        said += [one.quote(s) for one in passages for s in one.sentences if s.kind in ("list_item", "row")]
    return not holds_particular(question.particular, "\n".join(said), question.words)


def _content_words(question: Question, ranking: Ranking) -> list[_Word]:
    found = []
    spans = list(enumerate(ranking.spans.tolist()))
    for token in _TOKEN.finditer(ranking.question):
        if stems := tuple(word for word in words(token.group()) if word in question.words):
            pieces = tuple(n for n, (start, end) in spans if start < token.end() and end > token.start())
            if pieces:
                found.append(_Word(token.group(), stems, pieces, token.start() == 0))
    return found


def _matched(asked: Sequence[_Word], alignments: Floats) -> list[list[float]]:
    """How well each content word is matched in each of the (alignments, pieces), -1 to 1: the mean of its pieces."""
    shares = np.zeros((alignments.shape[1], len(asked)), np.float32)
    for column, word in enumerate(asked):
        shares[list(word.pieces), column] = 1 / len(word.pieces)
    matched: list[list[float]] = (alignments @ shares).tolist()
    return matched


def _least(values: Sequence[float]) -> float:
    return min(values, default=0.0)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(len(values), 1)


def _lost(values: Sequence[float]) -> float:
    return _mean([float(value < _FOUND) for value in values])


def _all_in(exact: Sequence[str], text: str) -> bool:
    lowered = text.lower()
    return all(_stands_in(word, lowered) for word in exact)


def _stands_in(word: str, text: str) -> bool:
    """Whether the word stands in the text, not within another one; no pattern, since `re` keeps hundreds of them."""
    at = text.find(word)
    while at >= 0:
        before = text[at - 1 : at]
        if before != "." and not _LETTER.match(before) and not _LETTER.match(text, at + len(word)):
            return True
        at = text.find(word, at + 1)
    return False
