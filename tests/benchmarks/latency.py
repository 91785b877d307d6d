"""How long one question takes, against the bare encoding of the same question, and against the peers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tests.benchmarks import floor
from tests.benchmarks.blog import questions
from tests.benchmarks.figures import percentile
from tests.benchmarks.processes import Service

_WARM_UP = 20


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of a whole request as a client sees it, and the ratio of its median to that of the encoder alone."""

    p50_ms: float
    p95_ms: float
    encode_p50_ms: float
    ratio: float
    questions: int


def measure(index: Path, services: Mapping[str, Service], count: int, seed: int) -> dict[str, Latency]:
    """Encode each question and ask every service, in turn, so that a busy moment hits all of them."""
    bare = floor.encoder(index)
    encoded: list[float] = []
    asked: dict[str, list[float]] = {name: [] for name in services}
    for service in services.values():
        service.connection.close()  # idle ones may have been ended meanwhile; the next question opens it again
    for question in islice(questions(seed), count + _WARM_UP):
        encoded.append(floor.encode_s(bare, question) * 1000)
        for name, service in services.items():
            asked[name].append(service.ask(question) * 1000)
    base = percentile(encoded[_WARM_UP:], 50)
    found = {}
    for name, times in asked.items():
        p50, p95 = (percentile(times[_WARM_UP:], percent) for percent in (50, 95))
        found[name] = Latency(p50, p95, base, p50 / base, count)
    return found
