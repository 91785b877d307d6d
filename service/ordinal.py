"""The one of a list that a question asks for by its place: “what is step 4?”, “the third tip”, “last item”."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# What posts number, or list in an order that readers count. A “first release” or “second job” is found by its words.
_NOUNS = "step|point|item|bullet|tip|reason|rule|lesson|mistake|principle|habit|takeaway|recommendation"
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NAMED = re.compile(
    rf"\b(?P<noun>{_NOUNS}) (?:#|no\.? |number |nr\.? )?(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)})(?![\w.%])"
    rf"|(?<!-)\b(?P<place>{'|'.join(_PLACES)}|last|final|\d{{1,2}}(?:st|nd|rd|th)) (?P<of>{_NOUNS})\b"
)
# “The reason one should wait” and “at this point two left” name no number, nor does “the step after step 2” ask for 2.
_DETERMINED = frozenset(
    """a an the any some every each no this that what which my your his her its our their one another""".split()  # noqa: SIM905
)
_NOT_ITSELF = re.compile(
    r"\b(?:after|before|follow(?:s|ed|ing)?|preced(?:es|ed|ing)|between|until|than|except|besides|without|skip(?:ping)?"
    r"|(?:second|third|next)[ -](?:to|but|from)|but|penultimate|second|next to)(?: the)?[ -]$"
)
_NEXT_TO = re.compile(r" (?:but one|before|after)\b")
# All that stands before it where nothing else is asked: neither “if I leave out” nor “is there a”.
_ASKS = re.compile(
    r"(?:(?:and|so) )?(?:(?:what|which)(?:'?s| is| was)? |(?:tell|show) me |explain |describe )?"
    r"(?:(?:the|his|her|their|your) )?"
)
_ANY = re.compile(
    rf"{_ASKS.pattern}(?P<place>{'|'.join(_PLACES)}|last|final|\d{{1,2}}(?:st|nd|rd|th)) "
    r"(?:of (?:the|his|her|their|your|its) )?"
    r"(?:(?!(?:but|before|after|to|of|for|in|on|at|and|or)\b)[\w-]+ ){0,2}(?P<of>[a-z-]{3,})"
)
# “Last thoughts”, “first impressions”, “first vs second”, “the last section about”.
_COUNTS_NOTHING = re.compile(r"^(?!.* of ).*[^s\W]s$|\b(?:vs\.?|versus|about|updated?|party)\b")
_MORE = re.compile(rf"(?:[-–]|,? (?:&|and|or|to|through|till|until|vs\.?|versus) |, )(?:\d|(?:{'|'.join(_NUMBERS)})\b)")


@dataclass(frozen=True, slots=True)
class Ordinal:
    """`number`: the place in the list, from 1, or -1 for the last; `noun`: what is listed, in the singular; `typed`:
    the number as it stands in the question; `alone`: whether it says nothing else, as in “What is step 3?”; `loose`:
    whether such things are seldom counted, so that it is only meant of a list that is named so.
    """

    number: int
    noun: str
    typed: str
    alone: bool = field(default=False, compare=False)
    loose: bool = field(default=False, compare=False)


def ordinal(plain: str) -> Ordinal | None:
    """What the question, in plain words, asks for by its place; None where it does not."""
    if (loose := _ANY.fullmatch(plain)) and not _NAMED.search(plain) and not _COUNTS_NOTHING.search(plain):
        return Ordinal(_place(loose["place"]), loose["of"], loose["place"], alone=True, loose=True)
    every = list(_NAMED.finditer(plain))
    # Who asks for two of them, or for what is next to one, is not answered by one.
    if len(every) != 1:
        return None
    found = every[0]
    before, behind = plain[: found.start()], plain[found.end() :]
    if _NOT_ITSELF.search(before) or _MORE.match(behind):
        return None
    if found["number"] and behind and not _DETERMINED.isdisjoint(before.split()[-2:]):
        return None
    if found["place"] in ("last", "final") and _NEXT_TO.match(behind):
        return None
    said = found["number"] or found["place"]
    number = 1 + _NUMBERS.index(said) if found["number"] in _NUMBERS else _place(said)
    alone = not behind.strip() and _ASKS.fullmatch(before) is not None
    return Ordinal(number, found["noun"] or found["of"], said, alone) if number else None


def _place(said: str) -> int:
    """From 1, or -1 for the last."""
    if digits := re.match(r"\d+", said):
        return int(digits[0])
    return -1 if said in ("last", "final") else 1 + _PLACES.index(said)
