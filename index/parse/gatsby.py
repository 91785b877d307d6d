"""The blocks of gatsby-remark-custom-blocks: `[[info | Title]]`, and below it lines that begin with a bar."""

from __future__ import annotations

import re

from index.parse.lexer import Lexer, Rule
from index.parse.stash import Role

_OPENING = r"\[\[[\w-]+(?:[ \t]*\|[ \t]*([^\n]*?))?\]\][ \t]*"
_OPENED = re.compile(_OPENING)
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")


def without_bars(body: str) -> str:
    """The body with the bars of such blocks gone, so that what is in them is read as Markdown. One stays, behind the
    first line of each, to tell it from a link of a wiki.
    """
    if "\n|" not in body or "[[" not in body:
        return body
    fence, inside, lines = "", False, body.split("\n")
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        inside = inside and line.startswith("|")
        if inside:
            lines[number] = line[1:].removeprefix(" ")
        elif fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
        elif mark:
            fence = mark[1]
        elif _OPENED.fullmatch(line) and "".join(lines[number + 1 : number + 2]).startswith("|"):
            inside = True
            lines[number] = f"{line}|"
    return "\n".join(lines)


def block(lexer: Lexer, match: re.Match[str]) -> int:
    """The first line of such a block: its kind is no text, its title is."""
    title = match[1] or ""
    held = lexer.stash.hold(Role("title")) + lexer.inline(title, match.start()) if title else ""
    lexer.emit_block(held, match.start(), match.end())
    return match.end()


BLOCK = Rule(rf"^{_OPENING}\|$", block)
