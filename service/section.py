"""The section that a question names: “what is “Costs” about?”, “what is the conclusion?”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index import Section, words

_SECTION = "(?:section|chapter|heading)"
# “The first section” is none that bears the name.
_ORDINAL = re.compile(r"(?:first|second|third|fourth|fifth|last|next|previous|final|same|other|whole)\b")
_SAY = "(?:about|say|cover|discuss|explain|describe|tell(?: (?:me|us))?|contain|mean)"
# “What is “Costs” about?”: a name in quotation marks may be a heading.
_QUOTED = re.compile(rf"what(?:'s| is| does) \"(?P<name>[^\"]+)\" {_SAY}")
_NAME = r"\"?(?P<name>[^\"?]+?)\"?"
_CALLED = r"(?:(?:on|about|called|titled|named|headed|under) )?"
_IT = "(?:it|the (?:post|article)|he|she|they)"
_SHOW = "(?:summari[sz]e|sum up|explain|describe|show me|give me|quote|read|tell me about)"
_SAID = tuple(
    re.compile(form)
    for form in (
        rf"what(?:'s| is| does) (?:in )?(?:the )?{_SECTION} {_CALLED}{_NAME}(?: (?:all )?{_SAY}(?: about)?)?",
        rf"what(?:'s| is| does) (?:in )?(?:the )?{_NAME} {_SECTION}(?: (?:all )?{_SAY}(?: about)?)?",
        rf"what does {_IT} (?:say|write) (?:in|under) (?:the )?{_NAME} {_SECTION}",
        rf"what does {_IT} (?:say|write) (?:in|under) the {_SECTION} {_CALLED}{_NAME}",
        rf"(?:(?:and|what about|how about) )*the {_SECTION} (?:on|about|called|titled|named) {_NAME}",
        rf"{_SHOW} (?:the )?{_NAME} {_SECTION}",
        rf"{_SHOW} (?:the )?{_SECTION} {_CALLED}{_NAME}",
    )
)
_OWN = "(?:(?:the|his|her|their|your|its|this|any) )?(?:(?:author|writer|blogger|post|article)'s )?"
_LAST = "(?:(?:final|overall|main|closing|concluding|last) )?"
_ENDS = r"(?:conclusions?|verdict|bottom line|final (?:thoughts?|words?)|closing (?:thoughts?|words?|remarks?))"
_CONCLUDES = re.compile(
    r"(?:(?:so|and) )?(?:what(?:'s| is| was| are| were)|is there|give me|tell me|show me)? ?"
    rf"{_OWN}{_LAST}(?:a )?{_ENDS}"
    r"(?: (?:of|to|in|here)(?: (?:this|the|that))?(?: (?:post|article|page|review|comparison|story|it))?)?"
    r"|what (?:does|did|do) (?:the (?:author|writer|blogger|post|article)|he|she|they|you|it) conclude"
    r"(?: (?:with|in the end))?"
    r"|how (?:does|did) (?:it|this|that|the (?:post|article|story)|this (?:post|article|story)) (?:all )?end"
)
# Headings that a post ends under, whatever follows in them.
_CLOSING = re.compile(
    r"\W*(?:\d+\W+)?(?:in |my |our |the |a |some |to )?(?:conclusions?|concluding|summary|summing up|sum up"
    r"|wrap(?:ping)?[ -]?(?:it )?(?:all )?up|final (?:thoughts?|words?|remarks?|verdict|notes?)"
    r"|closing(?: (?:thoughts?|words?|remarks?|notes?))?|parting (?:thoughts?|words?)|bottom line|verdict"
    r"|(?:key )?take-?aways?)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
# Where the post sums itself up, and who asks for that.
_SHORT = re.compile(r"\b(?:tl;? ?dr|take-?aways?|(?:key|main) points?|in (?:short|brief|a nutshell))\b", re.IGNORECASE)
_SHORT_HEADING = re.compile(
    r"\W*(?:tl;? ?dr|(?:(?:key|main) )?take-?aways?|(?:key|main) points?|in (?:short|brief|a nutshell)|at a glance)\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AskedSection:
    """The section that is asked for. `name`: as it was typed, in lower case, "" for the conclusion; `sure`: whether it
    was called a section, so that a part of its heading is enough.
    """

    name: str
    sure: bool


def asked_section(plain: str) -> AskedSection | None:
    """The section that is asked for; None for every other question.

    :param plain: the question in lower case with straight quotes.
    """
    if _CONCLUDES.fullmatch(plain):
        return AskedSection("", sure=True)
    if found := _QUOTED.fullmatch(plain):
        return AskedSection(found["name"], sure=False)
    said = next((found for form in _SAID if (found := form.fullmatch(plain))), None)
    return AskedSection(said["name"], sure=True) if said and not _ORDINAL.match(said["name"]) else None


def find_section(asked: AskedSection, sections: Sequence[Section]) -> Section | None:
    """The section that is meant: the last that a post ends under, or the one with this heading."""
    titled = [section for section in sections if section.is_titled]
    if not asked.name:
        return next((section for section in reversed(titled) if _CLOSING.match(section.heading[-1])), None)
    name = _WORD.findall(asked.name.casefold())
    if same := next((section for section in titled if _WORD.findall(section.heading[-1].casefold()) == name), None):
        return same
    wanted = set(words(asked.name))
    if not (asked.sure and wanted):
        return None
    holding = [section for section in titled if wanted <= set(words(section.heading[-1]))]
    return min(holding, key=lambda section: len(section.heading[-1]), default=None)


def short_section(question: str, sections: Sequence[Section]) -> Section | None:
    """The section in which the post sums itself up, where that is asked for: “what is the TL;DR?”."""
    if not _SHORT.search(question):
        return None
    return next((one for one in sections if one.is_titled and _SHORT_HEADING.fullmatch(one.heading[-1])), None)
