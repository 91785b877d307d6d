"""Questions about the post itself: title, author, date, length, sections, and a summary in its own sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index import Post, PostCard
from service.evidence import Evidence, Quote, Source
from service.question import Question
from service.rank import Candidate
from service.room import LIMIT_WORDS

_SUMMARY_SENTENCES = 4
_SHORTEST_SUMMARY_WORDS = 6
_OF_POST = re.compile(r"\b(?:this|post|article|page|blog)\b", re.IGNORECASE)
_COUNTS = {"one": 1, "1": 1, "two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4}
_WANTED = re.compile(
    rf"\b(?P<count>{'|'.join(_COUNTS)})[ -](?:short )?(?:sentence|line|(?:bullet )?point|bullet)s?\b", re.IGNORECASE
)


def describe(question: Question, card: PostCard, post: Post) -> Evidence | None:
    """The fields of the post that were asked for, or its headings; None when the post does not have them."""
    if question.topic == "sections":
        headings = tuple(_headings(card, post))
        return Evidence("list", headings, counted=bool(question.counted)) if headings else None
    values: dict[str, tuple[str, ...]] = {
        "title": (post.title,),
        "author": post.authors,
        # The hour, where one is written, is not what is asked for.
        "date": (post.date.partition("T")[0],),
        "updated": (post.updated.partition("T")[0],),
        "length": (f"{len(post.text.split()):,} words",),
        "tags": post.tags,
    }
    quotes = tuple(
        Quote(card, (), "", "field", value, None, None, field=topic)
        for topic in question.topics
        for value in values.get(topic, ())
        if value
    )
    return Evidence("field", quotes) if quotes else None


def may_be_else(question: Question) -> bool:
    """Whether what is asked for may be something else than the post's own, such as categories that it writes about."""
    return question.topics == ("tags",) and not _OF_POST.search(question.text)


def summarise(question: Question, source: Source, ranked: Sequence[Candidate]) -> Evidence | None:
    """The post's best sentences in its own order: its opening one, and those nearest to its title and headings; as many
    as are asked for, up to four.

    :param ranked: the candidates for `gist(post)`, of this post alone.
    """
    prose = [
        c
        for c in ranked
        if c.sentence.kind == "sentence"
        and len(c.text.split()) >= _SHORTEST_SUMMARY_WORDS
        and not c.text.endswith((":", "?"))
    ]
    if not prose:
        return None
    opening = min(prose, key=lambda c: c.sentence.start)
    chosen: list[Candidate] = []
    wanted = _WANTED.search(question.text)
    most = _COUNTS[wanted["count"].lower()] if wanted else _SUMMARY_SENTENCES
    room = LIMIT_WORDS["summary"]
    for candidate in (opening, *prose):
        words = len(candidate.text.split()) + 1
        if candidate not in chosen and words <= room and len(chosen) < most:
            chosen.append(candidate)
            room -= words
    chosen.sort(key=lambda c: c.sentence.start)
    quotes = tuple(
        source.quote(c.hit.passage.heading, c.hit.passage.anchor, c.sentence.kind, c.sentence.start, c.sentence.end)
        for c in chosen
    )
    return Evidence("sentences", quotes) if quotes else None


def gist(post: Post) -> str:
    """What to retrieve for a summary: the title and the headings, which are its author's own."""
    tops = [section.heading[-1] for section in post.sections if section.is_titled]
    return ". ".join((post.title, post.description, *tops))[:500]


def _headings(card: PostCard, post: Post) -> Iterator[Quote]:
    for number, section in enumerate(post.sections):
        text = post.text[section.title_start : section.title_end]
        # What the page shows above all others is its title.
        if text and not (number == 0 and section.level == 1 and text == post.title):
            yield Quote(card, section.heading, section.anchor, "heading", text, section.title_start, section.title_end)
