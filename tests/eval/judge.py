"""The two parts of the evaluation set, read as `askpost eval` reads them."""

from __future__ import annotations

import json
from pathlib import Path

from service.answer import Answer
from service.evaluation.questions import Asked
from service.evaluation.questions import read_questions as _read
from service.evaluation.wording import fold

__all__ = [
    "HERE",
    "POSTS",
    "TECHNICAL",
    "TRAINING",
    "VARIED",
    "Asked",
    "fold",
    "read_questions",
    "read_taught",
    "read_training",
    "readable",
    "verdict",
]

HERE = Path(__file__).parent
POSTS = HERE / "posts"
TRAINING = HERE / "training"
TECHNICAL = HERE / "technical"
VARIED = HERE / "varied"


def read_questions(part: str) -> list[Asked]:
    """The questions of a part, "fit" or "test"."""
    return _read(HERE / f"{part}.jsonl")


def read_training() -> list[Asked]:
    """The questions about the training posts, and more about the posts' lists."""
    return [asked for file in _files(TRAINING) for asked in _read(file)]


def read_taught(folder: Path) -> list[tuple[Asked, list[str]]]:
    """The questions in the folder, those about lists too, each with pieces of the sentences that answer it, folded."""
    return [
        (asked, [fold(one) for one in json.loads(line)["evidence"]])
        for file in _files(folder)
        for asked, line in zip(_read(file), file.read_text(encoding="utf-8").splitlines(), strict=True)
    ]


def _files(folder: Path) -> list[Path]:
    return [file for name in ("lists.jsonl", "questions.jsonl") if (file := folder / name).exists()]


def readable(source: str) -> list[str]:
    """A post as it may be read, folded: with its marks and without; an underscore may be one, or part of a name."""
    bare = source.replace("*", "").replace("`", "")
    return [fold(source), fold(bare), fold(bare.replace("_", ""))]


def verdict(asked: Asked, answer: Answer) -> str:
    """`correct`, `wrong` or `declined`."""
    if not answer.decision.answers:
        return "declined"
    text = answer.composed.text
    right = asked.answerable and asked.answered_by(text) and len(text.split()) <= asked.limit
    return "correct" if right else "wrong"
