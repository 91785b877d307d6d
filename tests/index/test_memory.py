"""What a long build holds: on Linux, where the kernel tells."""

from __future__ import annotations

import platform
import re
from pathlib import Path

import pytest

from index.memory import Bound, give_back

pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library keeps its own house")


def anonymous_mb() -> float:
    found = re.search(r"RssAnon:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found
    return int(found[1]) / 1e3


def holes() -> list[bytearray]:
    """A few blocks that are in use, with 88 MB between them that no longer are."""
    blocks = [bytearray(60_000) for _ in range(1_500)]
    return blocks[::50]


def test_what_is_free_between_blocks_in_use_is_given_back() -> None:
    kept = holes()
    held = anonymous_mb()
    give_back()
    assert anonymous_mb() < held - 60
    assert kept


def test_memory_is_given_back_once_it_has_grown() -> None:
    give_back()
    bound = Bound()
    before = anonymous_mb()
    bound.check()
    kept = [holes() for _ in range(1)]
    bound.check()
    assert anonymous_mb() < before + 30
    small = bytearray(1_000_000)
    held = anonymous_mb()
    bound.check()
    assert anonymous_mb() > held - 10
    assert kept
    assert small
