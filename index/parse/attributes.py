"""Attribute lists in braces (kramdown, pandoc, Python-Markdown, Goldmark): never shown; a heading's id is kept."""

from __future__ import annotations

import re

from index.parse.lexer import Lexer, Rule
from index.parse.stash import Anchor

_VALUE = r"(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s{}\"']+)"
_FIRST = rf"(?:[#.][\w:.-]+|[\w:-]+={_VALUE})"
# Long lists are broken over lines.
_BLANK = r"(?:[ \t]*\n[ \t]*|[ \t]+)"
_LIST = rf"\{{[ \t]*(?:{_FIRST})(?:{_BLANK}(?:{_FIRST}|[\w-]+))*[ \t]*\}}"
_KRAMDOWN = r"\{:(?![}:/])[^{}\n]*\}"
_ID = re.compile(r"[{\s:]#([\w:.-]+)")


def line(lexer: Lexer, match: re.Match[str]) -> int:
    """A list that stands on a line of its own: it ends the block that it describes; a heading's id is kept."""
    above = lexer.body[lexer.line_start(match.start() - 1) : match.start()] if match.start() else ""
    found = _ID.search(match[0])
    if found and lexer.generator == "jekyll" and re.match(r" {0,3}#{1,6}[ \t]", above) and lexer.trim("\n"):
        lexer.emit_held(Anchor(found[1]))
        lexer.emit("\n")
    at = match.start() + len(match[0]) - len(match[0].lstrip(" \t>"))
    lexer.emit(lexer.body[match.start() : at])
    lexer.emit_block("", at, match.end())
    return match.end()


def closing(lexer: Lexer, match: re.Match[str]) -> int | None:
    """A list at the end of a line: of a heading, or of the block."""
    if not lexer.is_heading(match.start()):
        return None if re.search(r"\{\s*[^.#:\s]", match[0]) else match.end()
    found = _ID.search(match[0])
    if found:
        lexer.emit_held(Anchor(found[1]))
    return match.end()


def cell(lexer: Lexer, match: re.Match[str]) -> int | None:
    """A list at the end of a table's cell."""
    line = lexer.body[lexer.line_start(match.start()) : match.start()]
    return match.end() if line.lstrip().startswith("|") else None


def attached(lexer: Lexer, match: re.Match[str]) -> int:
    """A list right behind a link, an image, a span or emphasis."""
    return match.end()


def span(lexer: Lexer, match: re.Match[str]) -> int:
    """pandoc's `[text]{.class}`."""
    lexer.emit(match[0][1 : match[0].rindex("]{")])
    return match.end()


def extension(lexer: Lexer, match: re.Match[str]) -> int:
    """kramdown's `{::name …}`; the content of a comment goes too."""
    if match[0].startswith("{::comment") and not match[0].endswith("/}"):
        close = lexer.find(r"\{:/(?:comment)?\}", match.end())
        if close:
            return close.end()
    return match.end()


def contents(lexer: Lexer, match: re.Match[str]) -> int:
    """A place where the generator puts a table of contents."""
    lexer.emit_block("", match.start(), match.end())
    return match.end()


LINE = Rule(rf"^[ \t>]*(?:{_KRAMDOWN}|{_LIST})(?:[ \t]*(?:{_KRAMDOWN}|{_LIST}))*[ \t]*$", line)
CLOSING = Rule(rf"[ \t]+(?:{_KRAMDOWN}|{_LIST}|\{{-\}})(?=[ \t]*#*[ \t]*$)", closing)
CELL = Rule(rf"[ \t]+{_LIST}(?=[ \t]*\|)", cell)
ATTACHED = Rule(
    rf"(?<=[)\]*_`>\"”=+~^])[ \t]?(?:{_KRAMDOWN}|{_LIST})|(?<=\))\{{[ \t]*[a-z][\w-]*[ \t]*\}}|{_KRAMDOWN}", attached
)
SPAN = Rule(r"\[[^\[\]\n]{1,300}\]\{(?:[.#]|[\w-]+=)[^{}\n]*\}", span)
EXTENSION = Rule(r"\{:{1,2}/?(?:\w+[^{}\n]*)?/?\}", extension)
CONTENTS = Rule(
    rf"^[ \t]*(?:(?:[*+-]|\d+\.)[ \t]+[^\n]*\n(?:[ \t]*{_KRAMDOWN}[ \t]*\n)*[ \t]*\{{:?[^}}\n]*\btoc\b[^}}\n]*\}}"
    r"|@?\[+_?(?:TOC|toc|Toc)_?\]+|\$\{toc\})[ \t]*$",
    contents,
)
