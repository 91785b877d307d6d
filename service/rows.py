"""Rows of a table that answer, with its header: the best one, those that are named, or all that are compared."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index import Sentence, words
from service.evidence import Evidence, Quote, Source
from service.lists import ListCandidate
from service.question import Question
from service.rank import Candidate
from service.room import DEFAULT_LIMIT_WORDS, taken
from service.trim import around, opening

# What says that things are compared, and no more.
_COMPARING = frozenset(words("compare comparison difference differences different differ versus vs better two three"))
_SEVERAL = re.compile(r"\b(?:and|or|vs|versus|both)\b", re.IGNORECASE)


def row_evidence(question: Question, best: Candidate, own: Source) -> Evidence:
    """The row with its table's header; of long ones, the cells that hold the most of what is asked."""
    header, row = best.sentence.header, own.cut(best.hit.passage, "row", best.sentence.start, best.sentence.end)
    lead_in = own.cut(best.hit.passage, "row", *header) if header else None
    named = [own.cut(best.hit.passage, "row", one.start, one.end) for one in _named(question, best)]
    several = _several_rows(named, lead_in)
    if not named and lead_in and question.kind == "comparison" and _compares_columns(question, lead_in.text):
        several = _first_rows(best, own, lead_in)
    return several or _single_row(question, named[0] if len(named) == 1 else row, lead_in)


def named_of_table(question: Question, listed: ListCandidate) -> Evidence | None:
    """Of a table, the rows that the question names by their first cell; None where it names none, or more than fit."""
    own, section, block = listed.source, listed.section, listed.block
    if block is None or block.kind != "table":
        return None
    rows = {
        kind: [own.quote(section.heading, section.anchor, "row", p.start, p.end) for p in block.parts if p.kind == kind]
        for kind in ("header", "row")
    }
    named = [row for row in rows["row"] if names(question, row.text)]
    header = rows["header"][0] if rows["header"] else None
    if len(named) == 1:
        return _single_row(question, named[0], header)
    return _several_rows(named, header) if _asks_for_several(question) else None


def _single_row(question: Question, row: Quote, header: Quote | None) -> Evidence:
    lead_in = header and opening(header, DEFAULT_LIMIT_WORDS // 2)
    return Evidence("row", (around(row, _row_room(lead_in), question.words),), lead_in)


def _several_rows(rows: Sequence[Quote], header: Quote | None) -> Evidence | None:
    """None where there are not several, or no room for them."""
    lead_in = header and opening(header, DEFAULT_LIMIT_WORDS // 2)
    return Evidence("row", tuple(rows), lead_in) if len(rows) > 1 and taken(rows) <= _row_room(lead_in) else None


def _compares_columns(question: Question, header: str) -> bool:
    """Whether the question names two columns or more, each by a word that no other has, and nothing else."""
    cells = [set(words(cell)) for cell in re.split(r"(?:^|\s)\|(?:\s|$)", header)[1:]]
    others = [set().union(*cells[:number], *cells[number + 1 :]) for number in range(len(cells))]
    named = [cell for cell, rest in zip(cells, others, strict=True) if (cell - rest) & set(question.words)]
    return len(named) > 1 and set(question.words) <= set().union(_COMPARING, *named)


def _first_rows(best: Candidate, own: Source, header: Quote) -> Evidence | None:
    """The rows of the best one's table, from the first on, as many as there is room for."""
    _, block = own.block(best.sentence.block)
    rows = [own.cut(best.hit.passage, "row", part.start, part.end) for part in block.parts if part.kind == "row"]
    while rows and taken(rows) > _row_room(header):
        rows.pop()
    return _several_rows(rows, header)


def _row_room(lead_in: Quote | None) -> int:
    return DEFAULT_LIMIT_WORDS - 1 - (taken([lead_in]) if lead_in else 0)


def _named(question: Question, best: Candidate) -> list[Sentence]:
    """The rows of the best one's table that the question names by their first cell: all of them where it asks for more
    than one, else one, and not the best one if that is named as well.
    """
    passage, header = best.hit.passage, (best.sentence.header or (-1,))[0]
    rows = (row for row in passage.sentences if row.kind == "row" and row.block == best.sentence.block)
    named = [row for row in rows if row.start != header and names(question, passage.quote(row))]
    if _asks_for_several(question):
        return named
    return named[:1] if best.sentence not in named else []


def names(question: Question, row: str) -> bool:
    """Whether all words of the row's first cell are in the question."""
    label = words(row.split(" | ")[0])
    return bool(label) and set(question.words).issuperset(label)


def _asks_for_several(question: Question) -> bool:
    return question.kind == "comparison" or _SEVERAL.search(question.text) is not None
