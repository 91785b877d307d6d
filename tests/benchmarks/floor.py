"""The floor: the bare question encoder, in ONNX Runtime on one thread, which every figure is divided by.

`python -m tests.benchmarks.floor INDEX SECONDS` encodes on as many processes as there are cores, and prints how many
questions a second all of them did.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from index.encode import OnnxEncoder
from index.store import live_generation
from index.store.layout import ENCODER
from tests.benchmarks.blog import questions


def encoder(index: Path) -> OnnxEncoder:
    """The encoder of the live generation, alone."""
    return OnnxEncoder(live_generation(index) / ENCODER)


def encode_s(bare: OnnxEncoder, question: str) -> float:
    """Seconds for one question."""
    started = time.perf_counter()
    next(bare.encode([question]))
    return time.perf_counter() - started


def questions_per_second(index: Path, seconds: float) -> float:
    """What all cores do together, one process each."""
    command = [sys.executable, "-m", "tests.benchmarks.floor", str(index), str(seconds)]
    cores = os.cpu_count() or 1
    running = [subprocess.Popen([*command, str(n)], stdout=subprocess.PIPE, text=True) for n in range(cores)]
    return sum(float(process.communicate()[0]) for process in running)


def _alone(index: Path, seconds: float, seed: int) -> float:
    bare, asked, done = encoder(index), questions(seed), 0
    # All begin at the same moment, so that none has the cores to itself.
    time.sleep(max(0.0, 2.0 - time.process_time()))
    started = time.perf_counter()
    while time.perf_counter() - started < seconds:
        next(bare.encode([next(asked)]))
        done += 1
    return done / (time.perf_counter() - started)


if __name__ == "__main__":
    print(_alone(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])))
