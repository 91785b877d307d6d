"""Quotes → the part of them that is shown, where they are over the word limit: whole clauses, or lines, or cells."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from itertools import accumulate, takewhile

from index import words
from service.evidence import Quote

# What divides the cells of a row.
CELL = " | "
_WORD = re.compile(r"\S+")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
# A word that ends like this ends a clause, or a table's cell.
_CLAUSE_END = re.compile(r"[,;:.!?–—|]$|(?<!\()\)$")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*$")


def opening(quote: Quote, room: int) -> Quote:
    """The quote's opening words, at most `room`: whole sentences if they take half of it, else up to the last clause
    that fits, else just as many words.
    """
    spans = _words(quote)
    if len(spans) <= room or room < 1:
        return quote
    stops = [end for start, end in spans[:room] if end - start > 1 and _CLAUSE_END.search(quote.text[:end])]
    # What goes on with a small letter went on behind “e.g.”.
    whole = [
        spans[number][1]
        for number in range(room // 2, room)
        if _SENTENCE_END.search(quote.text[: spans[number][1]]) and not quote.text[spans[number + 1][0]].islower()
    ]
    end = (whole or stops or [spans[room - 1][1]])[-1]
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


def lines_around(quote: Quote, room: int, wanted: Collection[str]) -> Quote:
    """Neighbouring lines of the quote of at most `room` words together, those that hold the most of the `wanted` stems;
    of a line that is longer by itself, its opening words.
    """
    if len(_words(quote)) <= room or room < 1:
        return quote
    lines = [match.span() for match in _LINE.finditer(quote.text)]
    sizes = [len(quote.text[start:end].split()) for start, end in lines]
    held = [set(words(quote.text[start:end])) & set(wanted) for start, end in lines]

    def behind(first: int) -> int:
        """The line behind the last one that fits with this one before it."""
        # Each line has a word, so that no more than these fit.
        sums = accumulate(sizes[first : first + room])
        return first + max(1, sum(1 for _ in takewhile(lambda size: size <= room, sums)))

    first = max(range(len(lines)), key=lambda line: (len(set().union(*held[line : behind(line)])), -line))
    return opening(_part(quote, lines[first][0], lines[behind(first) - 1][1]), room)


def first_cells(row: Quote, count: int) -> Quote:
    """So many of the first cells of a table's row; one whose first is empty begins with the second."""
    return _part(row, 0, len(CELL.join(row.text.split(CELL)[:count])))


def _end(spans: list[tuple[int, int]], first: int, room: int) -> int:
    return spans[min(first + room, len(spans)) - 1][1]


def _words(quote: Quote) -> list[tuple[int, int]]:
    return [match.span() for match in _WORD.finditer(quote.text)]


def _part(quote: Quote, start: int, end: int) -> Quote:
    assert quote.start is not None
    text = quote.text[start:end].rstrip()
    return replace(quote, text=text, start=quote.start + start, end=quote.start + start + len(text))
