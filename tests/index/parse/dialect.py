"""The form of the dialect tables: what stands in the file, and what its reader sees."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One construct. `seen` has the lines of `shown.lines`; `generator` "" is found from the post."""

    name: str
    source: str
    seen: list[str]
    generator: str = ""
    path: str = "post.md"
