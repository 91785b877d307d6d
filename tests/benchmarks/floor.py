"""The floor: the bare question encoder, in ONNX Runtime on one thread, which every figure is divided by.

That is the model as it was published, in float32; what it does in int8, as askpost reads questions, stands beside it.
`python -m tests.benchmarks.floor INDEX SECONDS SEED PRECISION` prints how many questions a second one process does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from index.encode import OnnxEncoder, Precision
from index.store import live_generation
from index.store.layout import ENCODER
from tests.benchmarks.blog import questions


def encoder(index: Path, precision: Precision = "float32") -> OnnxEncoder:
    """The encoder of the live generation, alone."""
    return OnnxEncoder(live_generation(index) / ENCODER, precision)


def encode_s(bare: OnnxEncoder, question: str) -> float:
    """Seconds for one question."""
    started = time.perf_counter()
    next(bare.encode([question]))
    return time.perf_counter() - started


def questions_per_second(index: Path, seconds: float, precision: Precision) -> float:
    """What all cores do together, one process each."""
    command = [sys.executable, "-m", "tests.benchmarks.floor", str(index), str(seconds)]
    cores = os.cpu_count() or 1
    running = [subprocess.Popen([*command, str(n), precision], stdout=subprocess.PIPE, text=True) for n in range(cores)]
    return sum(float(process.communicate()[0]) for process in running)


def _alone(index: Path, seconds: float, seed: int, precision: Precision) -> float:
    bare, asked, done = encoder(index, precision), questions(seed), 0
    # All begin at the same moment, so that none has the cores to itself.
    time.sleep(max(0.0, 2.0 - time.process_time()))
    started = time.perf_counter()
    while time.perf_counter() - started < seconds:
        next(bare.encode([next(asked)]))
        done += 1
    return done / (time.perf_counter() - started)


if __name__ == "__main__":
    print(
        _alone(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), "int8" if sys.argv[4] == "int8" else "float32")
    )
