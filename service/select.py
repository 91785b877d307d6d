"""Ranked sentences → the smallest text that answers: sentences, a list, a row with its header, or code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from index import Ranking, Sentence, SentenceKind, words
from service.evidence import Evidence, Quote, Source
from service.expected import holds
from service.heading import telling_heading
from service.item import item_in_place
from service.lists import ListCandidate, find_lists, list_evidence, prefers_list
from service.particular import holds_particular
from service.question import Question
from service.rank import Candidate
from service.reader import Reading
from service.reread import reread
from service.trim import around, lines_around, opening

LIMIT_WORDS = {"list": 150, "explain": 90, "summary": 90}
DEFAULT_LIMIT_WORDS = 60
# What templates add around the quotes.
_TEMPLATE_WORDS = 4
_ROOM_WORDS = DEFAULT_LIMIT_WORDS - _TEMPLATE_WORDS
LIST_ROOM_WORDS = LIMIT_WORDS["list"] - _TEMPLATE_WORDS
_MOST_QUOTES = 5
# A further sentence is quoted when it has a four-hundredth of the best one's odds or more, and there is room.
_RUNNER_UP_MARGIN = 0.6
# Of so many that come first: further on few fit, and each takes time to rank.
_LOOKED_AT = 8
_FEWEST_WORDS = 3
# What says that things are compared, and no more.
_COMPARING = frozenset(words("compare comparison difference differences different differ versus vs better two three"))
# What is no running text.
_SET_APART = frozenset({"row", "code"})
_MEASURED = frozenset({"date", "duration", "amount"})
_POINTING = "This|That|These|Those|It|Its|They|Their|He|She|His|Her|Such|Both"
_REFERRING = re.compile(rf"(?:{_POINTING}|However|But|So|Then|Also)\b")
# What a reader would take for something else behind another sentence: “But it …” too.
_LEANING = re.compile(rf"(?:(?:However|But|So|Then|Also|And|Yet),? )?(?:{_POINTING})\b", re.IGNORECASE)

_EACH = re.compile(r"\b(?:compare|difference|differences|versus|vs)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:and|or|vs|versus|both)\b", re.IGNORECASE)

Sources = Callable[[str], Source]


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
    item = item_in_place(question.ordinal, ranking, source, _ROOM_WORDS) if question.ordinal else None
    if item and _tells(question, item):
        return item
    listed = next(find_lists(ranking, source), None)
    # Who asks for one by its place does not ask for all.
    if listed and not question.ordinal and prefers_list(question, listed, best):
        return shown_of(question, listed)
    # No heading is read, so what one tells is not to be missed in the sentence below it.
    if reading and not telling_heading(question, best):
        ranked = reread(ranked, reading)
        best = ranked[0]
    own = source(best.hit.passage.post)
    if best.sentence.kind == "row":
        return _with_further(question, ranked, source, _row(question, best, own))
    if best.sentence.kind == "code":
        return _with_further(question, ranked, source, _code(question, own, best, best.sentence.block))
    if best.text.endswith(":") and (introduced := _introduced(question, best, own, ranking)):
        return introduced
    if _stands_before(question, best) and (introduced := _list_behind(question, best.sentence.block, own, ranking)):
        return introduced
    shown = _sentences(question, ranked, source)
    # The sentence after the best one may lead in to something.
    if shown.quotes[0].text.endswith(":") and (introduced := _introduced(question, best, own, ranking)):
        return introduced
    return shown


def select_item(question: Question, ranking: Ranking, source: Sources) -> Evidence | None:
    """The item that is asked for by its place and by nothing else, of a list that is named so; None without one."""
    asked = question.ordinal
    return item_in_place(asked, ranking, source, _ROOM_WORDS, named=True) if asked and asked.alone else None


def _tells(question: Question, item: Evidence) -> bool:
    """Whether the item holds what is asked of it: “how long does step 3 take?” wants more than the step."""
    if not question.expects or (question.ordinal and question.ordinal.noun == question.expects):
        return True
    return any(holds(question.expects, quote.text) for quote in item.all_quotes)


def shown_of(question: Question, listed: ListCandidate) -> Evidence:
    """What a question gets to see of the list that it means: the rows of a table that it names, else every item."""
    return _named_of_table(question, listed) or _counted(question, listed)


def _stands_before(question: Question, best: Candidate) -> bool:
    """Whether a list is asked for and the sentence is the last of its paragraph, so that it may introduce one."""
    if question.kind != "list" or best.sentence.kind != "sentence":
        return False
    return best.sentence == [s for s in best.hit.passage.sentences if s.block == best.sentence.block][-1]


def _counted(question: Question, listed: ListCandidate) -> Evidence:
    """The whole list; counted where that was asked and the words before it, or above it, say what it is a list of."""
    made = list_evidence(listed, LIST_ROOM_WORDS)
    section, block = listed.section, listed.block
    before = listed.source.post.text[section.start : block.start] if block else ""
    said = words(" ".join((*section.heading, before)))
    table = block is not None and block.kind == "table"
    return replace(made, counted=not table and bool(set(words(question.counted)) & set(said)))


def _introduced(question: Question, best: Candidate, own: Source, ranking: Ranking) -> Evidence | None:
    """What a sentence that ends with a colon leads in to: a list, or code."""
    number = best.sentence.block + 1
    try:
        _, block = own.block(number)
        # A code block's title stands between.
        if block.kind == "caption":
            number += 1
            _, block = own.block(number)
    except IndexError:
        return None
    if block.kind == "code":
        return _code(question, own, best, number)
    return _list_behind(question, number - 1, own, ranking)


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


def _row(question: Question, best: Candidate, own: Source) -> Evidence:
    """The row with its table's header; of long ones, the cells that hold the most of what is asked."""
    header, row = best.sentence.header, _cut(own, best, "row", best.sentence.start, best.sentence.end)
    lead_in = _cut(own, best, "row", *header) if header else None
    named = [_cut(own, best, "row", one.start, one.end) for one in _named(question, best)]
    several = _several_rows(named, lead_in)
    if not named and lead_in and question.kind == "comparison" and _compares_columns(question, lead_in.text):
        several = _first_rows(best, own, lead_in)
    return several or _single_row(question, named[0] if len(named) == 1 else row, lead_in)


def _named_of_table(question: Question, listed: ListCandidate) -> Evidence | None:
    """Of a table, the rows that the question names by their first cell; None where it names none, or more than fit."""
    own, section, block = listed.source, listed.section, listed.block
    if block is None or block.kind != "table":
        return None
    rows = {
        kind: [own.quote(section.heading, section.anchor, "row", p.start, p.end) for p in block.parts if p.kind == kind]
        for kind in ("header", "row")
    }
    named = [row for row in rows["row"] if _names(question, row.text)]
    header = rows["header"][0] if rows["header"] else None
    if len(named) == 1:
        return _single_row(question, named[0], header)
    return _several_rows(named, header) if _asks_for_several(question) else None


def _single_row(question: Question, row: Quote, header: Quote | None) -> Evidence:
    lead_in = header and opening(header, DEFAULT_LIMIT_WORDS // 2)
    return Evidence("row", (around(row, _row_room(lead_in), question.words),), lead_in)


def _several_rows(rows: Sequence[Quote], header: Quote | None) -> Evidence | None:
    """None where there are not several, or no room for them."""
    lead_in = header and opening(header, DEFAULT_LIMIT_WORDS // 2)
    return Evidence("row", tuple(rows), lead_in) if len(rows) > 1 and _words(rows) <= _row_room(lead_in) else None


def _compares_columns(question: Question, header: str) -> bool:
    """Whether the question names two columns or more, each by a word that no other has, and nothing else."""
    cells = [set(words(cell)) for cell in re.split(r"(?:^|\s)\|(?:\s|$)", header)[1:]]
    others = [set().union(*cells[:number], *cells[number + 1 :]) for number in range(len(cells))]
    named = [cell for cell, rest in zip(cells, others, strict=True) if (cell - rest) & set(question.words)]
    return len(named) > 1 and set(question.words) <= set().union(_COMPARING, *named)


def _first_rows(best: Candidate, own: Source, header: Quote) -> Evidence | None:
    """The rows of the best one's table, from the first on, as many as there is room for."""
    _, block = own.block(best.sentence.block)
    rows = [_cut(own, best, "row", part.start, part.end) for part in block.parts if part.kind == "row"]
    while rows and _words(rows) > _row_room(header):
        rows.pop()
    return _several_rows(rows, header)


def _row_room(lead_in: Quote | None) -> int:
    return DEFAULT_LIMIT_WORDS - 1 - (_words([lead_in]) if lead_in else 0)


def _named(question: Question, best: Candidate) -> list[Sentence]:
    """The rows of the best one's table that the question names by their first cell: all of them where it asks for more
    than one, else one, and not the best one if that is named as well.
    """
    passage, header = best.hit.passage, (best.sentence.header or (-1,))[0]
    rows = (row for row in passage.sentences if row.kind == "row" and row.block == best.sentence.block)
    named = [row for row in rows if row.start != header and _names(question, passage.quote(row))]
    if _asks_for_several(question):
        return named
    return named[:1] if best.sentence not in named else []


def _names(question: Question, row: str) -> bool:
    """Whether all words of the row's first cell are in the question."""
    label = words(row.split(" | ")[0])
    return bool(label) and set(question.words).issuperset(label)


def _asks_for_several(question: Question) -> bool:
    return question.kind == "comparison" or _SEVERAL.search(question.text) is not None


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
    lead_in = _cut(own, best, before[-1].kind, before[-1].start, before[-1].end) if before else None
    lead_in = lead_in and opening(lead_in, DEFAULT_LIMIT_WORDS // 2)
    room = _ROOM_WORDS - (_words([lead_in]) if lead_in else 0)
    shown = lines_around(_cut(own, best, "code", block.start, block.end), room, question.words)
    return Evidence("code", (shown,), lead_in)


def _sentences(question: Question, ranked: Sequence[Candidate], source: Sources) -> Evidence:
    """The best sentence, what it refers back to, its footnote, and others that are nearly as likely."""
    best = ranked[0]
    own, room = source(best.hit.passage.post), _room(question)
    heading = _telling_heading(question, best, own)
    chosen = _whole(question, best, own, room)
    chosen += _further(question, ranked, source, chosen, room - (_words([heading]) if heading else 0))
    if heading and _words([heading, *chosen]) <= room:
        chosen.insert(0, heading)
    if question.kind == "comparison" and _EACH.search(question.text) and len({quote.post.id for quote in chosen}) == 1:
        # Of two things that are compared, what the post says first comes first.
        chosen.sort(key=lambda quote: quote.start or 0)
    return Evidence("sentences", tuple(chosen))


def _room(question: Question) -> int:
    """The words that sentences may take; a reason may take more of them than what else is explained."""
    return (LIMIT_WORDS["explain"] if question.expects == "reason" else DEFAULT_LIMIT_WORDS) - _TEMPLATE_WORDS


def _with_further(question: Question, ranked: Sequence[Candidate], source: Sources, shown: Evidence) -> Evidence:
    """A row or code, with what else is nearly as likely where there is room: often it is what the text says of it. Who
    names the row, or asks for code, gets no more.
    """
    asked_for = question.expects == "code" if shown.layout == "code" else _names(question, shown.quotes[0].text)
    if asked_for or len(shown.quotes) > 1:
        return shown
    return replace(
        shown, quotes=(*shown.quotes, *_further(question, ranked, source, shown.all_quotes, _room(question)))
    )


def _further(
    question: Question, ranked: Sequence[Candidate], source: Sources, chosen: Sequence[Quote], room: int
) -> list[Quote]:
    """What comes behind the best one, is nearly as likely and has room beside what was chosen."""
    best, all_chosen = ranked[0], list(chosen)
    for candidate in islice(ranked, 1, _LOOKED_AT):
        if candidate.score < best.score - _RUNNER_UP_MARGIN or len(all_chosen) >= _MOST_QUOTES:
            break
        # A post takes long to fetch, so it is not for a sentence that has no room even by itself.
        left = room - _words(all_chosen)
        if len(candidate.text.split()) >= left or _adds_nothing(question, best, candidate):
            continue
        for quotes in _ways(question, candidate, source(candidate.hit.passage.post), room, all_chosen):
            fits = _words(quotes) <= left and len(all_chosen) + len(quotes) <= _MOST_QUOTES
            if fits and not _overlapping(quotes, all_chosen):
                all_chosen += quotes
                break
    return all_chosen[len(chosen) :]


def _telling_heading(question: Question, best: Candidate, own: Source) -> Quote | None:
    if not telling_heading(question, best):
        return None
    path = best.hit.passage.heading
    section = next((s for s in own.post.sections if s.heading == path and s.title_end > s.title_start), None)
    if section is None:
        return None
    return own.title(section)


def _adds_nothing(question: Question, best: Candidate, other: Candidate) -> bool:
    """Whether a date, an amount or a duration is asked for, which only the best sentence holds; or the other is a word
    or two, such as “Yes.”, which say nothing behind another sentence; or both are rows or code.
    """
    if {best.sentence.kind, other.sentence.kind} <= _SET_APART:
        return True
    if question.particular and holds_particular(question.particular, best.text, question.words):
        return not holds_particular(question.particular, other.text, question.words)
    if holds(question.expects, other.text):
        return False
    measured = question.kind == "fact" and question.expects in _MEASURED and holds(question.expects, best.text)
    short = other.sentence.kind == "sentence" and len(other.text.split()) < _FEWEST_WORDS
    return measured or (short and question.kind != "explain")


def _whole(question: Question, candidate: Candidate, own: Source, limit: int) -> list[Quote]:
    """The sentence as it can be understood alone: in one span with the one it refers back to, and its footnote."""
    first = last = sentence = candidate.sentence
    before, after = _beside(candidate, -1), _beside(candidate, 1)
    if before and _REFERRING.match(candidate.text) and _length(own, before, sentence) <= limit:
        first = before
    if after and question.kind == "explain" and _length(own, first, after) <= limit:
        last = after
    quotes = [_cut(own, candidate, sentence.kind, first.start, last.end)]
    if sentence.note:
        quotes.append(_cut(own, candidate, "footnote", *sentence.note))
    if _words(quotes) > limit:
        quotes = [around(quotes[0], limit - 1, question.words)]
    return quotes


def _ways(
    question: Question, candidate: Candidate, own: Source, limit: int, chosen: Sequence[Quote]
) -> Iterator[list[Quote]]:
    """The ways to quote the sentence behind what was chosen: whole, and if there is no room for that, alone. Not so a
    row without its header, a sentence without its footnote, or one with “it” behind any but the sentence before it.
    """
    sentence = candidate.sentence
    alone = _cut(own, candidate, sentence.kind, sentence.start, sentence.end)
    if sentence.header:
        yield [_cut(own, candidate, "row", *sentence.header), alone]
        return
    whole, before = _whole(question, candidate, own, limit), _beside(candidate, -1)
    follows = before is None or (chosen[-1].post == own.card and chosen[-1].end == before.end)
    leans = not follows and _LEANING.match(candidate.text) is not None
    if not leans or whole[0].text != alone.text:
        yield whole
    if not leans and not sentence.note:
        yield [alone]


def _beside(candidate: Candidate, step: int) -> Sentence | None:
    """The sentence before it (-1) or after it (1) in the same paragraph."""
    sentence, sentences, number = candidate.sentence, candidate.hit.passage.sentences, candidate.index + step
    other = sentences[number] if 0 <= number < len(sentences) else None
    return other if other and (other.block, other.part) == (sentence.block, sentence.part) else None


def _length(own: Source, first: Sentence, last: Sentence) -> int:
    return len(own.post.text[first.start : last.end].split()) + 1


def _cut(own: Source, candidate: Candidate, kind: SentenceKind, start: int, end: int) -> Quote:
    passage = candidate.hit.passage
    return own.quote(passage.heading, passage.anchor, kind, start, end)


def _overlapping(quotes: Sequence[Quote], others: Sequence[Quote]) -> bool:
    return any(_overlap(quote, other) for quote in quotes for other in others)


def _overlap(one: Quote, other: Quote) -> bool:
    if one.post != other.post or None in (one.start, one.end, other.start, other.end):
        return False
    return one.start < other.end and other.start < one.end  # type: ignore[operator]


def _words(quotes: Sequence[Quote]) -> int:
    """The words that the quotes take in an answer, with the number behind each."""
    return sum(len(quote.text.split()) + 1 for quote in quotes)
