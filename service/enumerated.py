"""A list that is written as running text: “First, … Second, … Finally, …”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index import Ranking
from service.evidence import Evidence, Source
from service.listing import fit
from service.rank import Candidate
from service.room import LIST_ROOM_WORDS, taken

_AND = "(?:And )?"
_IS = r"(?: \w+)?(?: \w+)? (?:is|was|are|were)\b"
_FIRST = re.compile(
    rf"(?:First(?:ly| of all| off| and foremost)?|For one(?: thing)?|To begin with),|The first{_IS}"
    r"|First(?:ly)? (?:I|we|the|there)\b"
)
_NEXT = tuple(
    re.compile(rf"{_AND}(?i:{number}(?:ly)?),|{_AND}(?i:the {number}){_IS}")
    for number in ("second", "third", "fourth", "fifth")
)
_LAST = re.compile(rf"{_AND}(?i:finally|lastly|last but not least),|{_AND}(?i:the (?:last|final)(?: one)?){_IS}")
# What is counted stands close together, with a few words on each.
_APART = 4


def enumerated(best: Candidate, ranking: Ranking, own: Source) -> Evidence | None:
    """What is counted by words in the section, as far as it was found, below the sentence before it, where the best
    sentence is one of them or leads in to them; None where nothing is counted so.
    """
    here = best.hit.passage
    passages = [
        hit.passage for hit in ranking.hits if (hit.passage.post, hit.passage.heading) == (here.post, here.heading)
    ]
    running = [
        own.cut(passage, sentence.kind, sentence.start, sentence.end)
        for passage in sorted(passages, key=lambda passage: passage.start)
        for sentence in passage.sentences
        if sentence.kind == "sentence"
    ]
    at = next((place for place, quote in enumerate(running) if quote.start == best.sentence.start), None)
    places = _counted([quote.text for quote in running], at) if at is not None else []
    if not places:
        return None
    lead_in = running[places[0] - 1] if places[0] else None
    room = LIST_ROOM_WORDS - (taken([lead_in]) if lead_in else 0)
    return Evidence("list", fit(tuple(running[place] for place in places), room), lead_in)


def _counted(texts: Sequence[str], at: int) -> list[int]:
    """Where the sentences stand that count, two at least: from the last “first” before this place, at it, or right
    behind it, up to this place at least.
    """
    first = next((place for place in range(min(at + 1, len(texts) - 1), -1, -1) if _FIRST.match(texts[place])), None)
    if first is None:
        return []
    places = [first]
    for form in _NEXT:
        following = _near(texts, places[-1], form)
        if following is None:
            break
        places.append(following)
    last = _near(texts, places[-1], _LAST)
    places += [] if last is None else [last]
    return places if len(places) > 1 and at <= places[-1] else []


def _near(texts: Sequence[str], place: int, form: re.Pattern[str]) -> int | None:
    """Where the next sentence of this form stands, close behind the place."""
    behind = range(place + 1, min(place + 1 + _APART, len(texts)))
    return next((other for other in behind if form.match(texts[other])), None)
