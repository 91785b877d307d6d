"""`make reloads`: new generations (TIMES, 100) under load, by turns of two blogs that answer differently.

Ends with 1 when a request fails, when a reply mixes the two, or when one is not picked up within two seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from index import BuildSettings, build_index
from service.indexing import checker
from tests.benchmarks.processes import serving
from tests.conftest import BLOG
from tests.load.client import Client, Reply
from tests.load.republish import Republisher

PICKED_UP_WITHIN_S = 2.0
QUESTION = "How much did the skiff cost?"
PRICE, OTHER_PRICE = "240 euros", "777 crowns"


@dataclass(slots=True)
class Reloads:
    """What happened; `picked_up_s` are the seconds from a rename to the first reply of that generation."""

    replies: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    mixed: int = 0
    picked_up_s: list[float] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not self.failed and not self.mixed and max(self.picked_up_s) <= PICKED_UP_WITHIN_S


def two_indexes(folder: Path) -> tuple[Path, Path]:
    """Indexes of one blog, in which only a price and the words around it differ."""
    other = Path(shutil.copytree(BLOG, folder / "other-blog"))
    for post in other.rglob("*.md"):
        post.write_text(post.read_text(encoding="utf-8").replace(PRICE, OTHER_PRICE), encoding="utf-8")
    for blog, index in ((BLOG, folder / "one"), (other, folder / "two")):
        build_index(BuildSettings(blog, index), checker=checker)
    return folder / "one", folder / "two"


async def reload_under_load(one: Path, two: Path, times: int, clients: int, folder: Path, **settings: str) -> Reloads:
    """Publish the two by turns as soon as the one before has been seen, while the clients ask without a pause."""
    found = Reloads()
    publisher = Republisher(folder / "index", one, two)
    # A queue that waits: what is counted is what a reload breaks, not what a busy machine puts off.
    patient = {"queue_seconds": "30", "request_seconds": "60", "cache": "0", **settings}
    with serving(folder / "index", data=str(folder / "data"), **patient) as service:
        ended = asyncio.Event()
        asking = [asyncio.create_task(_ask(service.port, found, ended)) for _ in range(clients)]
        for turn in range(1, times + 1):
            publisher.publish()
            wanted = OTHER_PRICE if turn % 2 else PRICE
            found.picked_up_s.append(await _until_seen(service.port, wanted))
        ended.set()
        await asyncio.gather(*asking)
    return found


async def _ask(port: int, found: Reloads, ended: asyncio.Event) -> None:
    client = Client(port)
    while not ended.is_set():
        try:
            reply = await client.post("/ask", {"question": QUESTION, "top_k": 20})
        except (OSError, TimeoutError) as error:
            found.failed[f"{type(error).__name__} {error}"] += 1
            continue
        found.replies += 1
        if reply.status != 200:
            found.failed[f"{reply.status} {reply.body[:200].decode(errors='replace')}"] += 1
        elif len(_prices(reply)) != 1:
            found.mixed += 1
    client.close()


async def _until_seen(port: int, price: str) -> float:
    client = Client(port)
    started = time.monotonic()
    while time.monotonic() - started < PICKED_UP_WITHIN_S * 5:
        reply = await client.post("/ask", {"question": QUESTION})
        if reply.status == 200 and _prices(reply) == {price}:
            client.close()
            return time.monotonic() - started
        await asyncio.sleep(0.05)
    return float("inf")


def _prices(reply: Reply) -> set[str]:
    """The prices that stand in the answer, its quotes and its passages: one, when all are of one generation."""
    text = reply.body.decode()
    return {price for price in (PRICE, OTHER_PRICE) if price in text}


def main() -> int:
    given = argparse.ArgumentParser(prog="make reloads", description=__doc__)
    given.add_argument("--times", type=int, default=100)
    given.add_argument("--clients", type=int, default=4)
    given.add_argument("--workers", type=int, default=1)
    options = given.parse_args()
    settings = {} if options.workers == 1 else {"workers": str(options.workers)}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        one, two = two_indexes(folder)
        found = asyncio.run(reload_under_load(one, two, options.times, options.clients, folder, **settings))
    slowest = max(found.picked_up_s)
    print(f"{options.times} reloads while {found.replies:,} questions were answered by {options.clients} clients")
    print(f"{sum(found.failed.values())} failed, {found.mixed} mixed; picked up within {slowest:.1f} s at most")
    for what, count in found.failed.most_common():
        print(f"FAILED {count} × {what}")
    print("good" if found.good else "NOT GOOD")
    return 0 if found.good else 1


if __name__ == "__main__":
    sys.exit(main())
