"""The evidence for several questions → as much of each as one answer has room for, the best of it first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from service.evidence import Evidence
from service.kind import Kind
from service.question import Question
from service.room import DEFAULT_LIMIT_WORDS, LIMIT_WORDS, TEMPLATE_WORDS, taken

# A question with what answers it, if anything does.
Asked: TypeAlias = tuple[Question, Evidence | None]
# What says that the others are not answered.
_UNSAID_WORDS = 12
# A list or code is quoted whole, or not at all.
_SHORTENED = frozenset({"sentences", "row"})


def kind_of_all(parts: Sequence[Question]) -> Kind:
    """The kind of the question that may be answered at the greatest length, of one about the text if there is one."""
    return max(parts, key=lambda part: (_limit(part.kind), part.kind != "about_post")).kind


def together(asked: Sequence[Asked]) -> list[Asked] | None:
    """The questions with what of their evidence is shown; one that is answered by what another quotes is left out.

    None when there is no room for them all, or none is answered.
    """
    room = (
        _limit(kind_of_all([question for question, _ in asked]))
        - len(asked) * TEMPLATE_WORDS
        - (0 if all(evidence for _, evidence in asked) else _UNSAID_WORDS)
    )
    shown = _each_once(asked)
    while sum(_length(evidence) for _, evidence in shown) > room:
        longest = max(range(len(shown)), key=lambda place: _length(shown[place][1]) * _may_lose(shown[place][1]))
        question, evidence = shown[longest]
        if evidence is None or not _may_lose(evidence):
            return None
        shown[longest] = question, _shorter(evidence)
    return shown if any(evidence for _, evidence in shown) else None


def _each_once(asked: Sequence[Asked]) -> list[Asked]:
    said: set[str] = set()
    shown: list[Asked] = []
    for question, evidence in asked:
        if evidence is None or evidence.layout not in _SHORTENED:
            shown.append((question, evidence))
        elif new := tuple(quote for quote in evidence.quotes if quote.text not in said):
            shown.append((question, replace(evidence, quotes=new)))
        if evidence:
            said.update(quote.text for quote in evidence.all_quotes)
    return shown


def _shorter(evidence: Evidence) -> Evidence:
    """Without the last quote; a row that stands among sentences goes with its header."""
    row = evidence.layout == "sentences" and evidence.quotes[-1].kind == "row"
    return replace(evidence, quotes=evidence.quotes[: -2 if row and len(evidence.quotes) > 2 else -1])


def _limit(kind: Kind) -> int:
    return LIMIT_WORDS.get(kind, DEFAULT_LIMIT_WORDS)


def _length(evidence: Evidence | None) -> int:
    return taken(evidence.all_quotes) if evidence else 0


def _may_lose(evidence: Evidence | None) -> bool:
    return evidence is not None and evidence.layout in _SHORTENED and len(evidence.quotes) > 1
