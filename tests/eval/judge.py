"""The two parts of the evaluation set, read as `askpost eval` reads them."""

from __future__ import annotations

from pathlib import Path

from service.answer import Answer
from service.evaluation.questions import Asked
from service.evaluation.questions import read_questions as _read
from service.evaluation.wording import fold

__all__ = ["HERE", "POSTS", "Asked", "fold", "read_questions", "verdict"]

HERE = Path(__file__).parent
POSTS = HERE / "posts"


def read_questions(part: str) -> list[Asked]:
    """The questions of a part, "fit" or "test"."""
    return _read(HERE / f"{part}.jsonl")


def verdict(asked: Asked, answer: Answer) -> str:
    """`correct`, `wrong` or `declined`."""
    if not answer.decision.answers:
        return "declined"
    text = answer.composed.text
    right = asked.answerable and asked.answered_by(text) and len(text.split()) <= asked.limit
    return "correct" if right else "wrong"
