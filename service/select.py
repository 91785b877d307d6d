"""Hits → the smallest text that answers: sentences, a list, a row with its header, or code with its lead-in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index import Block, Floats, Hit, Passage, Post, PostCard, Ranking, Section, Sentence, SentenceKind
from service.evidence import Evidence, Quote
from service.expected import holds
from service.question import Question

LIMIT_WORDS = {"list": 150, "explain": 90, "summary": 90}
DEFAULT_LIMIT_WORDS = 60
# What a sentence's score takes over from its heading and neighbours, and from the rank of its passage.
_CONTEXT_SHARE = 0.35
_PASSAGE_SHARE = 0.25
_EXPECTED_BONUS = 0.04
# A second sentence is quoted when its score is at least this near to the best one's.
_RUNNER_UP_MARGIN = 0.06
_MOST_QUOTES = 3
# A list is shown when its best item scores this near to the best sentence.
_LIST_MARGIN = 0.15
_SHORTEST_LIST = 2
# What templates add around the quotes.
_TEMPLATE_WORDS = 4
_REFERRING = re.compile(r"^(?:This|That|These|Those|It|Its|They|Their|He|She|Such|Here|But|However|Then|So|Also)\b")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer; `match` is its late-interaction score, `score` what it is ranked by."""

    hit: Hit
    sentence: Sentence
    match: float
    score: float


@dataclass(frozen=True, slots=True)
class Source:
    """A post with its card: quotes are cut from the one and name the other."""

    card: PostCard
    post: Post

    def block(self, number: int) -> tuple[Section, Block]:
        """The post's block with this number, counted from 0 over all sections, and the section that it is in."""
        for section in self.post.sections:
            if number < len(section.blocks):
                return section, section.blocks[number]
            number -= len(section.blocks)
        raise IndexError(f"the post {self.card.id} has no such block")

    def quote(self, passage: Passage, kind: SentenceKind, start: int, end: int) -> Quote:
        """The post's words from `start` to `end`, which stand in the section of the passage."""
        return Quote(self.card, passage.heading, passage.anchor, kind, self.post.text[start:end], start, end)


def candidates(question: Question, ranking: Ranking) -> list[Candidate]:
    """The sentences of all hits, best first; headings are context, not candidates."""
    found: list[Candidate] = []
    for hit in ranking.hits:
        sentences = hit.passage.sentences
        for index, sentence in enumerate(sentences):
            if sentence.kind == "heading" or (
                sentence.kind == "row" and sentence.header is None and len(sentences) > 1
            ):
                continue
            match = float(hit.alignment[index] @ ranking.shares)
            read = float(reading(hit, index) @ ranking.shares)
            score = (1 - _CONTEXT_SHARE) * match + _CONTEXT_SHARE * read + _PASSAGE_SHARE * hit.score
            if holds(question.expects, hit.passage.quote(sentence)):
                score += _EXPECTED_BONUS
            found.append(Candidate(hit, sentence, match, score))
    return sorted(found, key=lambda c: -c.score)


def reading(hit: Hit, index: int) -> Floats:
    """(pieces,) float32: how well the question's pieces match a sentence read with what introduces it.

    That is the heading above it, and the sentence before it unless they are rows of a table.
    """
    sentences = hit.passage.sentences
    context = [index]
    if sentences[0].kind == "heading":
        context.append(0)
    if index > 0 and sentences[index].kind != "row":
        context.append(index - 1)
    return np.asarray(hit.alignment[context].max(axis=0), dtype=np.float32)


def select(question: Question, ranked: Sequence[Candidate], source: Callable[[str], Source]) -> Evidence | None:
    """The evidence for an answer, or None when nothing was found.

    :param ranked: from `candidates`.
    :param source: gives the post with an id.
    """
    if not ranked:
        return None
    if question.kind == "list" and (listed := _best_list(ranked, source)):
        return listed
    best = ranked[0]
    own = source(best.hit.passage.post)
    if best.sentence.kind == "row":
        return _row(best, own)
    if best.sentence.kind == "code":
        return _code(best, own)
    return _sentences(question, ranked, source)


def _best_list(ranked: Sequence[Candidate], source: Callable[[str], Source]) -> Evidence | None:
    """The list whose items, lead-in and heading match best, when it matches as well as the best sentence does."""
    best_score = ranked[0].score
    for candidate in ranked:
        if candidate.score < best_score - _LIST_MARGIN:
            return None
        if (evidence := _list_of(candidate, source(candidate.hit.passage.post))) is not None:
            return evidence
    return None


def _list_of(candidate: Candidate, own: Source) -> Evidence | None:
    """The list that the candidate is an item of, or leads in to."""
    number = candidate.sentence.block
    _, block = own.block(number)
    if block.kind == "paragraph" and own.post.text[block.start : block.end].endswith(":"):
        number += 1
    try:
        section, block = own.block(number)
    except IndexError:
        return None
    if block.kind != "list" or len(block.parts) < _SHORTEST_LIST:
        return None
    items = tuple(
        Quote(own.card, section.heading, section.anchor, "list_item", own.post.text[p.start : p.end], p.start, p.end)
        for p in block.parts
        if p.end > p.start
    )
    return Evidence("list", _within(items, own, LIMIT_WORDS["list"]), None, candidate.match)


def _within(items: tuple[Quote, ...], own: Source, limit: int) -> tuple[Quote, ...]:
    """The items, each cut to its label or opening clause when all together are over the limit."""
    # Each item costs its bullet and its number besides its words.
    if sum(len(item.text.split()) + 2 for item in items) + _TEMPLATE_WORDS <= limit:
        return items
    room = max((limit - _TEMPLATE_WORDS) // max(len(items), 1) - 2, 1)
    return tuple(_clause(item, room) for item in items)


def _clause(item: Quote, room: int) -> Quote:
    """The item's opening words up to the first stop that leaves at most `room` words, else just those words."""
    if len(item.text.split()) <= room or item.start is None:
        return item
    words = list(re.finditer(r"\S+", item.text))[:room]
    cut = words[-1].end()
    stops = [m.start() for m in re.finditer(r"[:;.,(]\s|\s[–—-]\s", item.text[:cut])]
    if stops:
        cut = stops[-1] if stops[0] < cut // 3 else stops[0]
    return replace(item, text=item.text[:cut], end=item.start + cut)


def _row(best: Candidate, own: Source) -> Evidence:
    header = best.sentence.header
    lead_in = own.quote(best.hit.passage, "row", *header) if header else None
    row = own.quote(best.hit.passage, "row", best.sentence.start, best.sentence.end)
    return Evidence("row", (row,), lead_in, best.match)


def _code(best: Candidate, own: Source) -> Evidence:
    start, end = best.sentence.start, best.sentence.end
    text = own.post.text[start:end]
    lines = text.splitlines(keepends=True)
    lead_in = _lead_in(best, own)
    room = DEFAULT_LIMIT_WORDS - _TEMPLATE_WORDS - (len(lead_in.text.split()) if lead_in else 0)
    while len(lines) > 1 and len("".join(lines).split()) > room:
        lines.pop()
    shown = "".join(lines).rstrip("\n")
    return Evidence("code", (own.quote(best.hit.passage, "code", start, start + len(shown)),), lead_in, best.match)


def _lead_in(best: Candidate, own: Source) -> Quote | None:
    """The sentence right before a code block, when it is in the same passage."""
    before = [s for s in best.hit.passage.sentences if s.end <= best.sentence.start and s.kind != "heading"]
    return own.quote(best.hit.passage, before[-1].kind, before[-1].start, before[-1].end) if before else None


def _sentences(question: Question, ranked: Sequence[Candidate], source: Callable[[str], Source]) -> Evidence:
    """The best sentence, what it refers back to, its footnote, and others that match about as well."""
    limit = LIMIT_WORDS.get(question.kind, DEFAULT_LIMIT_WORDS) - _TEMPLATE_WORDS
    chosen: list[Quote] = []
    for candidate in ranked:
        if chosen and (candidate.score < ranked[0].score - _RUNNER_UP_MARGIN or len(chosen) >= _MOST_QUOTES):
            break
        if candidate.sentence.kind in ("row", "code"):
            continue
        quotes = _whole(candidate, source(candidate.hit.passage.post), limit)
        fresh = [q for q in quotes if all(q.post != c.post or q.start >= c.end or q.end <= c.start for c in chosen)]  # type: ignore[operator]
        if (fresh and _words([*chosen, *fresh]) <= limit) or not chosen:
            chosen += fresh
    return Evidence("sentences", tuple(chosen), None, ranked[0].match)


def _whole(candidate: Candidate, own: Source, limit: int) -> list[Quote]:
    """The sentence as it can be understood alone: with the one it refers back to, in one span, and its footnote."""
    sentence = candidate.sentence
    start, end = sentence.start, sentence.end
    said = own.post.text[start:end]
    before = [
        s
        for s in candidate.hit.passage.sentences
        if s.end <= start and s.block == sentence.block and s.part == sentence.part
    ]
    if before and _REFERRING.match(said):
        joined = own.post.text[before[-1].start : end]
        if len(joined.split()) <= limit:
            start = before[-1].start
    passage = candidate.hit.passage
    quotes = [own.quote(passage, sentence.kind, start, end)]
    if sentence.note:
        quotes.append(own.quote(passage, "footnote", *sentence.note))
    if _words(quotes) > limit and len(quotes) > 1:
        quotes.pop()
    return quotes


def _words(quotes: Sequence[Quote]) -> int:
    """The words that the quotes take in an answer, with the number behind each."""
    return sum(len(q.text.split()) + 1 for q in quotes)
