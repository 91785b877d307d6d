"""The one of a list that is asked for by its place: the item, the step with its command, the heading with its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from index import Block, Part, Ranking, Section, words
from service.evidence import Evidence, Source
from service.lists import ListCandidate, find_lists
from service.numbered import Item, numbered_lists
from service.ordinal import Ordinal, ordinal
from service.trim import opening

# Of the lists that are found, so many may be the one that is meant.
_LOOKED_AT = 4
_NUMBERED = re.compile(r"(\d{1,2})[.:)] ")


def item_in_place(
    asked: Ordinal, ranking: Ranking, source: Callable[[str], Source], room: int, *, named: bool = False
) -> Evidence | None:
    """The item in this place of the first list that is of such things, as the words around it say; None without one.

    A heading that bears the number itself, such as “Step 4: …”, comes before all lists.

    :param room: the words that it may take.
    :param named: only of a list that is named right before it, or counted in the title; not of one in a post whose
        title only says it.
    """
    if not ranking.hits:
        return None
    own = source(ranking.hits[0].passage.post)
    if section := _named(asked, own.post.sections):
        return _heading(own, section, room)
    # Of lists that are as near, the first: what the words right before a list say of it counts more than the title.
    found = list(islice(_countable(asked, ranking, source), _LOOKED_AT))
    for said_of in (_right_before, _counting_title) if named else (_right_before, _above):
        for listed in found:
            said = said_of(listed, asked)
            # Of what is seldom counted, a list says that there are several.
            several = not asked.loose or re.search(_several(asked.noun), said, re.IGNORECASE)
            alike = not set(words(asked.noun)).isdisjoint(words(said))
            if alike and several and (item := _of(listed, asked, room)):
                return item
    return None


def _several(noun: str) -> str:
    """The pattern of the noun's plural."""
    if noun.endswith("s"):
        return rf"\b{re.escape(noun)}\b"
    if re.search(r"[^aeiou]y$", noun):
        return rf"\b{re.escape(noun[:-1])}ies\b"
    return rf"\b{re.escape(noun)}(?:s|es)\b"


def _named(asked: Ordinal, sections: Sequence[Section]) -> Section | None:
    """The section whose heading bears the number, or the last one that bears any."""
    numbered = [(section, _number(section)) for section in sections]
    alike = [(section, one.number) for section, one in numbered if one and one.noun == asked.noun]
    if asked.number < 0 and len(alike) > 1:
        return alike[-1][0]
    return next((section for section, number in alike if number == asked.number), None)


def _number(section: Section) -> Ordinal | None:
    return ordinal(section.heading[-1].lower()) if section.heading else None


def _countable(asked: Ordinal, ranking: Ranking, source: Callable[[str], Source]) -> Iterator[ListCandidate]:
    """The lists and headings that may be meant, each once: no table, and where a step is asked for, no list in one."""
    seen: set[tuple[str, int, bool]] = set()
    for listed in find_lists(ranking, source):
        block = listed.block
        which = (listed.source.card.id, block.start if block else listed.section.start, block is None)
        above = (ordinal(heading.lower()) for heading in listed.section.heading)
        if which in seen or (block and block.kind != "list") or any(one and one.noun == asked.noun for one in above):
            continue
        seen.add(which)
        yield listed


def _right_before(listed: ListCandidate, asked: Ordinal) -> str:
    """The heading, and the paragraph that leads in to the list; of headings, these themselves where half of them are
    named so: “lesson one”, “lesson two”.
    """
    text, section, block = listed.source.post.text, listed.section, listed.block
    if block is None:
        above = listed.children[0].heading[:-1][-1:] or (listed.source.card.title,)
        own = [child.heading[-1] for child in listed.children]
        alike = [heading for heading in own if not set(words(asked.noun)).isdisjoint(words(heading))]
        return " ".join((*above, *(own if 2 * len(alike) >= len(own) else ())))
    before = [one for one in section.blocks if one.end <= block.start and one.kind not in ("code", "caption")][-1:]
    return " ".join((*section.heading[-1:], *(text[one.start : one.end] for one in before)))


def _above(listed: ListCandidate, asked: Ordinal) -> str:
    return " ".join((listed.source.card.title, *listed.section.heading))


def _counting_title(listed: ListCandidate, asked: Ordinal) -> str:
    """The post's title where it says how many there are: “Top 10 best practices”; of a post with one such list."""
    title = listed.source.card.title
    counts = re.search(rf"\b\d+ (?:[\w’'-]+ ){{0,3}}?{_several(asked.noun)}", title, re.IGNORECASE)
    return title if counts else ""


def _of(listed: ListCandidate, asked: Ordinal, room: int) -> Evidence | None:
    own, block = listed.source, listed.block
    if block is None:
        child = _child(listed.children, asked)
        return _heading(own, child, room) if child else None
    items = next((one for one in numbered_lists(own.post) if any(_is_in(item, block) for item in one)), None)
    if items is None:
        # Of terms and what they mean, the terms are counted.
        parts = [part for part in block.parts if part.depth == 0 and part.end > part.start]
        items = [Item(number, part, listed.section) for number, part in enumerate(parts, start=1)]
    meant = items[-1:] if asked.number < 0 else [item for item in items if item.number == asked.number]
    if not meant or meant[0].part is None or meant[0].section is None:
        return None
    return _item(own, meant[0].section, meant[0].part, room)


def _is_in(item: Item, block: Block) -> bool:
    return item.part is not None and block.start <= item.part.start < block.end


def _child(children: Sequence[Section], asked: Ordinal) -> Section | None:
    """The heading in this place; where some are numbered, as in “2. Fill the tank”, the one with the number."""
    text = [_NUMBERED.match(child.heading[-1]) for child in children]
    numbered = [(child, int(found[1])) for child, found in zip(children, text, strict=True) if found]
    if numbered and asked.number < 0:
        return numbered[-1][0]
    if numbered:
        return next((child for child, number in numbered if number == asked.number), None)
    # Where headings bear the number in words, the one that is asked for is not there.
    if any(_number(child) for child in children) or asked.number > len(children):
        return None
    return children[asked.number - 1 if asked.number > 0 else -1]


def _item(own: Source, section: Section, part: Part, room: int) -> Evidence:
    """The item, with the code right behind it where there is room for that."""
    item = opening(own.quote(section.heading, section.anchor, "list_item", part.start, part.end), room)
    code = _code_behind(section, part)
    if code is None or _length(item.text) + _length(own.post.text[code.start : code.end]) > room:
        return Evidence("sentences", (item,))
    return Evidence("code", (own.quote(section.heading, section.anchor, "code", code.start, code.end),), item)


def _code_behind(section: Section, part: Part) -> Block | None:
    """The code that follows on the item, with nothing but its title between them."""
    blocks = [block for block in section.blocks if block.end > part.start and block.kind != "caption"]
    last = [one for one in blocks[0].parts if one.depth == 0][-1:] == [part]
    return blocks[1] if last and len(blocks) > 1 and blocks[1].kind == "code" else None


def _heading(own: Source, section: Section, room: int) -> Evidence:
    """The heading, with the paragraph below it, or as much of it as there is room for."""
    title = own.title(section)
    left = room - _length(title.text)
    if not section.blocks or section.blocks[0].kind != "paragraph" or left < 1:
        return Evidence("sentences", (opening(title, room),))
    block = section.blocks[0]
    below = own.quote(section.heading, section.anchor, "sentence", block.start, block.end)
    return Evidence("sentences", (title, opening(below, left)))


def _length(text: str) -> int:
    """The words that the text takes in an answer, with the number of its quote."""
    return len(text.split()) + 1
