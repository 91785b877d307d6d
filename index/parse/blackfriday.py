"""Blackfriday, Hugo's parser before 0.60, by whose rules many older posts are still written."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,3}[.)]) {1,3}(?=\S)")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
# What it took for an item's own.
_INDENT = 4


def with_own_items(body: str) -> str:
    """The body with what is indented by four below a list's item as far in as the item's own text, which may begin
    further in: CommonMark would take it for code.
    """
    return "\n".join(_lines(body))


def _lines(body: str) -> Iterator[str]:
    own, after_blank, fenced, outside = 0, False, False, False
    for line in body.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if _FENCE.match(line):
            fenced = not fenced
            outside = fenced and indent < _INDENT
        item = _ITEM.match(line)
        if item and not fenced:
            own = item.end()
        elif line.strip() and indent < _INDENT and after_blank:
            own = 0
        lacks = own - indent if _INDENT <= indent < own and line.strip() and not outside else 0
        yield " " * lacks + line
        after_blank = not line.strip()
