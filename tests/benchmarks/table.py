"""`python -m tests.benchmarks.table`: write the tables of the newest whole run of `make bench` into the README."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.benchmarks.goals import judge
from tests.readme import README, written_between

_RESULTS = Path(__file__).parent / "results"
_FROM = "<!-- benchmark: written by `python -m tests.benchmarks.table` -->\n"
_TO = "<!-- end of benchmark -->\n"
_NAMES = {
    "askpost": "askpost `/ask`, a composed answer",
    "txtai": "txtai's API, hybrid passages",
    "haystack": "Haystack, in memory, dense and BM25",
    "tutorial": "sentence-transformers and FAISS, dense only",
}


def newest() -> dict[str, Any]:
    """The figures of the run with the latest date that has all parts.

    :raises FileNotFoundError: when there is none.
    """
    read = (json.loads(file.read_text(encoding="utf-8")) for file in sorted(_RESULTS.glob("[!i]*.json")))
    whole = [found for found in read if "goals" in found]
    if not whole:
        raise FileNotFoundError(f"{_RESULTS} has no run with all parts: run `make bench`.")
    return max(whole, key=lambda found: str(found["date"]))


def tables(figures: dict[str, Any]) -> str:
    """What was run, ours beside the peers', and each goal with what was found."""
    machine = figures["machine"]
    versions = {name: found for peer in figures["peers"].values() for name, found in peer["versions"].items()}
    named = ", ".join(
        f"{name} {versions[name]}" for name in sorted(versions) if name not in ("numpy", "fastapi", "uvicorn")
    )
    base = figures["askpost"]["ask"]
    busy = max(load for loads in figures["load"].values() for load in loads)
    lines = [
        f"{figures['date'][:10]}, commit {figures['commit']}, {machine['cores']} cores of an {machine['processor']}"
        f" (load up to {busy:.1f}), {figures['sizes']['10000']['passages']:,} passages; {named}. The bare encoder takes"
        f" {base['encode_p50_ms']:.1f} ms a question, in int8 {base['encode_int8_p50_ms']:.1f} ms.",
        "",
        "| | ready | one question, median (of the bare encoder) | p95 | anonymous memory |",
        "|---|---|---|---|---|",
    ]
    for name, shown in _NAMES.items():
        found = figures["askpost"] if name == "askpost" else figures["peers"][name]
        ask = found["ask"]
        lines.append(
            f"| {shown} | {found['ready_s']:.1f} s | {ask['p50_ms']:.1f} ms ({ask['ratio']:.1f})"
            f" | {ask['p95_ms']:.1f} ms | {found['memory']['anon_mb']:.0f} MB |"
        )
    lines += [
        "",
        "| passages | index | passages a second | ready | `/ask` median, p95 | anonymous memory |",
        "|---|---|---|---|---|---|",
    ]
    for found in figures["sizes"].values():
        rate = f"{found['passages_per_second']:.0f}" if found["passages_per_second"] else "replicas"
        ask = found["ask"]
        lines.append(
            f"| {found['passages']:,} | {found['size_mb']:,.0f} MB | {rate} | {found['ready_s']:.1f} s"
            f" | {ask['p50_ms']:.1f} ms, {ask['p95_ms']:.1f} ms | {found['memory']['anon_mb']:.0f} MB |"
        )
    lines += ["", "| what must hold | found | goal | |", "|---|---|---|---|"]
    for goal in judge(figures):
        lines.append(
            f"| {goal.what} | {goal.found} | {goal.wanted} | {'reached' if goal.good else '**not reached**'} |"
        )
    return "\n".join(lines) + "\n"


def written_into(readme: str, figures: dict[str, Any]) -> str:
    """The README with the tables in their place."""
    return written_between(_FROM, _TO, readme, tables(figures))


if __name__ == "__main__":
    README.write_text(written_into(README.read_text(encoding="utf-8"), newest()), encoding="utf-8")
