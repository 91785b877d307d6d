"""Lines of a post that tell what its fields do not: “By Ada Quill, 3 May”, “Last updated on …”, a name at its end."""

from __future__ import annotations

import re

from index import Post
from service.evidence import Evidence, Quote, Source
from service.question import Question
from service.trim import opening

_LINE_WORDS = 30
# “— Ada Quill” at the end; elsewhere it is who is quoted.
_SIGNATURE = re.compile(r"^[—–-] ?[A-Z][a-z]+ [A-Z]", re.MULTILINE)
_SIGNED_CHARS = 400
_LINES: dict[str, re.Pattern[str]] = {
    "author": re.compile(
        r"(?im:^(?:(?:first )?(?:written|posted|published|words|story|text)\b[\w ]{0,30}? )?by:? )(?=[A-Z@])"
        r"|(?m:^(?:Authors?|Words|Text|Written):? ?[A-Z])|\b(?:[Mm]y name is|(?:I am|I['’]m)(?= [A-Z]\w+ [A-Z])) [A-Z]"
    ),
    "date": re.compile(
        r"(?im:^(?:(?:first )?(?:published|posted|written|created)|date)(?: on| in)?:? \S)"
        r"|(?m:^(?:\d{1,2}\.? [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2}),? \d{4}\b)"
    ),
    "updated": re.compile(r"^\W*(?:(?:last )?(?:updated|modified|edited|revised)|update|edit)\b", re.I | re.M),
}


def byline(question: Question, own: Source) -> Evidence | None:
    """The lines that tell what is asked of the post itself; None where there are none."""
    found = (_place(topic, own.post) for topic in question.topics)
    places = sorted({place for place in found if place is not None})
    return Evidence("sentences", tuple(_line(own, place) for place in places)) if places else None


def _place(topic: str, post: Post) -> int | None:
    """Where in the text the line begins."""
    if topic not in _LINES:
        return None
    match = _LINES[topic].search(post.text)
    if match is None and topic == "author":
        match = _SIGNATURE.search(post.text, max(0, len(post.text) - _SIGNED_CHARS))
    return None if match is None else post.text.rfind("\n", 0, match.start() + 1) + 1


def _line(own: Source, start: int) -> Quote:
    end = own.post.text.find("\n", start)
    section = next(one for one in reversed(own.post.sections) if one.start <= start)
    whole = own.quote(section.heading, section.anchor, "sentence", start, end if end >= 0 else len(own.post.text))
    return opening(whole, _LINE_WORDS)
