"""How long `POST /ask` takes, against the bare encoding of the same question."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from index.encode import OnnxEncoder
from index.store.read import open_index
from tests.benchmarks.processes import serving
from tests.benchmarks.questions import QUESTIONS


@dataclass(frozen=True, slots=True)
class Latency:
    """Medians in milliseconds: the whole request as a client sees it, and ONNX Runtime alone."""

    ask_ms: float
    encode_ms: float
    questions: int = len(QUESTIONS)

    @property
    def ratio(self) -> float:
        return self.ask_ms / self.encode_ms


def measure(index: Path) -> Latency:
    """Ask and encode each question in turn, so that a busy moment hits both."""
    encoder = OnnxEncoder(open_index(index).encoder)
    with serving(index) as service:
        pairs = [(service.ask(question), _encode(encoder, question)) for question in QUESTIONS]
    return Latency(median(ask for ask, _ in pairs) * 1000, median(encode for _, encode in pairs) * 1000)


def _encode(encoder: OnnxEncoder, question: str) -> float:
    started = time.perf_counter()
    next(encoder.encode([question]))
    return time.perf_counter() - started
