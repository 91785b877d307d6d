"""A follow-up → a question that stands alone, by rules, from what the reader asked before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index import words
from service.topic import find_topic

_OPENING = re.compile(r"^(?:(?:and )?(?:what|how) about|and|but|or|so|also|then|ok|okay)\b[, ]*", re.I)
_PREPOSITIONS = r"in|on|at|for|from|with|by|to|of|about|after|before|since|until|during|between|under|without"
_PREPOSITION = re.compile(rf"^({_PREPOSITIONS})\b", re.I)
_NUMBER = re.compile(r"(?<![\w.])v?\d+(?:\.\d+)*(?!\w)")
_ORDINAL = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|last|next|previous)\b"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|winter)\b",
    re.I,
)
_BARE = re.compile(
    r"^(why|how|when|where|who|how so|how come|why not|how long|how much|how many|since when|until when)\W*$", re.I
)
_QUESTION_WORD = re.compile(
    r"^(?:so |and )?(?:(?:in|at|on|since|until|for) )?(?:(?:what|which) (?:year|date|month|day|time|place|city|country)"
    r"|when|where|why|how (?:long|much|many|often|far)|how|who)\b",
    re.I,
)
_AUXILIARY = re.compile(r"^(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|had)\b", re.I)
_REFERRING = re.compile(
    r"\b(?:it|its|this|that|these|those|they|them|their|he|she|him|his|her|hers|there|then|one|ones|else"
    r"|(?:the )?(?:first|second|third|last|other|others|former|latter|same))\b",
    re.I,
)
# A question with more content words than this says by itself what it is about.
_FEW_WORDS = 3
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


def plain_words(text: str) -> str:
    """The question in lower case with straight quotes, without fillers before it and marks behind it."""
    lowered = " ".join(text.lower().translate(_QUOTES).split())
    return re.sub(r"^(?:so|ok|okay|hey|hi|hello|well|um+|please|and)[,!]? (?=\w+ \w+)", "", lowered).strip(" ?!.…")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question that stands alone, and the part of it that says what kind of question it is."""

    text: str
    focus: str


def resolve(asked: str, history: Sequence[str]) -> Resolved:
    """The question as one that stands alone; as it is when it does already, or there was none before it.

    :param history: what the reader asked before, oldest first; a follow-up among them is resolved too.
    """
    before = ""
    for turn in history:
        before = _resolve(" ".join(turn.split()), before).text
    return _resolve(asked, before)


def _resolve(asked: str, before: str) -> Resolved:
    if not before or find_topic(plain_words(asked)):
        return Resolved(asked, asked)
    opened = _OPENING.match(asked)
    rest = asked[opened.end() :] if opened else asked
    bare = _BARE.match(rest)
    if bare:
        return _whole(_asked_again(bare.group(1), before))
    few = sum(bool(words(word)) for word in plain_words(rest).split()) <= _FEW_WORDS
    if opened and few and not _QUESTION_WORD.match(rest) and not _AUXILIARY.match(rest):
        return _whole(_replaced(rest, before))
    refers = _REFERRING.search(rest) is not None
    if few and (opened or refers):
        return Resolved(_joined(before, rest), rest)
    return Resolved(asked, asked)


def _asked_again(word: str, before: str) -> str:
    """The question before with another question word: “When did she leave?”, “why?” → “Why did she leave?”."""
    rest = before[match.end() :].lstrip() if (match := _QUESTION_WORD.match(before)) else before
    if match or _AUXILIARY.match(before):
        return f"{word[0].upper()}{word[1:].lower()} {rest[0].lower()}{rest[1:]}" if rest else before
    return _joined(before, f"{word}?")


def _replaced(rest: str, before: str) -> str:
    """The question before about something else: its number, ordinal or phrase of the same kind gives way to the new."""
    new = rest.rstrip("?!. ")
    for kind in (_NUMBER, _ORDINAL):
        wanted, old = kind.findall(new), kind.findall(before)
        if len(wanted) == 1 and len(old) == 1:
            start, end = next(kind.finditer(before)).span()
            return f"{before[:start]}{wanted[0]}{before[end:]}"
    if preposition := _PREPOSITION.match(new):
        places = list(re.finditer(rf"\b{preposition.group(1)}\b", before, re.I))
        if places:
            return f"{before[: places[-1].start()]}{new}?"
    return _joined(before, f"{new}?")


def _joined(before: str, rest: str) -> str:
    return f"{before.rstrip('?!. ')} — {rest}"


def _whole(text: str) -> Resolved:
    return Resolved(text, text)
