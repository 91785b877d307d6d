"""Indexes by the real model for tests: its export, which takes long, is taken from the session's index."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Protocol

from index import BuildSettings, build_index


class Indexer(Protocol):
    """`index_by` for the session's index."""

    def __call__(self, content: Path, index: Path | None = None) -> Path: ...


def linked_copy(index: Path, target: Path) -> Path:
    """A copy of the index that shares its files, which never change."""
    shutil.copytree(index / "generations", target / "generations", copy_function=os.link)
    shutil.copy(index / "CURRENT", target / "CURRENT")
    return target


def index_by(exported: Path, content: Path, index: Path | None = None) -> Path:
    """Index the posts with what was exported into another index; return the new one.

    :param index: its folder; without one it is made in the content folder.
    """
    made = linked_copy(exported, index or content / "index")
    build_index(BuildSettings(content, made))
    return made
