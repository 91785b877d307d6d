"""`make soak`: mixed load for minutes (MINUTES, 5), all the while new generations being published.

Ends with 1 when a request fails that should not, when memory is not flat within 5 %, or when a descriptor leaks.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

from tests.benchmarks.blog import questions
from tests.benchmarks.processes import serving
from tests.load.client import Client, Reply
from tests.load.republish import Republisher, small_index
from tests.load.vitals import Vitals, vitals

MEMORY_LIMIT = 0.05
# Descriptors that may be open for a moment: connections of the load itself, files of a generation that is leaving.
_SPARE_FILES = 16
_WARM_UP_SHARE = 0.25
_CONNECTIONS = 8


@dataclass(slots=True)
class Soak:
    """What happened. `wrong` counts replies that should not have come, by request and what came instead."""

    minutes: float
    requests: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    reloads: int = 0
    samples: list[Vitals] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def drift(self) -> float:
        """Anonymous memory at the end against that after the warm-up, as a share: medians of a quarter of the run."""
        kept = self.samples[int(len(self.samples) * _WARM_UP_SHARE) :]
        part = max(1, len(kept) // 3)
        first, last = (median(sample.anon_mb for sample in some) for some in (kept[:part], kept[-part:]))
        return last / first - 1

    @property
    def leaked_files(self) -> int:
        """Descriptors at the end beyond those at the beginning and the few that may be in use."""
        return max(0, self.samples[-1].files - self.samples[0].files - _SPARE_FILES)

    @property
    def good(self) -> bool:
        return not self.wrong and abs(self.drift) <= MEMORY_LIMIT and not self.leaked_files


class _Mix:
    """Requests as readers, owners and the careless make them, each with the statuses that may come back."""

    def __init__(self, posts: list[str]) -> None:
        self._made = random.Random(7)
        self._fresh = questions(7)
        self._posts = posts

    def next(self) -> tuple[str, set[int], Callable[[Client], Awaitable[Reply | None]]]:
        """A name, the statuses that are right, and what sends the request."""
        ask = {"question": next(self._fresh)}
        post = self._made.choice(self._posts)
        history = [{"role": "user", "content": next(self._fresh)}, {"role": "assistant", "content": "So it was."}]
        busy = {200, 503}
        kinds: list[tuple[int, str, set[int], Callable[[Client], Awaitable[Reply | None]]]] = [
            (30, "ask", busy, lambda c: c.post("/ask", ask)),
            (8, "ask again", busy, lambda c: c.post("/ask", {"question": "When was the old boat repaired?"})),
            (8, "ask one post", busy, lambda c: c.post("/ask", {**ask, "post": post})),
            (6, "follow up", busy, lambda c: c.post("/ask", {"question": "And in 2021?", "history": history})),
            (8, "stream", busy, lambda c: c.post("/ask", {**ask, "stream": True})),
            (3, "hang up", set(), lambda c: c.abandon("/ask", {**ask, "stream": True})),
            (8, "search", busy, lambda c: c.post("/search", {**ask, "top_k": 10})),
            (4, "page", busy, lambda c: c.get(f"/posts/{post}", {"Accept": "text/html"})),
            (3, "post", busy, lambda c: c.get(f"/posts/{post}")),
            (2, "posts", busy, lambda c: c.get("/posts")),
            (3, "suggestions", busy, lambda c: c.get(f"/suggestions?post={post}")),
            (2, "feedback", {204}, lambda c: c.post("/feedback", {"id": self._word(), "rating": "up"})),
            (2, "metrics", {200}, lambda c: c.get("/metrics")),
            (3, "ready", {200}, lambda c: c.get("/readyz")),
            (2, "widget", {200}, lambda c: c.get("/widget.js")),
            (1, "docs", {200}, lambda c: c.get("/docs")),
            (2, "not JSON", {400}, lambda c: c.post("/ask", b'{"question": ')),
            (2, "blank", {422}, lambda c: c.post("/ask", {"question": "  "})),
            (1, "no such post", {404, 503}, lambda c: c.get(f"/posts/{self._word()}")),
            (1, "too large", {413}, lambda c: c.post("/ask", {"question": "x" * 2_000_000})),
        ]
        _, name, right, send = self._made.choices(kinds, [kind[0] for kind in kinds])[0]
        return name, right, send

    def _word(self) -> str:
        return "".join(self._made.choices("abcdefghij", k=12))


async def soak(index: Path, minutes: float, rate: float, every_s: float, folder: Path, **settings: str) -> Soak:
    """Send `rate` requests a second, publish a generation each `every_s`, and read the vitals as often as is useful.

    :param index: not written to; what is served is a copy in `folder`.
    """
    found = Soak(minutes)
    publisher = Republisher(folder / "index", index)
    with serving(folder / "index", data=str(folder / "data"), **settings) as service:
        free: asyncio.Queue[Client] = asyncio.Queue()
        for _ in range(_CONNECTIONS):
            free.put_nowait(Client(service.port))
        mix = _Mix(publisher.posts)
        end = time.monotonic() + minutes * 60
        tasks = {asyncio.create_task(_watch(service.pid, found, end, minutes))}
        tasks.add(asyncio.create_task(_publish(publisher, found, end, every_s)))
        due = time.monotonic()
        while time.monotonic() < end:
            client = await free.get()
            task = asyncio.create_task(_one(client, free, mix, found))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
            due = max(due + 1 / rate, time.monotonic() - 1)
            await asyncio.sleep(max(0.0, due - time.monotonic()))
        await asyncio.gather(*tasks)
        while not free.empty():
            free.get_nowait().close()
        await asyncio.sleep(2)
        found.samples.append(vitals(service.pid))
    return found


async def _one(client: Client, free: asyncio.Queue[Client], mix: _Mix, found: Soak) -> None:
    name, right, send = mix.next()
    found.requests += 1
    try:
        reply = await send(client)
    except (OSError, TimeoutError) as error:
        found.wrong[f"{name}: {type(error).__name__} {error}"] += 1
    else:
        if reply:
            found.statuses[str(reply.status)] += 1
            found.seconds.append(reply.seconds)
            if reply.status not in right:
                found.wrong[f"{name}: {reply.status} {reply.body[:200].decode(errors='replace')}"] += 1
            elif reply.status == 503 and "retry-after" not in reply.headers:
                found.wrong[f"{name}: 503 without Retry-After"] += 1
    free.put_nowait(client)


async def _watch(pid: int, found: Soak, end: float, minutes: float) -> None:
    shown = 0.0
    while time.monotonic() < end:
        found.samples.append(vitals(pid))
        passed = minutes - (end - time.monotonic()) / 60
        if passed >= shown:
            shown += minutes / 20
            now, wrong = found.samples[-1], sum(found.wrong.values())
            said = f"{passed:6.1f} of {minutes:g} min  {found.requests:,} requests  {now.anon_mb:.0f} MB anonymous"
            print(f"{said}  {now.files} files  {found.reloads} reloads  {wrong} wrong", file=sys.stderr, flush=True)
        await asyncio.sleep(min(5.0, minutes))


async def _publish(publisher: Republisher, found: Soak, end: float, every_s: float) -> None:
    while time.monotonic() + every_s < end:
        await asyncio.sleep(every_s)
        await asyncio.to_thread(publisher.publish)
        found.reloads += 1


def main() -> int:
    given = argparse.ArgumentParser(prog="make soak", description=__doc__)
    given.add_argument("--minutes", type=float, default=5)
    given.add_argument("--rate", type=float, default=20, help="requests a second")
    given.add_argument("--reload-every", type=float, default=30, help="seconds between new generations")
    given.add_argument("--workers", type=int, default=1)
    given.add_argument("--json", type=Path, help="a file for the figures")
    options = given.parse_args()
    with tempfile.TemporaryDirectory() as made:
        settings = {} if options.workers == 1 else {"workers": str(options.workers)}
        index = small_index()
        found = asyncio.run(soak(index, options.minutes, options.rate, options.reload_every, Path(made), **settings))
    report(found)
    if options.json:
        options.json.write_text(json.dumps(_figures(found), indent=1), encoding="utf-8")
    return 0 if found.good else 1


def _figures(found: Soak) -> dict[str, object]:
    return {
        "minutes": found.minutes, "requests": found.requests, "reloads": found.reloads, "drift": found.drift,
        "statuses": dict(found.statuses), "wrong": dict(found.wrong),
        "vitals": [asdict(sample) for sample in found.samples],
    }  # fmt: skip


def report(found: Soak) -> None:
    """Print what happened."""
    first, last = found.samples[int(len(found.samples) * _WARM_UP_SHARE)], found.samples[-1]
    took = sorted(found.seconds)
    p50, p99 = took[len(took) // 2] * 1000, took[int(len(took) * 0.99)] * 1000
    print(f"{found.requests:,} requests in {found.minutes:g} minutes, {found.reloads} reloads", end="")
    print(f", p50 {p50:.0f} ms, p99 {p99:.0f} ms")
    print("replies: " + ", ".join(f"{count:,} × {status}" for status, count in sorted(found.statuses.items())))
    print(f"anonymous memory {first.anon_mb:.1f} MB after the warm-up, {last.anon_mb:.1f} MB at the end; ", end="")
    print(f"drift {found.drift:+.1%}, limit {MEMORY_LIMIT:.0%}")
    print(f"descriptors {found.samples[0].files} at the beginning, {last.files} at the end")
    for what, count in found.wrong.most_common():
        print(f"WRONG {count} × {what}")
    print("good" if found.good else "NOT GOOD")


if __name__ == "__main__":
    sys.exit(main())
