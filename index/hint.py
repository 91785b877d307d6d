"""The command that builds an index, as messages name it."""

from __future__ import annotations

import shlex
from pathlib import Path

USUAL_INDEX = Path(".askpost")


def index_command(index: Path) -> str:
    """The command that writes this index folder, in backticks; the folder is left out where it is the usual one."""
    place = "" if index == USUAL_INDEX else f" --index {shlex.quote(str(index))}"
    return f"`askpost index{place}`"


def unsuited(index: Path) -> str:
    """What to say of an index that was exported on a processor unlike this one."""
    return (
        "This processor does not add up the encoder's 8-bit numbers exactly, so questions are read in float32, which"
        f" takes longer: run {index_command(index)} on this machine."
    )
