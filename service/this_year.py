"""The year of a question that a post does not name: “this year”, in a post of that year, or “last year” after it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_IN_YEAR = re.compile(
    r",? ?\b(?:(?:in|for|of|during|throughout|by the end of|at the end of|at the start of) )?(?:the year )?"
    r"(?:19|20)\d\d\b(?:'s)?",
    re.IGNORECASE,
)
# By how many years ago it was when the post was written.
_CALLED = {
    0: re.compile(r"\b(?:this|the (?:past|current)) year\b", re.IGNORECASE),
    1: re.compile(r"\blast year\b|\bthe year before\b", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class ThisYear:
    """A question without its year, and how the post would call that."""

    question: str
    _called: re.Pattern[str]

    def is_meant(self, sentence: str) -> bool:
        """Whether the sentence calls the year so, and names no other."""
        return self._called.search(sentence) is not None and not _YEAR.search(sentence)


def without_year(question: str, date: str) -> ThisYear | None:
    """The question without the only year in it, if a post of this date (ISO, or "") may call it by no number."""
    years = _YEAR.findall(question)
    if len(years) != 1 or not date:
        return None
    called = _CALLED.get(int(date[:4]) - int(years[0]))
    bare = _IN_YEAR.sub("", question).strip()
    return ThisYear(bare, called) if called and bare else None
