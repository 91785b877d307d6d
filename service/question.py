"""What a reader asks: the kind of question, the kind of fact that would answer it, and its content words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index import content_words
from service.asking import addressed, bare, mentioned, named, plain_words
from service.caption import AskedCaption, asked_caption
from service.catalogue import AskedPosts, asked_posts
from service.clause import last_question
from service.followup import Resolved, as_asked, resolve
from service.kind import Kind, count_named, kind_of, listed_to_count
from service.ordinal import Ordinal, ordinal
from service.particular import Particular, particular
from service.parts import parts_of
from service.section import AskedSection, asked_section
from service.topic import SMALL_TALK, Topic, find_topic, find_topics, says_nothing
from service.wanted import Wanted, wanted


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood.

    `text` stands alone, and addresses the writer where it asks about “the author”; `interpreted_as` is the same text as
    its reader would say it, when a follow-up was rewritten or a misspelt word corrected, else "". `expects` is the kind
    of fact that would answer it, `particular` one that alone would; `topic` what is asked of the post itself, or said
    in small talk, and `topics` all of that; `here` whether it points to the post, its writer or somebody in it.
    `counted` is what a list is counted for, as typed: “ingredients”; `ordinal` which item of a list is meant. `words`
    are its content words, stemmed, without repetition; `exact` those with a digit, or who is asked about by name, in
    lower case, which match to the letter. `parts` are the questions that it is made of, when there are several;
    `section` the one that is asked for by its heading, `posts` those of the blog that are, `caption` that of a picture.
    """

    text: str
    kind: Kind
    expects: Wanted
    topic: Topic
    words: tuple[str, ...]
    exact: tuple[str, ...] = ()
    interpreted_as: str = ""
    topics: tuple[Topic, ...] = ()
    counted: str = ""
    here: bool = False
    particular: Particular = ""
    ordinal: Ordinal | None = None
    parts: tuple[Question, ...] = ()
    section: AskedSection | None = None
    posts: AskedPosts | None = None
    caption: AskedCaption | None = None


_POINTS = re.compile(r"\b(?:it|its|this|that|these|those)\b", re.IGNORECASE)
_HERE = re.compile(
    r"\b(?:he|she|him|his|hers?|they|them|their|this|these|the (?:author|writer|blogger|post|article|blog)s?"
    r"|the (?:\w+ )?(?:picture|photo|image|figure|table|graph|chart|screenshot|caption|footnote)s?)\b"
)
_NAME = re.compile(r"\w[\w.\-]*\w|\w")
# A year, a version, an error code, a name with a digit in it.
_EXACT = re.compile(r"(?<![\w.])(?=[\w.\-]*\d)\w+(?:[.\-]\w+)*")


def understand(text: str, history: Sequence[str] = (), correct: Callable[[str], str] = str) -> Question:
    """The question, understood.

    :param text: as the reader typed it.
    :param history: what the reader asked before, oldest first.
    :param correct: gives a question without its misspelt words.
    """
    typed = bare(" ".join(text.split()))
    spelt, before = _spelt(typed, correct), [_spelt(bare(" ".join(turn.split())), correct) for turn in history]
    resolved = resolve(spelt, before)
    question = _classify(resolved)
    said = resolved.text
    if not question.topics and (several := parts_of(spelt)):
        # “And what does it cost?” leans on those before it; what only stands behind them is clearer by itself.
        each = [resolve(part, [*before, *several[:number]]) for number, part in enumerate(several)]
        # What “that” is stays open, so the whole says more of it than the part.
        if not any(one.joined and _POINTS.search(part) for part, one in zip(several, each, strict=True)):
            each = [as_asked(part) if one.joined else one for part, one in zip(several, each, strict=True)]
            question = replace(question, parts=tuple(_classify(one) for one in each))
            rewritten = tuple(one.text for one in each) != several
            said = " ".join(f"{one.text.rstrip('?!. ')}?" for one in each) if rewritten else spelt
    return replace(question, interpreted_as=said if said != typed else "")


def _spelt(typed: str, correct: Callable[[str], str]) -> str:
    # Forms such as “thx” and “tldr” are known as they are.
    return typed if find_topic(plain_words(typed)) else correct(typed)


def _classify(resolved: Resolved) -> Question:
    text, plain = resolved.text, plain_words(resolved.focus)
    whole = plain if resolved.focus == text else plain_words(text)
    here = _HERE.search(whole) is not None
    about = mentioned(text)
    if topics := () if about else find_topics(whole):
        topic = topics[0]
        kind: Kind = "small_talk" if topic in SMALL_TALK else "summary" if topic == "summary" else "about_post"
        counted: str = topic if topic == "sections" and plain.startswith("how many") else ""
        return Question(text, kind, "", topic, _content(text), topics=topics, counted=counted)
    if (posts := asked_posts(whole)) and not about:
        kind, topics = ("about_post", ("posts",)) if posts.counted else ("list", ())
        return Question(text, kind, "", "", _content(text), topics=topics, posts=posts)
    # All that is said of somebody says who it is; that it is said to be one is seldom.
    name = "" if about else named(text)
    text = about or name or addressed(text)
    content = _content(text)
    if not content or says_nothing(whole):
        return Question(text, "unclear", "", "", content)
    exact = _exact(text)
    if name:
        # Nothing answers that does not have the name.
        exact = tuple(dict.fromkeys((*exact, *_NAME.findall(name.lower()))))
        return Question(text, "definition", "", "", content, exact, here=here)
    if listed := listed_to_count(plain):
        return Question(text, "list", "", "", content, exact, counted=listed, here=here)
    plain = last_question(plain_words(about) if about else plain)
    expects, nth = wanted(plain), ordinal(plain)
    kind = kind_of(plain, expects)
    # Who asks for “the five modes” knows how many there are; the post may not say it, nor the number of a step.
    for number in (count_named(plain) if kind == "list" else "", nth.typed if nth and not nth.loose else ""):
        exact = tuple(one for one in exact if one != number)
        content = tuple(one for one in content if one not in content_words(number)) or content
    section = None if about else asked_section(whole)
    told = particular(plain)
    return Question(
        text, kind, expects, "", content, exact,
        here=here, particular=told, ordinal=nth, section=section, caption=asked_caption(whole),
    )  # fmt: skip


def _content(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(content_words(text)))


def _exact(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_EXACT.findall(text.lower())))
