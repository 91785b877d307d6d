"""The constructs that are looked for in a post of each generator, most telling first."""

from __future__ import annotations

from index.parse import code, markup
from index.parse.lexer import Rule


def rules(generator: str) -> list[Rule]:
    """The rules for a post; where two begin at the same place, the first wins."""
    found = [code.FENCE]
    if generator != "docusaurus":
        found.append(code.INDENTED)
    return [*found, markup.ESCAPE, code.SPAN, markup.COMMENT, markup.UNSEEN, code.ELEMENT]
