"""What kramdown adds to Markdown, for Jekyll: ends of blocks, line breaks, quotation marks, tables without a header."""

from __future__ import annotations

import re

from index.parse.lexer import Lexer, Rule

_SEPARATOR = r"[ \t]*(?:\|[ \t]*)?:?[-=]+:?[ \t]*(?:\|[ \t]*:?[-=]+:?[ \t]*)*\|?[ \t]*"
_NO_BORDER = re.compile(r"`[^`\n]*`|\\\|")


def end_of_block(lexer: Lexer, match: re.Match[str]) -> int:
    """`^` alone: the block above ends here."""
    return match.end()


def line_break(lexer: Lexer, match: re.Match[str]) -> int:
    r"""`\\` at the end of a line."""
    lexer.emit("\\")
    return match.end()


def quotation_mark(lexer: Lexer, match: re.Match[str]) -> int | None:
    """`<<` and `>>`; not where a line begins, which is a quotation in a quotation."""
    if not lexer.body[lexer.line_start(match.start()) : match.start()].strip(" \t>"):
        return None
    lexer.emit("«" if match[0] == "<<" else "»")
    return match.end()


def separator(lexer: Lexer, match: re.Match[str]) -> int | None:
    """A line between the rows of a table, which is none of them; the one below the header is left to the parser."""
    if match.start() >= lexer.table_until:
        above, before = _above(lexer, match.start(), 2)
        if above.strip() and not _is_separator(above):
            if "|" not in above or (before.strip() and not _is_separator(before)):
                return None
            lexer.table_until = lexer.paragraph_end(match.start())
            if _cells(match[0]) >= _cells(above):
                return None
            # kramdown's may be shorter than the header.
            lexer.emit("|" + "---|" * _cells(above))
            return match.end()
    return min(match.end() + 1, len(lexer.body))


def headless(lexer: Lexer, match: re.Match[str]) -> int | None:
    """The first row of a table that has no header: the parser is given an empty one."""
    (above,) = _above(lexer, match.start(), 1)
    if match.start() < lexer.table_until or (above.strip() and not _is_separator(above)):
        return None
    end = lexer.paragraph_end(match.start())
    lines = lexer.body[match.start() : end].split("\n")
    if len(lines) > 1 and _is_separator(lines[1]):
        return None
    rows = [line for line in lines if not _is_separator(line) and not line.lstrip().startswith("{:")]
    if not all(line.lstrip().startswith("|") for line in rows):
        return None
    lexer.table_until = end
    cells = max(map(_cells, rows))
    lexer.emit("|" + " |" * cells + "\n|" + "---|" * cells + "\n" + match[0])
    return match.end()


def numbered(lexer: Lexer, match: re.Match[str]) -> int | None:
    """An item whose number is not 1 below a paragraph: a list for kramdown, and none for the parser."""
    above = lexer.body[lexer.line_start(match.start() - 1) : match.start()] if match.start() else ""
    if not above.strip() or re.match(r"[ \t]|[>#|*+-]|\d+\.", above):
        return None
    lexer.emit(f"\n{match[0]}")
    return match.end()


def _cells(row: str) -> int:
    return _NO_BORDER.sub("", row).strip().strip("|").count("|") + 1


def term(lexer: Lexer, match: re.Match[str]) -> int | None:
    """The break between two terms with one definition: the parser knows one term, and reads the other as a line."""
    above = lexer.body[lexer.line_start(match.start()) : match.start()]
    if re.match(r"[ \t]*(?:[:>#|*+~`-]|\d+[.)][ \t])", above):
        return None
    lexer.emit("\n\n")
    return match.end()


def _above(lexer: Lexer, at: int, count: int) -> list[str]:
    """The lines above the line, the nearest first; empty ones above the first of the body."""
    found = []
    for _ in range(count):
        start = lexer.line_start(at - 1) if at else 0
        found.append(lexer.body[start : max(at - 1, 0)])
        at = start
    return found


def _is_separator(line: str) -> bool:
    return "|" in line and re.fullmatch(_SEPARATOR, line) is not None


END_OF_BLOCK = Rule(r"^[ \t]*\^[ \t]*$", end_of_block)
LINE_BREAK = Rule(r"\\\\(?=\n[ \t>]*\S)", line_break)
QUOTATION_MARK = Rule(r"<<(?!<)|(?<![>])>>(?!>)", quotation_mark)
NUMBERED = Rule(r"^ {0,3}(?!1\.)\d{1,9}\.[ \t]+(?=\S)", numbered)
TERM = Rule(r"(?<=\S)\n(?=(?:(?![\s:>#|*+~`-])[^\n]{1,200}\n){1,4}:[ \t]+\S)", term)
SEPARATOR = Rule(rf"^(?=[^\n]*\|){_SEPARATOR}$", separator)
HEADLESS = Rule(r"^[ \t]*\|", headless)
