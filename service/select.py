"""Ranked sentences → the smallest text that answers: sentences, a list, a row with its header, or code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, takewhile

from index import Ranking, words
from service.enumerated import enumerated
from service.evidence import Evidence, Source
from service.expected import holds
from service.heading import telling_heading
from service.item import item_in_place
from service.listing import list_evidence, whole_list
from service.lists import ListCandidate, find_lists, holds_words, prefers_list
from service.picked import is_extreme
from service.question import Question
from service.rank import Candidate
from service.reader import Reading
from service.reread import reread
from service.room import DEFAULT_LIMIT_WORDS, EXPLAIN_ROOM_WORDS, LIST_ROOM_WORDS, ROOM_WORDS, taken
from service.rows import named_of_table, names, picked_rows, row_evidence
from service.sentences import Sources, further, neighbours_joined, sentence_evidence, sentence_room
from service.trim import first_cell, lines_around, opening

_HOW_MANY = re.compile(r"\bhow many (?P<things>\w+)", re.IGNORECASE)
_COMPOUND = re.compile(r"(?<![\d.,])\d[\d.,]*-[^\W\d]\w*")
# Of so many that come first.
_ROWS_ALIKE = 12
_LINKS = re.compile(r"\b(?:links?|references?|sources?|urls?|address(?:es)?|resources?|reading)\b", re.IGNORECASE)


def select(
    question: Question,
    ranking: Ranking,
    ranked: Sequence[Candidate],
    source: Sources,
    reading: Reading | None = None,
) -> Evidence:
    """The evidence for an answer.

    :param ranked: from `rank.rank`; not empty.
    :param source: gives the post with an id.
    :param reading: what was read of the first of them, which then has a say in their order.
    """
    best = ranked[0]
    counted = question.ordinal if question.ordinal and not question.ordinal.loose else None
    item = item_in_place(counted, ranking, source, ROOM_WORDS) if counted else None
    if item and _tells(question, item):
        return item
    found = find_lists(ranking, source)
    listed = next((one for one in found if holds_words(one) or _LINKS.search(question.text)), None)
    # Who asks for one by its place does not ask for all.
    if listed and not (counted or _tells_how_many(question, best)) and prefers_list(question, listed, best):
        return shown_of(question, listed)
    # No heading is read, so what one tells is not to be missed in the sentence below it.
    if reading and not telling_heading(question, best):
        ranked = reread(ranked, reading)
        best = ranked[0]
    own = source(best.hit.passage.post)
    if best.sentence.kind == "row":
        return _of_table(question, ranked, ranking, source)
    if row := _extreme_row(question, ranked, source):
        return row
    if best.sentence.kind == "code":
        return _with_further(question, ranked, source, _code(question, own, best, best.sentence.block))
    if question.expects == "code" and not holds("code", best.text) and (behind := own.code_behind(best.sentence)):
        return _with_further(question, ranked, source, _code(question, own, best, behind[0]))
    if _tells_how_many(question, best):
        return sentence_evidence(question, ranked, source)
    if best.text.endswith(":") and (below := _items_below(question, best, own)):
        return below
    if best.text.endswith(":") and (introduced := _introduced(question, best, own, ranking)):
        return introduced
    if _stands_before(question, best) and (introduced := _list_behind(question, best.sentence.block, own, ranking)):
        return introduced
    if question.kind == "list" and (counted_in_words := enumerated(best, ranking, own)):
        return counted_in_words
    shown = sentence_evidence(question, ranked, source)
    # The sentence after the best one may lead in to something.
    if shown.quotes[0].text.endswith(":") and (introduced := _introduced(question, best, own, ranking)):
        return introduced
    return neighbours_joined(shown, source)


def select_item(question: Question, ranking: Ranking, source: Sources) -> Evidence | None:
    """The item that is asked for by its place and by nothing else, of a list that is named so; None without one."""
    asked = question.ordinal
    return item_in_place(asked, ranking, source, ROOM_WORDS, named=True) if asked and asked.alone else None


def _tells(question: Question, item: Evidence) -> bool:
    """Whether the item holds what is asked of it: “how long does step 3 take?” wants more than the step."""
    if not question.expects or (question.ordinal and question.ordinal.noun == question.expects):
        return True
    return any(holds(question.expects, quote.text) for quote in item.all_quotes)


def shown_of(question: Question, listed: ListCandidate) -> Evidence:
    """What a question gets to see of the list that it means: the rows of a table that it names, else every item."""
    return named_of_table(question, listed) or _counted(question, listed)


def _tells_how_many(question: Question, best: Candidate) -> bool:
    """Whether the sentence, which leads in to something, says how many there are of what is asked for: not “a 32-bit
    number is:”.
    """
    counted = _HOW_MANY.search(question.text) if best.text.endswith(":") and question.kind == "fact" else None
    if counted is None or not set(words(counted["things"])) & set(words(best.text)):
        return False
    return holds("amount", _COMPOUND.sub("", best.text))


def _stands_before(question: Question, best: Candidate) -> bool:
    """Whether a list is asked for and the sentence is the last of its paragraph, so that it may introduce one."""
    if question.kind != "list" or best.sentence.kind != "sentence":
        return False
    return best.sentence == [s for s in best.hit.passage.sentences if s.block == best.sentence.block][-1]


def _counted(question: Question, listed: ListCandidate) -> Evidence:
    """The whole list; counted where that was asked and the words before it, or above it, say what it is a list of."""
    made = list_evidence(listed, _list_room(question))
    section, block = listed.section, listed.block
    before = listed.source.post.text[section.start : block.start] if block else ""
    said = words(" ".join((*section.heading, before)))
    table = block is not None and block.kind == "table"
    return replace(made, counted=not table and bool(set(words(question.counted)) & set(said)))


def _of_table(question: Question, ranked: Sequence[Candidate], ranking: Ranking, source: Sources) -> Evidence:
    """The rows that are asked for, with what else has room; all of them where a list is asked for and names none."""
    best = _best_row(question, ranked)
    table = _table_of(best, ranking, source) if question.kind == "list" else None
    if table and not named_of_table(question, table):
        return list_evidence(table, LIST_ROOM_WORDS)
    own = source(best.hit.passage.post)
    return _with_further(question, ranked, source, row_evidence(question, best, own))


def _extreme_row(question: Question, ranked: Sequence[Candidate], source: Sources) -> Evidence | None:
    """The highest or lowest of what a table lists, where that is asked for by the name of its first column: “which year
    had the most rain?” is told by the table of years, whatever else is said of rain.
    """
    if not is_extreme(question.text):
        return None
    rows = (one for one in islice(ranked, _ROWS_ALIKE) if one.sentence.kind == "row" and one.sentence.header)
    # Each table once.
    for one in {(one.hit.passage.post, one.sentence.block): one for one in rows}.values():
        evidence = picked_rows(question, one, source(one.hit.passage.post))
        header = set(words(first_cell(evidence.lead_in.text))) if evidence and evidence.lead_in else set()
        if header and header <= set(question.words):
            return evidence
    return None


def _best_row(question: Question, ranked: Sequence[Candidate]) -> Candidate:
    """The best row; of those that begin alike, in tables of several sections, the one whose headings say the most of
    what is asked: two sections may each have a “port”.
    """
    best = ranked[0]
    name = first_cell(best.text)
    rows = (one for one in islice(ranked, _ROWS_ALIKE) if one.sentence.kind == "row")
    alike = [one for one in rows if one.hit.passage.post == best.hit.passage.post and first_cell(one.text) == name]
    return max(alike, key=lambda one: len(set(words(" ".join(one.hit.passage.heading))) & set(question.words)))


def _table_of(best: Candidate, ranking: Ranking, source: Sources) -> ListCandidate | None:
    """The table that the row is of."""
    post, start = best.hit.passage.post, best.sentence.start
    return next(
        (
            one
            for one in find_lists(ranking, source)
            if one.source.card.id == post and one.block and one.block.start <= start < one.block.end
        ),
        None,
    )


def _introduced(question: Question, best: Candidate, own: Source, ranking: Ranking) -> Evidence | None:
    """What a sentence that ends with a colon leads in to: a list, or code."""
    behind = own.behind(best.sentence.block)
    if behind is None:
        return None
    number, _, block = behind
    if block.kind == "code":
        return _code(question, own, best, number)
    return _list_behind(question, number - 1, own, ranking)


def _list_room(question: Question) -> int:
    """The words that a list may take: no more than an explanation does, where none is asked for."""
    return LIST_ROOM_WORDS if question.kind == "list" else EXPLAIN_ROOM_WORDS


def _items_below(question: Question, best: Candidate, own: Source) -> Evidence | None:
    """The items that stand below one that leads in to them, in the same list."""
    if best.sentence.kind != "list_item":
        return None
    section, block = own.block(best.sentence.block)
    behind = [part for part in block.parts if part.start >= best.sentence.end]
    above = next((part.depth for part in block.parts if part.end >= best.sentence.end), 0)
    below, span = tuple(takewhile(lambda part: part.depth > above, behind)), (best.sentence.start, best.sentence.end)
    return whole_list(own, section, replace(block, parts=below), _list_room(question), span) if below else None


def _list_behind(question: Question, number: int, own: Source, ranking: Ranking) -> Evidence | None:
    """The list that follows on the block with this number, if one does."""
    try:
        _, block = own.block(number + 1)
    except IndexError:
        return None
    same_post = replace(ranking, hits=tuple(hit for hit in ranking.hits if hit.passage.post == own.card.id))
    led = next(
        (one for one in find_lists(same_post, lambda _: own) if one.block and one.block.start == block.start), None
    )
    return _counted(question, led) if led else None


def _code(question: Question, own: Source, best: Candidate, number: int) -> Evidence:
    """The code block with the sentence that leads in to it; of a long block, the lines that hold the most of what is
    asked.
    """
    _, block = own.block(number)
    before = [
        s
        for s in best.hit.passage.sentences
        if s.end <= block.start and s.kind not in ("heading", "code", "caption", "row")
    ]
    lead_in = own.cut(best.hit.passage, before[-1].kind, before[-1].start, before[-1].end) if before else None
    whole = own.cut(best.hit.passage, "code", block.start, block.end)
    # Half of the words, or what short code leaves.
    lead_in = lead_in and opening(lead_in, max(DEFAULT_LIMIT_WORDS // 2, ROOM_WORDS - taken([whole])))
    shown = lines_around(whole, ROOM_WORDS - (taken([lead_in]) if lead_in else 0), question.words)
    return Evidence("code", (shown,), lead_in)


def _with_further(question: Question, ranked: Sequence[Candidate], source: Sources, shown: Evidence) -> Evidence:
    """A row or code, with what else is nearly as likely where there is room: often it is what the text says of it. Who
    names the row, or asks for code, gets no more.
    """
    asked_for = question.expects == "code" if shown.layout == "code" else names(question, shown.quotes[0])
    if asked_for or len(shown.quotes) > 1:
        return shown
    return replace(
        shown, quotes=(*shown.quotes, *further(question, ranked, source, shown.all_quotes, sentence_room(question)))
    )
