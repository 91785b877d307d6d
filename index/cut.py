"""A post and its passages with some sentences cut out, and every offset moved to where its text then stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.types import Block, Part, Passage, Post, Section, Sentence

Span = tuple[int, int]


class Cut:
    """The post without the spans; `post` is what is left of it."""

    def __init__(self, whole: Post, spans: Sequence[Span]) -> None:
        """:param spans: of whole sentences, half-open."""
        self._spans = _merged(whole.text, spans)
        kept, last = [], 0
        for start, end in self._spans:
            kept.append(whole.text[last:start])
            last = end
        self._text = "".join((*kept, whole.text[last:]))
        # Numbers of the blocks that are left, and of the parts that are left of each, by those they had.
        self._blocks: dict[int, int] = {-1: -1}
        self._parts: dict[tuple[int, int], int] = {}
        self._headings = {s.heading for s in whole.sections if s.is_titled and self._gone((s.title_start, s.title_end))}
        self.post = replace(
            whole,
            text=self._text,
            sections=self._sections(whole),
            note_marks=tuple(
                replace(mark, at=self._moved(mark.at)) for mark in whole.note_marks if not self._inside(mark.at)
            ),
        )

    def passage(self, whole: Passage) -> Passage | None:
        """What is left of a passage of the post; None when no sentence is."""
        sentences = tuple(self._sentence(s) for s in whole.sentences if not self._gone((s.start, s.end)))
        if not sentences:
            return None
        start, end = sentences[0].start, max(s.end for s in sentences)
        return replace(
            whole, heading=self._path(whole.heading), start=start, end=end, text=self._text[start:end],
            sentences=sentences,
        )  # fmt: skip

    def _sections(self, whole: Post) -> tuple[Section, ...]:
        made, number = [], 0
        for section in whole.sections:
            blocks = []
            for block in section.blocks:
                left = self._block(block, number)
                if left:
                    self._blocks[number] = len(self._blocks) - 1
                    blocks.append(left)
                number += 1
            title = self._span((section.title_start, section.title_end))
            start, end = self._span((section.start, section.end))
            moved = replace(section, title_start=title[0], title_end=title[1], start=start, end=end)
            made.append(replace(moved, heading=self._path(section.heading), blocks=tuple(blocks)))
        return tuple(made)

    def _block(self, block: Block, number: int) -> Block | None:
        start, end = self._span((block.start, block.end))
        parts: list[Part] = []
        for index, part in enumerate(block.parts):
            first, last = self._span((part.start, part.end))
            if last > first:
                self._parts[number, index] = len(parts)
                parts.append(replace(part, start=first, end=last))
        return replace(block, start=start, end=end, parts=tuple(parts)) if end > start else None

    def _sentence(self, whole: Sentence) -> Sentence:
        start, end = self._span((whole.start, whole.end))
        return replace(
            whole,
            start=start,
            end=end,
            block=self._blocks[whole.block],
            part=self._parts.get((whole.block, whole.part), 0),
            header=self._referred(whole.header),
            note=self._referred(whole.note),
        )

    def _referred(self, span: Span | None) -> Span | None:
        moved = span and self._span(span)
        return moved if moved and moved[1] > moved[0] else None

    def _path(self, heading: tuple[str, ...]) -> tuple[str, ...]:
        """The path without the headings that are gone: they would still be read above what stands under them."""
        return tuple(one for depth, one in enumerate(heading, start=1) if heading[:depth] not in self._headings)

    def _span(self, span: Span) -> Span:
        """Where the span's text is now, without the white space that a cut leaves at its ends."""
        start, end = self._moved(span[0]), self._moved(span[1])
        text = self._text[start:end]
        left = start + len(text) - len(text.lstrip())
        return (left, left + len(text.strip())) if text.strip() else (start, start)

    def _moved(self, at: int) -> int:
        return at - sum(min(at, end) - start for start, end in self._spans if start < at)

    def _inside(self, at: int) -> bool:
        return any(start < at <= end for start, end in self._spans)

    def _gone(self, span: Span) -> bool:
        return any(start <= span[0] and span[1] <= end for start, end in self._spans)


def _merged(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans in order, each with the white space that it would leave behind, those that meet made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        end = _past(text, end, " ")
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return [_with_breaks(text, start, end) for start, end in merged]


def _with_breaks(text: str, start: int, end: int) -> Span:
    """With the blank before what ended a line; with one of the breaks around what was whole lines, the shorter one."""
    before, after = len(text[:start].rstrip("\n")), _past(text, end, "\n")
    if end < len(text) and after == end:
        return start, end
    if before == start > 0:
        return len(text[:start].rstrip(" ")), end
    return (start, after) if after - end <= start - before and after > end else (before, end)


def _past(text: str, at: int, sign: str) -> int:
    while text[at : at + 1] == sign:
        at += 1
    return at
