"""What a question names to the letter and the post never does: a year, a version, a code, somebody's full name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from service.evidence import Source

T = TypeVar("T")
_DIGIT = re.compile(r"\d")
_FUNCTION_WORDS = (
    "and|or|was|were|is|are|did|do|does|had|has|have|to|than|compared|versus|vs|in|on|at|by|with|the|an?|so|but|that"
    "|when|will|would|could|can|which|what|who|how|if"
)
# “In 2021?”, “was 2021 better”, and not “2000 cases”, “port 2020” or “RFC 2045”.
_YEAR = re.compile(
    r"(?<![\w.,/#$€£'’–-])(?<!number )(?<!port )(?<!rfc )(?P<year>(?:19|20)\d\d)"
    rf"(?=\W*$|[?!,;:)]|\.(?!\w)| (?:{_FUNCTION_WORDS})\b)",
    re.IGNORECASE,
)
_FOUR_DIGITS = re.compile(r"\b(?:19|20)\d\d\b")
_YEARS = re.compile(r"\b((?:19|20)\d\d) ?(?:[–—-]|to|until|and) ?((?:19|20)\d\d)\b")
# What calls a year by how far it is from that of the post.
_CALLED = {
    -2: re.compile(r"\b(?:(?:two|2) years ago|the year before)\b"),
    -1: re.compile(r"\b(?:last year|(?:a|one) year ago|the (?:year before|previous year))\b"),
    0: re.compile(r"\bthis year\b"),
    1: re.compile(r"\b(?:next|the coming) year\b"),
}
# Two dots make a version, and three an address; one dot only where the question tells so.
_VERSION = re.compile(
    r"(?<![\w.,$€£/-])(?:(?P<v>v)(?=\d)|(?P<before>[^\W\d][\w+#-]* )?)(?P<number>\d+(?:\.\d+){0,2})"
    r"(?![\w%°]|[.,:/-]\w| ?(?:[kmgt]?i?b|[kmg]?hz|percent|hours?|minutes?|seconds?)\b)",
    re.IGNORECASE,
)
_MOST_DOTS = 2
_RELEASE = re.compile(
    r"\b(?:releas\w+|versions?|changelog|new in|ship\w*|c[oa]me out|upgrad\w+|support\w*|fix(?:e[ds])?|introduced)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![\w.])(?P<said>(?:version |release |v\.? ?)?)(?P<number>\d+(?:\.\d+)*)(?P<any>(?:\.x|\+)?)(?![\w])"
)
# “I'm on 2.5, can I …?” tells of the reader.
_OWN = re.compile(r"\b(?:i|we)(?:['’](?:m|re|ve)| am| are| have| use| run)\b[^?.!]*$", re.IGNORECASE)
_ZEROS = re.compile(r"(?:\.0)+$")
_CODE = re.compile(r"(?<![\w-])[A-Z]{1,6}-?\d{2,}(?![\w.-])")
_NO_WORD = re.compile(r"[\W_]")
_FULL_NAME = re.compile(r"(?<=\w )[A-Z][a-zà-ÿ'’-]+(?: [A-Z][a-zà-ÿ'’-]+)+(?!\w)")


@dataclass(frozen=True, slots=True)
class _Version:
    """`number` is without its “v”, `marked` tells whether it had one; `before` is such as “kettle ”."""

    number: str
    before: str
    marked: bool


def never_named(question: str, own: Source) -> bool:
    """Whether the post has none of the years of the question, or none of its versions, codes or full names.

    What is named in another way counts as named: “’21” and “2019–2023” for 2021, “2.1” and “2.1.3” for v2.1.0.

    :param question: the stand-alone one.
    """
    if not (_DIGIT.search(question) or _FULL_NAME.search(question)):
        return False
    text = f"{own.card.title}\n{own.card.path}\n{own.card.date}\n{own.post.text}"
    lowered = text.lower()
    # A post that looks back may be of the year after the one in its title.
    written = [int(year) for year in _FOUR_DIGITS.findall(f"{own.card.title} {own.card.date[:4]}")]
    return (
        _none(_YEAR.findall(question), lambda year: _has_year(year, lowered, written))
        or _none(_versions(question, lowered), lambda version: _has_version(version, lowered))
        or _none(_CODE.findall(question), lambda code: _flat(code) in _flat(text))
        or _none(_names(question), lambda name: any(word in lowered for word in name.lower().split()))
    )


def _none(named: Sequence[T], found: Callable[[T], bool]) -> bool:
    return bool(named) and not any(map(found, named))


def _has_year(year: str, text: str, bases: Sequence[int]) -> bool:
    short = year[2:]
    if re.search(rf"{year}|{year[:3]}0s|['’/]{short}\b|\b20\d\d[–-]{short}\b|\bfy ?{short}\b", text):
        return True
    if any(first <= year <= last for first, last in _YEARS.findall(text)):
        return True
    called = (_CALLED.get(int(year) - base) for base in bases)
    return any(one is not None and one.search(text) for one in called)


def _versions(question: str, text: str) -> list[_Version]:
    found = []
    for one in _VERSION.finditer(question):
        dots, before = one["number"].count("."), (one["before"] or "").lower()
        told = one["v"] or dots == _MOST_DOTS or (dots and (_RELEASE.search(question) or _numbered(before, text)))
        if told and not _OWN.search(question[: one.start()]):
            found.append(_Version(one["number"], before, bool(one["v"])))
    return found


def _numbered(before: str, text: str) -> bool:
    """Whether the text has this word before numbers too, as “kettle ” of “kettle 2”."""
    if not before or re.fullmatch(_FUNCTION_WORDS, before.strip()):
        return False
    return re.search(rf"\b{re.escape(before)}v?\d", text) is not None


def _has_version(version: _Version, text: str) -> bool:
    """Whether the version is named, or one that is part of it."""
    if version.marked and f"v{version.number}" in text:
        return True
    asked, least = version.number.split("."), _without_zeros(version.number)
    for number in _NUMBER.finditer(text):
        parts = number["number"].split(".")
        said = number["said"] or (version.before and text.endswith(version.before, 0, number.start()))
        if (said or len(parts) > 1) and (parts[: len(asked)] == asked or _without_zeros(number["number"]) == least):
            return True
        if number["any"] and asked[: len(parts)] == parts:
            return True
    return False


def _without_zeros(number: str) -> str:
    """2.1.0 → 2.1: they are the same."""
    return _ZEROS.sub("", number)


def _names(question: str) -> list[str]:
    return [name[0] for name in _FULL_NAME.finditer(question) if not _OWN.search(question[: name.start()])]


def _flat(text: str) -> str:
    return _NO_WORD.sub("", text)
