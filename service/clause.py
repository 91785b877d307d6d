"""The words of a question that begin no question of their own: “what was the price when it opened?”."""

from __future__ import annotations

import re

AUXILIARIES = "is|are|was|were|do|does|did|can|could|should|would|will|has|have|had"
DO = "do|does|did|can|could|should|would|will|must|may"
HAVE = "has|have|had"
COMPARATIVES = (
    "(?:cheap|young|great|rich|fast|slow|quick|hard|small|light|new|old|long|short|high|low|strong|clean|deep|thick|dark"
    "|cold|warm)er"
    "|(?:eas|heav|prett|health|earl)ier|bigger|hotter|larger|safer|nicer|thinner|closer"
)
SUPERLATIVES = (
    "(?:new|old|young|large|small|high|low|long|short|fast|slow|cheap|hard|late|great|tall|strong|deep|wide|near)e?st"
    "|(?:eas|earl|heav|bus)iest|biggest|latest"
)
_OPENS = (
    "what|which|whom?|whose|when|where|why|how|is|are|was|were|do|does|did|can|could|should|would|will|has|have|am|may"
)
_BEGUN = re.compile(
    r"(?:(?:in|on|at|by|for|from|to|with|since|until|of|about) )?"
    rf"(?:{_OPENS}|had|must|any|explain|describe|list|name|compare|show|tell|give|define)(?:n't)?\b"
)
_LAST = re.compile(
    rf"(?:[.!?;:–—]+ (?:(?:and|so|but|then|now) )?|, (?:(?:and|so|but|then|now) )?(?!when|where))(?=(?:{_OPENS})\b \S)"
)
# Behind these a word asks all the same: “what did he plant and when?”, “does he say where?”, “by whom”.
_ASKING_ON = (
    "and", "or", "but", "since", "until", "till", "in", "on", "at", "by", "for", "from", "to", "with", "of", "about",
    "say", "says", "said", "know", "knows", "tell", "tells", "explain", "explains", "explained", "learn", "stated",
    "out", "remember", "mention", "mentions", "mentioned", "known", "clear", "decide", "decided", "is", "was",
    "are", "were", "guy", "man", "woman", "person", "friend", "colleague",
)  # fmt: skip
_NOT_BEHIND = "".join(rf"(?<!\b{word} )" for word in _ASKING_ON)
_SUBJECT = "i|you|we|he|she|it|they|the|an?|my|your|his|her|their"
_GOES_ON = re.compile(rf"(?<=\w ){_NOT_BEHIND}(?:when|where)\b|(?<=, )(?:when|where)\b(?= (?:{_SUBJECT})\b)")
_WHO = re.compile(rf"(?<=\w ){_NOT_BEHIND}(?:whom?|whose)\b")
# “What was the baker called who refused?” asks for a person.
_NAMING = re.compile(r"\b(?:names?|named|called)\b")


def opens_question(plain: str) -> bool:
    """Whether the words, in lower case, begin as a question does."""
    return _BEGUN.match(plain) is not None


def last_question(plain: str) -> str:
    """Of what is said before a question, and the question, in lower case, the last: “I am new here. Is it free?”."""
    if opens_question(plain):
        return plain
    return plain[max((found.end() for found in _LAST.finditer(plain)), default=0) :]


def asking(plain: str) -> str:
    """The question, in lower case, with “when”, “where” and “who” read as “that” where they only say which time, place
    or person is meant: in a question that has begun by another word.
    """
    if not opens_question(plain):
        return plain
    things = _GOES_ON.sub("that", plain)
    return things if _NAMING.search(things) else _WHO.sub("that", things)
