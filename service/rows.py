"""Rows of a table that answer, with its header: the best one, those that are named, or all that are compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, takewhile

from index import Block, Section, words
from service.evidence import Evidence, Quote, Source
from service.lists import ListCandidate
from service.picked import SUMS, Grid, picked
from service.question import Question
from service.rank import Candidate
from service.room import DEFAULT_LIMIT_WORDS, LIMIT_WORDS, taken
from service.trim import CELL, around, first_cells, opening, with_fewer_cells

# What says that things are compared, and no more.
_COMPARING = frozenset(words("compare comparison difference differences different differ versus vs better two three"))
# What is asked about is in the first of very long tables, or found by itself.
_MOST_ROWS = 500
_GROUP_WORDS = 12
# Two cells, what divides them, and the number of the quote.
_SHORTEST_ROW_WORDS = 4
# A first cell that is empty, and not one that holds “|”.
_EMPTY_FIRST = re.compile(r"\| (?!\|)")
_BOUND = re.compile(r"\b(?:since|after|before|than|until|from|between|up to)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
_MARKED = re.compile(r"(?<!\w)(?=\w*\d|\w*[A-Z]\w*[A-Z])[\w:.\-]*\w")
_LETTER = re.compile(r"[^\W\d_]")
_BEGINNING = re.compile(r"\b(?:starts?|started|begins?|began|from when)\b", re.IGNORECASE)
_END = re.compile(r"\b(?:ends?|ended|finish(?:es|ed)?|until when|over)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:and|or|vs|versus|both)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table. `group` is the first cell of the nearest row above that has one, where its own is empty: of
    several rows that belong together, only the first names what they belong to. `name`: the words of that cell, or of
    its own first one; `label`: of both; `behind`: of the second cell, where the first is but a number or a date.
    """

    quote: Quote
    group: Quote | None
    name: frozenset[str]
    label: frozenset[str]
    behind: frozenset[str] = frozenset()

    @classmethod
    def of(cls, quote: Quote, group: Quote | None) -> _Row:
        own = frozenset(words(first_cells(quote, 1).text))
        name = frozenset(words(group.text)) if group else own
        return cls(quote, group, name, name | own, _behind_number(quote))

    @property
    def words(self) -> frozenset[str]:
        """All of its words, and its group's."""
        return self.name | frozenset(words(self.quote.text))


def row_evidence(question: Question, best: Candidate, own: Source) -> Evidence:
    """The row with its table's header, or those that the question names; of a long one, the cells that hold the most of
    what is asked.
    """
    passage, sentence = best.hit.passage, best.sentence
    lead_in = own.cut(passage, "row", *sentence.header) if sentence.header else None
    rows = _rows(own, *own.block(sentence.block))
    named = _named(question, rows)
    if _asks_for_several(question):
        several = _several_rows(question, named, lead_in)
        if not named and lead_in and question.kind == "comparison" and _compares_columns(question, lead_in.text):
            several = _first_rows(question, rows, lead_in)
        if several:
            return several
    if not named and (chosen := _picked(question, rows, lead_in)):
        return chosen
    if alike := _alike(question, named, lead_in):
        return alike
    row = next((one for one in rows if one.quote.start == sentence.start), None)
    if row is None:
        return _single_row(question, _Row.of(own.cut(passage, "row", sentence.start, sentence.end), None), lead_in)
    if len(named) == 1 or (named and row not in named and not _asks_for_several(question)):
        row = named[0]
    if not named:
        row = _only_one_that_says(question, row, rows, lead_in)
    return _single_row(question, _of_its_group(question, row, rows), lead_in)


def picked_rows(question: Question, best: Candidate, own: Source) -> Evidence | None:
    """Of the row's table, those that the question picks by what their cells say; None where it picks none."""
    sentence = best.sentence
    lead_in = own.cut(best.hit.passage, "row", *sentence.header) if sentence.header else None
    return _picked(question, _rows(own, *own.block(sentence.block)), lead_in)


def lacks_year(question: Question, best: Candidate, source: Callable[[str], Source]) -> bool:
    """Whether the best row is of a table with a row for each of several years, and none for that of the question."""
    years = [word for word in question.exact if _YEAR.fullmatch(word)]
    if _BOUND.search(question.text) or len(years) != 1 or best.sentence.kind != "row" or not best.sentence.header:
        return False
    own = source(best.hit.passage.post)
    told = [first_cells(row.quote, 1).text.strip() for row in _rows(own, *own.block(best.sentence.block))]
    listed = [cell for cell in told if _YEAR.fullmatch(cell)]
    return len(listed) >= max(2, len(told) - 1) and years[0] not in listed


def named_of_table(question: Question, listed: ListCandidate) -> Evidence | None:
    """Of a table, the row that the question names, or all of them where it asks for several; else None, and where there
    is no room for them.
    """
    own, section, block = listed.source, listed.section, listed.block
    if block is None or block.kind != "table":
        return None
    named = _named(question, _rows(own, section, block))
    headers = (part for part in block.parts if part.kind == "header")
    header = next((own.quote(section.heading, section.anchor, "row", part.start, part.end) for part in headers), None)
    if len(named) == 1:
        return _single_row(question, named[0], header)
    if not named and (chosen := _picked(question, _rows(own, section, block), header)):
        return chosen
    return _several_rows(question, named, header) if _asks_for_several(question) else None


def _picked(question: Question, rows: Sequence[_Row], header: Quote | None) -> Evidence | None:
    """The rows that the question picks by what their cells say; None where it picks none, or there is no room."""
    grid = Grid.of(header.text if header else "", [row.quote.text for row in rows])
    chosen = [rows[number] for number in picked(question.text, grid, several=_asks_for_several(question))]
    if len(chosen) == 1:
        return _single_row(question, chosen[0], header)
    return _several_rows(question, chosen, header)


def _alike(question: Question, named: Sequence[_Row], header: Quote | None) -> Evidence | None:
    """Of rows that all have the name that is asked for, the first for a beginning, the last for an end, else all."""
    if len(named) < 2 or len({row.behind or row.label for row in named}) > 1:
        return None
    if _BEGINNING.search(question.text):
        return _single_row(question, named[0], header)
    if _END.search(question.text):
        return _single_row(question, named[-1], header)
    return _several_rows(question, named, header)


def _rows(own: Source, section: Section, block: Block) -> list[_Row]:
    """The rows of the table, as many of the first as are looked at."""
    rows: list[_Row] = []
    group: Quote | None = None
    for part in islice((part for part in block.parts if part.kind == "row"), _MOST_ROWS):
        quote = own.quote(section.heading, section.anchor, "row", part.start, part.end)
        if not _EMPTY_FIRST.match(quote.text):
            group = first_cells(quote, 1)
            rows.append(_Row.of(quote, None))
        else:
            # A sum is of all rows above it.
            summed = SUMS.issuperset(words(first_cells(quote, 1).text))
            rows.append(_Row.of(quote, None if summed else group))
    return rows


def _single_row(question: Question, row: _Row, header: Quote | None) -> Evidence:
    lead_in = header and opening(header, DEFAULT_LIMIT_WORDS // 2)
    before = (opening(row.group, _GROUP_WORDS),) if row.group else ()
    shown = around(row.quote, _row_room(lead_in) - taken(before), question.words)
    return Evidence("row", (*before, shown), lead_in)


def _of_its_group(question: Question, row: _Row, rows: Sequence[_Row]) -> _Row:
    """The row, or one in its group, or one that is named alike in another, which with its group says all that this one
    says of what is asked, and the most beside it.
    """
    group, cell = row.group or first_cells(row.quote, 1), first_cells(row.quote, 1).text
    asked = frozenset(question.words)
    alike = [one for one in rows if one.group and (one.group == group or first_cells(one.quote, 1).text == cell)]
    more = [one for one in alike if one.words & asked > row.words & asked]
    return max(more, key=lambda one: len(one.words & asked), default=row)


def _only_one_that_says(question: Question, row: _Row, rows: Sequence[_Row], header: Quote | None) -> _Row:
    """The only row that has a number or an abbreviation of the question which no other row has, where this one says no
    more of the question than it does, but for names of columns.
    """
    asked = frozenset(question.words).difference(words(header.text) if header else ())
    marked = [frozenset(words(" ".join(_MARKED.findall(one.quote.text)))) & asked for one in rows]
    if not any(marked):
        return row
    said = Counter(word for one in rows for word in one.words & asked)
    telling = [one for one, own in zip(rows, marked, strict=True) if any(said[word] == 1 for word in own)]
    return telling[0] if len(telling) == 1 and row.words & asked <= telling[0].words else row


def _several_rows(question: Question, rows: Sequence[_Row], header: Quote | None) -> Evidence | None:
    """None where there are not several, or no room for them: those of a list are cut to as many of their first cells as
    fit.
    """
    listed, shortened = question.kind == "list", question.kind in ("list", "comparison")
    lead_in = header and opening(header, DEFAULT_LIMIT_WORDS // 2)
    limit = LIMIT_WORDS["list"] if listed else DEFAULT_LIMIT_WORDS
    room = limit - 1 - (taken([lead_in]) if lead_in else 0)
    if not 1 < len(rows) <= room // _SHORTEST_ROW_WORDS:
        return None
    whole = tuple(row.quote for row in rows)
    shown = with_fewer_cells(whole, lambda rows: taken(rows) <= room) if shortened or taken(whole) <= room else None
    return Evidence("row", shown, lead_in) if shown else None


def _compares_columns(question: Question, header: str) -> bool:
    """Whether the question names two columns or more, each by a word that no other has, and nothing else."""
    cells = [set(words(cell)) for cell in re.split(r"(?:^|\s)\|(?:\s|$)", header)[1:]]
    others = [set().union(*cells[:number], *cells[number + 1 :]) for number in range(len(cells))]
    named = [cell for cell, rest in zip(cells, others, strict=True) if (cell - rest) & set(question.words)]
    return len(named) > 1 and set(question.words) <= set().union(_COMPARING, *named)


def _first_rows(question: Question, rows: Sequence[_Row], header: Quote) -> Evidence | None:
    """The rows of a table, from the first on, as many as there is room for."""
    sizes = accumulate(taken([row.quote]) for row in rows)
    fitting = sum(1 for _ in takewhile(lambda size: size <= _row_room(header), sizes))
    return _several_rows(question, rows[:fitting], header)


def _row_room(lead_in: Quote | None) -> int:
    return DEFAULT_LIMIT_WORDS - 1 - (taken([lead_in]) if lead_in else 0)


def names(question: Question, row: Quote) -> bool:
    """Whether all words of the row's first cell are in the question, or of the second behind a number or a date."""
    return _holds(question, frozenset(words(first_cells(row, 1).text))) or _holds(question, _behind_number(row))


def _behind_number(row: Quote) -> frozenset[str]:
    cells = row.text.split(CELL)
    return frozenset(words(cells[1])) if len(cells) > 2 and not _LETTER.search(cells[0]) else frozenset()


def _named(question: Question, rows: Sequence[_Row]) -> list[_Row]:
    """The rows that the question names by their label: all of a name where it asks for a list. Where it says “Red Pro”,
    not those that are only “Red”, unless it asks for both.
    """
    labels = [(row, (row.name if question.kind == "list" else row.label, row.behind)) for row in rows]
    held = [(row, [label for label in own if _holds(question, label)]) for row, own in labels]
    named = [(row, max(own, key=len)) for row, own in held if own]
    if _names_several(question):
        return [row for row, _ in named]
    found = {label for _, label in named}
    return [row for row, label in named if not any(label < other for other in found)]


def _holds(question: Question, label: frozenset[str]) -> bool:
    return bool(label) and label.issubset(question.words)


def _asks_for_several(question: Question) -> bool:
    return question.kind == "list" or _names_several(question)


def _names_several(question: Question) -> bool:
    return question.kind == "comparison" or _SEVERAL.search(question.text) is not None
