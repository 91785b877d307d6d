"""So many at once, a few more in a line, and the rest turned away at once."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from service.config import Settings
from service.gate import BusyError, Gate, GoneError, cores_for_each
from service.metrics import Metrics


def gate(**settings: float) -> Gate:
    given: dict[str, Any] = {"concurrency": 2, "queue": 2, **settings}
    return Gate(Settings(**given), Metrics())


class Work:
    """Work that lasts until it is let go; notes how much of it ran at once."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self.started: list[int] = []
        self.at_once = self.most = 0
        self._lock = threading.Lock()

    def __call__(self, number: int = 0) -> Callable[[], int]:
        def run() -> int:
            with self._lock:
                self.started.append(number)
                self.at_once += 1
                self.most = max(self.most, self.at_once)
            assert self.let_go.wait(20)
            with self._lock:
                self.at_once -= 1
            return number

        return run


def run(all_of_it: Coroutine[None, None, None]) -> None:
    """Run it on a loop of its own, whatever loop this thread may have: that of the tests with a browser stays open."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, all_of_it).result(60)


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0.01)


def test_so_many_run_at_once_the_others_wait_in_order_and_more_are_refused() -> None:
    async def all_of_it() -> None:
        work, one = Work(), gate()
        asked = [asyncio.ensure_future(one.run(work(number))) for number in range(5)]
        await settle()
        assert sorted(work.started) == [0, 1]
        with pytest.raises(BusyError):
            await asked[4]
        with pytest.raises(BusyError):
            one.check()
        work.let_go.set()
        assert await asyncio.gather(*asked[:4]) == [0, 1, 2, 3]
        assert work.most == 2
        assert await one.run(lambda: "again") == "again"

    run(all_of_it())


def test_who_waits_too_long_is_turned_away_and_leaves_the_line() -> None:
    async def all_of_it() -> None:
        work, one = Work(), gate(concurrency=1, queue_seconds=0.2)
        first = asyncio.ensure_future(one.run(work(1)))
        await settle()
        started = time.monotonic()
        with pytest.raises(BusyError):
            await one.run(work(2))
        assert time.monotonic() - started < 2
        work.let_go.set()
        assert await first == 1
        assert await one.run(work(3)) == 3
        assert work.started == [1, 3]

    run(all_of_it())


def test_work_that_is_too_slow_is_answered_for_and_keeps_its_place_until_it_ends() -> None:
    async def all_of_it() -> None:
        work, one = Work(), gate(concurrency=1, queue=0, request_seconds=0.2)
        with pytest.raises(BusyError, match=r"0\.2 seconds"):
            await one.run(work())
        with pytest.raises(BusyError):
            one.check()
        work.let_go.set()
        await settle()
        assert await one.run(lambda: "free again") == "free again"

    run(all_of_it())


def test_who_has_gone_while_waiting_costs_nothing() -> None:
    async def all_of_it() -> None:
        work, one = Work(), gate(concurrency=1)
        first = asyncio.ensure_future(one.run(work(1)))
        await settle()

        async def gone() -> bool:
            return True

        second = asyncio.ensure_future(one.run(work(2), gone))
        third = asyncio.ensure_future(one.run(work(3)))
        await settle()
        work.let_go.set()
        with pytest.raises(GoneError):
            await second
        assert list(await asyncio.gather(first, third)) == [1, 3]
        assert work.started == [1, 3]

    run(all_of_it())


def test_a_task_that_is_cancelled_anywhere_loses_no_place() -> None:
    async def all_of_it() -> None:
        work, one = Work(), gate(concurrency=1, queue=50)
        asked = [asyncio.ensure_future(one.run(work(number))) for number in range(20)]
        await settle()
        for task in asked[::2]:
            task.cancel()
        work.let_go.set()
        for task in asked[1:6:2]:
            task.cancel()
        done = await asyncio.gather(*asked, return_exceptions=True)
        assert done[7::2] == list(range(7, 20, 2))
        await settle()
        assert await asyncio.gather(*(one.run(lambda: 1) for _ in range(30))) == [1] * 30
        assert work.most == 1

    run(all_of_it())


def test_what_the_work_raises_is_raised() -> None:
    async def all_of_it() -> None:
        one = gate()
        with pytest.raises(ZeroDivisionError):
            await one.run(lambda: 1 // 0)
        assert await one.run(lambda: 1) == 1

    run(all_of_it())


def test_workers_share_the_cores() -> None:
    assert cores_for_each(1) >= 1
    assert cores_for_each(10_000) == 1
