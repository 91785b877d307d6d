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
    """Text without a line break, and where in it which footnotes are referred to.

    `gaps` are the spans at which a page shows something else than the text: see `Post.gaps`.
    """

    text: str
    marks: tuple[tuple[int, str], ...] = ()
    gaps: tuple[tuple[int, int], ...] = ()

    @staticmethod
    def join(separator: str, lines: Sequence[Line]) -> Line:
        """The lines as one, marks and gaps moved along; the separators are gaps."""
        marks: list[tuple[int, str]] = []
        gaps: list[tuple[int, int]] = []
        at = 0
        for line in lines:
            if at:
                gaps.append((at - len(separator), at))
            marks.extend((at + offset, note) for offset, note in line.marks)
            gaps.extend((at + start, at + end) for start, end in line.gaps)
            at += len(line.text) + len(separator)
        return Line(separator.join(line.text for line in lines), tuple(marks), tuple(gaps))

    def stripped(self) -> Line:
        """The line without space at its ends."""
        lead = len(self.text) - len(self.text.lstrip())
        text = self.text.strip()

        def moved(at: int) -> int:
            return min(max(0, at - lead), len(text))

        gaps = tuple((moved(start), moved(end)) for start, end in self.gaps)
        return Line(text, tuple((moved(at), note) for at, note in self.marks), gaps)


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
        self._gaps: list[tuple[int, int]] = []

    def add(self, children: Iterable[Child]) -> None:
        for child in children:
            if isinstance(child, str):
                self._text(child)
            elif child.tag == "br":
                self._break()
            elif child.tag in _VERBATIM and not child.block:
                start = self._length
                self._verbatim(child)
                if child.tag == "kbd":
                    # Drawn as keys, which are boxes of their own.
                    self._gaps.append((start, self._length))
            elif "footnote-ref" in child.classes:
                self._marks.append((self._length, _NOTE.sub("", child.attributes.get("id", ""))))
                self._gaps.append((self._length, self._length))
            elif "gap" in child.classes:
                self._gaps.append((self._length, self._length))
            elif "math" in child.classes:
                start = self._length
                self.add(child.children)
                self._gaps.append((start, self._length))
            elif child.block:
                self._break()
                self.add(child.children)
                self._break()
            else:
                self.add(child.children)

    def line(self) -> Line:
        text = "".join(self._pieces)
        text = text.rstrip(" ")
        marks = tuple((min(at, len(text)), note) for at, note in self._marks)
        # A break at either end is none within the line.
        gaps = ((min(start, len(text)), min(end, len(text))) for start, end in self._gaps)
        return Line(text, marks, tuple(gap for gap in gaps if gap[1] > 0 and (gap[0] < len(text) or marks)))

    def _break(self) -> None:
        start = self._length
        self._text(" ")
        self._gaps.append((max(0, start - (self._length == start)), self._length))

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
