"""A question about the post that names it by its subject: “who wrote the post about pixi?”, under that title."""

from __future__ import annotations

import re

from index import content_words, words
from service.asking import plain_words
from service.topic import find_topics

# An essay, a story or a guide may be one that the post tells of.
_NOUNS = "post|article|write-?up"
_POST = re.compile(
    r"\b(?:the|this|that|your) (?P<before>(?:(?!(?:of|about|the|this|your|in|on)\b)[\w'’-]+ ){0,4}?)"
    rf"(?:blog ?)?(?:{_NOUNS})"
    r"(?P<after>(?: (?:about|on|regarding|of) .+?)?)(?=(?: (?:been|was|is|last|first|ever))*(?: \w+ed| written)?\W*$)",
    re.IGNORECASE,
)
_FEWEST_TITLE_WORDS = 4


def about_this_post(question: str, title: str) -> str:
    """The question with “the post” for what it calls the post by its title, or by words of it, where it then asks about
    the post itself; else "".

    “Who is the author of the migration post?” → “Who is the author of the post?”.
    """
    plain = _without_name(question, title) or _without_subject(question, title)
    return plain if plain and find_topics(plain_words(plain)) else ""


def _without_name(question: str, title: str) -> str:
    """Without the whole title; a short one may be the name of what the post is about."""
    # Each pattern is made anew, so none is for a question that has no such words.
    if len(title.split()) < _FEWEST_TITLE_WORDS or title.lower() not in question.lower():
        return ""
    form = rf"(?<!\w)(?:the )?[“\"'‘]?{re.escape(title)}(?!\w)[”\"'’]?"
    plain = re.sub(form, "the post", question, flags=re.IGNORECASE)
    return plain if plain != question else ""


def _without_subject(question: str, title: str) -> str:
    """Without words of the title before “post” or behind it."""
    called = _POST.search(question)
    if called is None:
        return ""
    named = content_words(f"{called['before']} {called['after']}")
    if not named or not set(named).issubset(words(title)):
        return ""
    return f"{question[: called.start()]}the post{question[called.end() :]}"
