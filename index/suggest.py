"""Post → questions that it may answer, made of its own headings, definitions and dates; whoever builds checks them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from index.types import Passage, Post, Sentence

_MOST_CANDIDATES = 12
_HEADING_WORDS = range(1, 9)
_TERM_WORDS = 5
# "Autolyse is the rest that …": a sentence that opens with what it defines.
_DEFINITION = re.compile(
    rf"(?P<term>[\w\-./+#]+(?: [\w\-./+#]+){{0,{_TERM_WORDS - 1}}}?) (?P<verb>is|are) (?:an?|the|what|how) ",
    re.IGNORECASE,
)
_NO_TERM = re.compile(
    r"\b(?:this|that|these|those|it|he|she|they|we|you|i|there|here|what|which|who|one|my|your|our|his|her|its|their|each"
    r"|every|some|most|all|such|so|and|but|if|when|in|on|at|of|for|to|with|from|by|as|not|no|only|more|less|first|next"
    r"|last|before|after|since|while|then|now|today)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:the|an?) ", re.IGNORECASE)
_YEAR = re.compile(r"\b[Ii]n ((?:19|20)\d{2})\b")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question, and the half-open span of the post's text that should answer it; None where its owner wrote it."""

    question: str
    span: tuple[int, int] | None


def suggest(post: Post, passages: list[Passage]) -> list[Suggestion]:
    """At most a dozen candidates, the owner's own (front matter `questions`) first, without repetition."""
    whole = Suggestion(f"What is “{post.title}” about?", None)
    made = (*_own(post), *_spread(_headings(post), _definitions(passages), _years(passages)), whole)
    distinct = {suggestion.question.casefold(): suggestion for suggestion in reversed(made)}
    return [s for s in made if distinct[s.question.casefold()] is s][:_MOST_CANDIDATES]


def _spread(*kinds: Iterator[Suggestion]) -> Iterator[Suggestion]:
    """One of each kind in turn, so that the first few are of several kinds."""
    return (suggestion for turn in zip_longest(*kinds) for suggestion in turn if suggestion)


def _own(post: Post) -> Iterator[Suggestion]:
    return (Suggestion(question, None) for question in post.questions)


def _headings(post: Post) -> Iterator[Suggestion]:
    for section in post.sections:
        if not section.heading or not section.blocks:
            continue
        heading = section.heading[-1].strip()
        span = section.start, section.end
        if heading.endswith("?"):
            yield Suggestion(heading, span)
        elif len(heading.split()) in _HEADING_WORDS and heading != post.title:
            yield Suggestion(f"What is “{heading.rstrip('.:!')}” about?", span)


def _definitions(passages: list[Passage]) -> Iterator[Suggestion]:
    for sentence, text in _prose(passages):
        found = _DEFINITION.match(text)
        if found and not _NO_TERM.search(found["term"]):
            term = _ARTICLE.sub(lambda article: article[0].lower(), found["term"], count=1)
            yield Suggestion(f"What {found['verb']} {term}?", (sentence.start, sentence.end))


def _years(passages: list[Passage]) -> Iterator[Suggestion]:
    for sentence, text in _prose(passages):
        if found := _YEAR.search(text):
            yield Suggestion(f"What happened in {found[1]}?", (sentence.start, sentence.end))


def _prose(passages: list[Passage]) -> Iterator[tuple[Sentence, str]]:
    for passage in passages:
        for sentence in passage.sentences:
            if sentence.kind == "sentence":
                yield sentence, passage.quote(sentence)
