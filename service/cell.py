"""What a cell of a table says as a value: a number, an interval of numbers, a tick."""

from __future__ import annotations

import math
import re

_UNITS = {"k": 1e3, "thousand": 1e3, "mio": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_UNIT = r"(?:(?:k|mio|bn)(?![a-z])|thousand|million|billion)"
_NUMBER = rf"(?P<number>(?:(?<![\w.)])[-−])?\d[\d,]*(?:\.\d+)?|\.\d+) ?(?P<unit>{_UNIT})?"
_FIRST = re.compile(_NUMBER, re.IGNORECASE)
# “80 % cheaper”, “4.5/5”, “~ $1,200 per month”: a number first, but for signs; no date, version or address.
_VALUE = re.compile(rf"[^\w\d]{{0,3}}?(?:(?:about|around|approx\.?|ca\.?) )?{_NUMBER}(?![\d.:-])", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"[^\w\d]{{0,2}}(?P<low>\d[\d,]*(?:\.\d+)?) ?(?P<low_unit>{_UNIT})? ?[^\w\d\s]{{0,2}} ?(?:-|–|—|to|and)"
    r" ?[^\w\d]{0,2}"
    rf"(?P<high>\d[\d,]*(?:\.\d+)?) ?(?P<high_unit>{_UNIT})?",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    rf"(?:up to|under|below|less than|fewer than|at most|until|<=?|≤) ?[^\w\d]{{0,2}}{_NUMBER}", re.IGNORECASE
)
_AT_LEAST = re.compile(rf"(?:over|above|more than|at least|from|>=?|≥) ?[^\w\d]{{0,2}}{_NUMBER}", re.IGNORECASE)
_AND_MORE = re.compile(rf"[^\w\d]{{0,2}}{_NUMBER} ?(?:\+|or more|and (?:more|up|above|over))", re.IGNORECASE)
_TICKED = frozenset({"✔", "✓", "✅", "☑", "yes", "y", "true", "●", "•", "🗸", ":white_check_mark:"})
_UNTICKED = frozenset({"", "✘", "✗", "❌", "✖", "no", "n", "false", "-", "–", "—", "○", ":x:"})
_VARIATION = "\ufe0f"


def number(cell: str) -> float | None:
    """The number that the cell is, whatever it is a number of; None for what is none."""
    found = _VALUE.match(cell)
    return _of(found["number"], found["unit"]) if found else None


def unit(cell: str) -> str:
    """What the cell's number is a number of, as written around it: “£”, “% cheaper”."""
    return _FIRST.sub("", cell, count=1).strip().casefold()


def asked_number(text: str) -> float | None:
    """The one number of a question; None where there is none, or several."""
    found = list(_FIRST.finditer(text))
    return _of(found[0]["number"], found[0]["unit"]) if len(found) == 1 else None


def interval(cell: str) -> tuple[float, float] | None:
    """The least and the most that the cell speaks of: “15-50 million”, “up to 170 cm”, “250+”; None for no interval."""
    if found := _BETWEEN.match(cell):
        unit = found["high_unit"]
        return _of(found["low"], found["low_unit"] or unit), _of(found["high"], unit)
    if found := _AT_MOST.match(cell):
        return -math.inf, _of(found["number"], found["unit"])
    if found := _AT_LEAST.match(cell) or _AND_MORE.match(cell):
        return _of(found["number"], found["unit"]), math.inf
    return None


def tick(cell: str) -> bool | None:
    """Whether the cell is a tick or says yes; None where it says something else."""
    said = cell.replace(_VARIATION, "").strip().lower()
    return True if said in _TICKED else False if said in _UNTICKED else None


def _of(digits: str, unit: str | None) -> float:
    return float(digits.replace(",", "").replace("−", "-")) * _UNITS.get((unit or "").lower(), 1)
