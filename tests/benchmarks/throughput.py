"""How many questions a second a service answers to so many clients, and how long they wait."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote

from tests.benchmarks.blog import questions
from tests.benchmarks.figures import percentile
from tests.load.client import Client, Reply

CLIENTS = (1, 8, 64)


@dataclass(frozen=True, slots=True)
class Throughput:
    """Of so many clients that ask one question after another, all distinct.

    `per_second` counts answers. The times, in milliseconds, are of answers and of 503s together; `errors` is whatever
    was neither.
    """

    clients: int
    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    slowest_ms: float
    answers: int
    busy: int
    errors: int


def measure(port: int, route: str, clients: int, seconds: float, seed: int) -> Throughput:
    """Ask for so many seconds, after a moment of warming up that does not count."""
    return asyncio.run(_measure(port, route, clients, seconds, seed))


async def _measure(port: int, route: str, clients: int, seconds: float, seed: int) -> Throughput:
    asked = islice(questions(seed), 1_000_000)
    times: list[float] = []
    statuses: Counter[int] = Counter()
    begin = time.perf_counter() + 1.0
    end = begin + seconds

    async def ask() -> None:
        client = Client(port)
        while (now := time.perf_counter()) < end:
            try:
                reply = await _ask(client, route, next(asked))
            except (OSError, TimeoutError):
                statuses[0] += now >= begin
                continue
            if now >= begin:
                statuses[reply.status] += 1
                times.append(reply.seconds * 1000)
            if reply.status == 503:
                # As a client does that reads Retry-After, only sooner.
                await asyncio.sleep(0.1)
        client.close()

    await asyncio.gather(*(ask() for _ in range(clients)))
    took = time.perf_counter() - begin
    return Throughput(
        clients=clients,
        per_second=statuses[200] / took,
        p50_ms=percentile(times, 50),
        p95_ms=percentile(times, 95),
        p99_ms=percentile(times, 99),
        slowest_ms=max(times),
        answers=statuses[200],
        busy=statuses[503],
        errors=statuses.total() - statuses[200] - statuses[503],
    )


async def _ask(client: Client, route: str, question: str) -> Reply:
    if route.endswith("="):
        return await client.get(route + quote(question))
    return await client.post(route, {"question": question})
