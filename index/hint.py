"""The command that builds an index, as messages name it."""

from __future__ import annotations

import shlex
from pathlib import Path

USUAL_INDEX = Path(".askpost")


def index_command(index: Path) -> str:
    """The command that writes this index folder, in backticks; the folder is left out where it is the usual one."""
    place = "" if index == USUAL_INDEX else f" --index {shlex.quote(str(index))}"
    return f"`askpost index{place}`"
