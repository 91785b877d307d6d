"""BM25 over passages, with title and headings as a field of its own (Robertson and Zaragoza, 2009)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
import Stemmer
from numpy.typing import NDArray

from index.field import Field
from index.postings import Postings
from index.types import Floats

_HEAD_WEIGHT = 0.4
# A word with what holds it together: `v1.2.3`, `self-attention`, `os.path`, `C++`, `#general`, `E4304`.
_WORD = re.compile(r"[#@]?\w+(?:[.\-_'/:]\w+)*[+#]{0,2}")
# What generators and editors make of the keys for apostrophe and hyphen.
_TYPED = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u2010": "-", "\u2011": "-", "\u00ad": None})
_PART = re.compile(r"\w+")
# Texts are long, and yet have few words that are not in the next one too. What is longer is no word, and whoever sends
# such things would fill the memory with them.
_KEPT_WORDS, _KEPT_CHARS = 8_192, 32
# “isn't”, “they're”: auxiliaries, which say nothing of what a text is about.
_AUXILIARY = re.compile(r"^(?:\w+n't|(?:i|you|he|she|it|we|they|that|there|what|who)'(?:m|re|ve|ll|d))$")
STOP_WORDS = frozenset(
    [
        "a",
        "about",
        "after",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "being",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "done",
        "for",
        "from",
        "get",
        "gets",
        "got",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "here",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "me",
        "my",
        "no",
        "not",
        "of",
        "on",
        "one",
        "or",
        "our",
        "out",
        "over",
        "please",
        "she",
        "should",
        "so",
        "some",
        "such",
        "tell",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "too",
        "under",
        "up",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)


# What frames a question and says little of what it is about; posts may hold these words too.
_FRAME_WORDS = frozenset(
    """according answer article ask author blog describe described discuss else explain explained happen happened
    happens information know mean means mention mentioned mentions more page post question reader say says said
    something talk tell text thing think want whether writer written wrote write""".split()  # noqa: SIM905
)
_QUIET = 0.5
_QUIET_WORDS = STOP_WORDS | _FRAME_WORDS


@cache
def _stemmer() -> Stemmer.Stemmer:
    # Without a memory of its own, which would keep whatever strangers send, however long.
    return Stemmer.Stemmer("english", 0)


def words(text: str) -> list[str]:
    """The text's words as they are compared: lower case, stemmed, stop words left out.

    A compound (`pnpm-lock.yaml`, `3.11`) is one word and its parts are words too, so that either form finds it.
    """
    lowered = text.lower()
    plain = lowered if lowered.isascii() else lowered.translate(_TYPED)
    found = _WORD.findall(plain)
    # As one call for each word it would take half as long again.
    compared = _kept if max(map(len, found), default=0) <= _KEPT_CHARS else _compared
    return list(chain.from_iterable(map(compared, found)))


def _compared(word: str) -> tuple[str, ...]:
    return _kept(word) if len(word) <= _KEPT_CHARS else _stems(word)


@lru_cache(_KEPT_WORDS)
def _kept(word: str) -> tuple[str, ...]:
    return _stems(word)


def _stems(word: str) -> tuple[str, ...]:
    """What one word of a text is compared as: nothing for a stop word, several words for a compound."""
    if _AUXILIARY.match(word):
        return ()
    whole = word.removesuffix("'s")
    parts = _PART.findall(whole)
    found = [*([whole] if whole != parts[0] else ()), *parts]
    return tuple(_stemmer().stemWords([one for one in found if one not in STOP_WORDS]))


def loudness(question: str, spans: NDArray[np.int64]) -> Floats:
    """(pieces,) float32, 0 to 1: less than 1 for the word pieces of a question that only frame it.

    How often a word stands in a post does not tell: in a short one, “did” may be as rare as a name.

    :param spans: (pieces, 2), the pieces' offsets in the question.
    """
    loud = np.ones(len(spans), np.float32)
    for word in _PART.finditer(question):
        if word.group().lower() in _QUIET_WORDS:
            loud[(spans[:, 0] >= word.start()) & (spans[:, 1] <= word.end())] = _QUIET
    return loud


def content_words(question: str) -> list[str]:
    """The question's `words` without those that only frame it, unless there are no others."""
    asked = words(question)
    return [word for word in asked if word not in _framed()] or asked


@cache
def _framed() -> frozenset[str]:
    return frozenset(_stemmer().stemWords(list(_FRAME_WORDS)))


class Lexical:
    """BM25 scores of all passages for a question."""

    def __init__(self, body: Field, head: Field, size: int) -> None:
        self._fields = ((body, 1.0), (head, _HEAD_WEIGHT))
        self._size = size

    @classmethod
    def build(cls, bodies: Sequence[str], heads: Sequence[str]) -> Lexical:
        """An index of as many passages as there are bodies; `heads` are their titles and headings."""
        with closing(LexicalDraft()) as draft:
            for body, head in zip(bodies, heads, strict=True):
                draft.add(body, head)
            return draft.finish()

    @classmethod
    def load(cls, folder: Path, size: int) -> Lexical:
        """The index that `save` wrote for `size` passages, memory-mapped."""
        return cls(Field.load(folder / "body"), Field.load(folder / "head"), size)

    def save(self, folder: Path) -> None:
        """Write one folder for each field."""
        for (field, _), name in zip(self._fields, ("body", "head"), strict=True):
            field.save(folder / name)

    def scores(self, question: str) -> Floats:
        """(passages,) float32, 0 or more, higher is better; all 0 when no word is known."""
        asked = words(question)
        total = np.zeros(self._size, np.float32)
        for field, weight in self._fields:
            field.add_scores(asked, total, weight)
        return total


class LexicalDraft:
    """A `Lexical` in the making; the words wait on disk."""

    def __init__(self) -> None:
        self._body, self._head = Postings(), Postings()
        self._size = 0

    def add(self, body: str, head: str) -> None:
        """Take the next passage's text, and its title and headings."""
        self._body.add(words(body))
        self._head.add(words(head))
        self._size += 1

    def finish(self) -> Lexical:
        """The index of all that was added."""
        return Lexical(self._body.index(), self._head.index(), self._size)

    def close(self) -> None:
        """Let go of the files."""
        self._body.close()
        self._head.close()
