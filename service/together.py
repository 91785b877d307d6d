"""The evidence for several questions → as much of each as one answer has room for, the best of it first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from service.evidence import Evidence, Quote
from service.kind import Kind
from service.lists import fit
from service.question import Question
from service.room import DEFAULT_LIMIT_WORDS, LIMIT_WORDS, TEMPLATE_WORDS, taken
from service.trim import opening

# A question with what answers it, if anything does.
Asked: TypeAlias = tuple[Question, Evidence | None]
# What says that the others are not answered.
_UNSAID_WORDS = 12
# What may lose its last quotes: a list keeps every item, and code is quoted whole.
_SHORTENED = frozenset({"sentences", "row"})


def kind_of_all(asked: Sequence[Asked]) -> Kind:
    """A list where one is shown, else the kind of what may be answered at the greatest length, of the text if any."""
    if any(evidence and evidence.layout == "list" for _, evidence in asked):
        return "list"
    return max((one.kind for one, _ in asked), key=lambda kind: (_limit(kind), kind != "about_post"))


def together(asked: Sequence[Asked]) -> list[Asked] | None:
    """The questions with what of their evidence is shown; one that is answered by what another quotes is left out.

    None when none is answered, or there is no room for code.
    """
    unsaid = _UNSAID_WORDS if any(evidence is None for _, evidence in asked) else 0
    room = _limit(kind_of_all(asked)) - len(asked) * TEMPLATE_WORDS - unsaid
    shown = _each_once(asked)
    while _total(shown) > room:
        # What comes last is the least likely; of what answers alone, only the opening is shown.
        longest = max(range(len(shown)), key=lambda place: _length(shown[place][1]) * _may_lose(shown[place][1]))
        question, evidence = shown[longest]
        if evidence is None or not _may_lose(evidence):
            shown = [(one, said and _cut(said, room // len(shown))) for one, said in shown]
            break
        shown[longest] = question, _shorter(evidence)
    answered = any(evidence for _, evidence in shown)
    return shown if answered and _total(shown) <= room else None


def _each_once(asked: Sequence[Asked]) -> list[Asked]:
    said: list[Quote] = []
    shown: list[Asked] = []
    for question, evidence in asked:
        if evidence is None:
            shown.append((question, None))
            continue
        new = tuple(quote for quote in evidence.quotes if not any(quote.overlaps(other) for other in said))
        if new:
            shown.append((question, replace(evidence, quotes=new) if evidence.layout in _SHORTENED else evidence))
        said += evidence.all_quotes
    return shown


def _cut(evidence: Evidence, room: int) -> Evidence:
    """So much of the evidence as these words hold: the opening of a quote, or of each item; code stays whole."""
    if evidence.layout == "code" or _length(evidence) <= room:
        return evidence
    lead_in = evidence.lead_in and opening(evidence.lead_in, room // 2)
    left = room - (taken([lead_in]) if lead_in else 0)
    if evidence.layout == "list":
        return replace(evidence, quotes=fit(evidence.quotes, left), lead_in=lead_in)
    # The number of a quote counts as a word.
    each = left // len(evidence.quotes) - 1
    return replace(evidence, quotes=tuple(opening(quote, each) for quote in evidence.quotes), lead_in=lead_in)


def _shorter(evidence: Evidence) -> Evidence:
    """Without the last quote; a row that stands among sentences goes with its header."""
    row = evidence.layout == "sentences" and evidence.quotes[-1].kind == "row"
    return replace(evidence, quotes=evidence.quotes[: -2 if row and len(evidence.quotes) > 2 else -1])


def _limit(kind: Kind) -> int:
    return LIMIT_WORDS.get(kind, DEFAULT_LIMIT_WORDS)


def _total(shown: Sequence[Asked]) -> int:
    return sum(_length(evidence) for _, evidence in shown)


def _length(evidence: Evidence | None) -> int:
    return taken(evidence.all_quotes) if evidence else 0


def _may_lose(evidence: Evidence | None) -> bool:
    return evidence is not None and evidence.layout in _SHORTENED and len(evidence.quotes) > 1
