"""Whether a sentence opens by saying what something is: “Autolyse is a rest”, “Autolyse: a rest before the salt”."""

from __future__ import annotations

import re
from collections.abc import Collection

from index import words

# A term of a few words, in quotation marks or with another name behind it, and what makes the sentence its definition.
_TERM = r"(?P<term>(?:[^\s:]+ ){0,8}?[^\s:]+?),?"
_FILLER = r"(?: (?:basically|essentially|just|really|simply))?"
_DEFINING = re.compile(
    rf"{_TERM}(?: (?:is|are){_FILLER} (?:an?|the|one|any|another|what|when|where|how)\b"
    r"| (?:means|refers to|stands for|denotes)\b|: | [—–-] )",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:the|an?) ", re.IGNORECASE)
_NAMES = re.compile(r"[()“”\"«»‘’]")


def defines(text: str, asked: Collection[str]) -> bool:
    """Whether it opens with a name that is made of words that are asked for, and no others, and says what that is.

    :param asked: content words, stemmed.
    """
    found = _DEFINING.match(text)
    # “The catalog: protocol” is no entry of a glossary.
    if not found or (_ARTICLE.match(text) and text[found.end() - 2 : found.end()] == ": "):
        return False
    names = (set(words(name)) for name in _NAMES.split(found["term"]))
    return any(name and name.issubset(asked) for name in names)
