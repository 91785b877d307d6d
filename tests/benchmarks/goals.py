"""What must hold, judged on the figures of one run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Goal:
    """One line: what, as found, as wanted."""

    what: str
    found: str
    wanted: str
    good: bool


def judge(figures: dict[str, Any]) -> list[Goal]:
    """All goals, in order; `figures` as `__main__` makes them, read back from JSON or not."""
    by_size = {int(size): found for size, found in figures["sizes"].items()}
    ours, peers = figures["askpost"], figures["peers"]
    txtai, haystack = peers["txtai"], peers["haystack"]
    best = max((runs for name, runs in figures["throughput"].items() if name.endswith("workers")), key=_at(8))
    share = _at(8)(best) / figures["floor_per_second"]
    crowd = _of(best, 64)
    slow = max(crowd["slowest_ms"], 0) / 1000
    p95 = by_size[100_000]["ask"]["p95_ms"] / by_size[1_000]["ask"]["p95_ms"]
    anon = by_size[10_000]["memory"]["anon_mb"]
    of_txtai = ours["ask"]["p50_ms"] / txtai["ask"]["p50_ms"]
    ready = min(txtai["ready_s"], haystack["ready_s"])
    least = min(txtai["memory"]["anon_mb"], haystack["memory"]["anon_mb"])
    ratio = by_size[10_000]["ask"]["ratio"]
    start = figures["startup"]
    return [
        Goal("throughput, 8 clients, of the bare encoder's", f"{share:.0%}", "at least 50 %", share >= 0.5),
        Goal(
            "64 clients, p99", f"{crowd['p99_ms'] / 1000:.2f} s, slowest {slow:.2f} s, {crowd['errors']:.0f} errors",
            "answers or 503 within 2 s, no error", crowd["p99_ms"] <= 2000 and not crowd["errors"],
        ),
        Goal("ready after start", f"{ours['ready_s']:.2f} s", "2 s", ours["ready_s"] <= 2),
        Goal(
            "ready, of the sooner of txtai and Haystack", f"{ours['ready_s'] / ready:.0%}", "at most a quarter",
            ours["ready_s"] <= ready / 4,
        ),
        Goal("anonymous memory, 10,000 passages", f"{anon:.0f} MB", "at most 350 MB", anon <= 350),
        Goal(
            "memory, of the smaller of txtai's and Haystack's", f"{anon / least:.0%}", "at most a third",
            anon <= least / 3,
        ),
        Goal("/ask, 10,000 passages, of the bare encoding", f"{ratio:.2f} times", "at most 2 times", ratio <= 2),
        Goal("/ask, of txtai's hybrid search", f"{of_txtai:.0%}", "at most a third", of_txtai <= 1 / 3),
        Goal("p95 at 100,000 passages, of that at 1,000", f"{p95:.2f} times", "at most 4 times", p95 <= 4),
        Goal(
            "askpost ask, of import sentence_transformers", f"{start['ask_s'] / start['import_s']:.0%}",
            "at most a quarter", start["ask_s"] <= start["import_s"] / 4,
        ),
    ]  # fmt: skip


def _of(runs: dict[Any, Any], clients: int) -> dict[str, float]:
    found: dict[str, float] = runs.get(clients) or runs[str(clients)]
    return found


def _at(clients: int) -> Any:
    return lambda runs: _of(runs, clients)["per_second"]
