"""Memory that the C library keeps after use, given back: what a long build holds does not grow with its length.

PyTorch's buffers are of another size with each batch, so that those of one rarely fit where those before were. glibc
keeps the holes, and the heap of a long build would grow to twice what is in use.
"""

from __future__ import annotations

import ctypes
import os
from functools import cache
from pathlib import Path
from typing import Any

_STATM = Path("/proc/self/statm")
_GROWTH_BYTES = 48_000_000


class Bound:
    """Gives memory back whenever the process has grown by 48 MB; `check` it often, it costs microseconds."""

    def __init__(self) -> None:
        self._least = _resident()

    def check(self) -> None:
        """Give back what is free, if there may be much."""
        if _resident() - self._least > _GROWTH_BYTES:
            give_back()
            self._least = _resident()


def give_back() -> None:
    """Have the system take back what is free between blocks in use. Does nothing where the C library is not glibc."""
    if trim := _trim():
        trim(0)


@cache
def _trim() -> Any:
    """glibc's `malloc_trim`, or None."""
    return getattr(ctypes.CDLL(None), "malloc_trim", None)


def _resident() -> int:
    """How many bytes of the process are in memory; 0 where the system does not tell as Linux does."""
    try:
        return int(_STATM.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
