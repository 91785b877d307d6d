"""Where the time of a question goes, stage by stage, in one process and without HTTP."""

from __future__ import annotations

import time
from collections import defaultdict
from itertools import islice
from pathlib import Path
from statistics import mean, median

from index import Retriever
from service import reply
from service.answer import Answerer
from tests.benchmarks.blog import questions

_SELDOM = "read_closely"


def measure(index: Path, count: int, seed: int) -> dict[str, float]:
    """Medians in milliseconds, in the order of the stages; of what is done for few questions the mean over all."""
    answerer = Answerer(Retriever.open(index), threshold=0.0)
    times: dict[str, list[float]] = defaultdict(list)
    for text in islice(questions(seed), count):
        made = answerer.ask(text)
        began = time.perf_counter()
        reply.ask_reply(made, answerer, 5, False).model_dump_json()
        for stage, seconds in {**made.stages, "reply": time.perf_counter() - began}.items():
            times[stage].append(seconds * 1000)
    return {stage: (mean if stage == _SELDOM else median)(taken) for stage, taken in times.items()}
