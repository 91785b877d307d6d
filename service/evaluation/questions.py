"""The questions of a JSONL file, one a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints, ValidationError, model_validator

from service.evaluation.wording import holds
from service.schemas import QuestionText

_LIMIT_WORDS = {
    "list": 150,
    "multi-list": 150,
    "explain": 90,
    "multi-explain": 90,
    "followup": 90,
    "multi-followup": 90,
    "squad": 80,
}
_DEFAULT_LIMIT_WORDS = 60


class QuestionFileError(ValueError):
    """A question file cannot be used; the message names file, line and fault."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the set; `file` is the post that it is put to, None for all."""

    id: str
    turns: tuple[str, ...]
    kind: str
    answerable: bool
    all: tuple[str, ...]
    any: tuple[str, ...]
    file: str | None

    @property
    def limit(self) -> int:
        """The words that an answer may take."""
        return _LIMIT_WORDS.get(self.kind, _DEFAULT_LIMIT_WORDS)

    def answered_by(self, text: str) -> bool:
        """Whether the text holds what an answer must hold."""
        return holds(text, self.all, self.any)


Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Line(BaseModel):
    # Files of other projects may hold more fields.
    model_config = ConfigDict(extra="ignore", strict=True)

    id: Word
    turns: Annotated[list[QuestionText], Field(min_length=1)]
    kind: Word
    answerable: StrictBool
    all: list[Word] = []
    any: list[Word] = []
    file: Word | None = None

    @model_validator(mode="after")
    def _tells_a_right_answer(self) -> _Line:
        if self.answerable and not (self.all or self.any):
            raise ValueError("an answerable question needs a string in `all` or `any`")
        return self


def read_questions(file: Path) -> list[Asked]:
    """The questions in the file, in order.

    :raises QuestionFileError: when a line is not one, an id is there twice, or there are none.
    :raises OSError: when the file cannot be read.
    """
    asked: list[Asked] = []
    lines: dict[str, int] = {}
    for number, line in _lines(file):
        one = _question(file, number, line)
        if one.id in lines:
            raise QuestionFileError(f"{file}:{number}: the id {one.id!r} is that of line {lines[one.id]}: change one")
        lines[one.id] = number
        asked.append(one)
    if not asked:
        raise QuestionFileError(f"{file} holds no question: write one JSON object a line")
    return asked


def posts_of(file: Path, questions: list[Asked], ids: Mapping[str, str]) -> dict[str, str | None]:
    """The id of the post that each question is put to, by the question's id; None for all posts.

    :param ids: the posts' ids by path.
    :raises QuestionFileError: when the index has no post with that path.
    """
    for number, asked in enumerate(questions, start=1):
        if asked.file is not None and asked.file not in ids:
            raise QuestionFileError(
                f"{file}: question {number} ({asked.id}) is about {asked.file!r}, and the index has no post with that"
                " path: index the folder that the questions belong to"
            )
    return {asked.id: ids[asked.file] if asked.file else None for asked in questions}


def _lines(file: Path) -> list[tuple[int, str]]:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise QuestionFileError(f"{file} is not UTF-8 (byte {error.start:,}): save it as UTF-8") from error
    # Not splitlines, which also ends lines within a JSON string.
    return [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]


def _question(file: Path, number: int, line: str) -> Asked:
    try:
        read = _Line.model_validate(json.loads(line))
    except json.JSONDecodeError as error:
        raise QuestionFileError(f"{file}:{number}: not JSON: {error.msg}, at character {error.colno}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        what = first["msg"].removeprefix("Value error, ")
        raise QuestionFileError(f"{file}:{number}: {f'`{where}`: ' if where else ''}{what}") from error
    return Asked(read.id, tuple(read.turns), read.kind, read.answerable, tuple(read.all), tuple(read.any), read.file)
