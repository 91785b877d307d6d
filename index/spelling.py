"""A misspelt question → the words that were meant: those of the posts first, else English ones."""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from importlib import resources
from itertools import islice
from pathlib import Path

from index.lexical import STOP_WORDS

# A word with its apostrophe, within what is written without a space.
_CHUNK = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*")
# What holds an identifier, a version, an address or code together.
_CODE = re.compile(r"\d|[_/\\@#={}<>`\"“”]|\w[.:(]\w|\w\(\)")
_CAMEL = re.compile(r".[A-Z]")
_APOSTROPHES = str.maketrans("’", "'")
_LETTERS = "abcdefghijklmnopqrstuvwxyz'"
_INFLECTION = re.compile(r"(?:ing|ed|es|s|e)$")
_DOUBLED = re.compile(r"([bdgklmnprt])\1$")
_AGENT = re.compile(r"ers?$")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# Spelt one for the other by ear.
_ALIKE = ("aeiouy", "csz", "ck", "sz", "gj", "fv", "td", "mn")
# The letters a word must have for each kind of slip to be looked for.
_SHORTEST, _SHORTEST_LOOSE, _SHORTEST_EXTRA, _SHORTEST_TWICE = 4, 5, 8, 8
# A longer one is no word; to look for what is near it takes time by the square of its length.
_LONGEST = 40
_TWICE = 2
# English words that are rarer than this, of a trillion, are no better guess than what was typed; short ones are near to
# so many others that they have to be more usual.
_COMMON, _USUAL_WORD = 1_000_000, 20_000_000
# How often a stop word is taken to stand in the posts at least.
_USUAL = 20
# How much likelier a word is meant because the posts hold it, as a logarithm.
_SAID = 10.0
# Short words, which have too many others near them, and which tell what is asked.
_LITTLE_WORDS = {
    "teh": "the", "hte": "the", "waht": "what", "wht": "what", "whta": "what", "hwo": "how", "whn": "when",
    "wehn": "when", "wich": "which", "whcih": "which", "mutch": "much", "mny": "many", "deos": "does",
    "wher": "where", "whre": "where", "adn": "and",
    "nr": "number", "qty": "quantity", "approx": "approximately", "ppl": "people", "yr": "year", "yrs": "years",
    "hrs": "hours", "mins": "minutes", "pls": "please", "plz": "please", "cuz": "because", "coz": "because",
    "btwn": "between", "thru": "through",
}  # fmt: skip
_MOST_UNKNOWN_SHARE, _FEW_WORDS, _MOST_CORRECTED = 0.5, 3, 8


class Speller:
    """Corrects questions about the posts of one index. Safe to use from several threads."""

    def __init__(self, said: Mapping[str, int], knows: Callable[[str], bool]) -> None:
        """:param said: how often each word stands in the posts, as it is written there.
        :param knows: whether the encoder has the word, in lower case, in its vocabulary.
        """
        self._knows = knows
        self._said: Counter[str] = Counter(dict.fromkeys(STOP_WORDS, _USUAL))
        self._written: dict[str, str] = {}
        for word, count in sorted(said.items(), key=lambda one: -one[1]):
            self._said[word.lower()] += count
            self._written.setdefault(word.lower(), word)

    def correct(self, question: str) -> str:
        """The question with each misspelt word replaced; as it is when there is none.

        A word that the posts, the encoder or the English dictionary know is never replaced, however near it is to
        another, but for slips in the little words of questions: what the posts do not say stays unsaid. A word that
        nothing is near to stays as well.
        """
        question = _with_meant(question, self._little_words(question))
        words = list(_words(question))
        unknown = [found for found in words if not self._known(found.group().lower().translate(_APOSTROPHES))]
        if not unknown or (len(words) > _FEW_WORDS and len(unknown) > _MOST_UNKNOWN_SHARE * len(words)):
            # Another language, or noise.
            return question
        meant = (self._meant(found.group(), opens=not question[: found.start()]) for found in unknown)
        return _with_meant(question, islice(zip(unknown, meant, strict=True), _MOST_CORRECTED))

    def _little_words(self, question: str) -> Iterator[tuple[re.Match[str], str]]:
        """Slips in the short words, and short forms, each with the word that was meant."""
        for found in _words(question):
            typed = found.group()
            meant = _LITTLE_WORDS.get(typed.lower())
            # A capital within a question makes a name of it.
            if meant and typed.lower() not in self._said and (typed.islower() or not found.start()):
                yield found, meant.capitalize() if typed[0].isupper() else meant

    def _known(self, word: str) -> bool:
        if word in self._said or self._knows(word) or word in english():
            return True
        # Another form of a word of the posts: “repot”, where they say “repotting”.
        return len(word) >= _SHORTEST_LOOSE and _uninflected(word) in self._uninflected

    @cached_property
    def _uninflected(self) -> frozenset[str]:
        return frozenset(_uninflected(word) for word in self._said if len(word) >= _SHORTEST_LOOSE)

    def _is_made_up(self, word: str) -> bool:
        """Whether it may be a new word for what does something: “bundler”."""
        does = _AGENT.sub("", word)
        return does != word and any(len(one) >= _SHORTEST and self._known(one) for one in (does, f"{does}e"))

    def _meant(self, typed: str, *, opens: bool) -> str:
        word = typed.lower().translate(_APOSTROPHES)
        named = typed[0].isupper() and not opens
        if not (_SHORTEST_LOOSE if named else _SHORTEST) <= len(word) <= _LONGEST:
            return typed
        careful = named or self._is_made_up(word)
        best = max(self._near(word, careful=careful), default=None)
        if not best and not careful:
            best = max(self._far(word), default=None)
        if not best:
            return typed
        meant = self._written[best[1]] if self._is_name(best[1]) else best[1]
        return meant[0].upper() + meant[1:] if typed[0].isupper() else meant

    def _near(self, word: str, *, careful: bool) -> Iterator[tuple[float, str]]:
        """Words one slip away that may be meant, each with how likely it is; higher is likelier.

        :param careful: a word that somebody may use though nobody here knows it: only a letter lost or moved is mended.
        """
        for other, loose in _one_slip(word):
            if other in self._said:
                # A name that is like another is that of somebody else.
                if not (loose and (careful or self._is_name(other))) and not (careful and other[0] != word[0]):
                    yield _SAID + math.log(self._said[other]), other
            elif not careful and other[0] in (word[0], word[0] if loose else word[1]):
                count = english().get(other, 0)
                if count >= (_COMMON if len(word) > _SHORTEST_LOOSE else _USUAL_WORD):
                    yield math.log(count / _COMMON), other

    def _far(self, word: str) -> Iterator[tuple[float, str]]:
        """Long words of the posts two slips away, none of them a name, each with how often it is there."""
        if len(word) < _SHORTEST_TWICE:
            return
        from symspellpy.editdistance import DistanceAlgorithm, EditDistance

        distance = EditDistance(DistanceAlgorithm.DAMERAU_OSA).compare
        letters = _letters(word)
        for other, own in self._by_initial.get(word[0], ()):
            # Two slips change four letters at most; few words are left to compare in full.
            likely = (letters ^ own).bit_count() <= 2 * _TWICE and abs(len(other) - len(word)) <= _TWICE
            if likely and not self._is_name(other) and distance(word, other, _TWICE) >= 0:
                yield self._said[other], other

    def _is_name(self, word: str) -> bool:
        return self._written.get(word, word)[0].isupper() and word not in english()

    @cached_property
    def _by_initial(self) -> Mapping[str, list[tuple[str, int]]]:
        """Long words of the posts by their first letter, each with the set of its letters."""
        found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for word in self._said:
            if len(word) >= _SHORTEST_TWICE:
                found[word[0]].append((word, _letters(word)))
        return found


def _with_meant(question: str, meant: Iterable[tuple[re.Match[str], str]]) -> str:
    """The question with words, in order, in the place of what was typed."""
    made, end = [], 0
    for found, word in meant:
        made += [question[end : found.start()], word]
        end = found.end()
    return "".join((*made, question[end:]))


def _uninflected(word: str) -> str:
    """The word without what a verb's or a noun's forms end with, and without a letter that was doubled before that."""
    return _DOUBLED.sub(r"\1", _INFLECTION.sub("", word))


class WordCount:
    """Counts the words of posts as they are written there, for a `Speller`; `counts` holds them."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def add(self, text: str) -> None:
        """Take a text."""
        self.counts.update(found.group().translate(_APOSTROPHES) for found in _WORD.finditer(text))

    def save(self, file: Path) -> None:
        """Write the words as JSON."""
        file.write_text(json.dumps(self.counts, ensure_ascii=False), encoding="utf-8")

    @staticmethod
    def load(file: Path) -> Mapping[str, int]:
        """How often each word was counted, from what `save` wrote."""
        return dict(json.loads(file.read_text(encoding="utf-8")))


@cache
def english() -> Mapping[str, int]:
    """About 82,000 English words with how often they stand in a trillion words of books."""
    # Read as data: importing the package takes longer, and its own look-up 70 MB.
    file = resources.files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt")
    lines = (line.split() for line in file.read_text(encoding="utf-8-sig").splitlines())
    return {word: int(count) for word, count in lines}


def _words(text: str) -> Iterator[re.Match[str]]:
    """The words in the text, without what is code, an identifier, a version or quoted."""
    for chunk in _CHUNK.finditer(text):
        if _CODE.search(chunk.group()):
            continue
        for found in _WORD.finditer(text, *chunk.span()):
            if not _CAMEL.search(found.group()):
                yield found


def _one_slip(word: str) -> Iterator[tuple[str, bool]]:
    """What is one slip away from the word (Norvig, 2007), and whether that slip is a loose one: one letter too many, or
    in the place of another that is near it on the keyboard or sounds like it.
    """
    for at in range(len(word)):
        before, letter, after = word[:at], word[at], word[at + 1 :]
        if after:
            yield f"{before}{after[0]}{letter}{after[1:]}", False
        if before.endswith(letter) and len(word) >= _SHORTEST_LOOSE:
            yield f"{before}{after}", False
        elif after and len(word) >= _SHORTEST_EXTRA:
            yield f"{before}{after}", True
        if len(word) >= _SHORTEST_LOOSE:
            yield from ((f"{before}{other}{after}", True) for other in _beside(letter))
    for at in range(len(word) + 1):
        yield from ((f"{word[:at]}{letter}{word[at:]}", False) for letter in _LETTERS)


@cache
def _beside(letter: str) -> str:
    """The letters that are typed or written in place of this one."""
    found = {other for group in _ALIKE if letter in group for other in group}
    for number, row in enumerate(_ROWS):
        if letter in row:
            at = row.index(letter)
            found.update(row[max(at - 1, 0) : at + 2])
            found.update(*(other[max(at - 1, 0) : at + 2] for other in _ROWS[max(number - 1, 0) : number + 2]))
    return "".join(sorted(found - {letter}))


def _letters(word: str) -> int:
    """The set of the word's letters, as bits."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 63)
    return found
