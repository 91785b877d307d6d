"""The one of a list that is asked for by its place: the item, the step with its command, the heading with its text."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from index import Block, Part, Ranking, Section, words
from service.evidence import Evidence, Source
from service.lists import ListCandidate, find_lists
from service.ordinal import Ordinal
from service.trim import opening

# Of the lists that are found, so many may be the one that is meant.
_LOOKED_AT = 4


def item_in_place(asked: Ordinal, ranking: Ranking, source: Callable[[str], Source], room: int) -> Evidence | None:
    """The item in this place of the first list that is of such things, as the words around it say; None without one.

    :param room: the words that it may take.
    """
    for listed in islice(find_lists(ranking, source), _LOOKED_AT):
        count = len(listed.children) if listed.block is None else len(_outermost(listed.block))
        if asked.number <= count and _is_of(asked.noun, listed):
            at = asked.number - 1 if asked.number > 0 else count - 1
            if listed.block is None:
                return _heading(listed.source, listed.children[at], room)
            return _item(listed.source, listed.section, _outermost(listed.block), at, room)
    return None


def _outermost(block: Block) -> list[Part]:
    return [part for part in block.parts if part.depth == 0 and part.end > part.start]


def _is_of(noun: str, listed: ListCandidate) -> bool:
    section, block = listed.section, listed.block
    if block is not None and block.kind != "list":
        return False
    text = listed.source.post.text
    before = text[section.start : block.start] if block else ""
    children = [text[child.title_start : child.title_end] for child in listed.children]
    said = words(" ".join((listed.source.card.title, *section.heading, before, *children)))
    return not set(words(noun)).isdisjoint(said)


def _item(own: Source, section: Section, parts: list[Part], at: int, room: int) -> Evidence:
    """The item, with the code that stands between it and the next where there is room for that."""
    part, end = parts[at], parts[at + 1].start if at + 1 < len(parts) else section.end
    item = opening(own.quote(section.heading, section.anchor, "list_item", part.start, part.end), room)
    code = next((other for other in section.blocks if other.kind == "code" and part.end <= other.start < end), None)
    if code is None or _length(item.text) + _length(own.post.text[code.start : code.end]) > room:
        return Evidence("sentences", (item,))
    return Evidence("code", (own.quote(section.heading, section.anchor, "code", code.start, code.end),), item)


def _heading(own: Source, section: Section, room: int) -> Evidence:
    """The heading, with the paragraph below it, or as much of it as there is room for."""
    title = own.quote(section.heading, section.anchor, "heading", section.title_start, section.title_end)
    left = room - _length(title.text)
    if not section.blocks or section.blocks[0].kind != "paragraph" or left < 1:
        return Evidence("sentences", (opening(title, room),))
    block = section.blocks[0]
    below = own.quote(section.heading, section.anchor, "sentence", block.start, block.end)
    return Evidence("sentences", (title, opening(below, left)))


def _length(text: str) -> int:
    """The words that the text takes in an answer, with the number of its quote."""
    return len(text.split()) + 1
