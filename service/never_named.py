"""What a question names to the letter and the post never does: a year, a version, a code, somebody's full name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from service.evidence import Source
from service.expected import YEAR

T = TypeVar("T")
_FUNCTION_WORDS = (
    "and|or|was|were|is|are|did|do|does|had|has|have|to|than|compared|versus|vs|in|on|at|by|with|the|an?|so|but|that"
    "|when|will|would|could|can|which|what|who|how|if|of|for|about|from|over|under|up|only|be|it"
)
# Of more names than this none is looked for: nobody asks so.
_MOST_NAMES = 5
# “In 2021?”, “was 2021 better”; not “2000 cases”, “port 2020”, nor “since 2020”, which means later years too.
_YEAR = re.compile(
    r"(?<![\w.,/#$€£'’–-])(?<!number )(?<!port )(?<!room )(?<!rfc )(?<!euros )(?<!dollars )"
    r"(?<!pounds )(?<!usd )(?<!eur )"
    r"(?<!since )(?<!before )(?<!after )(?<!until )(?<!than )(?<!from )(?<!by )(?<!over )(?<!under )(?<!at )"
    rf"(?P<name>{YEAR})"
    rf"(?=\W*$|[?!,;:)]|\.(?!\w)| (?:{_FUNCTION_WORDS})\b)",
    re.IGNORECASE,
)
_FOUR_DIGITS = re.compile(rf"\b{YEAR}\b")
_YEARS = re.compile(rf"\b({YEAR})\b ?(?:-|–|—|to|until|till|through|and) ?(?:[a-z]{{3,9}} )?({YEAR}|\d\d)\b(?!-\d)")
_SINCE = re.compile(rf"\bsince (?:[a-z]+ )?({YEAR})\b")
# What may be any year near that of the post.
_COUNTED = re.compile(
    r"\byears (?:ago|earlier|later|before|after)\b|\byear (?:ago|earlier|later|after)\b"
    r"|\b(?:following|previous) year\b|\bdecades?\b"
)
# What calls a year by how far it is from that of the post.
_CALLED = {
    -2: re.compile(r"\bthe year before\b"),
    -1: re.compile(r"\b(?:last year|the year before)\b"),
    0: re.compile(r"\bthis year\b"),
    1: re.compile(r"\b(?:next|the coming) year\b"),
}
# Two dots make a version, unless they make a date or a large number; one dot only behind a “v”, “version”, or a name
# that the post has before numbers too.
_VERSION = re.compile(
    r"(?<![\w.,$€£/-])(?:(?P<v>v)(?=\d)|(?P<before>[^\W\d][\w+#-]*) )?(?P<number>\d+(?:\.\d+){0,2})"
    r"(?![\w%°]|[.,:/-]\w| ?(?:[kmgt]?i?b|[kmg]?hz|[kcm]?m|k?g|v|w|percent|hours?|minutes?|seconds?|\w+bytes?)\b)"
    r"(?P<out>(?: (?:been |be |come )?(?:released|published|shipped|out)\b)?)",
    re.IGNORECASE,
)
_MOST_DOTS = 2
_NO_VERSION = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{4}|[1-3]\d)|\d{1,3}(?:\.\d{3})+")
_ZEROS = re.compile(r"(?:\.0)+$")
# “I'm on 2.5, can I …?” tells of the reader.
_OWN = re.compile(r"\b(?:i|we)(?:['’](?:m|re|ve)| am| are| have| use| run)\b[^?.!]*$", re.IGNORECASE)
_CODE = re.compile(r"(?<![\w-])(?P<name>[A-Z]{1,6}-?\d{2,})(?![\w.-])")
_NO_WORD = re.compile(r"[\W_]")
# Of persons: places and things have “in” or “the” before them.
_FULL_NAME = re.compile(
    r"(?<=\w )(?<!\bin )(?<!\bat )(?<!\bon )(?<!\bto )(?<!\ban )(?<!\ba )(?<!\bthe )(?<!\bfrom )"
    r"(?<!\bnear )(?<!\busing )"
    r"(?P<name>[A-ZÀ-Ý][a-zà-ÿ-]+(?: [A-ZÀ-Ý][a-zà-ÿ-]+)+)(?!\w)"
)
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Version:
    """`number` is without its “v”; `before` is such as “kettle”."""

    number: str
    before: str


def never_named(question: str, own: Source) -> bool:
    """Whether the post has none of the years of the question, or none of its versions, codes or full names.

    What is named in another way counts as named: “’21”, “2019–2023” and “since 2019” for 2021, “2.1” and “2.1.0.4” for
    v2.1.0, initials for a name. Who wrote the post is named.

    :param question: the stand-alone one.
    """
    if not (_DIGIT.search(question) or _FULL_NAME.search(question)):
        return False
    said = "\n".join((own.card.title, own.card.path, own.card.date, *own.post.authors, own.post.text))
    text = _folded(said)
    # A post that looks back may be of the year after the one in its title.
    written = [int(year) for year in _FOUR_DIGITS.findall(f"{own.card.title} {own.card.date[:4]}")]
    return (
        _none(_named(_YEAR, question), lambda year: _has_year(year, text, written))
        or _none(_versions(question, text), lambda version: _has_version(version, text))
        or _none(_named(_CODE, question), lambda code: _flat(_folded(code)) in _flat(text))
        or _none(_named(_FULL_NAME, question), lambda name: _has_name(name, said, text))
    )


def _none(named: Sequence[T], found: Callable[[T], bool]) -> bool:
    return 0 < len(named) <= _MOST_NAMES and not any(map(found, named))


def _named(form: re.Pattern[str], question: str) -> list[str]:
    return [one["name"] for one in form.finditer(question) if not _OWN.search(question[: one.start()])]


def _has_year(year: str, text: str, bases: Sequence[int]) -> bool:
    short = year[2:]
    forms = rf"{year}|{year[:3]}0s|['’]{short[0]}0s|['’/]{short}\b|\bfy ?{short}\b|\b\d\d?[./-]\d\d?[./-]{short}\b"
    if re.search(forms, text) or any(since <= year for since in _SINCE.findall(text)):
        return True
    if any(
        first <= year <= (last if len(last) == len(year) else first[:2] + last) for first, last in _YEARS.findall(text)
    ):
        return True
    if any(int(year) <= base for base in bases) and _COUNTED.search(text):
        return True
    called = (_CALLED.get(int(year) - base) for base in bases)
    return any(one is not None and one.search(text) for one in called)


def _versions(question: str, text: str) -> list[_Version]:
    found = []
    for one in _VERSION.finditer(question):
        number, before = one["number"], (one["before"] or "").lower()
        if _NO_VERSION.fullmatch(number) or _OWN.search(question[: one.start()]):
            continue
        dots = number.count(".")
        if one["v"] or dots == _MOST_DOTS or (dots and (one["out"] or _numbered(before, text))):
            found.append(_Version(number, before))
    return found


def _numbered(before: str, text: str) -> bool:
    """Whether versions have this word before them, or numbers in the text have: “kettle” of “kettle 2”."""
    if before in ("version", "release"):
        return True
    if not before or re.fullmatch(_FUNCTION_WORDS, before):
        return False
    return re.search(rf"\b{re.escape(before)} ?v?\d", text) is not None


def _has_version(version: _Version, text: str) -> bool:
    """Whether the version is named, or one that begins so, or all that do: “1.8.x” for 1.8.4."""
    number, least = version.number, _ZEROS.sub("", version.number)
    own = rf"|{re.escape(version.before)} ?v?" if version.before else ""
    # 2.1 for 2.1.0 stands anywhere, 2 for 2.0 behind a word that tells what it is.
    before = r"(?<![\d.])" if "." in least else rf"(?:v|version |release {own})"
    forms = [rf"(?<![\d.]){re.escape(number)}(?!\d)", rf"{before}{re.escape(least)}(?![\d.]\d|\d)"]
    if "." in number:
        forms.append(rf"(?<![\d.]){re.escape(number.rpartition('.')[0])}(?:\.x|\+)")
    return any(re.search(form, text) for form in forms)


def _has_name(name: str, said: str, text: str) -> bool:
    parts = name.split()
    initials = "".join(part[0] for part in parts)
    return any(_folded(part) in text for part in parts) or re.search(rf"\b{initials}s?\b", said) is not None


def _folded(text: str) -> str:
    """In lower case, without accents."""
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.lower()))


def _flat(text: str) -> str:
    return _NO_WORD.sub("", text)
