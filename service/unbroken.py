"""A list of which something broke off the rest → the whole of it."""

from __future__ import annotations

from dataclasses import replace

from index import Block, Section
from service.evidence import Source
from service.numbered import numbered_lists

_NUMBERED_ON = '<ol start="'


def unbroken(own: Source, section: Section, block: Block) -> Block:
    """The whole list, of which code may have broken off what comes before and after: steps, each with its command; or
    paragraphs, where the page counts on behind them.
    """
    if block.kind != "list":
        return block
    pieces = _counted_on(own, section, block) or _pieces(section, block)
    parts = tuple(part for piece in pieces for part in piece.parts)
    return Block("list", pieces[0].start, pieces[-1].end, parts) if len(pieces) > 1 else block


def _counted_on(own: Source, section: Section, block: Block) -> list[Block]:
    """The section's lists that the page numbers as one with this one; none where it begins anew with each."""
    others = [other for other in section.blocks if other.kind == "list"]
    # To read the page takes milliseconds.
    if len(others) < 2 or _NUMBERED_ON not in own.post.html:
        return []
    for items in numbered_lists(own.post):
        parts = [item.part for item in items if item.part]
        found = [other for other in others if any(part in parts for part in other.parts)]
        # Bullets between two of its pieces are below one of its items.
        whole = [other for other in others if found and found[0].start <= other.start <= found[-1].start]
        if block in whole:
            return [other if other in found else _below(other) for other in whole]
    return []


def _below(block: Block) -> Block:
    return replace(block, parts=tuple(replace(part, depth=part.depth + 1) for part in block.parts))


def _pieces(section: Section, block: Block) -> list[Block]:
    pieces: list[Block] = []
    broken = False
    for other in section.blocks:
        if other.kind == "list" and (broken or not pieces):
            pieces.append(other)
            broken = False
        elif other.kind in ("code", "caption") and pieces:
            broken = True
        elif block in pieces:
            break
        else:
            pieces, broken = [other] if other.kind == "list" else [], False
    return pieces
