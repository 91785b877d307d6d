"""Lines of a post that tell what its fields do not: “By Ada Quill, 3 May”, “Last updated on …”, a name at its end."""

from __future__ import annotations

import re

from index import Post
from service.evidence import Evidence, Quote, Source
from service.question import Question
from service.trim import opening

_LINE_WORDS = 30
_NAME = r"(?:@\w+|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)+)"
_WHEN = r"(?:\d{4}\b|\d{1,2}[./-]\d|(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\b)"
# “— Ada Quill” at the end; elsewhere it is who is quoted.
_SIGNATURE = re.compile(rf"^[—–-] ?{_NAME}", re.MULTILINE)
_SIGNED_CHARS = 400
_LINES: dict[str, re.Pattern[str]] = {
    "author": re.compile(
        rf"^(?:(?i:(?:first )?(?:written|posted|published|words|story|text)[\w ]{{0,30}}? )?(?i:by):? {_NAME}"
        rf"|(?:Authors?|Words|Text): ?{_NAME})|\b(?:[Mm]y name is|I am|I['’]m) {_NAME}",
        re.MULTILINE,
    ),
    "date": re.compile(
        rf"^(?:(?:first )?(?:published|posted|written|created)|date)(?: on| in)?:? [^\n]{{0,20}}?{_WHEN}"
        rf"|^(?:\d{{1,2}}\.? [a-z]+|[a-z]+ \d{{1,2}}),? \d{{4}}\b",
        re.IGNORECASE | re.MULTILINE,
    ),
    "updated": re.compile(
        rf"^[^\w\n]*(?:(?:last )?(?:updated|modified|edited|revised)|update|edit)\b[^\n]{{0,30}}?{_WHEN}",
        re.IGNORECASE | re.MULTILINE,
    ),
}


def byline(question: Question, own: Source) -> Evidence | None:
    """The lines that tell what is asked of the post itself; None where there are none."""
    found = (_place(topic, own.post) for topic in question.topics)
    places = sorted({place for place in found if place is not None})
    return Evidence("sentences", tuple(_line(own, place) for place in places)) if places else None


def _place(topic: str, post: Post) -> int | None:
    """Where in the text the line begins; not in code."""
    pattern = _LINES.get(topic)
    if pattern is None:
        return None
    running = [block for section in post.sections for block in section.blocks if block.kind != "code"]
    found = next((match for one in running if (match := pattern.search(post.text, one.start, one.end))), None)
    if found is None and topic == "author":
        found = _SIGNATURE.search(post.text, max(0, len(post.text) - _SIGNED_CHARS))
    return None if found is None else post.text.rfind("\n", 0, found.start() + 1) + 1


def _line(own: Source, start: int) -> Quote:
    end = own.post.text.find("\n", start)
    section = next(one for one in reversed(own.post.sections) if one.start <= start)
    whole = own.quote(section.heading, section.anchor, "sentence", start, end if end >= 0 else len(own.post.text))
    return opening(whole, _LINE_WORDS)
