"""`askpost ask --explain`: what an answer was decided by, as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text


def show(explained: Mapping[str, Any], out: Console) -> None:
    """Print what `reply.explanation` tells."""
    out.print()
    for name, value in _facts(explained):
        out.print(Text.assemble((f"{name:<15}", "dim"), value))
    if explained["passages"]:
        out.print(_passages(explained["passages"]))
    if explained["signals"]:
        out.print(_signals(explained))
    out.print(_verdict(explained))


def _facts(explained: Mapping[str, Any]) -> list[tuple[str, str]]:
    wanted = f", asks for: {explained['expects']}" if explained["expects"] else ""
    facts = [
        ("understood as", explained["question"]),
        ("parts", " · ".join(explained["parts"])),
        ("kind", f"{explained['kind']}{wanted}"),
        ("key words", ", ".join(explained["words"]) or "none"),
    ]
    return [(name, value) for name, value in facts if value]


def _passages(passages: Sequence[Mapping[str, Any]]) -> Table:
    table = _table("Passages", "", "section", "score", "late interaction", "dense", "rank", "BM25", "rank")
    for number, one in enumerate(passages, start=1):
        table.add_row(
            str(number),
            Text((one["heading"] or [one["post"]])[-1], overflow="fold"),
            f"{one['score']:.3f}",
            f"{one['match']:.3f}",
            f"{one['dense']:.3f}",
            str(one["dense_rank"]),
            f"{one['lexical']:.2f}",
            str(one["lexical_rank"]),
        )
    return table


def _signals(explained: Mapping[str, Any]) -> Table:
    """Each signal with its weight, and what the two add to the log odds; what counts most comes first."""
    values = {**explained["signals"], **(explained["reading"] or {})}
    weights = explained["weights"]
    table = _table("Signals", "signal", "value", "weight", "adds")
    for name in sorted(values, key=lambda one: -abs(values[one] * weights.get(one, 0.0))):
        weight = weights.get(name, 0.0)
        table.add_row(name, f"{values[name]:.3f}", f"{weight:+.3f}", f"{values[name] * weight:+.3f}")
    table.add_row("(always)", "", "", f"{weights['intercept']:+.3f}")
    return table


def _verdict(explained: Mapping[str, Any]) -> Text:
    score, threshold = explained["score"], explained["threshold"]
    if explained["weights"] is None:
        return Text("Nothing had to be weighed.")
    outcome = "answered" if score >= threshold else "declined"
    sign = "≥" if score >= threshold else "<"
    return Text(f"Probability {score:.3f} {sign} threshold {threshold:.3f}: {outcome}.", style="bold")


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        words = column in ("section", "signal")
        table.add_column(column, justify="left" if words else "right", no_wrap=not words)
    return table
