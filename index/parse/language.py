"""Whether a text is English, by its commonest words and its letters: enough to tell the owner."""

from __future__ import annotations

import re

_ENGLISH = (
    "the of and to in is that it for was on are as with be at this have from or by not but we you your i can which "
    "an will if they has their its when there what how so more about my our"
)
# French, German, Spanish, Portuguese, Italian, Dutch, Polish, Swedish, Vietnamese, Indonesian, Turkish.
_OTHER = (
    "le la les des est une dans pour que qui sur pas avec ce il der das und ist nicht ein eine zu den mit auf für "
    "von el los las en un por con para como más del al se não uma os com è di che una sono het een van niet zijn "
    "dat voor nie jest się na że och att det som är på inte của là và có không được các trong một yang dan untuk "
    "dengan adalah ini bir ve bu için"
)
_ENGLISH_WORDS, _OTHER_WORDS = frozenset(_ENGLISH.split()), frozenset(_OTHER.split())
_WORD = re.compile(r"[^\W\d_]+")
_MIN_WORDS, _MAX_CHARS = 40, 50_000


def is_english(text: str) -> bool:
    """Whether the text reads as English; a text too short to tell does."""
    words = [word.lower() for word in _WORD.findall(text[:_MAX_CHARS])]
    letters = "".join(words)
    foreign = sum(letter > "\u024f" for letter in letters)
    if len(letters) >= _MIN_WORDS and foreign * 5 > len(letters) * 2:
        return False
    if len(words) < _MIN_WORDS:
        return True
    english = sum(word in _ENGLISH_WORDS for word in words)
    other = sum(word in _OTHER_WORDS for word in words)
    return other <= 2 * english or other * 12 < len(words)
