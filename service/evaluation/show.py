"""A report on the terminal: the scorer's table and figures, then ranks, calibration, removal, failures and changes."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console

from service.evaluation.compare import Change, Comparison
from service.evaluation.figures import COLUMNS, Figures
from service.evaluation.report import Report

_KIND_WIDTH, _COLUMN_WIDTH = 18, 10
_SHOWN_CHARS = 160


def show(report: Report, out: Console) -> None:
    """Print the tables and the figures."""
    figures = report.figures
    _line(out, "kind", {column: column for column in COLUMNS})
    for kind, tally in figures.kinds.items():
        _line(out, kind, tally)
    _line(out, "all", figures.total)
    for name in Figures.__dataclass_fields__:
        if name != "kinds":
            _print(out, f"{name}: {getattr(figures, name)}")
    _print(out, f"retrieval: {_pairs(report.ranks)}")
    _print(out, f"threshold: {report.threshold}")
    _print(out, f"brier: {report.brier}")
    _print(out, f"{'confidence':18}{'questions':>10}{'mean':>10}{'right':>10}")
    for one in report.bins:
        _print(out, f"{one.low:.1f} to {one.high:.1f}{one.questions:>20}{_share(one.score)}{_share(one.right)}")
    if report.removal is not None:
        _print(out, f"removed: {_pairs(report.removal)}")


def show_failures(report: Report, out: Console) -> None:
    """Print each question that fell short, and each that was answered although its evidence was gone."""
    for outcome in report.outcomes:
        if outcome.verdict != "correct":
            _failure(out, outcome.verdict, outcome.asked.id, outcome.asked.turns[-1], outcome.said)
    for one in report.removed or ():
        if not one.declined:
            _failure(out, "removed", one.asked.id, one.asked.turns[-1], one.said)


def show_comparison(comparison: Comparison, out: Console) -> None:
    """Print what changed."""
    if not (comparison.figures or comparison.questions):
        _print(out, "Nothing changed.")
    for change in comparison.figures:
        _print(out, f"{change.name}: {_number(change.before)} -> {_number(change.now)}{_difference(change)}")
    for turned in comparison.questions:
        _print(out, f"{turned.id}: {turned.before} -> {turned.now}")
    if comparison.other:
        _print(out, f"Questions that only one of the two has: {comparison.other}.")


def _line(out: Console, kind: str, cells: Mapping[str, object]) -> None:
    _print(out, f"{kind:{_KIND_WIDTH}}" + "".join(f"{cells.get(c, 0)!s:>{_COLUMN_WIDTH}}" for c in COLUMNS))


def _failure(out: Console, verdict: str, name: str, question: str, said: str) -> None:
    _print(out, f"{verdict:9} {name:10} {question!r} -> {said[:_SHOWN_CHARS]!r}")


def _pairs(figures: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in figures.items())


def _share(value: float | None) -> str:
    return f"{'' if value is None else f'{value:.3f}':>10}"


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:g}"


def _difference(change: Change) -> str:
    return "" if change.before is None or change.now is None else f" ({change.now - change.before:+.4g})"


def _print(out: Console, text: str) -> None:
    out.print(text, markup=False)
