"""pandoc's grid tables, as Quarto's visual editor writes them: cells of several lines between borders."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.parse.lexer import Lexer, Rule

_BORDER = re.compile(r"\+(?:[-=:]+\+)+\s*")
_LIST_MARK = re.compile(r"^(?:[-*+]|\d{1,3}[.)])[ \t]+")


def table(lexer: Lexer, match: re.Match[str]) -> int | None:
    """A table of rows with a bar between their cells; one whose cells span others is read line by line."""
    lines = [match[0]]
    end = match.end()
    while end < len(lexer.body):
        line = lexer.body[end + 1 : lexer.line_end(end + 1)]
        if not line.lstrip().startswith(("+", "|")):
            break
        lines.append(line)
        end += 1 + len(line)
    while not _BORDER.fullmatch(lines[-1].strip()):
        end -= len(lines.pop()) + 1
    if len(lines) < 3:
        return None
    rows = _rows([line.strip() for line in lines])
    if rows is None:
        lexer.note("table", match.start(), "a table whose cells span others is read as plain lines")
        words = (re.sub(r"[ \t]*[+|](?:[-=:+]+[+|])*[ \t]*", " ", line).strip() for line in lines)
        lexer.emit_block("\n".join(filter(None, words)), match.start(), end)
        return end
    # Without a header, the one that the parser asks for is empty.
    header = next((number for number, (_, ends_header) in enumerate(rows) if ends_header), -1)
    cells = [row for row, _ in rows]
    width = len(cells[0])
    above = cells[: header + 1] or [[""] * width]
    shown = [[" ".join(filter(None, column)) for column in zip(*above, strict=True)], *cells[header + 1 :]]
    read = ([re.sub(r"(?<!\\)\|", r"\|", lexer.inline(cell, match.start())) for cell in row] for row in shown)
    made = [f"| {' | '.join(row)} |" for row in read]
    lexer.emit_block("\n".join([made[0], "|" + "---|" * width, *made[1:]]), match.start(), end)
    lexer.table_until = end
    return end


def _rows(lines: Sequence[str]) -> list[tuple[list[str], bool]] | None:
    """The cells of each row, and whether the border below is that of a header; None when this is no such table."""
    places = [at for at, sign in enumerate(lines[0]) if sign == "+"]
    rows: list[tuple[list[str], bool]] = []
    texts: list[list[str]] = [[] for _ in places[1:]]
    for line in lines[1:]:
        sign = "+" if _BORDER.fullmatch(line) else "|"
        if [at for at in places if line[at : at + 1] != sign]:
            return None
        if sign == "+":
            rows.append(([" ".join(filter(None, text)) for text in texts], "=" in line))
            texts = [[] for _ in places[1:]]
            continue
        for text, first, last in zip(texts, places, places[1:], strict=False):
            text.append(_LIST_MARK.sub("", line[first + 1 : last].strip()))
    return rows or None


TABLE = Rule(r"^[ \t]*\+(?:[-=:]+\+)+[ \t]*$", table)
