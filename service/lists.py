"""The list that a question asks for: a list of the post with what leads in to it, or headings that are the list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from index import Block, Floats, Hit, Ranking, Section, SentenceKind
from service.evidence import Evidence, Quote, Source
from service.question import Question
from service.rank import Candidate, fitted_weights, head, leading, weighted
from service.trim import opening

_SHORTEST_LIST = 2
_FEWEST_HEADINGS = 3
# What the words of a bullet and of the citation's number add to an item.
_MARKS_WORDS = 2


@dataclass(frozen=True, slots=True)
class ListFeatures:
    """What speaks for a list; each about -1 to 1. All but the last two are late-interaction scores.

    `lead`: of the sentence that leads in to it; `head`: of the title and headings above it; `intro`: of both
    together; `whole`: of both with the items; `items`: of the best item; `passage`: its passage's score; `headings`:
    1 for a list of headings; `long`: its number of items, 1 for ten or more.
    """

    lead: float
    head: float
    intro: float
    whole: float
    items: float
    passage: float
    headings: float
    long: float


@dataclass(frozen=True, slots=True)
class ListCandidate:
    """A list that may be meant; `score` is what it is ranked by. `block` is None for a list of headings."""

    source: Source
    section: Section
    block: Block | None
    children: tuple[Section, ...]
    features: ListFeatures
    score: float


def find_lists(ranking: Ranking, source: Callable[[str], Source]) -> list[ListCandidate]:
    """The lists in and around the hits, best first."""
    found = [c for hit in ranking.hits for c in _of_hit(ranking, hit, source(hit.passage.post))]
    found += _of_headings(ranking, source)
    return sorted(found, key=lambda candidate: -candidate.score)


@dataclass(frozen=True, slots=True)
class PreferenceFeatures:
    """What speaks for showing a list instead of the best sentence; each about -1 to 1.

    `intro`, `whole`, `head`, `lead` and `score` are the list's; `best_headed`, `best_match`, `best_opening` and
    `best_open` the sentence's; `gain` is how much better the whole list matches; `headings` is 1 for a list of
    headings; `no_fact` 1 when no kind of fact is asked for; `best_inside` 1 when the sentence is in the list; the
    others are 1 for the kind of question.
    """

    intro: float
    whole: float
    head: float
    lead: float
    score: float
    best_headed: float
    best_match: float
    best_opening: float
    best_open: float
    best_inside: float
    gain: float
    headings: float
    no_fact: float
    list: float
    fact: float
    explain: float
    definition: float
    lookup: float
    yes_no: float
    comparison: float


def preference_features(question: Question, listed: ListCandidate, best: Candidate) -> PreferenceFeatures:
    """The features of showing the list instead of the sentence."""
    own, sentence = listed.features, best.features
    block = listed.block
    return PreferenceFeatures(
        intro=own.intro,
        whole=own.whole,
        head=own.head,
        lead=own.lead,
        score=listed.score,
        best_headed=sentence.headed,
        best_match=sentence.match,
        best_opening=sentence.opening,
        best_open=sentence.open,
        best_inside=float(block is not None and block.start <= best.sentence.start < block.end),
        gain=own.whole - sentence.headed,
        headings=own.headings,
        no_fact=float(not question.expects),
        list=float(question.kind == "list"),
        fact=float(question.kind == "fact"),
        explain=float(question.kind == "explain"),
        definition=float(question.kind == "definition"),
        lookup=float(question.kind == "lookup"),
        yes_no=float(question.kind == "yes_no"),
        comparison=float(question.kind == "comparison"),
    )


def prefers_list(question: Question, listed: ListCandidate, best: Candidate) -> bool:
    """Whether the list is the likelier answer: a logistic regression over the features above."""
    weights = dict(fitted_weights("prefer_list"))
    return weights.pop("intercept") + weighted(preference_features(question, listed, best), weights) > 0


def list_evidence(candidate: ListCandidate, limit: int) -> Evidence:
    """Every item of the list, each cut to its label or opening clause when all together are over `limit` words."""
    own = candidate.source
    if candidate.block is None:
        items = tuple(_heading(own, section) for section in candidate.children)
    else:
        section = candidate.section
        kind: SentenceKind = "row" if candidate.block.kind == "table" else "list_item"
        items = tuple(
            own.quote(section.heading, section.anchor, kind, part.start, part.end)
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
        shown = tuple(opening(item, room) for item in items)
        if total(shown) <= limit:
            return shown
    # A list is never cut short: whoever counts the items must find all.
    return tuple(opening(item, 1) for item in items)


def _of_hit(ranking: Ranking, hit: Hit, own: Source) -> Iterator[ListCandidate]:
    sentences = hit.passage.sentences
    for number in dict.fromkeys(s.block for s in sentences if s.kind in ("list_item", "row")):
        rows = [i for i, s in enumerate(sentences) if s.block == number]
        section, block = own.block(number)
        if len(block.parts) < _SHORTEST_LIST:
            continue
        items = hit.alignment[rows].max(axis=0)
        yield _candidate(ranking, hit, own, leading(hit, rows[0]), head(hit), items, section, block)


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
            above = head(hit) if hit.passage.heading == path else hit.context
            items = hit.alignment.max(axis=0)
            yield _candidate(ranking, hit, own, np.full_like(above, -1), above, items, parents[0], None, children)


def _candidate(
    ranking: Ranking,
    hit: Hit,
    own: Source,
    lead: Floats,
    above: Floats,
    items: Floats,
    section: Section,
    block: Block | None,
    children: tuple[Section, ...] = (),
) -> ListCandidate:
    shares = ranking.shares
    intro = np.maximum(lead, above)
    features = ListFeatures(
        lead=float(lead @ shares),
        head=float(above @ shares),
        intro=float(intro @ shares),
        whole=float(np.maximum(intro, items) @ shares),
        items=float(items @ shares),
        passage=hit.score,
        headings=float(block is None),
        long=min(len(children if block is None else block.parts) / 10, 1.0),
    )
    score = weighted(features, fitted_weights("list"))
    return ListCandidate(own, section, block, children, features, score)


def _heading(own: Source, section: Section) -> Quote:
    return own.quote(section.heading, section.anchor, "heading", section.title_start, section.title_end)
