"""What somebody talked about, told by the one item or row of the post that has the name: a programme lists talks so."""

from __future__ import annotations

import re

from index import content_words, words
from service.evidence import Evidence, Source
from service.room import ROOM_WORDS
from service.trim import opening

_NAME = re.compile(r"\b(?!(?:What|Which|Who|When|Where|Why|How|Did|Does|Is|Was)\b)[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)+")
_OWNING = re.compile(r"['’]s?$")
_TALKS = re.compile(
    r"\b(?:talk(?:s|ed|ing)?|present(?:s|ed|ing|ation)?|sp(?:eak|eaks|oke)|lectur(?:e|es|ed)|keynote|session|workshop)\b",
    re.IGNORECASE,
)
_OF_TALK = frozenset(words("topic title subject name called give gave hold held at conference event meetup day"))


def talk_of(question: str, own: Source) -> Evidence | None:
    """The item or row that names whose talk is asked about; None where something else is asked, or it is not the only
    one.
    """
    names = [_OWNING.sub("", name) for name in _NAME.findall(question)]
    if len(names) != 1 or not _TALKS.search(question):
        return None
    rest = _TALKS.sub(" ", re.sub(rf"{re.escape(names[0])}(?:['’]s?)?", " ", question))
    if not _OF_TALK.issuperset(content_words(rest)):
        return None
    parts = [
        own.quote(
            section.heading, section.anchor, "row" if block.kind == "table" else "list_item", part.start, part.end
        )
        for section in own.post.sections
        for block in section.blocks
        if block.kind in ("list", "table")
        for part in block.parts
        if names[0] in own.post.text[part.start : part.end]
    ]
    return Evidence("sentences", (opening(parts[0], ROOM_WORDS),)) if len(parts) == 1 else None
