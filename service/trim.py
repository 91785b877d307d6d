"""Quotes → the part of them that is shown, where they are over the word limit: whole clauses, or lines, or cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, chain, pairwise, takewhile

from index import words
from service.evidence import Quote

# What divides the cells of a row.
CELL = " | "
_WORD = re.compile(r"\S+")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
# A word that ends like this ends a clause, or a table's cell; one that is no more than a dash, the clause before it.
_CLAUSE_END = re.compile(r"[,;:.!?–—|]$|(?<!\()\)$")
_DASH = re.compile(r"[–—-]+")
_YEAR = re.compile(r"\d{4}\b")
# “If it is stored elsewhere,” says nothing by itself, nor does “(optional)”.
_INTRODUCING = re.compile(
    r"(?:if|when|while|after|before|once|for|in|on|at|by|with|to|as|because|since|unless|depending|looking|however|then"
    r"|next|first|finally|also|now|so|but|and|optionally)\b[^,;:.!?]*,|\(optional\)",
    re.IGNORECASE,
)
_GIVEN = re.compile(r"\s*(?:export |set |let |const |var |local )?[-$\"']*(?P<name>\w[\w.-]*)[\"']?\s*(?:=|:(?!/)) *\S")
_NO_NAME = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*$")


def opening(quote: Quote, room: int) -> Quote:
    """The quote's opening words, at most `room`: whole sentences if they take half of it, else up to the last clause or
    cell that fits, else just as many words.
    """
    spans = _words(quote)
    if len(spans) <= room or room < 1:
        return quote
    # The first cell alone only names the row.
    stops = [*_cells(quote, spans[: room + 1])][1:] or [
        stop for stop in _clauses(quote, spans[: room + 1]) if not _INTRODUCING.fullmatch(quote.text, 0, stop)
    ]
    # What goes on with a small letter went on behind “e.g.”.
    whole = [
        spans[number][1]
        for number in range(room // 2, room)
        if _SENTENCE_END.search(quote.text[: spans[number][1]]) and not quote.text[spans[number + 1][0]].islower()
    ]
    end = (whole or stops or [spans[room - 1][1]])[-1]
    # The mark that ends the clause would promise more.
    return _part(quote, 0, end - 1 if stops and quote.text[end - 1] in ",;:|–—" else end)


def _cells(quote: Quote, spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Where the cells of a row end, but for the last of these words."""
    if quote.kind == "row":
        for (_, end), (start, behind) in pairwise(spans):
            if quote.text[start:behind] == CELL.strip():
                yield end


def _clauses(quote: Quote, spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Where clauses end, but for the last of these words: not within brackets, nor in “17 July, 2023”."""
    text, within = quote.text, 0
    for (start, end), (following, behind) in pairwise(spans):
        within = max(0, within + text.count("(", start, end) - text.count(")", start, end))
        dash = _DASH.fullmatch(text, following, behind) is not None
        marked = end - start > 1 and _CLAUSE_END.search(text[:end]) and not _YEAR.match(text, following)
        if within == 0 and (dash or marked):
            yield end


def around(
    quote: Quote, room: int, wanted: Collection[str], tells: Callable[[str], bool] = lambda said: False
) -> Quote:
    """At most `room` neighbouring words of the quote, those that hold the most of the `wanted` stems.

    :param tells: whether words hold the fact that is asked for; those that do come before others.
    """
    spans = _words(quote)
    if len(spans) <= room or room < 1:
        return quote
    starts = [0, *(i + 1 for i, (_, end) in enumerate(spans[:-1]) if _CLAUSE_END.search(quote.text[:end]))]
    ends = [spans[min(start + room, len(spans) - 1)][1] for start in starts]
    parts = [opening(_part(quote, spans[start][0], end), room) for start, end in zip(starts, ends, strict=True)]
    return max(parts, key=lambda part: (tells(part.text), len(set(words(part.text)) & set(wanted))))


def lines_around(quote: Quote, room: int, wanted: Collection[str]) -> Quote:
    """Neighbouring lines of the quote of at most `room` words together: with the one that gives a value to what is
    `wanted`, else those that hold the most of its stems; of a line that is longer by itself, its opening words.
    """
    if len(_words(quote)) <= room or room < 1:
        return quote
    lines = [match.span() for match in _LINE.finditer(quote.text)]
    sizes = [len(quote.text[start:end].split()) for start, end in lines]
    held = [set(words(quote.text[start:end])) & set(wanted) for start, end in lines]
    named = [_is_named(quote.text[start:end], wanted) for start, end in lines]

    def behind(first: int) -> int:
        """The line behind the last one that fits with this one before it."""
        # Each line has a word, so that no more than these fit.
        sums = accumulate(sizes[first : first + room])
        return first + max(1, sum(1 for _ in takewhile(lambda size: size <= room, sums)))

    def place(first: int) -> tuple[bool, int, int]:
        """Whether one of the lines is named, how much of what is wanted they hold, and how near above it, or the first
        that holds any, they begin.
        """
        within = range(first, behind(first))
        telling = [number for number in within if named[number]]
        found = telling or [number for number in within if held[number]]
        holding = len(set().union(*(held[number] for number in within)))
        return bool(telling), holding, -abs(found[0] - first - 1) if found else -first

    first = max(range(len(lines)), key=place)
    return opening(_part(quote, lines[first][0], lines[behind(first) - 1][1]), room)


def _is_named(line: str, wanted: Collection[str]) -> bool:
    """Whether all words of the name that the line gives a value to are wanted: `UV_VERSION="0.5.14"`."""
    given = _GIVEN.match(line)
    name = set(words(_NO_NAME.sub(" ", given["name"]))) if given else set()
    return bool(name) and name.issubset(wanted)


def first_cell(row: str) -> str:
    """The words of the first cell of a table's row."""
    return row.split(CELL, 1)[0]


def first_cells(row: Quote, count: int) -> Quote:
    """So many of the first cells of a table's row; one whose first is empty begins with the second."""
    return _part(row, 0, len(CELL.join(row.text.split(CELL)[:count])))


def with_fewer_cells(rows: tuple[Quote, ...], fits: Callable[[tuple[Quote, ...]], bool]) -> tuple[Quote, ...] | None:
    """The rows, whole or with as many of their first cells as fit, two at least; None when these do not."""
    most = max((row.text.count(CELL) + 1 for row in rows), default=0)
    ways = (tuple(first_cells(row, count) for row in rows) for count in range(most - 1, 1, -1))
    return next((shown for shown in chain((rows,), ways) if fits(shown)), None)


def _words(quote: Quote) -> list[tuple[int, int]]:
    return [match.span() for match in _WORD.finditer(quote.text)]


def _part(quote: Quote, start: int, end: int) -> Quote:
    assert quote.start is not None
    text = quote.text[start:end].rstrip()
    return replace(quote, text=text, start=quote.start + start, end=quote.start + start + len(text))
