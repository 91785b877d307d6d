"""What the reader learns from: questions with the best sentences found for each, and which of them answer."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import BuildSettings, Retriever, build_index
from service.answer import Answerer
from service.question import understand
from service.rank import rank
from service.reader import READ_SENTENCES, Page, pages_of, row_of_signals
from service.signals import measure
from tests.eval.judge import fold

# Of the questions about one post, this share is also put to the whole blog, and this share to another post, which
# does not answer it.
_WIDE_SHARE = _CROSSED_SHARE = 0.25
# A post of another subject is easily told; too many of them would teach little else.
_CROSSED_WEIGHT, _OFF_TOPIC_WEIGHT = 0.5, 3.0


@dataclass(frozen=True, slots=True)
class Example:
    """One question as the reader meets it; `right` tells of each page whether it answers."""

    asked: np.ndarray
    pages: tuple[Page, ...]
    signals: np.ndarray
    right: tuple[bool, ...]
    answerable: bool
    weight: float


@dataclass(frozen=True, slots=True)
class _Asked:
    turns: tuple[str, ...]
    kind: str
    answerable: bool
    any: tuple[str, ...]
    all: tuple[str, ...]
    evidence: tuple[str, ...]
    file: str | None

    def answered_by(self, text: str) -> bool:
        """Whether the sentence is among those that answer; without named evidence, whether it holds what is asked."""
        said = fold(text)
        if self.evidence:
            return any(fold(one) in said for one in self.evidence)
        return all(fold(one) in said for one in self.all) and (
            not self.any or any(fold(one) in said for one in self.any)
        )


@contextmanager
def indexed(posts: Path) -> Iterator[Answerer]:
    """Answers about the posts, from an index of their own."""
    with tempfile.TemporaryDirectory() as folder:
        build_index(BuildSettings(posts, Path(folder)))
        yield Answerer(Retriever.open(Path(folder)))


def examples(answerer: Answerer, questions: Path, weight: float = 1.0) -> list[Example]:
    """The questions of the file, put to the answerer's posts."""
    return list(_examples(answerer, _read(questions), weight))


def _read(file: Path) -> Iterator[_Asked]:
    for line in file.read_text(encoding="utf-8").splitlines():
        q = json.loads(line)
        strings = (tuple(q.get(name, ())) for name in ("any", "all", "evidence"))
        yield _Asked(tuple(q["turns"]), q["kind"], q["answerable"], *strings, q["file"])


def _examples(answerer: Answerer, questions: Iterator[_Asked], weight: float) -> Iterator[Example]:
    chance = random.Random(0)
    ids = {card.path: card.id for card in answerer.cards.values()}
    for asked in questions:
        own = ids[asked.file] if asked.file else None
        yield from _example(answerer, asked, own, asked.answerable, weight)
        if own and chance.random() < _WIDE_SHARE:
            yield from _example(answerer, asked, None, asked.answerable, weight)
        if own and chance.random() < _CROSSED_SHARE:
            other = chance.choice([post for post in ids.values() if post != own])
            yield from _example(answerer, asked, other, False, weight * _CROSSED_WEIGHT)


def _example(answerer: Answerer, asked: _Asked, post: str | None, answerable: bool, weight: float) -> Iterator[Example]:
    question = understand(asked.turns[-1], asked.turns[:-1])
    if question.topic or question.kind == "unclear":
        return
    ranking = answerer.rank(question.text, post)
    ranked = rank(question, ranking)
    if not ranked:
        return
    scale = answerer.retriever.generation.projection.scale
    title = answerer.source(ranked[0].hit.passage.post).post.title
    signals = row_of_signals(measure(question, ranking, ranked, title))
    right = tuple(answerable and asked.answered_by(one.text) for one in ranked[:READ_SENTENCES])
    if answerable and not any(right):
        return
    weight *= _OFF_TOPIC_WEIGHT if asked.kind == "offtopic" else 1
    yield Example(ranking.asked / scale, tuple(pages_of(ranked, scale)), signals, right, answerable, weight)
