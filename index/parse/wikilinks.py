"""Links between notes, as of Obsidian, Quartz, Foam and wikis: `[[Note|words]]`, and `![[Note]]`, which puts it in."""

from __future__ import annotations

import re

from index.parse.lexer import Lexer, Rule

_PATTERN = (
    r"(?<![\w\])$])!?\[\[(?P<note>[^\[\]\n|#]{0,300})(?:#\^?(?P<heading>[^\[\]\n|]{1,300}))?"
    r"(?:\|(?P<words>[^\[\]\n]{1,300}))?\]\](?![(\[:])"
)
# Not a number in brackets, a condition of a shell, or an attribute of C++.
_NO_NAME = re.compile(
    r"[\W\d_]*|\s.*|.*\s|.*[=<>,\"'].*|\w+::\w+"
    r"|(?:nodiscard|maybe_unused|fallthrough|likely|unlikely|noreturn|deprecated|assume|no_unique_address)",
)


def link(lexer: Lexer, match: re.Match[str]) -> int | None:
    """The words that are shown: those behind the bar, else the names of note and heading; nothing of what is put in."""
    # In a table the bar is escaped.
    note, heading, words = match["note"].removesuffix("\\"), match["heading"], match["words"]
    if words and words != words.strip():
        return None
    if not words and all(_NO_NAME.fullmatch(name or "") for name in (note, heading)):
        return None
    if f"\n[{note}]:" in lexer.body:
        # A reference in brackets of its own.
        return None
    if not match[0].startswith("!"):
        lexer.emit(words or " > ".join(filter(None, (note, heading))))
    return match.end()


LINK = Rule(_PATTERN, link)
