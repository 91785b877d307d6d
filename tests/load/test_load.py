"""Short runs of what `make soak` and `make reloads` do for longer; figures that need time are theirs."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.load.reloads import reload_under_load, two_indexes
from tests.load.soak import soak

pytestmark = pytest.mark.model


def test_mixed_load_with_reloads_meets_no_error_and_leaks_no_descriptor(tmp_path: Path, model_index: Path) -> None:
    found = asyncio.run(soak(model_index, minutes=0.2, rate=15, every_s=2, folder=tmp_path))
    assert found.requests > 50
    assert found.reloads >= 3
    assert not found.wrong
    assert not found.leaked_files


def test_reloads_under_load_fail_no_request_and_mix_no_answer(tmp_path: Path) -> None:
    one, two = two_indexes(tmp_path)
    found = asyncio.run(reload_under_load(one, two, times=3, clients=2, folder=tmp_path))
    assert found.replies > 0
    assert not found.failed
    assert found.mixed == 0
    assert len(found.picked_up_s) == 3
