"""`make fuzz`: what no client should send, so many times (REQUESTS, 100,000): bytes, sizes, encodings, slow clients,
pipelines, half-closed connections. Ends with 1 when a reply is a 5xx other than 503, when the service is not ready
afterwards, or when memory or descriptors are not back to where they were.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.processes import serving
from tests.load.client import Client
from tests.load.hostile import Hostile
from tests.load.republish import small_index
from tests.load.vitals import Vitals, vitals

MEMORY_LIMIT = 0.05
_SPARE_FILES = 4
_AT_ONCE = 16
_SLOW_CLIENTS = 50
_WAIT_S = 10.0
# What may be no whole request gets no reply before the service's own patience ends.
_PARTS, _PART_WAIT_S = {"noise", "line", "lengths", "chunks", "cut", "foreign"}, 0.3
_SETTLE_S = 10.0
# Sent before anything is measured: what is remembered of requests is bounded, and full after so many (answers, words
# and passages: the memory stands still from there on, and rises until then).
_WARM_UP = 20_000


@dataclass(slots=True)
class Fuzz:
    """What came back, by status; "none" is a connection that was closed or left without a reply."""

    requests: int = 0
    replies: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    before: Vitals | None = None
    after: Vitals | None = None
    ready: bool = False

    @property
    def drift(self) -> float:
        """Anonymous memory after the requests against that before, as a share."""
        assert self.before
        assert self.after
        return self.after.anon_mb / self.before.anon_mb - 1

    @property
    def good(self) -> bool:
        assert self.before
        assert self.after
        back = self.drift <= MEMORY_LIMIT and self.after.files <= self.before.files + _SPARE_FILES
        return self.ready and not self.wrong and back


async def fuzz(index: Path, requests: int, seed: int, folder: Path, progress: Callable[[Fuzz], None]) -> Fuzz:
    """Send them by sixteen connections at a time, with fifty slow clients holding theirs all the while."""
    found = Fuzz()
    with serving(index, data=str(folder / "data")) as service:
        await _send(service.port, found, seed + 1, min(_WARM_UP, requests), progress)
        await asyncio.sleep(_settling(requests))
        found = Fuzz(before=vitals(service.pid))
        slow = [asyncio.create_task(_slow(service.port)) for _ in range(_SLOW_CLIENTS)]
        await _send(service.port, found, seed, requests, progress)
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        await asyncio.sleep(_settling(requests))
        client = Client(service.port)
        asked = await client.post("/ask", {"question": "When was the old boat repaired?"})
        found.ready = (await client.get("/readyz")).status == 200 and asked.status == 200
        client.close()
        await asyncio.sleep(1)
        found.after = vitals(service.pid)
    return found


def _settling(requests: int) -> float:
    return _SETTLE_S if requests > 1000 else 1.0


async def _send(port: int, found: Fuzz, seed: int, requests: int, progress: Callable[[Fuzz], None]) -> None:
    maker = Hostile(seed)
    left = iter(range(requests))

    async def work() -> None:
        for number in left:
            kind, sent = maker.next()
            how = maker.pick(4)
            await _one(port, kind, sent, how, found)
            found.requests += 1
            if number % 500 == 0:
                progress(found)

    await asyncio.gather(*(work() for _ in range(_AT_ONCE)))


async def _one(port: int, kind: str, sent: bytes, how: int, found: Fuzz) -> None:
    """Send it: in one piece, in two, with the sending half closed after it, or hanging up without reading."""
    try:
        async with asyncio.timeout(_PART_WAIT_S if kind in _PARTS else _WAIT_S):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                middle = len(sent) // 2 if how == 1 else len(sent)
                writer.write(sent[:middle])
                await writer.drain()
                if how == 1:
                    await asyncio.sleep(0.005)
                    writer.write(sent[middle:])
                if how == 2:
                    writer.write_eof()
                reply = await reader.read(65_536) if how != 3 else b""
            finally:
                writer.close()
    except (OSError, TimeoutError):
        reply = b""
    if not reply:
        found.replies["none"] += 1
        return
    status = reply[9:12].decode("latin-1") if reply.startswith(b"HTTP/1.1 ") else "odd"
    found.replies[status] += 1
    if status == "odd" or (status.startswith("5") and status != "503") or b"Traceback" in reply:
        found.wrong[f"{kind}: {reply[:120]!r} to {sent[:120]!r}"] += 1
    if b"\r\nset-cookie" in reply.lower() or b"root:" in reply:
        found.wrong[f"{kind}: something that should not be there, to {sent[:120]!r}"] += 1


async def _slow(port: int) -> None:
    """A client that sends one byte of its header after another, again and again."""
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                for byte in b"GET /livez HTTP/1.1\r\nX: " + b"y" * 200:
                    writer.write(bytes([byte]))
                    await writer.drain()
                    await asyncio.sleep(0.5)
            finally:
                writer.close()
        except OSError:
            await asyncio.sleep(0.5)


def main() -> int:
    given = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    given.add_argument("--requests", type=int, default=100_000)
    given.add_argument("--seed", type=int, default=1)
    options = given.parse_args()
    started = time.monotonic()

    def progress(now: Fuzz) -> None:
        rate = now.requests / (time.monotonic() - started)
        print(f"\r{now.requests:,} of {options.requests:,}, {rate:.0f}/s ", end="", file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory() as made:
        found = asyncio.run(fuzz(small_index(), options.requests, options.seed, Path(made), progress))
    print(file=sys.stderr)
    report(found)
    return 0 if found.good else 1


def report(found: Fuzz) -> None:
    """Print what came back."""
    assert found.before
    assert found.after
    print(
        f"{found.requests:,} requests: " + ", ".join(f"{n:,} × {status}" for status, n in sorted(found.replies.items()))
    )
    before, after = found.before.anon_mb, found.after.anon_mb
    print(f"anonymous memory {before:.1f} MB before, {after:.1f} MB after ({found.drift:+.1%})")
    print(
        f"descriptors {found.before.files} before, {found.after.files} after; {'ready' if found.ready else 'NOT READY'}"
    )
    for what, count in found.wrong.most_common(20):
        print(f"WRONG {count} × {what}")
    print("good" if found.good else "NOT GOOD")


if __name__ == "__main__":
    sys.exit(main())
