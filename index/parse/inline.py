"""One line of text from what stands inside a block: white space collapsed, images gone, footnotes as marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.parse.tree import Child, Node

_SPACE = re.compile(r"\s+")
_UNSEEN = re.compile("[\u00ad\u200b\ufeff\u2060]")
_NOTE = re.compile(r"^fnref\d*:")
_VERBATIM = frozenset({"code", "samp", "kbd"})


@dataclass(frozen=True, slots=True)
class Line:
    """Text without a line break, and where in it which footnotes are referred to."""

    text: str
    marks: tuple[tuple[int, str], ...] = ()

    @staticmethod
    def join(separator: str, lines: Sequence[Line]) -> Line:
        """The lines as one, marks moved along."""
        marks: list[tuple[int, str]] = []
        at = 0
        for line in lines:
            marks.extend((at + offset, note) for offset, note in line.marks)
            at += len(line.text) + len(separator)
        return Line(separator.join(line.text for line in lines), tuple(marks))

    def stripped(self) -> Line:
        """The line without space at its ends."""
        lead = len(self.text) - len(self.text.lstrip())
        text = self.text.strip()
        return Line(text, tuple((min(max(0, at - lead), len(text)), note) for at, note in self.marks))


def gather(children: Iterable[Child]) -> Line:
    """The line that a reader sees of these inline elements and texts."""
    gatherer = _Gatherer()
    gatherer.add(children)
    return gatherer.line()


class _Gatherer:
    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._spaced = True
        self._marks: list[tuple[int, str]] = []

    def add(self, children: Iterable[Child]) -> None:
        for child in children:
            if isinstance(child, str):
                self._text(child)
            elif child.tag == "br":
                self._text(" ")
            elif child.tag in _VERBATIM and not child.block:
                self._verbatim(child)
            elif "footnote-ref" in child.classes:
                self._marks.append((self._length, _NOTE.sub("", child.attributes.get("id", ""))))
            elif child.block:
                self._text(" ")
                self.add(child.children)
                self._text(" ")
            else:
                self.add(child.children)

    def line(self) -> Line:
        text = "".join(self._pieces)
        text = text.rstrip(" ")
        return Line(text, tuple((min(at, len(text)), note) for at, note in self._marks))

    def _text(self, text: str) -> None:
        text = _SPACE.sub(" ", _UNSEEN.sub("", text))
        if self._spaced:
            text = text.removeprefix(" ")
        self._put(text)

    def _verbatim(self, node: Node) -> None:
        text = re.sub(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", " ", node.text())
        self._put(text if self._length else text.lstrip())

    def _put(self, text: str) -> None:
        if text:
            self._pieces.append(text)
            self._length += len(text)
            self._spaced = text.endswith(" ")
