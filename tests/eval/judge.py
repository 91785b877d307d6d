"""Whether a text answers a question of the set: it holds the strings that it must, within the word limit."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
POSTS = HERE / "posts"
_LIMIT_WORDS = {
    "list": 150,
    "multi-list": 150,
    "explain": 90,
    "multi-explain": 90,
    "followup": 90,
    "multi-followup": 90,
}
_DEFAULT_LIMIT_WORDS = 60
_FOLDED = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "})


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
        folded = fold(text)
        wanted = [_within(fold(one), folded) for one in self.any]
        return all(_within(fold(one), folded) for one in self.all) and (any(wanted) or not wanted)


def read_questions(part: str) -> list[Asked]:
    """The questions of a part, "fit" or "test"."""
    lines = (HERE / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    read = (json.loads(line) for line in lines if line.strip())
    return [
        Asked(q["id"], tuple(q["turns"]), q["kind"], q["answerable"], tuple(q["all"]), tuple(q["any"]), q["file"])
        for q in read
    ]


def fold(text: str) -> str:
    """Lower case, straight quotes and dashes, single spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).translate(_FOLDED)).lower().strip()


def _within(needle: str, text: str) -> bool:
    start = r"(?<!\w)" if needle[:1].isalnum() else ""
    end = r"(?!\w)" if needle[-1:].isdigit() else ""
    return re.search(start + re.escape(needle) + end, text) is not None
