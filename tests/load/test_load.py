"""Short runs of what `make soak`, `reloads`, `kills` and `fuzz` do for longer; figures that need time are theirs."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.load.fuzz import fuzz
from tests.load.kills import kill_builds
from tests.load.reloads import reload_under_load, two_indexes
from tests.load.soak import soak

pytestmark = pytest.mark.model

Found = TypeVar("Found")


def _run(load: Coroutine[Any, Any, Found]) -> Found:
    """What it found, run in a thread of its own: where a browser test ran before, this one has a loop that runs."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, load).result()


def test_mixed_load_with_reloads_meets_no_error_and_leaks_no_descriptor(tmp_path: Path, model_index: Path) -> None:
    found = _run(soak(model_index, minutes=0.2, rate=15, every_s=2, folder=tmp_path))
    assert found.requests > 50
    assert found.reloads >= 3
    assert not found.wrong
    assert not found.leaked_files


def test_reloads_under_load_fail_no_request_and_mix_no_answer(tmp_path: Path) -> None:
    one, two = two_indexes(tmp_path)
    found = _run(reload_under_load(one, two, times=3, clients=2, folder=tmp_path))
    assert found.replies > 0
    assert not found.failed
    assert found.mixed == 0
    assert len(found.picked_up_s) == 3


def test_hostile_bytes_meet_no_5xx_and_leave_the_service_ready(tmp_path: Path, model_index: Path) -> None:
    found = _run(fuzz(model_index, requests=120, seed=3, folder=tmp_path, progress=lambda now: None))
    assert found.requests == 120
    assert found.ready
    assert not found.wrong
    assert found.before is not None
    assert found.after is not None
    assert found.after.files <= found.before.files + 4


def test_a_build_that_is_killed_at_any_moment_leaves_an_index_that_answers(tmp_path: Path) -> None:
    found = kill_builds(3, tmp_path, seed=4)
    assert not found.wrong
    assert found.old + found.new == 3
