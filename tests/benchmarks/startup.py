"""How long one `askpost ask` takes, against the mere import of sentence-transformers."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.processes import ASKPOST, wall_time_s

LIMIT = 0.25
_RUNS = 7
_QUESTION = "When did the author start with computer vision?"


@dataclass(frozen=True, slots=True)
class Startup:
    """Medians of wall times in seconds, and their ratio."""

    ask_s: float
    import_s: float
    runs: int = _RUNS
    limit: float = LIMIT

    @property
    def ratio(self) -> float:
        return self.ask_s / self.import_s

    @property
    def good(self) -> bool:
        return self.ratio <= self.limit


def measure(index: Path) -> Startup:
    """Both commands in turn, so that a busy moment hits both; the first pair warms the disk and is not counted."""
    ask = [ASKPOST, "ask", _QUESTION, "--index", str(index)]
    imported = [sys.executable, "-c", "import sentence_transformers"]
    pairs = [(wall_time_s(ask), wall_time_s(imported)) for _ in range(_RUNS + 1)][1:]
    return Startup(median(ask_s for ask_s, _ in pairs), median(import_s for _, import_s in pairs))
