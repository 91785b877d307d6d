"""The list that a question asks for: a list of the post with what leads in to it, or headings that are the list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from index import Block, Floats, Hit, Ranking, Section
from service.evidence import Evidence, Quote, Source
from service.rank import head, leading

_SHORTEST_LIST = 2
_FEWEST_HEADINGS = 3
# What the words of a bullet and of the citation's number add to an item.
_MARKS_WORDS = 2


@dataclass(frozen=True, slots=True)
class ListCandidate:
    """A list that may be meant. `intro` and `whole` are late-interaction scores, -1 to 1: of what leads in to it with its
    headings, and of that with its items. `block` is None for a list of headings.
    """

    source: Source
    intro: float
    whole: float
    score: float
    section: Section
    block: Block | None
    children: tuple[Section, ...] = ()


def find_lists(ranking: Ranking, source: Callable[[str], Source]) -> list[ListCandidate]:
    """The lists in and around the hits, best first."""
    found = [c for hit in ranking.hits for c in _of_hit(ranking, hit, source(hit.passage.post))]
    found += _of_headings(ranking, source)
    return sorted(found, key=lambda candidate: -candidate.score)


def list_evidence(candidate: ListCandidate, limit: int) -> Evidence:
    """Every item of the list, each cut to its label or opening clause when all together are over `limit` words."""
    own = candidate.source
    if candidate.block is None:
        items = tuple(_heading(own, section) for section in candidate.children)
    else:
        section = candidate.section
        items = tuple(
            own.quote(section.heading, section.anchor, "list_item", part.start, part.end)
            for part in candidate.block.parts
            if part.end > part.start
        )
    return Evidence("list", fit(items, limit))


def fit(items: tuple[Quote, ...], limit: int) -> tuple[Quote, ...]:
    """The items, the longest ones cut to their opening clauses until all together take at most `limit` words."""

    def total(shown: tuple[Quote, ...]) -> int:
        return sum(len(item.text.split()) + _MARKS_WORDS for item in shown)

    if total(items) <= limit:
        return items
    longest = max(len(item.text.split()) for item in items)
    for room in range(longest, 0, -1):
        shown = tuple(_clause(item, room) for item in items)
        if total(shown) <= limit:
            return shown
    return tuple(_clause(item, 1) for item in items)[: max(limit // (1 + _MARKS_WORDS), 1)]


def _of_hit(ranking: Ranking, hit: Hit, own: Source) -> Iterator[ListCandidate]:
    sentences = hit.passage.sentences
    for number in dict.fromkeys(s.block for s in sentences if s.kind == "list_item"):
        rows = [i for i, s in enumerate(sentences) if s.block == number and s.kind == "list_item"]
        section, block = own.block(number)
        if len(block.parts) < _SHORTEST_LIST:
            continue
        before = np.maximum(leading(hit, rows[0]), head(hit))
        yield _candidate(ranking, hit, own, before, hit.alignment[rows].max(axis=0), section, block)


def _of_headings(ranking: Ranking, source: Callable[[str], Source]) -> Iterator[ListCandidate]:
    """Sections whose sub-headings are a list: “five lessons”, each a heading."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for hit in ranking.hits:
        own = source(hit.passage.post)
        for path in (hit.passage.heading, hit.passage.heading[:-1]):
            if not path or (hit.passage.post, path) in seen:
                continue
            seen.add((hit.passage.post, path))
            parents = [s for s in own.post.sections if s.heading == path]
            children = tuple(s for s in own.post.sections if s.heading[:-1] == path)
            if not parents or len(children) < _FEWEST_HEADINGS:
                continue
            # The parent's own heading is sentence 0 of its passage, and the context of its children's.
            before = head(hit) if hit.passage.heading == path else hit.context
            yield _candidate(ranking, hit, own, before, hit.alignment.max(axis=0), parents[0], None, children)


def _candidate(
    ranking: Ranking,
    hit: Hit,
    own: Source,
    before: Floats,
    items: Floats,
    section: Section,
    block: Block | None,
    children: tuple[Section, ...] = (),
) -> ListCandidate:
    intro = float(before @ ranking.shares)
    whole = float(np.maximum(before, items) @ ranking.shares)
    score = (intro + whole) / 2 + 0.25 * hit.score
    return ListCandidate(own, intro, whole, score, section, block, children)


def _heading(own: Source, section: Section) -> Quote:
    return own.quote(section.heading, section.anchor, "heading", section.title_start, section.title_end)


def _clause(item: Quote, room: int) -> Quote:
    """The item cut to at most `room` words: at the first stop of its sentence when there is one, else between words."""
    words = list(re.finditer(r"\S+", item.text))
    if len(words) <= room or item.start is None:
        return item
    cut = words[room - 1].end()
    stops = [m.start() for m in re.finditer(r"[:;.,(]\s|\s[–—-]\s", item.text[: cut + 1])]
    if stops:
        cut = stops[-1]
    return replace(item, text=item.text[:cut], end=item.start + cut)
