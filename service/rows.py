"""Rows of a table that answer, with its header: the best one, those that are named, or all that are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from index import Block, Section, words
from service.evidence import Evidence, Quote, Source
from service.lists import ListCandidate, fit
from service.question import Question
from service.rank import Candidate
from service.room import DEFAULT_LIMIT_WORDS, LIMIT_WORDS, taken
from service.trim import around, first_cell, opening

# What says that things are compared, and no more.
_COMPARING = frozenset(words("compare comparison difference differences different differ versus vs better two three"))
_GROUP_WORDS = 12
_SEVERAL = re.compile(r"\b(?:and|or|vs|versus|both)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table. `group` is the first cell of the nearest row above that has one, where its own is empty: of
    several rows that belong together, only the first names what they belong to.
    """

    quote: Quote
    group: Quote | None

    @property
    def label(self) -> frozenset[str]:
        """The words that name it: of its first cell, and of its group's."""
        return frozenset(words(f"{self._above} {first_cell(self.quote).text}"))

    @property
    def words(self) -> frozenset[str]:
        """All of its words, and its group's."""
        return frozenset(words(f"{self._above} {self.quote.text}"))

    @property
    def _above(self) -> str:
        return self.group.text if self.group else ""


def row_evidence(question: Question, best: Candidate, own: Source) -> Evidence:
    """The row with its table's header, or those that the question names; of a long one, the cells that hold the most of
    what is asked.
    """
    passage, sentence = best.hit.passage, best.sentence
    lead_in = own.cut(passage, "row", *sentence.header) if sentence.header else None
    rows = list(_rows(own, *own.block(sentence.block)))
    named = _named(question, rows)
    if _asks_for_several(question):
        several = _several_rows(named, lead_in, _room(question))
        if not named and lead_in and question.kind == "comparison" and _compares_columns(question, lead_in.text):
            several = _first_rows(rows, lead_in)
        if several:
            return several
    row = next((one for one in rows if one.quote.start == sentence.start), None)
    if row is None:
        return _single_row(question, _Row(own.cut(passage, "row", sentence.start, sentence.end), None), lead_in)
    if len(named) == 1 or (named and row not in named and not _asks_for_several(question)):
        row = named[0]
    return _single_row(question, _of_its_group(question, row, rows), lead_in)


def named_of_table(question: Question, listed: ListCandidate) -> Evidence | None:
    """Of a table, the rows that the question names by their first cell; None where it names none, or more than fit."""
    own, section, block = listed.source, listed.section, listed.block
    if block is None or block.kind != "table":
        return None
    named = _named(question, list(_rows(own, section, block)))
    headers = (part for part in block.parts if part.kind == "header")
    header = next((own.quote(section.heading, section.anchor, "row", part.start, part.end) for part in headers), None)
    if len(named) == 1:
        return _single_row(question, named[0], header)
    return _several_rows(named, header, _room(question)) if _asks_for_several(question) else None


def _rows(own: Source, section: Section, block: Block) -> Iterator[_Row]:
    group: Quote | None = None
    for part in block.parts:
        if part.kind != "row":
            continue
        row = own.quote(section.heading, section.anchor, "row", part.start, part.end)
        if row.text.startswith("|"):
            yield _Row(row, group)
        else:
            yield _Row(row, None)
            group = first_cell(row)


def _single_row(question: Question, row: _Row, header: Quote | None) -> Evidence:
    lead_in = header and opening(header, DEFAULT_LIMIT_WORDS // 2)
    before = (opening(row.group, _GROUP_WORDS),) if row.group else ()
    shown = around(row.quote, _row_room(lead_in) - taken(before), question.words)
    return Evidence("row", (*before, shown), lead_in)


def _of_its_group(question: Question, row: _Row, rows: Sequence[_Row]) -> _Row:
    """The row, or one in its group, or one that is named alike in another, which with its group says all that this one
    says of what is asked, and more.
    """
    group, cell = row.group or first_cell(row.quote), first_cell(row.quote).text
    said = row.words.intersection(question.words)
    alike = [one for one in rows if one.group and (one.group == group or first_cell(one.quote).text == cell)]
    return next((one for one in alike if one.words.intersection(question.words) > said), row)


def _several_rows(rows: Sequence[_Row], header: Quote | None, limit: int) -> Evidence | None:
    """None where there are not several, or no room for them: of a list, each is cut to its first cells instead."""
    lead_in = header and opening(header, DEFAULT_LIMIT_WORDS // 2)
    room = limit - 1 - (taken([lead_in]) if lead_in else 0)
    shown = tuple(row.quote for row in rows)
    if limit > DEFAULT_LIMIT_WORDS:
        shown = fit(shown, room)
    return Evidence("row", shown, lead_in) if len(rows) > 1 and taken(shown) <= room else None


def _room(question: Question) -> int:
    return LIMIT_WORDS["list"] if question.kind == "list" else DEFAULT_LIMIT_WORDS


def _compares_columns(question: Question, header: str) -> bool:
    """Whether the question names two columns or more, each by a word that no other has, and nothing else."""
    cells = [set(words(cell)) for cell in re.split(r"(?:^|\s)\|(?:\s|$)", header)[1:]]
    others = [set().union(*cells[:number], *cells[number + 1 :]) for number in range(len(cells))]
    named = [cell for cell, rest in zip(cells, others, strict=True) if (cell - rest) & set(question.words)]
    return len(named) > 1 and set(question.words) <= set().union(_COMPARING, *named)


def _first_rows(rows: Sequence[_Row], header: Quote) -> Evidence | None:
    """The rows of a table, from the first on, as many as there is room for."""
    sizes = accumulate(taken([row.quote]) for row in rows)
    fitting = sum(1 for _ in takewhile(lambda size: size <= _row_room(header), sizes))
    return _several_rows(rows[:fitting], header, DEFAULT_LIMIT_WORDS)


def _row_room(lead_in: Quote | None) -> int:
    return DEFAULT_LIMIT_WORDS - 1 - (taken([lead_in]) if lead_in else 0)


def names(question: Question, row: Quote) -> bool:
    """Whether all words of the row's first cell are in the question."""
    return _holds(question, frozenset(words(first_cell(row).text)))


def _named(question: Question, rows: Sequence[_Row]) -> list[_Row]:
    """The rows that the question names by all words of their label; where it says “Red Pro”, not those that are only
    “Red”.
    """
    named = [(row, label) for row in rows if _holds(question, label := row.label)]
    labels = {label for _, label in named}
    return [row for row, label in named if not any(label < other for other in labels)]


def _holds(question: Question, label: frozenset[str]) -> bool:
    return bool(label) and label.issubset(question.words)


def _asks_for_several(question: Question) -> bool:
    return question.kind in ("comparison", "list") or _SEVERAL.search(question.text) is not None
