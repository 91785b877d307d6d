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
    """Milliseconds of a whole request as a client sees it, and the ratio of its median to that of the encoder alone;
    `…_int8` are those of the encoder as askpost runs it.
    """

    p50_ms: float
    p95_ms: float
    encode_p50_ms: float
    ratio: float
    encode_int8_p50_ms: float
    ratio_int8: float
    questions: int


def measure(index: Path, services: Mapping[str, Service], count: int, seed: int) -> dict[str, Latency]:
    """Encode each question and ask every service, in turn, so that a busy moment hits all of them."""
    bare, rounded = floor.encoder(index), floor.encoder(index, "int8")
    encoded: list[float] = []
    encoded_int8: list[float] = []
    asked: dict[str, list[float]] = {name: [] for name in services}
    for service in services.values():
        service.connection.close()  # idle ones may have been ended meanwhile; the next question opens it again
    for question in islice(questions(seed), count + _WARM_UP):
        encoded.append(floor.encode_s(bare, question) * 1000)
        encoded_int8.append(floor.encode_s(rounded, question) * 1000)
        for name, service in services.items():
            asked[name].append(service.ask(question) * 1000)
    base, base_int8 = (percentile(times[_WARM_UP:], 50) for times in (encoded, encoded_int8))
    found = {}
    for name, times in asked.items():
        p50, p95 = (percentile(times[_WARM_UP:], percent) for percent in (50, 95))
        found[name] = Latency(p50, p95, base, p50 / base, base_int8, p50 / base_int8, count)
    return found
