"""Parts of the README that are written from the code, each between two marks."""

from __future__ import annotations

from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def written_between(start: str, end: str, readme: str, part: str) -> str:
    """The README with the part between the marks, in place of what was there."""
    before, begins, rest = readme.partition(start)
    _, ends, after = rest.partition(end)
    assert begins
    assert ends, f"the README has lost {start.strip()} or {end.strip()}"
    return before + start + part + end + after
