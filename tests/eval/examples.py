"""Questions with what retrieval found for them, to fit on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index import ExportedEncoder, Ranking
from service.answer import Answerer
from service.evaluation.questions import read_questions as read_file
from service.evaluation.removal import without_evidence as answering_without
from service.question import Question, understand
from tests.eval.judge import POSTS, TECHNICAL, Asked, read_questions


@dataclass(frozen=True, slots=True)
class Example:
    """A question of the set with what retrieval found for it."""

    asked: Asked
    question: Question
    ranking: Ranking


@dataclass(frozen=True, slots=True)
class FittingSet:
    """A folder of posts, and questions about some of them that neither encoder nor reader has seen. `weight`: how much
    a question counts in the regression of the decision, since there are more of some sets.
    """

    posts: Path
    questions: tuple[Asked, ...]
    weight: float


def sets_for_fitting() -> list[FittingSet]:
    """What is for fitting of the set with posts of nine generators, and of the technical one."""
    return [
        FittingSet(POSTS, tuple(read_questions("fit")), 1.0),
        FittingSet(TECHNICAL / "posts", tuple(read_file(TECHNICAL / "fit.jsonl")), 0.5),
    ]


def examples(answerer: Answerer, questions: Iterable[Asked]) -> list[Example]:
    """Those of the questions that retrieval is asked for."""
    made = []
    for asked in questions:
        question = understand(asked.turns[-1], asked.turns[:-1], answerer.retriever.correct)
        if not question.topic and question.kind != "unclear":
            made.append(Example(asked, question, answerer.rank(question.text, _post(asked, answerer))))
    return made


def without_evidence(found: Sequence[Example], answerer: Answerer) -> list[Example]:
    """The answerable ones asked again of their post without what answers them; they are of the kind `removed`."""
    encoder = ExportedEncoder(answerer.retriever.generation.encoder)
    made = []
    for example in found:
        asked, question, post = example.asked, example.question, _post(example.asked, answerer)
        if asked.answerable and (reduced := answering_without(answerer, asked, post, encoder)):
            removed = replace(asked, answerable=False, kind="removed")
            made.append(Example(removed, question, reduced.rank(question.text, post)))
    return made


def _post(asked: Asked, answerer: Answerer) -> str | None:
    return next(card.id for card in answerer.cards.values() if card.path == asked.file) if asked.file else None
