"""Sentences that answer: the best one with what it leans on, and others that are nearly as likely and have room."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, islice

from index import Sentence
from service.clause import opens_question
from service.evidence import SET_APART, Evidence, Quote, Source
from service.expected import holds
from service.heading import telling_heading
from service.particular import holds_particular
from service.question import Question
from service.rank import Candidate
from service.room import EXPLAIN_ROOM_WORDS, LIST_ROOM_WORDS, ROOM_WORDS, taken
from service.trim import around

_MOST_QUOTES = 5
# A further sentence is quoted when it has a four-hundredth of the best one's odds or more, and there is room.
_RUNNER_UP_MARGIN = 0.6
# Of so many that come first: further on few fit, and each takes time to rank.
_LOOKED_AT = 8
_FEWEST_WORDS = 3
_SHORT_ITEM_WORDS = 5
# “Is it worth it? Of course it is!”: so short a sentence says nothing without the question before it.
_SHORT_REPLY_WORDS = 6
_RUNNING = frozenset({"sentence", "list_item", "quote"})
_MOST_SPACES = 2
_MEASURED = frozenset({"date", "duration", "amount"})
_POINTING = "This|That|These|Those|It|Its|They|Their|He|She|His|Her|Such|Both"
# “In 1891, he …”, “For this reason …”: what it points to was said before.
_LATER = (
    r"[A-Z]\w*(?: [\w’']+){0,3}, (?:he|she|they)|(?:For|Because of|In|At|By|With|Despite|After|Before) (?:this|that)"
)
_REFERRING = re.compile(
    rf"(?:{_POINTING}|However|But|So|Then|Also|Hence|Thus|Therefore|Instead|Otherwise|As a result|{_LATER})\b"
)
# What a reader would take for something else behind another sentence: “But it …” too.
_LEANING = re.compile(rf"(?:(?:However|But|So|Then|Also|And|Yet),? )?(?:{_POINTING})\b", re.IGNORECASE)
# “As they put it:”; a longer one says something itself.
_LEADS_IN = re.compile(r"(?:\S+ ){0,5}\S+:$|https?://\S+$")
_EACH = re.compile(r"\b(?:compare|difference|differences|versus|vs)\b", re.IGNORECASE)

Sources = Callable[[str], Source]


def sentence_evidence(question: Question, ranked: Sequence[Candidate], source: Sources) -> Evidence:
    """The best sentence, what it refers back to, its footnote, and others that are nearly as likely."""
    best = ranked[0]
    own, room = source(best.hit.passage.post), sentence_room(question)
    heading = _telling_heading(question, best, own)
    # A list that is one long sentence is shown to its end.
    chosen = _whole(question, best, own, LIST_ROOM_WORDS if question.kind == "list" else room)
    chosen += further(question, ranked, source, chosen, room - (taken([heading]) if heading else 0))
    if heading and taken([heading, *chosen]) <= room:
        chosen.insert(0, heading)
    if question.kind == "comparison" and _EACH.search(question.text) and len({quote.post.id for quote in chosen}) == 1:
        # Of two things that are compared, what the post says first comes first.
        chosen.sort(key=lambda quote: quote.start or 0)
    return Evidence("sentences", tuple(chosen))


def sentence_room(question: Question) -> int:
    """The words that sentences may take; a reason may take more of them than what else is explained."""
    return EXPLAIN_ROOM_WORDS if question.expects == "reason" else ROOM_WORDS


def neighbours_joined(shown: Evidence, source: Sources) -> Evidence:
    """The same sentences; those that follow one on the other in a paragraph as one quote, in the place of the first."""
    joined = list(shown.quotes)
    while pair := next((two for two in combinations(joined, 2) if _is_beside(*two, source)), None):
        first, last = sorted(pair, key=lambda one: one.start or 0)
        assert first.start is not None
        assert last.end is not None
        text = source(first.post.id).post.text[first.start : last.end]
        joined[joined.index(pair[0])] = replace(first, text=text, end=last.end)
        joined.remove(pair[1])
    return replace(shown, quotes=tuple(joined))


def _is_beside(one: Quote, other: Quote, source: Sources) -> bool:
    """Whether nothing but a space is between them, and the second does not lead in to something else."""
    if one.post != other.post or one.kind != other.kind or one.kind not in _RUNNING:
        return False
    first, last = sorted((one, other), key=lambda quote: quote.start or 0)
    between = source(one.post.id).post.text[first.end : last.start]
    follows = 0 < len(between) <= _MOST_SPACES and between.isspace() and "\n" not in between
    return follows and not last.text.endswith(":")


def further(
    question: Question, ranked: Sequence[Candidate], source: Sources, chosen: Sequence[Quote], room: int
) -> list[Quote]:
    """What comes behind the best one, is nearly as likely and has room beside what was chosen."""
    best, all_chosen = ranked[0], list(chosen)
    for candidate in islice(ranked, 1, _LOOKED_AT):
        if candidate.score < best.score - _RUNNER_UP_MARGIN or len(all_chosen) >= _MOST_QUOTES:
            break
        # A post takes long to fetch, so it is not for a sentence that has no room even by itself.
        left = room - taken(all_chosen)
        if len(candidate.text.split()) >= left or _adds_nothing(question, best, candidate):
            continue
        said = {quote.text for quote in all_chosen}
        for quotes in _ways(question, candidate, source(candidate.hit.passage.post), room, all_chosen):
            fits = taken(quotes) <= left and len(all_chosen) + len(quotes) <= _MOST_QUOTES
            if fits and not _overlapping(quotes, all_chosen) and not any(quote.text in said for quote in quotes):
                all_chosen += quotes
                break
    return all_chosen[len(chosen) :]


def _telling_heading(question: Question, best: Candidate, own: Source) -> Quote | None:
    if not telling_heading(question, best):
        return None
    path = best.hit.passage.heading
    section = next((s for s in own.post.sections if s.heading == path and s.is_titled), None)
    if section is None:
        return None
    return own.title(section)


def _adds_nothing(question: Question, best: Candidate, other: Candidate) -> bool:
    """Whether a date, an amount or a duration is asked for, which only the best sentence holds; or the other is a word
    or two, such as “Yes.”, which say nothing behind another sentence; or both are rows or code; or it only leads in to
    something, or is nothing but an address.
    """
    if {best.sentence.kind, other.sentence.kind} <= SET_APART or _LEADS_IN.match(other.text):
        return True
    if question.particular and holds_particular(question.particular, best.text, question.words):
        return not holds_particular(question.particular, other.text, question.words)
    if holds(question.expects, other.text):
        return False
    measured = question.kind == "fact" and question.expects in _MEASURED and holds(question.expects, best.text)
    short = other.sentence.kind == "sentence" and len(other.text.split()) < _FEWEST_WORDS
    return measured or (short and question.kind != "explain")


def _whole(question: Question, candidate: Candidate, own: Source, limit: int) -> list[Quote]:
    """The sentence as it can be understood alone: in one span with the one it refers back to, the question that it
    replies to or the item that it stands below, and its footnote.
    """
    first = last = sentence = candidate.sentence
    before, after = _beside(candidate, -1), _beside(candidate, 1)
    above = _above(candidate) if len(candidate.text.split()) < _SHORT_ITEM_WORDS else None
    if above and _length(own, above, sentence) <= limit:
        first = above
    replies = before is not None and _asks(candidate, before) and len(candidate.text.split()) < _SHORT_REPLY_WORDS
    if before and (replies or _REFERRING.match(candidate.text)) and _length(own, before, sentence) <= limit:
        first = before
    if after and question.kind == "explain" and not _asks(candidate, after) and _length(own, first, after) <= limit:
        last = after
    quotes = [own.cut(candidate.hit.passage, sentence.kind, first.start, last.end)]
    if sentence.note:
        quotes.append(own.cut(candidate.hit.passage, "footnote", *sentence.note))
    if taken(quotes) > limit:
        quotes = [around(quotes[0], limit - 1, question.words, lambda said: _tells(question, said))]
    return quotes


def _tells(question: Question, said: str) -> bool:
    """Whether the words hold the fact that is asked for."""
    if question.particular:
        return holds_particular(question.particular, said, question.words)
    return holds(question.expects, said)


def _ways(
    question: Question, candidate: Candidate, own: Source, limit: int, chosen: Sequence[Quote]
) -> Iterator[list[Quote]]:
    """The ways to quote the sentence behind what was chosen: whole, and if there is no room for that, alone. Not so a
    row without its header, a sentence without its footnote, or one with “it” behind any but the sentence before it. One
    that leads in to code comes with it, if there is room.
    """
    sentence = candidate.sentence
    alone = own.cut(candidate.hit.passage, sentence.kind, sentence.start, sentence.end)
    if sentence.header:
        yield [own.cut(candidate.hit.passage, "row", *sentence.header), alone]
        return
    if alone.text.endswith(":") and (behind := own.code_behind(sentence)):
        _, code = behind
        yield [alone, own.cut(candidate.hit.passage, "code", code.start, code.end)]
    whole, before = _whole(question, candidate, own, limit), _beside(candidate, -1)
    follows = before is None or (chosen[-1].post == own.card and chosen[-1].end == before.end)
    leans = not follows and _LEANING.match(candidate.text) is not None
    if not leans or whole[0].text != alone.text:
        yield whole
    if not leans and not sentence.note:
        yield [alone]


def _above(candidate: Candidate) -> Sentence | None:
    """The item right above one that stands below it: the term of “4400 m”."""
    sentence, number = candidate.sentence, candidate.index - 1
    other = candidate.hit.passage.sentences[number] if number >= 0 else None
    is_item = other is not None and sentence.kind == other.kind == "list_item" and other.block == sentence.block
    return other if other and is_item and other.depth < sentence.depth else None


def _beside(candidate: Candidate, step: int) -> Sentence | None:
    """The sentence before it (-1) or after it (1) in the same paragraph."""
    sentence, sentences, number = candidate.sentence, candidate.hit.passage.sentences, candidate.index + step
    other = sentences[number] if 0 <= number < len(sentences) else None
    return other if other and (other.block, other.part) == (sentence.block, sentence.part) else None


def _asks(candidate: Candidate, beside: Sentence) -> bool:
    text = candidate.hit.passage.quote(beside)
    return text.endswith("?") and opens_question(text.lower())


def _length(own: Source, first: Sentence, last: Sentence) -> int:
    return len(own.post.text[first.start : last.end].split()) + 1


def _overlapping(quotes: Sequence[Quote], others: Sequence[Quote]) -> bool:
    return any(quote.overlaps(other) for quote in quotes for other in others)
