"""Post → passages: whole sentences of one section, small enough to be ranked and read at a glance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from index.types import Block, Passage, Post, Section, Sentence, SentenceKind

_SENTENCE_KINDS: dict[str, SentenceKind] = {
    "paragraph": "sentence",
    "quote": "quote",
    "caption": "caption",
    "footnote": "footnote",
}
# A segment this short is an enumerator ("3.") or an initial, not a sentence: it belongs to what follows.
_SHORTEST_SENTENCE_CHARS = 4
# What a number or brackets follow on: “Eq. (3)”, “Fig. 2”.
_SHORTENED = re.compile(r"\b(?:Eqs?|Figs?|Secs?|Refs?|No|Nos|Vol|Ch|cf|ca|approx)\.$")
_ITEM = re.compile(r"\s*\d{1,2}\)\s+")
_BRACKETED = re.compile(r"(?P<mark>[.!?])[\"”’]?\)\s+(?=[\"“(]?[A-Z])")
_BRACKETED_WORDS, _BRACKETED_CHARS = 3, 600
_TITLE = re.compile(r"\b(?:etc|Jr|Sr|Inc|Ltd|Co|al)$")
_NUMBERED, _FOR_EXAMPLE = re.compile(r"\s*[(\d]"), re.compile(r"\s*(?:e\.g\.|i\.e\.)")
# Faces and the like end a sentence where no full stop does: “on Tuesday 😄 Then …”. Arrows, hearts and ticks do not.
_EMOJI = re.compile(r"(?<!: )[\u203c\u2049\u263a\u2728\U0001f300-\U0001faff][\ufe0f\u200d\u2640\u2642]*\s+(?=[A-Z])")
# A blank was forgotten: “the bread.Then it cooled.”, and not within “process.Env” or an address.
_OPENERS = "It|This|That|The|Then|He|She|We|They|I|An?|And|But|So|There|These|Those|My|Our|You"
_RUN_ON = re.compile(rf"(?:(?<=\s)|(?<=^))[\w’'(),-]*[a-z)][.!?](?=(?:{_OPENERS})(?: |['’])[a-z])")
# What stands before a place tells by so many characters.
_SEEN_CHARS = 12


@dataclass(frozen=True, slots=True)
class ChunkSettings:
    """How long a passage may be. A single sentence, row or code block that is longer still stays whole."""

    passage_chars: int = 800


def chunk(post: Post, settings: ChunkSettings | None = None) -> list[Passage]:
    """The post's passages in order; together they hold every heading and block exactly once.

    A list, table or code block stays with the sentence that leads in to it when both fit into a passage.
    """
    settings = settings or ChunkSettings()
    notes = {b.note: (b.start, b.end) for s in post.sections for b in s.blocks if b.note}
    passages: list[Passage] = []
    block = 0
    for section in post.sections:
        units = list(_units(post, section, block, notes))
        block += len(section.blocks)
        for sentences in _fill(units, settings.passage_chars):
            start, end = sentences[0].start, max(s.end for s in sentences)
            passages.append(
                Passage(post.id, section.heading, section.anchor, start, end, post.text[start:end], tuple(sentences))
            )
    return passages


def split_sentences(text: str) -> list[tuple[int, int]]:
    """The half-open spans of the text's sentences, in order, without the white space around them."""
    spans: list[tuple[int, int]] = []
    carried: int | None = None
    for start, end in _boundaries(text):
        start = carried if carried is not None else start
        segment = text[start:end]
        left, right = start + len(segment) - len(segment.lstrip()), start + len(segment.rstrip())
        short = right - left < _SHORTEST_SENTENCE_CHARS or segment.strip().rstrip(".)").isdigit()
        if short and end < len(text):
            carried = start
            continue
        carried = None
        if right > left:
            spans.append((left, right))
    return spans


def _boundaries(text: str) -> Iterator[tuple[int, int]]:
    """Where the splitter divides the text, but for what it takes for ends, and with those that it misses."""
    begun = 0
    missed = {found.end() for pattern in (_EMOJI, _RUN_ON) for found in pattern.finditer(text)}
    for start in sorted(missed.union(_starts(text))):
        if start > begun and (start in missed or not _goes_on(text, start)):
            yield from _behind_brackets(text, begun, start)
            begun = start
    yield from _behind_brackets(text, begun, len(text))


def _starts(text: str) -> Iterator[int]:
    for found in _segmenter()("en", text):
        start, end = int(found["start_index"]), int(found["end_index"])
        yield start
        # The splitter takes this for an item of a list, and looks no further.
        if counted := _ITEM.match(text, start, end):
            own = counted.end()
            inner = (own + int(one["start_index"]) for one in _segmenter()("en", text[own:end]))
            yield from (at for at in inner if at > own)


def _goes_on(text: str, at: int) -> bool:
    """Whether a sentence goes on here: in `process.env.NODE_ENV`, behind “Eq.” or “H.265+.”, before “2)” and “e.g.”."""
    within = (text[at - 1] in ".!?" and not text[at].isspace()) or text[at] == "\ufe0f"
    said = text[max(0, at - _SEEN_CHARS) : at].rstrip()
    return within or bool(
        (_SHORTENED.search(said) and _NUMBERED.match(text, at))
        or (said[-1:] not in ".!?:" and _ITEM.match(text, at))
        or _FOR_EXAMPLE.match(text, at)
        or (said[-2:-1] in "+#" and text[at : at + 1].islower())
    )


def _behind_brackets(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span, divided behind brackets that hold a whole sentence: “(Nobody knew.) The next day …”."""
    for found in _BRACKETED.finditer(text, start, end):
        opened = text.rfind("(", max(start, found.start() - _BRACKETED_CHARS), found.start())
        inside = text[opened + 1 : found.start()]
        alone = opened - start < _SEEN_CHARS and not text[start:opened].strip()
        whole = alone or found["mark"] != "." or (inside[:1].isupper() and not _TITLE.search(inside))
        if opened >= 0 and ")" not in inside and whole and len(inside.split()) >= _BRACKETED_WORDS:
            yield start, found.end()
            start = found.end()
    if start < end:
        yield start, end


@cache
def _segmenter():  # type: ignore[no-untyped-def]
    from sentencex import get_sentence_boundaries  # here: answering needs no splitter

    return get_sentence_boundaries


def _units(post: Post, section: Section, block: int, notes: dict[str, tuple[int, int]]) -> Iterator[list[Sentence]]:
    """Runs of sentences that should stay together: the title with the first block, a lead-in with its list."""
    waiting: list[Sentence] = []
    if section.is_titled:
        waiting.append(Sentence("heading", section.title_start, section.title_end, block=-1))
    for number, content in enumerate(section.blocks, start=block):
        sentences = list(_sentences(post, content, number, notes))
        if content.kind == "paragraph" and post.text[content.start : content.end].endswith(":"):
            *before, lead_in = sentences
            if before:
                yield waiting + before
                waiting = []
            waiting.append(lead_in)
            continue
        yield waiting + sentences
        waiting = []
    if waiting:
        yield waiting


def _sentences(post: Post, block: Block, number: int, notes: dict[str, tuple[int, int]]) -> Iterator[Sentence]:
    if block.kind == "code":
        yield Sentence("code", block.start, block.end, number)
    elif block.kind == "table":
        header = next(((p.start, p.end) for p in block.parts if p.kind == "header"), None)
        for index, part in enumerate(block.parts):
            own = None if part.kind == "header" else header
            yield Sentence("row", part.start, part.end, number, index, header=own)
    elif block.kind == "list":
        for index, part in enumerate(block.parts):
            for span in _split(post, part.start, part.end):
                note = _note_of(post, span, notes)
                yield Sentence("list_item", *span, number, index, part.depth, note=note)
    else:
        for span in _split(post, block.start, block.end):
            note = None if block.kind == "footnote" else _note_of(post, span, notes)
            yield Sentence(_SENTENCE_KINDS[block.kind], *span, number, note=note)


def _split(post: Post, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of the sentences of a block or item; a paragraph that begins within it begins a sentence."""
    breaks = (gap for gap in post.gaps if start < gap[0] < gap[1] < end and post.text[slice(*gap)] == " ")
    at = start
    for first, last in [*(gap for gap in breaks if post.text[gap[1]].isupper()), (end, end)]:
        yield from ((at + left, at + right) for left, right in split_sentences(post.text[at:first]))
        at = last


def _note_of(post: Post, span: tuple[int, int], notes: dict[str, tuple[int, int]]) -> tuple[int, int] | None:
    # A mark stands behind its sentence's last character, so the end counts as inside and the start does not.
    marks = (mark for mark in post.note_marks if span[0] < mark.at <= span[1])
    return next((notes[mark.note] for mark in marks if mark.note in notes), None)


def _fill(units: list[list[Sentence]], limit: int) -> Iterator[list[Sentence]]:
    """Fill passages with whole units while they fit; break a unit that is too long between its parts."""
    passage: list[Sentence] = []
    for unit in units:
        if passage and unit[-1].end - passage[0].start > limit:
            yield passage
            passage = []
        for piece in _pieces(unit):
            if passage and piece[-1].end - passage[0].start > limit and any(s.block >= 0 for s in passage):
                yield passage
                passage = []
            passage = passage + piece
    if passage:
        yield passage


def _pieces(unit: list[Sentence]) -> Iterator[list[Sentence]]:
    """The smallest runs that a passage may end between: sentences, or the sentences of one list item."""
    for _, run in groupby(unit, key=lambda s: (s.block, s.part) if s.kind == "list_item" else (s.start, -1)):
        yield list(run)
