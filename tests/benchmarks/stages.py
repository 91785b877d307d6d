"""Where the time of a question goes, stage by stage, in one process and without HTTP."""

from __future__ import annotations

import time
from collections import defaultdict
from itertools import islice, pairwise
from pathlib import Path
from statistics import median

from index import Retriever
from service import reply
from service.abstain import decide
from service.answer import Answerer
from service.compose import Composer
from service.question import understand
from service.rank import rank
from service.select import select
from service.signals import measure as measure_signals
from tests.benchmarks import floor
from tests.benchmarks.blog import questions

STAGES = ("understand", "encode", "search", "rank", "decide", "select", "compose", "reply")


def measure(index: Path, count: int, seed: int) -> dict[str, float]:
    """Medians in milliseconds. `search` is dense and word search, fusion and late interaction: all of `retrieve` but
    the encoding, which is timed apart on the same question."""
    retriever = Retriever.open(index)
    answerer, composer, bare = Answerer(retriever, threshold=0.0), Composer(), floor.encoder(index, "int8")
    times: dict[str, list[float]] = defaultdict(list)
    for text in islice(questions(seed), count):
        marks = [time.perf_counter()]

        def lap() -> None:
            marks.append(time.perf_counter())  # noqa: B023

        question = understand(text, ())
        lap()
        encode_s = floor.encode_s(bare, question.text)
        lap()
        ranking = retriever.retrieve(question.text)
        lap()
        ranked = rank(question, ranking)
        lap()
        if not ranked:
            continue
        title = answerer.source(ranked[0].hit.passage.post).post.title
        decide(measure_signals(question, ranking, ranked, title), 0.0)
        lap()
        evidence = select(question, ranking, ranked, answerer.source)
        lap()
        composer.answer(question, evidence, {q.post.id: answerer.source(q.post.id).post for q in evidence.quotes})
        lap()
        understood, _, retrieved, *rest = (b - a for a, b in pairwise(marks))
        made = answerer.ask(text)
        began = time.perf_counter()
        reply.ask_reply(made, answerer, 5, False).model_dump_json()
        taken = (understood, encode_s, retrieved - encode_s, *rest, time.perf_counter() - began)
        for stage, seconds in zip(STAGES, taken, strict=True):
            times[stage].append(seconds * 1000)
    return {stage: median(times[stage]) for stage in STAGES}
