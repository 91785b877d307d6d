"""The year of a question that a post does not name: “this year”, in a post of that year, or “last year” after it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.expected import YEAR

_YEAR = re.compile(rf"\b{YEAR}\b")
# Not “before 2021”, “March 2021” or “Office 2021”.
_IN_YEAR = re.compile(rf",? ?\b(?:in|for|of|during|throughout) (?:the year )?{YEAR}\b(?![/–’'\-]|\.\d)", re.IGNORECASE)
# By how many years ago it was when the post was written.
_CALLED = {
    0: re.compile(r"\b(?:this|the (?:past|current)) year\b", re.IGNORECASE),
    1: re.compile(r"\blast year\b(?! but)", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class ThisYear:
    """A question without its year, and how the post would call that."""

    question: str
    _called: re.Pattern[str]

    def is_meant(self, sentence: str) -> bool:
        """Whether the sentence calls the year so, and names no other."""
        return self._called.search(sentence) is not None and not _YEAR.search(sentence)


def without_year(question: str, title: str, date: str) -> ThisYear | None:
    """The question without the only year in it, if a post of this date (ISO, or "") may call it by no number.

    A year in the title goes before that of the date: who looks back may do so a few days later.
    """
    years, own = _YEAR.findall(question), _YEAR.findall(title)
    if len(years) != 1 or not date or (date[5:7] == "01" and len(own) != 1):
        return None
    called = _CALLED.get(int(own[0] if len(own) == 1 else date[:4]) - int(years[0]))
    bare = _IN_YEAR.sub("", question).strip()
    return ThisYear(bare, called) if called and bare and not _YEAR.search(bare) else None
