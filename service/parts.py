"""One question → the questions that it is made of: “Who founded the club, and what does a day cost?”."""

from __future__ import annotations

import re

from index import words
from service.asking import plain_words
from service.clause import AUXILIARIES, opens_question

# “Who built it” has no auxiliary; “who else” is no question by itself.
_VERB = re.compile(rf"\b(?:{AUXILIARIES})\b|who (?!else\b|exactly\b)\w+ \w|what (?:happen|caus|ma(?:de|kes)\b)")
# Where a question may end and the next begin.
_JOINT = re.compile(
    r"(?:(?<![?;])[?;]+[ ,]*(?:(?:and|but|so|or)\b,? *)?(?:also +)?|,? +and +(?:also +)?)"
    r"(?=(?:(?:in|on|at|by|for|from|to|with|since|until|of|about) )?"
    rf"(?:how|what|when|whom?|whose|where|why|which|(?:{AUXILIARIES})(?! not\b))\b)",
    re.IGNORECASE,
)
# “When the loop hangs, …” opens no question; “which one …” chooses among what was just asked about.
_WHILE = re.compile(rf"(?:when|where)\b(?! (?:{AUXILIARIES})\b)", re.IGNORECASE)
_CHOOSES = re.compile(r"\bones?\b|^which (?:is|are|was|were) (?:the |more |better\b|best\b|worse\b|\w+(?:er|est)$)")
# “How do I check what is running and what is stopped?” is one question.
_WITHIN = re.compile(
    r"\w (?P<word>what|which|who|how|when|where|why|whether)\b(?!.*\b(?:what|which|who|how|when|where|why)\b)"
)
_FEWEST_WORDS, _MOST_PARTS = 3, 3


def parts_of(text: str) -> tuple[str, ...]:
    """The questions, two or three, each as it was typed; () when there is only one, or what follows is no question by
    itself: “when?”, “which one?”, “what year”.
    """
    found: list[str] = []
    begin = 0
    for joint in _JOINT.finditer(text):
        rest = text[joint.end() :]
        part = text[begin : joint.start()]
        if len(found) < _MOST_PARTS - 1 and _asks(part) and _asks(rest) and not _goes_on(part, rest):
            found.append(part.strip())
            begin = joint.end()
    return (*found, text[begin:].strip()) if found else ()


def _goes_on(part: str, rest: str) -> bool:
    """Whether what follows is asked by the same word as a question within the part."""
    within = _WITHIN.search(part.lower())
    return within is not None and rest.lower().startswith(within["word"])


def _asks(part: str) -> bool:
    """Whether it is a question by itself: it opens as one, has a verb and says what it is about."""
    plain = plain_words(part)
    if not opens_question(plain) or _WHILE.match(plain) or _CHOOSES.search(plain) or not _VERB.search(plain):
        return False
    return len(plain.split()) >= _FEWEST_WORDS and bool(words(plain))
