"""Quotes that are over the word limit → their best words: whole clauses where there are some."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from index import words
from service.evidence import Quote

_WORD = re.compile(r"\S+")
# A word that ends like this ends a clause, or a table's cell.
_CLAUSE_END = re.compile(r"[,;:.!?)–—|]$")


def opening(quote: Quote, room: int) -> Quote:
    """The quote's opening words, at most `room`: up to the last clause that fits, else just as many words."""
    spans = _words(quote)
    if len(spans) <= room or room < 1:
        return quote
    stops = [end for start, end in spans[:room] if end - start > 1 and _CLAUSE_END.search(quote.text[:end])]
    end = stops[-1] if stops else spans[room - 1][1]
    # The mark that ends the clause would promise more.
    return _part(quote, 0, end - 1 if stops and quote.text[end - 1] in ",;:|–—" else end)


def around(quote: Quote, room: int, wanted: Collection[str]) -> Quote:
    """At most `room` neighbouring words of the quote, those that hold the most of the `wanted` stems."""
    spans = _words(quote)
    if len(spans) <= room or room < 1:
        return quote
    starts = [0, *(i + 1 for i, (_, end) in enumerate(spans[:-1]) if _CLAUSE_END.search(quote.text[:end]))]

    def held(first: int) -> int:
        return len(set(words(quote.text[spans[first][0] : _end(spans, first, room)])) & set(wanted))

    first = max(starts, key=lambda start: (held(start), -start))
    rest = _part(quote, spans[first][0], len(quote.text))
    return opening(rest, room)


def _end(spans: list[tuple[int, int]], first: int, room: int) -> int:
    return spans[min(first + room, len(spans)) - 1][1]


def _words(quote: Quote) -> list[tuple[int, int]]:
    return [match.span() for match in _WORD.finditer(quote.text)]


def _part(quote: Quote, start: int, end: int) -> Quote:
    assert quote.start is not None
    text = quote.text[start:end].rstrip()
    return replace(quote, text=text, start=quote.start + start, end=quote.start + start + len(text))
