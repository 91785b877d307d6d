"""Post → questions that it may answer, made of its own headings, definitions and dates; whoever builds checks them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from index.types import Passage, Post, Section, Sentence

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
    r"|last|before|after|since|while|then|now|today|below|above|also|however|still|finally|basically|again|perhaps|maybe"
    r"|nowadays|obviously|actually|unfortunately|fortunately|usually|often|sometimes|another|other|same)\b",
    re.IGNORECASE,
)
# Headings that say nothing by themselves.
_SAYS_NOTHING = frozenset(
    """new added add changed changes fixed fixes removed deprecated security other misc miscellaneous various notes note
    intro introduction conclusion conclusions summary overview background preface appendix references reference links
    sources credits thanks acknowledgements acknowledgments example examples details more update updates faq tldr
    highlights improvements features bugs resources footnotes comments about contents toc takeaways verdict warning tip
    important info caution""".split()  # noqa: SIM905
) | {"table of contents", "tl;dr", "wrapping up", "wrap up", "final thoughts", "key takeaways", "further reading"}
# “What went wrong” is a question but for its mark; “what I miss” is none.
_ASKING = re.compile(
    r"(?:what|who|which \w+) (?:went|goes|happen(?:s|ed)|changed|changes|comes|is|are|was|were|works)\b"
    r"|(?:why|when|where|how) (?:do|does|did|is|are|was|were|can|should) (?!i\b|we\b)",
    re.I,
)
_HOW_TO = re.compile(r"how to (?=\w+ \w)", re.I)
# “Install the tools”: what to do, and to what.
_TO_DO = re.compile(
    r"(?:install|configure|set up|create|make|build|run|start|stop|deploy|upgrade|test|use|add|remove|write|choose"
    r"|connect|enable|disable|update|check|clean|prepare|bake|mix|shape|store|measure|find|fix|open|close|change|replace)"
    r" (?:the|an?|your|it|its|them)\b",
    re.I,
)
# “Breaking changes”, above a list of them.
_SEVERAL = re.compile(r"[A-Z]?[a-z\-]+(?: [a-z\-]+)?(?<!s)s$")
_OPENING, _CLOSING = "“\"‘'([{<`$#@-", "”\"’')]}>`%+#"
_INNER = str.maketrans('“”"', "‘’'")
_PERSON = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w.’'-]*)+$")
_ROLE = re.compile(
    r"(?:[\w’'-]+ ){0,3}?(?:director|founder|author|engineer|developer|programmer|writer|professor|teacher|president"
    r"|manager|artist|scientist|researcher|chef|journalist|musician|lawyer|doctor"
    r"|historian|photographer|CEO|CTO)\b",
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
    whole = Suggestion(_about(post.title), None)
    made = (*_own(post), *_spread(_headings(post), _definitions(passages), _years(passages)), whole)
    distinct = {suggestion.question.casefold(): suggestion for suggestion in reversed(made)}
    return [s for s in made if distinct[s.question.casefold()] is s][:_MOST_CANDIDATES]


def _spread(*kinds: Iterator[Suggestion]) -> Iterator[Suggestion]:
    """One of each kind in turn, so that the first few are of several kinds."""
    return (suggestion for turn in zip_longest(*kinds) for suggestion in turn if suggestion)


def _own(post: Post) -> Iterator[Suggestion]:
    return (Suggestion(question, None) for question in post.questions)


def _headings(post: Post) -> Iterator[Suggestion]:
    """Of headings that stand more than once, as in the notes of several releases, none tells which is meant."""
    times = Counter(section.heading[-1].strip().casefold() for section in post.sections if section.is_titled)
    for section in post.sections:
        if not section.is_titled or not section.blocks:
            continue
        heading = section.heading[-1].strip()
        if times[heading.casefold()] == 1 and (question := _of_heading(heading, post.title, section)):
            yield Suggestion(question, (section.start, section.end))


def _of_heading(heading: str, title: str, section: Section) -> str:
    """The question that the heading is, or one about it; "" where it would say nothing."""
    # “...travel”, “Awesomeness ⚡️”
    bare = _within(heading)
    if heading.endswith("?"):
        return heading
    if (
        bare.isdigit()
        or not bare
        or len(heading.split()) not in _HEADING_WORDS
        or heading == title
        or bare.casefold() in _SAYS_NOTHING
    ):
        return ""
    if _ASKING.match(bare):
        return f"{bare}?"
    if _HOW_TO.match(bare):
        return f"{_HOW_TO.sub('How do I ', bare)}?"
    if _TO_DO.match(bare):
        return f"How do I {_lower(bare)}?"
    if _SEVERAL.match(bare) and section.blocks[0].kind == "list":
        return f"What are the {_lower(bare)}?"
    return _about(bare)


def _within(heading: str) -> str:
    """The heading without dots and signs around its words, but for those that belong to them: “C++”, “.NET”."""
    inner = heading.strip(" .:!…")
    begin = next((at for at, letter in enumerate(inner) if letter.isalnum() or letter in _OPENING), len(inner))
    end = next(
        (at for at in range(len(inner), begin, -1) if inner[at - 1].isalnum() or inner[at - 1] in _CLOSING), begin
    )
    kept = inner[begin:end]
    return f".{kept}" if kept and heading.startswith(f".{kept}") and not heading.startswith("..") else kept


def _lower(heading: str) -> str:
    return heading[0].lower() + heading[1:]


def _about(name: str) -> str:
    """What is asked about anything with a name; quotation marks within it are the inner ones."""
    return f"What is “{name.translate(_INNER)}” about?"


def _definitions(passages: list[Passage]) -> Iterator[Suggestion]:
    for sentence, text in _prose(passages):
        found = _DEFINITION.match(text)
        if found and not _NO_TERM.search(found["term"]):
            term = _ARTICLE.sub(lambda article: article[0].lower(), found["term"], count=1)
            asking = "Who" if _PERSON.match(term) and _ROLE.match(text, found.end()) else "What"
            yield Suggestion(f"{asking} {found['verb']} {term}?", (sentence.start, sentence.end))


def _years(passages: list[Passage]) -> Iterator[Suggestion]:
    for sentence, text in _prose(passages):
        if found := _YEAR.search(text):
            yield Suggestion(f"What happened in {found[1]}?", (sentence.start, sentence.end))


def _prose(passages: list[Passage]) -> Iterator[tuple[Sentence, str]]:
    for passage in passages:
        for sentence in passage.sentences:
            if sentence.kind == "sentence":
                yield sentence, passage.quote(sentence)
