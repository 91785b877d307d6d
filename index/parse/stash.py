"""Holds what no Markdown parser may touch, under marks that pass through every parser unchanged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

OPEN, CLOSE = "\U000ffffc", "\U000ffffd"
MARK = re.compile(f"{OPEN}([0-9]+){CLOSE}")


@dataclass(frozen=True, slots=True)
class Code:
    """A code block: its lines without the fence, the language in lower case or "", the title that is shown or ""."""

    text: str
    language: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Text shown to the letter: a formula, or a template tag that the author escaped to show it."""

    text: str
    math: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """An emoji in a heading, and the name between colons that the heading's id is made of."""

    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A place in a line at which the page shows something that is not known here, such as a citation."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The id that the author gave to the heading in which the mark stands."""

    id: str


@dataclass(frozen=True, slots=True)
class Role:
    """What the paragraph is that begins with the mark: a "caption" or a "title"."""

    name: str


Held: TypeAlias = Code | Verbatim | Sign | Gap | Anchor | Role


class Stash:
    """Equal things get equal marks, so that a reference still equals its definition."""

    def __init__(self) -> None:
        self._held: list[Held] = []
        self._marks: dict[Held, str] = {}

    def hold(self, thing: Held) -> str:
        """The mark to put in place of `thing`."""
        if thing not in self._marks:
            self._marks[thing] = f"{OPEN}{len(self._held)}{CLOSE}"
            self._held.append(thing)
        return self._marks[thing]

    def get(self, mark: re.Match[str]) -> Held | None:
        """What a match of `MARK` stands for; None for a mark that was never given out."""
        number = mark[1]
        return self._held[int(number)] if len(number) < 9 and int(number) < len(self._held) else None

    def plain(self, text: str, names: bool = False) -> str:
        """`text` with every mark replaced by the text that it stands for; an emoji by its name if `names`."""

        def shown(mark: re.Match[str]) -> str:
            thing = self.get(mark)
            if names and isinstance(thing, Sign):
                return thing.name
            return thing.text if isinstance(thing, Code | Verbatim | Sign) else ""

        return MARK.sub(shown, text)
