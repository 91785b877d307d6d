"""The evidence for several questions → as much of each as one answer has room for, the best of it first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from service.evidence import Evidence, Quote
from service.kind import Kind
from service.listing import fit
from service.question import Question
from service.room import DEFAULT_LIMIT_WORDS, LIMIT_WORDS, TEMPLATE_WORDS, length_of, taken
from service.trim import opening

# A question with what answers it, if anything does.
Asked: TypeAlias = tuple[Question, Evidence | None]
# What says that the others are not answered.
_UNSAID_WORDS = 12
# “12 in all:”
_COUNT_WORDS = 3
# What may lose its last quotes: a list keeps every item, and code is quoted whole.
_SHORTENED = frozenset({"sentences", "row"})


def kind_of_all(asked: Sequence[Asked]) -> Kind:
    """A list where one is shown, else the kind of what may be answered at the greatest length, of the text if any."""
    if any(evidence and evidence.layout == "list" for _, evidence in asked):
        return "list"
    return max((one.kind for one, _ in asked), key=lambda kind: (_limit(kind), kind != "about_post"))


def together(asked: Sequence[Asked]) -> list[Asked] | None:
    """The questions, each with what of its evidence is shown: no quotes where what it has is quoted already.

    None when none is answered, or there is no room for code or fields.
    """
    shown = _each_once(asked)
    unsaid = _UNSAID_WORDS if any(evidence is None for _, evidence in asked) else 0
    room = _limit(kind_of_all(shown)) - len(asked) * TEMPLATE_WORDS - unsaid
    while _total(shown) > room:
        # What comes last is the least likely; of what answers alone, only the opening is shown.
        longest = max(range(len(shown)), key=lambda place: _length(shown[place][1]) * _may_lose(shown[place][1]))
        question, evidence = shown[longest]
        if evidence is None or not _may_lose(evidence):
            shown = [(one, said and _cut(said, room // len(shown))) for one, said in shown]
            break
        shown[longest] = question, _shorter(evidence)
    answered = any(evidence for _, evidence in shown)
    return shown if answered and _total(shown) <= room and not _lost(asked, shown) else None


def _lost(asked: Sequence[Asked], shown: Sequence[Asked]) -> bool:
    """Whether what answered a question stood in another's quotes, and had no room there."""
    kept = [quote.text for _, evidence in shown if evidence for quote in evidence.all_quotes]
    return any(
        whole and left and not left.quotes and not any(quote.text in said for quote in whole.quotes for said in kept)
        for (_, whole), (_, left) in zip(asked, shown, strict=True)
    )


def _each_once(asked: Sequence[Asked]) -> list[Asked]:
    said: list[Quote] = []
    shown: list[Asked] = []
    for question, evidence in asked:
        if evidence is None:
            shown.append((question, None))
            continue
        new = tuple(quote for quote in evidence.quotes if not any(quote.overlaps(other) for other in said))
        # A list or a row is shown as it is, or not at all; a heading is not shown for nothing.
        if all(quote.kind == "heading" for quote in new) and evidence.layout == "sentences":
            new = () if len(new) < len(evidence.quotes) else new
        elif new and evidence.layout != "sentences":
            new = evidence.quotes
        lead_in = evidence.lead_in
        if lead_in and (not new or any(lead_in.overlaps(other) for other in said)):
            lead_in = None
        shown.append((question, replace(evidence, quotes=new, lead_in=lead_in)))
        said += evidence.all_quotes
    return shown


def _may_lose(evidence: Evidence | None) -> bool:
    """Whether the last quote may be left out: not the first one, nor that below a heading or a group of rows."""
    if evidence is None or evidence.layout not in _SHORTENED or len(evidence.quotes) < 2:
        return False
    if evidence.layout == "row":
        return len(evidence.quotes) > 2
    return any(quote.kind != "heading" for quote in _shorter(evidence).quotes)


def _shorter(evidence: Evidence) -> Evidence:
    """Without the last quote; among sentences a row goes with its header, and a footnote with what it is to."""
    *_, before, last = evidence.quotes
    pair = evidence.layout == "sentences" and (last.kind == before.kind == "row" or last.kind == "footnote")
    return replace(evidence, quotes=evidence.quotes[: -2 if pair else -1])


def _cut(evidence: Evidence, room: int) -> Evidence:
    """So much of the evidence as these words hold: the opening of each quote or item; code and fields stay whole."""
    if evidence.layout in ("code", "field") or not evidence.quotes or _length(evidence) <= room:
        return evidence
    lead_in = evidence.lead_in and opening(evidence.lead_in, room // 2)
    left = room - (taken([lead_in]) if lead_in else 0)
    if evidence.layout == "list":
        return replace(evidence, quotes=fit(evidence.quotes, left - _COUNT_WORDS), lead_in=lead_in)
    # The number of a quote counts as a word.
    each = left // len(evidence.quotes) - 1
    return replace(evidence, quotes=tuple(opening(quote, each) for quote in evidence.quotes), lead_in=lead_in)


def _limit(kind: Kind) -> int:
    return LIMIT_WORDS.get(kind, DEFAULT_LIMIT_WORDS)


def _total(shown: Sequence[Asked]) -> int:
    return sum(_length(evidence) for _, evidence in shown)


def _length(evidence: Evidence | None) -> int:
    if evidence is None or evidence.layout != "list":
        return taken(evidence.all_quotes) if evidence else 0
    lead_in = [evidence.lead_in] if evidence.lead_in else []
    return length_of(evidence.quotes) + taken(lead_in) + (_COUNT_WORDS if evidence.counted else 0)
