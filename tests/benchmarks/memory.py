"""What stays in memory while serving, against a process that has loaded the model with sentence-transformers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.processes import sentence_transformers_loaded, serving
from tests.benchmarks.questions import QUESTIONS

LIMIT_MB = 350


@dataclass(frozen=True, slots=True)
class Resident:
    """Resident memory in MB (10^6 bytes): all, and the anonymous part, which no other process can share."""

    rss_mb: float
    anon_mb: float


@dataclass(frozen=True, slots=True)
class Memory:
    """`askpost serve` after the questions, and sentence-transformers with the model loaded."""

    serving: Resident
    sentence_transformers: Resident
    questions: int = len(QUESTIONS)
    limit_mb: int = LIMIT_MB

    @property
    def good(self) -> bool:
        return self.serving.rss_mb <= self.limit_mb


def measure(index: Path) -> Memory:
    """Start both, one after the other, and read what the kernel says of them."""
    with serving(index) as service:
        for question in QUESTIONS:
            service.ask(question)
        ours = _resident(service.pid)
    with sentence_transformers_loaded() as pid:
        theirs = _resident(pid)
    return Memory(ours, theirs)


def _resident(pid: int) -> Resident:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    kib = {name: int(value.split()[0]) for name, _, value in (line.partition(":") for line in lines) if "kB" in value}
    return Resident(kib["VmRSS"] * 1024 / 1e6, kib["RssAnon"] * 1024 / 1e6)
