"""A search by the form of the list: the passages nearest to what was typed, with scripts or without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service.schemas import QUESTION_CHARS, PassageItem

# The passages nearest to the words, at most so many.
Search = Callable[[str, int], Sequence[PassageItem]]
# As many as POST /search gives, which search.js asks.
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Searched:
    """What was typed, the passages found, and in `said` how many they are or why there are none."""

    words: str
    passages: Sequence[PassageItem] = ()
    said: str = ""


def by_words(given: str | None, search: Search) -> Searched | None:
    """The search for these words; None when there is nothing to search for."""
    words = (given or "").strip()
    if not words:
        return None
    if len(words) > QUESTION_CHARS:
        return Searched(words[:QUESTION_CHARS], said=f"A search has at most {QUESTION_CHARS:,} characters.")
    passages = search(words, _SHOWN)
    count = len(passages)
    return Searched(words, passages, f"{count} passage{'' if count == 1 else 's'}" if count else "Nothing found.")
