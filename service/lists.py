"""The list that a question asks for: a list of the post with what leads in to it, or headings that are the list."""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from index import Block, Floats, Hit, Ranking, Section, weigh
from service.evidence import Source
from service.features import head, leading
from service.question import Question
from service.rank import Candidate, fitted_weights, weighted
from service.unbroken import unbroken

_SHORTEST_LIST = 2
_FEWEST_HEADINGS = 3
# The features that late interaction tells, before the post is looked into.
_MATCHED = ("lead", "head", "intro", "whole", "items")
# From so many items on a list is as long as any.
_LONG = 10
# Sums in another order differ by less.
_ROUNDING = 1e-9
_ADDRESS = re.compile(r"(?:\[?\d+[\].)]*:? )?\S*https?://\S+")


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


def find_lists(ranking: Ranking, source: Callable[[str], Source]) -> Iterator[ListCandidate]:
    """The lists in and around the hits, best first.

    To fetch a post takes long: one is looked into only when what it may hold comes next.
    """
    weights = fitted_weights("list")
    waiting = sorted(_hints(ranking), key=lambda hint: -hint.most)
    # A heap, best first; of equal ones the first in the order of hits.
    found: list[tuple[float, int, ListCandidate]] = []
    for hint in waiting:
        while found and -found[0][0] > hint.most:
            yield heapq.heappop(found)[2]
        if candidate := hint.look(source(hint.spot.hit.passage.post), weights):
            heapq.heappush(found, (-candidate.score, hint.order, candidate))
    while found:
        yield heapq.heappop(found)[2]


def holds_words(candidate: ListCandidate) -> bool:
    """Whether an item says something, and is not only an address: a list of sources tells nothing by itself."""
    block, text = candidate.block, candidate.source.post.text
    return block is None or any(not _ADDRESS.fullmatch(text[part.start : part.end]) for part in block.parts)


@dataclass(frozen=True, slots=True)
class PreferenceFeatures:
    """What speaks for showing a list instead of the best sentence; each about -1 to 1.

    `intro`, `whole`, `head`, `lead` and `score` are the list's; `best_headed`, `best_match`, `best_opening` and
    `best_open` the sentence's; `gain` is how much better the whole list matches; `headings` is 1 for a list of
    headings, `table` for a table; `no_fact` is 1 when no kind of fact is asked for, `best_inside` when the sentence is
    in the list; the others are 1 for the kind of question.
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
    table: float
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
        table=float(block is not None and block.kind == "table"),
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


@dataclass(frozen=True, slots=True)
class _Hint:
    """A spot and what speaks for it: `matched` are the features that `_MATCHED` names, `most` is the most it can score,
    whatever the post tells.
    """

    order: int
    spot: _Spot
    matched: tuple[float, ...]
    most: float

    def look(self, own: Source, weights: Mapping[str, float]) -> ListCandidate | None:
        """The list, if there is one."""
        block: Block | None = None
        children: tuple[Section, ...] = ()
        if self.spot.block is not None:
            section, block = own.block(self.spot.block)
            block = unbroken(own, section, block)
            length = len(block.parts)
            if length < _SHORTEST_LIST:
                return None
        else:
            parents = [s for s in own.post.sections if s.heading == self.spot.path]
            children = tuple(s for s in own.post.sections if s.is_titled and s.heading[:-1] == self.spot.path)
            length = len(children)
            if length < _FEWEST_HEADINGS or not (parents or not self.spot.path):
                return None
            section = parents[0] if parents else children[0]
        features = ListFeatures(
            **dict(zip(_MATCHED, self.matched, strict=True)),
            passage=self.spot.hit.score,
            headings=float(self.spot.block is None),
            long=min(length / _LONG, 1.0),
        )
        return ListCandidate(own, section, block, children, features, weighted(features, weights))


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a list may be: a block of the post by its number, or the headings below one, by its path.

    `lead`, `above`, `items`: how the question matches, (pieces,) float32 each, what leads in to the list, the title and
    headings above it, and its items.
    """

    hit: Hit
    block: int | None
    path: tuple[str, ...]
    lead: Floats
    above: Floats
    items: Floats


def _spots(ranking: Ranking) -> Iterator[_Spot]:
    """The lists in the hits, then sections whose sub-headings may be a list: “five lessons”, each a heading."""
    heads = [head(hit) for hit in ranking.hits]
    for hit, above in zip(ranking.hits, heads, strict=True):
        sentences = hit.passage.sentences
        for number in dict.fromkeys(s.block for s in sentences if s.kind in ("list_item", "row")):
            rows = [i for i, s in enumerate(sentences) if s.block == number]
            yield _Spot(hit, number, (), leading(hit, rows[0]), above, hit.alignment[rows].max(axis=0))
    nothing = np.full_like(ranking.shares, -1)
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for hit, own in zip(ranking.hits, heads, strict=True):
        for path in (hit.passage.heading, hit.passage.heading[:-1]):
            if (hit.passage.post, path) in seen or not hit.passage.heading:
                continue
            seen.add((hit.passage.post, path))
            # The parent's own heading is sentence 0 of its passage, and the context of its children's.
            above = own if hit.passage.heading == path else hit.context
            yield _Spot(hit, None, path, nothing, above, hit.alignment.max(axis=0))


def _hints(ranking: Ranking) -> Iterator[_Hint]:
    """What `_spots` finds, weighed all at once."""
    spots = list(_spots(ranking))
    if not spots:
        return
    weights = fitted_weights("list")
    lead, above, items = (np.stack([getattr(spot, name) for spot in spots]) for name in ("lead", "above", "items"))
    intro = np.maximum(lead, above)
    matched = weigh(np.stack((lead, above, intro, np.maximum(intro, items), items), axis=1), ranking.shares)
    most = (
        (matched * [weights.get(name, 0.0) for name in _MATCHED]).sum(axis=1)
        + weights.get("passage", 0.0) * np.array([spot.hit.score for spot in spots])
        + weights.get("headings", 0.0) * np.array([spot.block is None for spot in spots])
        + max(weights.get("long", 0.0), 0.0)
        + _ROUNDING
    )
    for order, (spot, row, at_most) in enumerate(zip(spots, matched.tolist(), most.tolist(), strict=True)):
        yield _Hint(order, spot, tuple(row), at_most)
