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


_LETTERS = re.compile(r"\(([A-Z]\w{0,8}[A-Z])s?\)")
_SPELT_OUT_CHARS = 100
_SPELT_BEHIND = re.compile(
    r"\b(?P<short>[A-Z]\w{0,8}[A-Z])(?: \(|: | [-–—=] |, (?:which |that )?(?:is |stands |short )+for )"
    r"(?P<long>[A-Z][\w-]*(?:(?: (?:of|for|and|the|in|to|on|by|&))? [A-Z][\w-]*){1,7})"
)


def defines(text: str, asked: Sequence[str], *, entry: bool = False) -> bool:
    """Whether it opens with the first thing that is asked for, and with nothing else, and says what that is; or says
    anywhere what the letters that are asked for stand for.

    :param asked: content words, stemmed, in the order of the question.
    :param entry: it is an item of a list, where a colon or a dash is enough.
    """
    thing = next((word for word in asked if word not in _ASKS), "")
    found = (_ENTRY if entry else _SENTENCE).match(text)
    names = (set(words(name)) for name in (found["term"], found["short"]) if name) if found else ()
    return any(thing in name and name.issubset(asked) for name in names) or _spells_out(text, thing)


def _spells_out(text: str, thing: str) -> bool:
    """Whether it says what the letters stand for: “the Chief Information Officer (CIO)”, “CIO (Chief …)”, “CIO - …”."""
    behind = _SPELT_BEHIND.finditer(text)
    if any(words(found["short"]) == [thing] and _are_initials(found["short"], found["long"]) for found in behind):
        return True
    for found in _LETTERS.finditer(text):
        before = re.split(r"[ -]+", text[max(0, found.start() - _SPELT_OUT_CHARS) : found.start()].strip())
        initials = "".join(word[:1] for word in before)
        if words(found[1]) == [thing] and initials.lower().endswith(found[1].lower()):
            return True
    return False


def _are_initials(short: str, long: str) -> bool:
    """Whether the words may be what the letters stand for: they begin alike, and so do all of them in this order."""
    initials = [word[0].lower() for word in re.split(r"[ -]+", long) if word[:1].isupper()]
    letters = iter(short.lower())
    return short[0].lower() == initials[0] and all(initial in letters for initial in initials)
