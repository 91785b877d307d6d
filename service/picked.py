"""The rows of a table that a question picks by what stands in their cells: the highest, those with a value, a range."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index import words
from service.cell import asked_number, interval, number, tick, unit
from service.trim import CELL

_MOST = re.compile(
    r"\b(?:most|highest|largest|biggest|greatest|longest|heaviest|tallest|dearest|priciest)\b",
    re.IGNORECASE,
)
_LEAST = re.compile(r"\b(?:least|fewest|lowest|smallest|shortest|cheapest|lightest|thinnest)\b", re.IGNORECASE)
# “The most people”, and not “most people” or “at least”.
_NO_EXTREME = re.compile(
    r"\b(?:at (?:least|most)|most of|(?<!the )(?<!has )(?<!had )(?<!have )most people)\b", re.IGNORECASE
)
_PRICE = re.compile(r"\b(?:cheapest|dearest|priciest|(?:most|least) expensive|prices?|costs?|cheap)\b", re.IGNORECASE)
_CURRENCY = re.compile(r"[$€£¥]|\b(?:USD|EUR|GBP|euros?|dollars?)\b")
_COMPARED = re.compile(
    r"\b(?:(?P<more>more than|over|above|greater than|higher than|longer than|at least|>=?)"
    r"|(?P<less>less than|under|below|fewer than|lower than|shorter than|at most|<=?)) ?[^\w\s]{0,2}(?=\d)",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|no|without|lack|lacks|missing|never)\b(?!-)|n['’]t\b", re.IGNORECASE)
_BOTH = re.compile(r"\b(?:which|who|what)\b.*\band (?:which|who|what)\b|\bor not\b", re.IGNORECASE)
_ONLY = re.compile(r"\bonly\b", re.IGNORECASE)
SUMS = frozenset(words("total totals sum subtotal average mean overall altogether"))
# Of so many rows all but a few of a column's cells are numbers.
_NUMBERS = 0.75
_FEWEST_ROWS = 2
# What is longer says more than a value.
_VALUE_WORDS = 5


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's cells. `header` has a cell for each column, or none; each row as many as it is written with."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, header: str, rows: Sequence[str]) -> Grid:
        """The grid of rows as a post's text has them, divided by bars."""
        return cls(_cells(header) if header else (), tuple(_cells(row) for row in rows))

    @property
    def width(self) -> int:
        """The number of columns."""
        return max(map(len, (self.header, *self.rows)), default=0)

    def column(self, at: int) -> list[str]:
        """The cells of a column, "" where a row has none."""
        return [row[at] if at < len(row) else "" for row in self.rows]


def picked(text: str, grid: Grid, *, several: bool) -> list[int]:
    """The numbers of the rows that the question picks by what their cells say; [] where it picks none, or all.

    :param several: whether it asks for all that are so.
    """
    found = _extreme(text, grid) or _compared(text, grid) or _ranged(text, grid)
    if not found and several and not _BOTH.search(text):
        found = _ticked(text, grid) or ([] if _NEGATED.search(text) else _valued(text, grid))
    return found if len(found) < len(grid.rows) else []


def is_extreme(text: str) -> bool:
    """Whether the most, or the least, of something is asked for."""
    return bool(_MOST.search(text)) != bool(_LEAST.search(text)) and not _NO_EXTREME.search(text)


def _extreme(text: str, grid: Grid) -> list[int]:
    """The rows with the most, or the least, of what a column tells."""
    if not is_extreme(text):
        return []
    counted = [number for number, row in enumerate(grid.rows) if not SUMS & set(words(row[0] if row else ""))]
    at = _column(text, grid, counted)
    if at is None:
        return []
    column = grid.column(at)
    values = {row: value for row in counted if (value := number(column[row])) is not None}
    if len(values) < _FEWEST_ROWS:
        return []
    best = max(values.values()) if _MOST.search(text) else min(values.values())
    return [row for row, value in values.items() if value == best]


def _column(text: str, grid: Grid, rows: Sequence[int]) -> int | None:
    """The column of numbers that is asked about, by its header or by its currency."""
    columns = {at: grid.column(at) for at in range(1, grid.width)}
    numbers = [at for at, column in columns.items() if _are_alike([column[row] for row in rows])]
    asked = set(words(text))
    said = {at: len(asked & set(words(grid.header[at]))) for at in numbers if at < len(grid.header)}
    best = [at for at in said if said[at] and said[at] == max(said.values())]
    if not best and _PRICE.search(text):
        best = [at for at in numbers if any(_CURRENCY.search(cell) for cell in columns[at])]
    # Of columns that say as much of it, the first is what the others are made of.
    return best[0] if best else None


def _are_alike(cells: Sequence[str]) -> bool:
    """Whether all but a few of the cells are numbers, and all of these of the same unit."""
    units = Counter(unit(cell) for cell in cells if number(cell) is not None)
    return len(units) == 1 and units.total() >= max(_NUMBERS * len(cells), _FEWEST_ROWS)


def _compared(text: str, grid: Grid) -> list[int]:
    """The rows with more, or less, of what a column tells than the number that is asked for."""
    found = _COMPARED.search(text)
    bound = number(text[found.end() :]) if found else None
    at = None if bound is None else _column(text, grid, range(len(grid.rows)))
    if found is None or bound is None or at is None:
        return []
    sign = 1 if found["more"] else -1
    equal = (found["more"] or found["less"]).lower() in ("at least", "at most", ">=", "<=")
    over = [None if value is None else sign * (value - bound) for value in map(number, grid.column(at))]
    return [row for row, more in enumerate(over) if more is not None and (more > 0 or (equal and more == 0))]


def _ranged(text: str, grid: Grid) -> list[int]:
    """The first row whose label is a range that the number of the question is in."""
    wanted = asked_number(text)
    ranges = [interval(cell) for cell in grid.column(0)] if grid.rows else []
    if wanted is None or sum(one is not None for one in ranges) < max(_NUMBERS * len(ranges), _FEWEST_ROWS):
        return []
    return [row for row, one in enumerate(ranges) if one and one[0] <= wanted <= one[1]][:1]


def _ticked(text: str, grid: Grid) -> list[int]:
    """The rows that are ticked, or not, in the column that the question names."""
    asked, wanted = set(words(text)), not _NEGATED.search(text)
    for at in range(1, min(grid.width, len(grid.header))):
        ticks = [tick(cell) for cell in grid.column(at)]
        named = set(words(grid.header[at]))
        if named and named <= asked and None not in ticks and True in ticks:
            return [row for row, ticked in enumerate(ticks) if ticked is wanted]
    return []


def _valued(text: str, grid: Grid) -> list[int]:
    """The rows whose cells, but for the first, hold all that the question says of what cells say and the header not."""
    header, only = set(words(" ".join(grid.header))), _ONLY.search(text) is not None
    values = [[set(words(cell)) for cell in cells[1:] if len(cell.split()) <= _VALUE_WORDS] for cells in grid.rows]
    chosen: set[int] | None = None
    for word in (word for word in dict.fromkeys(words(text)) if word not in header):
        said = (any(word in own and not (only and own - {word}) for own in cells) for cells in values)
        if holding := {row for row, holds in enumerate(said) if holds}:
            chosen = holding if chosen is None else chosen & holding
    return sorted(chosen or ())


def _cells(row: str) -> tuple[str, ...]:
    # Where the first cell or the last is empty, its bar stands at an end of the row.
    before, behind = " " if row.startswith("| ") else "", " " if row.endswith(" |") else ""
    return tuple(cell.strip() for cell in f"{before}{row}{behind}".split(CELL))
