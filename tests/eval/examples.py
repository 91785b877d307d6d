"""What the reader learns from: questions with the best sentences found for each, and which of them answer."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from index import BuildSettings, Retriever, build_index
from service.answer import Answerer
from service.evaluation.questions import Asked, read_questions
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
    weight: float


@contextmanager
def indexed(posts: Path) -> Iterator[Answerer]:
    """Answers about the posts, from an index of their own."""
    with tempfile.TemporaryDirectory() as folder:
        build_index(BuildSettings(posts, Path(folder)))
        yield Answerer(Retriever.open(Path(folder)))


def examples(answerer: Answerer, questions: Path) -> list[Example]:
    """The questions of the file, which names what answers them as `evidence`, put to the answerer's posts."""
    lines = questions.read_text(encoding="utf-8").splitlines()
    evidence = [[fold(one) for one in json.loads(line)["evidence"]] for line in lines]
    return list(_examples(answerer, zip(read_questions(questions), evidence, strict=True)))


def _examples(answerer: Answerer, questions: Iterable[tuple[Asked, list[str]]]) -> Iterator[Example]:
    chance = random.Random(0)
    ids = {card.path: card.id for card in answerer.cards.values()}
    for asked, evidence in questions:
        own = ids[asked.file] if asked.file else None
        yield from _example(answerer, asked, evidence, own, 1.0)
        if own and chance.random() < _WIDE_SHARE:
            yield from _example(answerer, asked, evidence, None, 1.0)
        if own and chance.random() < _CROSSED_SHARE:
            other = chance.choice([post for post in ids.values() if post != own])
            yield from _example(answerer, replace(asked, answerable=False), [], other, _CROSSED_WEIGHT)


def _example(
    answerer: Answerer, asked: Asked, evidence: list[str], post: str | None, weight: float
) -> Iterator[Example]:
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
    right = tuple(any(piece in fold(one.text) for piece in evidence) for one in ranked[:READ_SENTENCES])
    if asked.answerable and not any(right):
        return
    weight *= _OFF_TOPIC_WEIGHT if asked.kind == "offtopic" else 1
    yield Example(ranking.asked / scale, tuple(pages_of(ranked, scale)), signals, right, weight)
