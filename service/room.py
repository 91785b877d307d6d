"""How many words an answer may take, and how many its quotes do."""

from __future__ import annotations

from collections.abc import Iterable

from service.evidence import Quote

LIMIT_WORDS = {"list": 150, "explain": 90, "summary": 90}
DEFAULT_LIMIT_WORDS = 60
# What templates add around the quotes.
TEMPLATE_WORDS = 4
ROOM_WORDS = DEFAULT_LIMIT_WORDS - TEMPLATE_WORDS
EXPLAIN_ROOM_WORDS = LIMIT_WORDS["explain"] - TEMPLATE_WORDS
LIST_ROOM_WORDS = LIMIT_WORDS["list"] - TEMPLATE_WORDS
# What the words of a bullet and of the citation's number add to an item.
_MARKS_WORDS = 2


def taken(quotes: Iterable[Quote]) -> int:
    """The words that the quotes take in an answer, with the number behind each."""
    return sum(len(quote.text.split()) + 1 for quote in quotes)


def length_of(items: Iterable[Quote]) -> int:
    """The words that the items of a list take in an answer, each with its bullet and its number."""
    return sum(len(item.text.split()) + _MARKS_WORDS for item in items)
