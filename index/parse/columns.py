"""pandoc's simple and multiline tables, for Quarto: columns below dashes, without bars between the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.parse.lexer import Lexer, Rule

_RUNS = r"[ \t]*-{2,}(?:[ \t]+-+)+[ \t]*"
_DASHES = re.compile(_RUNS)
_FULL = re.compile(r"[ \t]*-{3,}[ \t]*")
_BLANK = re.compile(r"[ \t]*")
# The lines of a table with empty ones in it that ends nowhere are looked at in vain.
_MAX_LINES = 300


def simple(lexer: Lexer, match: re.Match[str]) -> int | None:
    """A header of one line above dashes, rows of one line, and an empty line."""
    start = lexer.line_start(match.start())
    if not _free_above(lexer, start):
        return None
    header, dashes = match[0].split("\n")
    rows, end = [], match.end()
    for line, after in _lines(lexer, match.end() + 1):
        if _BLANK.fullmatch(line) or _ends(line):
            end = end if _BLANK.fullmatch(line) else after
            break
        rows.append([line])
        end = after
    return _put(lexer, start, end, dashes, [header], rows) if rows else None


def headless(lexer: Lexer, match: re.Match[str]) -> int | None:
    """Dashes, rows of one line or of several with empty lines between them, and dashes again."""
    if not _free_above(lexer, match.start()):
        return None
    found = _rows(lexer, match.end() + 1)
    if found is None:
        return None
    rows, end = found
    return _put(lexer, match.start(), end, match[0], [], rows)


def multiline(lexer: Lexer, match: re.Match[str]) -> int | None:
    """A line of dashes, a header of one or more lines, the dashes of its columns, rows, and dashes again."""
    if not _free_above(lexer, match.start()):
        return None
    header: list[str] = []
    for line, after in _lines(lexer, match.end() + 1):
        if _DASHES.fullmatch(line):
            found = _rows(lexer, after + 1) if header else None
            return _put(lexer, match.start(), found[1], line, header, found[0]) if found else None
        if _BLANK.fullmatch(line):
            return None
        header.append(line)
    return None


def _rows(lexer: Lexer, at: int) -> tuple[list[list[str]], int] | None:
    """The lines of each row, and where the dashes below them end; None when there are none."""
    rows: list[list[str]] = []
    row: list[str] = []
    parted = False
    for line, after in _lines(lexer, at):
        if _ends(line):
            rows += [row] if row else []
            # Without an empty line between them, each line is a row.
            return ([[line] for row in rows for line in row] if not parted else rows, after) if rows else None
        if _BLANK.fullmatch(line):
            rows += [row] if row else []
            row, parted = [], True
        else:
            row.append(line)
    return None


def _ends(line: str) -> bool:
    return _FULL.fullmatch(line) is not None or _DASHES.fullmatch(line) is not None


def _lines(lexer: Lexer, at: int) -> Iterator[tuple[str, int]]:
    """Each line from `at`, without its break, and where it ends."""
    for _ in range(_MAX_LINES):
        if at > len(lexer.body):
            return
        end = lexer.line_end(at)
        yield lexer.body[at:end], end
        at = end + 1


def _free_above(lexer: Lexer, start: int) -> bool:
    """Whether the line above is empty."""
    return not lexer.body[lexer.line_start(start - 1) : start].strip() if start else True


def _put(lexer: Lexer, start: int, end: int, dashes: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    starts = [run.start() for run in re.finditer("-+", dashes.expandtabs(4))]
    bounds = [0, *starts[1:], None]
    made = []
    for number, lines in enumerate([header, *rows]):
        cells = [
            " ".join(filter(None, (line.expandtabs(4)[first:last].strip() for line in lines)))
            for first, last in pairwise(bounds)
        ]
        read = (re.sub(r"(?<!\\)\|", r"\|", lexer.inline(cell, start)) for cell in cells)
        made.append(f"| {' | '.join(read)} |")
        if not number:
            made.append("|" + "---|" * len(cells))
    lexer.emit_block("\n".join(made), start, end)
    lexer.table_until = end
    return end


SIMPLE = Rule(rf"^(?=[^\n]*[^\s-])[^\n]*\n{_RUNS}$", simple)
HEADLESS = Rule(rf"^{_RUNS}$", headless)
MULTILINE = Rule(r"^[ \t]*-{3,}[ \t]*$", multiline)
