"""Where the time of a question goes, stage by stage, in one process and without HTTP."""

from __future__ import annotations

import time
from collections import defaultdict
from itertools import islice
from pathlib import Path
from statistics import median

from index import Retriever
from service import reply
from service.answer import Answerer
from tests.benchmarks.blog import questions


def measure(index: Path, count: int, seed: int) -> dict[str, float]:
    """Medians in milliseconds, in the order of the stages; those of what is done for few questions come last."""
    answerer = Answerer(Retriever.open(index))
    times: dict[str, list[float]] = defaultdict(list)
    for text in islice(questions(seed), count):
        made = answerer.ask(text)
        began = time.perf_counter()
        reply.ask_reply(made, answerer, 5, False).model_dump_json()
        for stage, seconds in {**made.stages, "reply": time.perf_counter() - began}.items():
            times[stage].append(seconds * 1000)
    return {stage: median(times[stage]) for stage in sorted(times, key=lambda stage: -len(times[stage]))}
