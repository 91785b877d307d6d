"""How many questions are answered at once: as many as there are cores; a few more wait their turn, and not for long."""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from service.config import Settings
from service.metrics import Metrics

T = TypeVar("T")
_RETRY_S = 2


class BusyError(Exception):
    """The question was not answered: too many others wait, or it took too long. Later it may be."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.retry_after_s = _RETRY_S


class GoneError(Exception):
    """Whoever asked has gone, so nothing was done."""


class Gate:
    """Runs work in threads: at most `concurrency` at once, in the order in which it came. Use it on one event loop."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self._free = settings.concurrency or cores_for_each(settings.workers)
        self._pool = ThreadPoolExecutor(self._free, thread_name_prefix="askpost-answer")
        self._line: deque[asyncio.Future[None]] = deque()
        self._queue = settings.queue
        self._patience_s = settings.queue_seconds
        self._limit_s = settings.request_seconds
        self._metrics = metrics

    def check(self) -> None:
        """Refuse now what would be refused at once.

        :raises BusyError: when the queue is full.
        """
        if not self._free and len(self._line) >= self._queue:
            self._metrics.refused("full")
            raise BusyError("Too many questions are being asked here: ask again in a moment.")

    async def run(self, work: Callable[[], T], gone: Callable[[], Awaitable[bool]] | None = None) -> T:
        """What the work returns.

        :param gone: tells whether whoever asked has gone, so that the work need not begin.
        :raises BusyError: when the queue is full, the wait long, or the work slow.
        :raises GoneError: when there is nobody left to tell.
        """
        self.check()
        await self._take(gone)
        try:
            # Whatever becomes of this task, the thread holds its slot until it has ended: it cannot be stopped.
            working = asyncio.get_running_loop().run_in_executor(self._pool, copy_context().run, work)
        except RuntimeError as error:
            self._leave()
            raise BusyError("The service is ending: ask again in a moment.") from error
        working.add_done_callback(self._ended)
        try:
            async with asyncio.timeout(self._limit_s):
                return await asyncio.shield(working)
        except TimeoutError:
            if working.done():
                raise
            self._metrics.refused("slow")
            raise BusyError(f"No answer was found in {self._limit_s:g} seconds: ask again, or ask less.") from None

    def close(self) -> None:
        """Take no more work; what has begun is finished."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _take(self, gone: Callable[[], Awaitable[bool]] | None) -> None:
        """Take a slot, when it is this one's turn."""
        if self._free:
            self._free -= 1
            self._metrics.running.inc()
            return
        place = asyncio.get_running_loop().create_future()
        self._line.append(place)
        self._metrics.waiting.inc()
        try:
            async with asyncio.timeout(self._patience_s):
                await place
            if gone and await gone():
                raise GoneError
        except BaseException as error:
            if place.done() and not place.cancelled():
                # Its turn had come, though it will not use it.
                self._leave()
            elif place in self._line:
                self._line.remove(place)
            if isinstance(error, TimeoutError):
                self._metrics.refused("long")
                raise BusyError("Many questions are being asked here: ask again in a moment.") from None
            raise
        finally:
            self._metrics.waiting.dec()

    def _leave(self) -> None:
        """Give the slot to the first in the line, or keep it free."""
        while self._line:
            place = self._line.popleft()
            if not place.done():
                # It counts as running from now on, in place of the one that leaves.
                place.set_result(None)
                return
        self._free += 1
        self._metrics.running.dec()

    def _ended(self, working: asyncio.Future[T]) -> None:
        self._leave()
        if not working.cancelled():
            # Seen here, since whoever waited for it may have stopped.
            working.exception()


def cores_for_each(workers: int) -> int:
    """The cores that one of so many workers may use, at least one."""
    return max(1, len(os.sched_getaffinity(0)) // workers)
