"""Whether a sentence opens by saying what something is: “Autolyse is a rest”; in a list “Autolyse: a rest” as well."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index import words

# A term of a few words, in quotation marks or with its short form behind it.
_TERM = r"[\"“«]?(?P<term>(?:[^\s:()]+ ){0,8}?[^\s:()]+?)[\"”»]?(?: \((?P<short>[A-Z]\w*[A-Z]\w*)\))?"
# What makes the sentence its definition; “the last thing that anybody thinks of” makes none.
_WHAT_IT_IS = (
    r" (?:is|are)(?: (?:basically|essentially|just|really|simply))?"
    r" (?:an?|another|any|one of|the(?! (?:best|first|last|most|next|only|same|worst)\b))\b"
    r"| (?:means|refers to|stands for|denotes)\b"
)
_ASKS = frozenset(words("define definition meaning"))
_SENTENCE = re.compile(rf"{_TERM},?(?:{_WHAT_IT_IS})")
_ENTRY = re.compile(rf"{_TERM}(?:: | [—–-] |{_WHAT_IT_IS})")


def defines(text: str, asked: Sequence[str], *, entry: bool = False) -> bool:
    """Whether it opens with the first thing that is asked for, and with nothing else, and says what that is.

    :param asked: content words, stemmed, in the order of the question.
    :param entry: it is an item of a list, where a colon or a dash is enough.
    """
    thing = next((word for word in asked if word not in _ASKS), "")
    found = (_ENTRY if entry else _SENTENCE).match(text)
    names = (set(words(name)) for name in (found["term"], found["short"]) if name) if found else ()
    return any(thing in name and name.issubset(asked) for name in names)
