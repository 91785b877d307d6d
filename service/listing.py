"""A list that was found → what is shown of it: every item, below what leads in to it, as long as there is room for."""

from __future__ import annotations

import re
from dataclasses import replace

from index import Block, Section, SentenceKind
from service.evidence import Evidence, Quote, Source
from service.lists import ListCandidate
from service.room import length_of, taken
from service.trim import opening, with_fewer_cells

_LEAD_IN_WORDS = 30
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“(]?[A-Z])")
_ANNOUNCES = re.compile(
    r"\b(?:here(?:'s|’s| is| are| were)|the following|as follows|these (?:are|were)|below)\b", re.IGNORECASE
)
# What stands before an end tells by so many characters.
_SEEN_CHARS = 8
_SHORTENED = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|St|Fig|No|vs|Jr|Sr|etc)|\b[A-Z]|\be\.g|\bi\.e)\.$")


def list_evidence(candidate: ListCandidate, limit: int) -> Evidence:
    """Every item of the list, each cut to its label or opening clause when all together are over `limit` words, below
    what leads in to it: the header of a table, or the last sentence above it when that announces it.
    """
    own, section, block = candidate.source, candidate.section, candidate.block
    if block is None:
        return Evidence("list", fit(tuple(own.title(child) for child in candidate.children), limit))
    return whole_list(own, section, block, limit)


def whole_list(
    own: Source, section: Section, block: Block, limit: int, above: tuple[int, int] | None = None
) -> Evidence:
    """The same of a block of the section that is a list or a table.

    :param above: where what leads in to it stands, if that is known.
    """
    kind: SentenceKind = "row" if block.kind == "table" else "list_item"
    parts = [part for part in block.parts if part.end > part.start]
    headers = [part for part in parts if part.kind == "header"]
    span = above or ((headers[0].start, headers[0].end) if headers else _lead_in(own, section, block))
    lead_in = (
        own.quote(section.heading, section.anchor, kind if headers or above else "sentence", *span) if span else None
    )
    lead_in = lead_in and opening(lead_in, _LEAD_IN_WORDS)
    items = tuple(
        replace(own.quote(section.heading, section.anchor, kind, part.start, part.end), depth=part.depth)
        for part in parts
        if part not in headers
    )
    room = limit - (taken([lead_in]) if lead_in else 0)
    cut = with_fewer_cells(items, lambda rows: length_of(rows) <= room) if kind == "row" else None
    return Evidence("list", cut or fit(items, room), lead_in)


def _lead_in(own: Source, section: Section, block: Block) -> tuple[int, int] | None:
    """The last sentence of the paragraph above the list, which says what is listed; None where it does not lead in."""
    above = [other for other in section.blocks if other.end <= block.start][-1:]
    if not above or above[0].kind not in ("paragraph", "quote"):
        return None
    start, end = above[0].start, above[0].end
    text = own.post.text[start:end]
    begins = [
        found.end()
        for found in _SENTENCE_END.finditer(text)
        if not _SHORTENED.search(text, max(0, found.start() - _SEEN_CHARS), found.start() + 1)
    ]
    start += begins[-1] if begins else 0
    said = own.post.text[start:end]
    leads = text.endswith((":", "?", "-", "–", "—", "…", "...")) or _ANNOUNCES.search(said) is not None
    return (start, end) if leads and len(said.split()) <= _LEAD_IN_WORDS else None


def fit(items: tuple[Quote, ...], limit: int) -> tuple[Quote, ...]:
    """The items, the longest ones cut to their opening clauses until all together take at most `limit` words."""

    if length_of(items) <= limit:
        return items
    longest = max(len(item.text.split()) for item in items)
    for room in range(longest, 0, -1):
        shown = tuple(opening(item, room) for item in items)
        if length_of(shown) <= limit:
            return shown
    # A list is never cut short: whoever counts the items must find all.
    return tuple(opening(item, 1) for item in items)
