"""HTML in Markdown that nobody reads: comments, scripts, styles, embeds."""

from __future__ import annotations

import re

from index.parse.lexer import Lexer, Rule
from index.parse.stash import Verbatim

_SHOWN_COMMENT = re.compile(
    r"<!--\s*md:(?:version|default|flag|option|plugin|setting|feature|sponsors)?\s*([\w.+-]*)[^>]*-->"
)


def comment(lexer: Lexer, match: re.Match[str]) -> int:
    """A comment; one that the generator replaces by a badge leaves the badge's version."""
    close = lexer.find(r"--!?>", match.end())
    if close is None:
        lexer.note("unclosed", match.start(), "a comment is never closed: close it with -->")
        return match.end()
    badge = _SHOWN_COMMENT.match(lexer.body, match.start(), close.end())
    if badge and badge[1][:1].isdigit():
        lexer.emit(badge[1])
    elif lexer.alone(match.start(), close.end()):
        lexer.emit_block("", match.start(), close.end())
    return close.end()


def unseen(lexer: Lexer, match: re.Match[str]) -> int:
    """An element whose content is not for readers."""
    name = match[0][1:].lower()
    tag = lexer.find_here(r"[^>]*>", match.end())
    if tag is None:
        return match.end()
    if tag[0].endswith("/>"):
        return tag.end()
    close = lexer.find(rf"</{name}\s*>", tag.end())
    if close is None:
        lexer.note("unclosed", match.start(), f"<{name}> is never closed: close it with </{name}>")
        return tag.end()
    return close.end()


def escape(lexer: Lexer, match: re.Match[str]) -> int:
    """A backslash and what it escapes; an entity is one even when its sign is escaped for MDX."""
    entity = match[0] == "\\&" and lexer.find_here(r"#?\w{1,31};", match.end())
    lexer.emit("&" if entity else match[0])
    return match.end()


def long_line(lexer: Lexer, match: re.Match[str]) -> int:
    """A line that no one has typed: running words stay as they are, anything else goes."""
    text = match[0].strip()
    words = text.split()
    letters = sum(map(str.isalpha, text))
    if len(words) * 20 > len(text) and (letters + len(words)) * 10 > len(text) * 8:
        lexer.note("long", match.start(), f"a line of {len(text):,} characters is taken as plain text")
        lexer.emit_held(Verbatim(text))
    else:
        lexer.note("long", match.start(), f"a line of {len(text):,} characters that are not words is left out")
    return match.end()


COMMENT = Rule(r"<!--", comment)
UNSEEN = Rule(r"<(?:script|style|svg|iframe|canvas|noscript|template|object|video|audio)(?=[\s/>])", unseen)
ESCAPE = Rule(r"\\[^\w\s(\[]", escape)
LONG_LINE = Rule(r"^[^\n]{20001,}$", long_line)
