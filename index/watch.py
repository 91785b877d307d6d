"""Notices that something in a folder has changed, by looking at names, times and sizes every second."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

_EVERY_S = 1.0
_UNWATCHED = frozenset({"node_modules"})


def changes(folder: Path, ignored: Path, wait: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """One item each time that the folder has changed and then stayed the same for a second; never ends.

    :param ignored: a folder whose changes do not count: the index itself.
    """
    seen = _snapshot(folder, ignored)
    while True:
        wait(_EVERY_S)
        now = _snapshot(folder, ignored)
        if now == seen:
            continue
        while True:
            # An editor or a checkout may still be writing.
            wait(_EVERY_S)
            later = _snapshot(folder, ignored)
            if later == now:
                break
            now = later
        seen = now
        yield


def _snapshot(folder: Path, ignored: Path) -> dict[str, tuple[int, int]]:
    """Time and size of each file below the folder; hidden folders are not looked at."""
    files: dict[str, tuple[int, int]] = {}
    skipped = str(ignored.resolve())
    for place, folders, names in os.walk(folder):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and name not in _UNWATCHED and str((Path(place) / name).resolve()) != skipped
        ]
        for name in names:
            path = Path(place, name)
            try:
                about = path.stat()
            except OSError:
                files[str(path)] = (0, 0)
            else:
                files[str(path)] = (about.st_mtime_ns, about.st_size)
    return files
