"""Whether a text holds what an answer must hold: compared without case, kinds of quotes and dashes, and white space."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_FOLDED = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "})


def fold(text: str) -> str:
    """Lower case, straight quotes and dashes, single spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).translate(_FOLDED)).lower().strip()


def within(needle: str, text: str) -> bool:
    """Whether the folded needle stands in the folded text: from the start of a word on, a number to its end."""
    start = r"(?<!\w)" if needle[:1].isalnum() else ""
    end = r"(?!\w)" if needle[-1:].isdigit() else ""
    return re.search(start + re.escape(needle) + end, text) is not None


def holds(text: str, every: Sequence[str], some: Sequence[str]) -> bool:
    """Whether the text holds every one of the first strings, and at least one of the others, if there are any."""
    folded = fold(text)
    return all(within(fold(one), folded) for one in every) and (
        not some or any(within(fold(one), folded) for one in some)
    )
