"""What is said when the disk does not take an index."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import StorageError

_REFUSALS = (errno.EROFS, errno.EACCES, errno.EPERM)
# Less than a file takes: libraries that name no reason failed for want of room.
_FULL_BYTES = 1 << 20


@contextmanager
def writing(index: Path) -> Iterator[None]:
    """Whatever is written to the index folder within the block.

    :raises StorageError: in place of what the system or a library says when the disk is full or may not be written to.
    """
    try:
        yield
    except (OSError, RuntimeError, sqlite3.OperationalError) as error:
        number, reason = (error.errno, error.strerror) if isinstance(error, OSError) else (None, None)
        if number == errno.ENOSPC or (number is None and _free(index) < _FULL_BYTES):
            raise StorageError(
                f"The disk that {index} is on is full: free some room, or choose another --index. The live index is as"
                " it was."
            ) from error
        if number in _REFUSALS:
            raise StorageError(
                f"The index folder {index} cannot be written to ({reason}): allow it, or choose another --index."
            ) from error
        raise


def _free(index: Path) -> int:
    """Bytes that are left on the disk of the folder, or of the nearest one above that exists."""
    there = next(folder for folder in (index.absolute(), *index.absolute().parents) if folder.exists())
    return shutil.disk_usage(there).free
