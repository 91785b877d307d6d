"""What a section says first, where it is asked for by its heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index import Block, Section, SentenceKind
from service.evidence import Evidence, Quote, Source
from service.listing import fit, whole_list
from service.room import EXPLAIN_ROOM_WORDS, LIST_ROOM_WORDS, taken
from service.trim import lines_around, opening

_RUNNING = ("paragraph", "quote")


def beginning(own: Source, section: Section, *, running: bool = False) -> Evidence | None:
    """The section's first paragraphs, or the list, the table or the code that it begins with; of one with nothing of
    its own, the headings below it; None where there are none either.

    :param running: whether running text comes before all else, as of a conclusion.
    """
    blocks = [block for block in section.blocks if block.kind not in ("caption", "footnote")]
    if not blocks:
        below = (one for one in own.post.sections if one.is_titled and one.heading[:-1] == section.heading)
        titles = tuple(own.title(one) for one in below)
        return Evidence("list", fit(titles, LIST_ROOM_WORDS)) if titles else None
    text = [block for block in blocks if block.kind in _RUNNING and not _leads_in(own, block)] if running else []
    blocks = text or blocks
    led = blocks[1] if len(blocks) > 1 and _leads_in(own, blocks[0]) else blocks[0]
    if led.kind in ("list", "table"):
        made = whole_list(own, section, led, LIST_ROOM_WORDS)
        return made if made.quotes else None
    if led.kind == "code":
        before = opening(_quote(own, section, blocks[0]), EXPLAIN_ROOM_WORDS // 3) if led is not blocks[0] else None
        code = own.quote(section.heading, section.anchor, "code", led.start, led.end)
        shown = lines_around(code, EXPLAIN_ROOM_WORDS - (taken([before]) if before else 0), ())
        left = EXPLAIN_ROOM_WORDS - taken([shown, before] if before else [shown])
        said = _paragraphs(own, section, blocks[blocks.index(led) + 1 :], left)
        return Evidence("code", (shown, *said), before)
    return Evidence("sentences", tuple(_paragraphs(own, section, blocks, EXPLAIN_ROOM_WORDS)))


def _paragraphs(own: Source, section: Section, blocks: Sequence[Block], room: int) -> Iterator[Quote]:
    """The first paragraphs, as much of them as there is room for, up to what is none or leads in to something else."""
    for number, block in enumerate(blocks):
        if room < 2 or block.kind not in _RUNNING or (number and _leads_in(own, block)):
            return
        whole = _quote(own, section, block)
        shown = opening(whole, room - 1)
        if number and shown != whole:
            return
        yield shown
        room = room - taken([shown]) if shown == whole else 0


def _leads_in(own: Source, block: Block) -> bool:
    return block.kind in _RUNNING and own.post.text[: block.end].endswith(":")


def _quote(own: Source, section: Section, block: Block) -> Quote:
    kind: SentenceKind = "quote" if block.kind == "quote" else "sentence"
    return own.quote(section.heading, section.anchor, kind, block.start, block.end)
