"""A list that is written as running text: “First, … Second, … Finally, …”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index import Ranking
from service.evidence import Evidence, Source
from service.listing import fit
from service.rank import Candidate
from service.room import LIST_ROOM_WORDS, taken

_FIRST = re.compile(
    r"(?:First(?:ly|ly and foremost| and foremost| of all| off)?|The first|For one(?: thing)?|To begin with)\b"
)
_NEXT = (
    re.compile(r"(?:(?:And )?[Ss]econd(?:ly)?|(?:And )?[Tt]he second)\b"),
    re.compile(r"(?:(?:And )?[Tt]hird(?:ly)?|(?:And )?[Tt]he third)\b"),
    re.compile(r"(?:(?:And )?[Ff]ourth(?:ly)?|(?:And )?[Tt]he fourth)\b"),
    re.compile(r"(?:(?:And )?[Ff]ifth(?:ly)?|(?:And )?[Tt]he fifth)\b"),
)
_LAST = re.compile(r"(?:(?:And )?(?:[Ff]inally|[Ll]astly|[Ll]ast but not least)|(?:And )?[Tt]he (?:last|final) )\b")


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
    """Where the sentences stand that count, two at least, from the last “first” up to right behind this place on."""
    first = next((place for place in range(min(at + 1, len(texts) - 1), -1, -1) if _FIRST.match(texts[place])), None)
    if first is None:
        return []
    places = [first]
    for form in _NEXT:
        found = next((place for place in range(places[-1] + 1, len(texts)) if form.match(texts[place])), None)
        if found is None:
            break
        places.append(found)
    last = next((place for place in range(places[-1] + 1, len(texts)) if _LAST.match(texts[place])), None)
    places += [] if last is None else [last]
    return places if len(places) > 1 and at <= places[-1] else []
