"""A report beside an earlier one: each figure that moved, and the questions whose verdict did."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class BaselineError(ValueError):
    """The file is not what `askpost eval --json` prints; the message says so."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure before and now; None where there was none. `name` is its path in the JSON, joined by dots."""

    name: str
    before: float | None
    now: float | None


@dataclass(frozen=True, slots=True)
class Turned:
    """A question whose verdict is another one."""

    id: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed, in order. Questions that only one of the files has are not compared, and counted in `other`."""

    figures: tuple[Change, ...]
    questions: tuple[Turned, ...]
    other: int


def read_baseline(file: Path) -> dict[str, Any]:
    """What an earlier `askpost eval --json` printed.

    :raises BaselineError: when it is something else.
    :raises OSError: when the file cannot be read.
    """
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
        {one["id"]: one["verdict"] for one in read["questions"]}
        float(read["all_correct"])
    except (ValueError, KeyError, TypeError) as error:
        raise BaselineError(f"{file} is not what `askpost eval --json` prints: make it with that") from error
    return dict(read)


def compare(before: Mapping[str, Any], now: Mapping[str, Any]) -> Comparison:
    """What changed from one report, as JSON, to the other."""
    old, new = dict(_figures(before)), dict(_figures(now))
    figures = [
        Change(name, old.get(name), new.get(name))
        for name in dict.fromkeys([*new, *old])
        if old.get(name) != new.get(name)
    ]
    verdicts = {one["id"]: one["verdict"] for one in before["questions"]}
    asked = {one["id"]: one["verdict"] for one in now["questions"]}
    turned = [Turned(id_, verdicts[id_], v) for id_, v in asked.items() if id_ in verdicts and verdicts[id_] != v]
    return Comparison(tuple(figures), tuple(turned), len(set(verdicts) ^ set(asked)))


def _figures(report: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, float]]:
    """Every number of the report by its path; lists are tables, and are left out."""
    for name, value in report.items():
        if isinstance(value, Mapping):
            yield from _figures(value, f"{path}{name}.")
        elif isinstance(value, int | float):
            yield f"{path}{name}", value
