"""Liquid's blocks of tags, `{% if … %}` to `{% endif %}`: where they end, and which branch the page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from index.parse.values import UNKNOWN, Unknown, Values

_NAME = re.compile(r"\{%[-+]?\s*(\w+)(.*?)[-+]?%\}", re.DOTALL)
_CONDITIONAL = frozenset({"if", "unless", "case"})
_BLOCKS = _CONDITIONAL | {"for", "tablerow", "capture", "macro"}
_BRANCHES = frozenset({"elsif", "elif", "elseif", "else", "when"})
_LITERAL = frozenset({"raw", "comment", "highlight"})
_COMPARISON = re.compile(r"(.+?)\s*(==|!=|<>|>=|<=|>|<|\bcontains\b)\s*(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Branch:
    """What stands between two tags of a block. `tag` and `condition` are of the tag before it; `until` is its end."""

    tag: str
    condition: str
    start: int
    until: int


@dataclass(slots=True)
class TagBlock:
    """A block of tags, `end` behind its closing one; of an `if` with all its branches, else with the only one."""

    name: str
    condition: str
    end: int = 0
    branches: list[Branch] = field(default_factory=list)


def find_blocks(body: str) -> dict[int, TagBlock]:
    """The blocks of a body by the place where each begins; those that are never closed are left out."""
    closed: dict[int, TagBlock] = {}
    opened: list[tuple[int, TagBlock, tuple[str, str, int]]] = []
    for start, end, name, condition in _tags(body):
        if name in _BLOCKS:
            opened.append((start, TagBlock(name, condition), (name, condition, end)))
        elif opened and name in _BRANCHES and opened[-1][1].name in _CONDITIONAL:
            at, block, branch = opened[-1]
            block.branches.append(Branch(*branch, until=start))
            opened[-1] = at, block, (name, condition, end)
        elif opened and name == f"end{opened[-1][1].name}":
            at, block, branch = opened.pop()
            block.branches.append(Branch(*branch, until=start))
            block.end = end
            closed[at] = block
    return closed


def _tags(body: str) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, name, rest) of each tag outside of what is shown as it stands."""
    at, literal = 0, ""
    while (start := body.find("{%", at)) >= 0 and (close := body.find("%}", start)) >= 0:
        start = body.rfind("{%", start, close)
        at = close + 2
        found = _NAME.fullmatch(body, start, at)
        if found is None:
            continue
        if literal:
            literal = "" if found[1] == f"end{literal}" else literal
        elif found[1] in _LITERAL:
            literal = found[1]
        else:
            yield start, at, found[1], found[2].strip()


def shown_branch(block: TagBlock, values: Values) -> tuple[Branch | None, bool]:
    """The branch that the page shows, None for none of them; and whether that is certain.

    Where a condition depends on what is known only when the page is built, its branch is taken to be shown.
    """
    for branch in block.branches:
        holds = _holds(branch, block, values)
        if holds is None or holds:
            return branch, holds is not None
    return None, True


def _holds(branch: Branch, block: TagBlock, values: Values) -> bool | None:
    match branch.tag:
        case "else":
            return True
        case "case":
            return False
        case "unless":
            holds = condition_holds(branch.condition, values)
            return None if holds is None else not holds
        case "when":
            alternatives = re.split(r"\s*,\s*|\s+or\s+", branch.condition)
            return _any(_compared(block.condition, "==", other, values) for other in alternatives)
        case _:
            return condition_holds(branch.condition, values)


def condition_holds(condition: str, values: Values) -> bool | None:
    """Whether a condition of Liquid holds, which is read from its end; None where that is not known."""
    first = re.match(r"(.*?)\s+\b(and|or)\b\s+(.*)", condition, re.DOTALL)
    if first is None:
        return _single(condition.strip(), values)
    left, right = _single(first[1].strip(), values), condition_holds(first[3], values)
    if first[2] == "or":
        return True if left or right else None if None in (left, right) else False
    return False if False in (left, right) else None if None in (left, right) else True


def _single(text: str, values: Values) -> bool | None:
    compared = _COMPARISON.fullmatch(text)
    if compared:
        return _compared(compared[1], compared[2], compared[3], values)
    value = values.get(text)
    return None if isinstance(value, Unknown) else value is not None and value is not False


def _compared(left: str, sign: str, right: str, values: Values) -> bool | None:
    one, other = values.get(left), values.get(right)
    if UNKNOWN in (one, other):
        return None
    if right.strip() in {"empty", "blank"}:
        one, other = bool(one), False
    match sign:
        case "==" | "!=" | "<>":
            same = one == other and isinstance(one, bool) == isinstance(other, bool)
            return same == (sign == "==")
        case "contains":
            return isinstance(one, str | list | Mapping) and (str(other) if isinstance(one, str) else other) in one
    if not isinstance(one, int | float) or not isinstance(other, int | float):
        return False
    return {"<": one < other, ">": one > other, "<=": one <= other, ">=": one >= other}[sign]


def _any(found: Iterator[bool | None]) -> bool | None:
    results = list(found)
    return True if True in results else None if None in results else False
