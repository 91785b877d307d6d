"""Headings that tell what is asked for, where the sentences below them do not.

“Who wrote Concrete?” is answered by “Concrete, by Paul Anselm” above what is said of the book, and “when did 2.1 come
out?” by “2.1 (4 May 2024)” above its changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index import Section, words
from service.expected import MONTH, YEAR, holds
from service.particular import holds_particular
from service.question import Question
from service.rank import Candidate

_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"\b{YEAR}-\d\d(?:-\d\d)?\b|\b{_DAY}\.? (?:{MONTH})(?:,? {YEAR})?\b"
    rf"|\b(?:{MONTH})\.? (?:{_DAY}(?:,? {YEAR})?|{YEAR})\b|\({YEAR}\)",
    re.IGNORECASE,
)
# Any capital letter would pass for a name in a heading, so only who is named in two words behind “by” is one.
_HELD = {
    "date": _DATE,
    "money": re.compile(
        r"[$€£¥₹] ?\d[\d.,]{0,15}|(?<![\d.,])\d[\d.,]{0,15} ?(?:[$€£¥₹]|(?:euro|dollar|pound|franc)s?\b)"
    ),
    "person": re.compile(r"\bby [A-Z][\w'’\-]*\.?(?: [A-Z][\w'’\-]*\.?)+"),
    "version": re.compile(r"^v?\d+\.\d[\w.\-]*"),
}
# Words that say which of these is asked for, and not of what, so that the heading may lack them.
_ASKS = {
    "date": frozenset(words("date day year month version came come out released published launched shipped appeared")),
    "money": frozenset(words("much cost costs price pay paid charge total per")),
    "person": frozenset(
        words("gave give given giving spoke speak speaking speaker held talk talked presented presenter")
    ),
    "version": frozenset(words("version came come out released published shipped")),
}
# What else may stand in the heading: more words would make it the date or the price of something else.
_BESIDE = {
    "date": frozenset(words("version release released")),
    "money": frozenset(words("a an per day week month year price cost costs")),
    "version": frozenset(words("version release released")),
}
_TALK = frozenset(words("talk talks keynote session workshop lecture"))
_FOR_SOMEBODY = re.compile(r"\b(?:for|at|with|about|to)\W*$", re.IGNORECASE)
_DAY_ASKED = re.compile(rf"\b(?:{MONTH})\b|\b{YEAR}\b", re.IGNORECASE)
_TOKEN = re.compile(r"\w(?:[\w.\-]*\w)?")


def telling_heading(question: Question, best: Candidate) -> str:
    """The heading right above the sentence, if it holds the name, person or date that is asked for and words of the
    question that the sentence lacks; else "".
    """
    path = best.hit.passage.heading
    if not path or not (question.particular == "name" or question.expects in ("person", "date")):
        return ""
    shared = set(words(path[-1])) & set(question.words)
    if shared <= set(words(best.text)):
        return ""
    tells = holds(question.expects, path[-1]) or holds_particular(question.particular, path[-1], question.words)
    return path[-1] if tells else ""


def answering_heading(question: Question, title: str, sections: Sequence[Section]) -> Section | None:
    """The section whose heading answers by itself: “1.3.0 (2024-05-17)”, “Hosting: $14 a month”, “Talk by Jo Krebs”.

    It names all that is asked about, but for what the title of the post says, and holds the date, the price, the
    speaker or the version that is asked for, and hardly a word more. Of several it is the one with most of the
    question's words; None where two have as many.
    """
    wanted = question.particular if question.particular in _HELD else question.expects
    if wanted not in _HELD or not _asks_plainly(wanted, question):
        return None
    asked, of_title = set(question.words) - _ASKS[wanted], set(words(title))
    found: list[tuple[int, Section]] = []
    for section in sections:
        heading = section.heading[-1] if section.is_titled else ""
        held = _HELD[wanted].findall(heading)
        if len(held) != 1 or held[0].lower() in question.text.lower():
            continue
        own = set(words(heading))
        shared = asked & own
        named = asked <= shared | of_title and set(_TOKEN.findall(heading.lower())).issuperset(question.exact)
        if shared and named and _says_no_more(wanted, heading, set(question.words) | of_title):
            found.append((len(shared), section))
    most = max((count for count, _ in found), default=0)
    best = [section for count, section in found if count == most]
    return best[0] if len(best) == 1 else None


def _asks_plainly(wanted: str, question: Question) -> bool:
    """Whether nobody but the speaker of a talk is asked for, and no version but that of a day."""
    if wanted == "person":
        return not _TALK.isdisjoint(words(question.text)) and not _FOR_SOMEBODY.search(question.text)
    return wanted != "version" or _DAY_ASKED.search(question.text) is not None


def _says_no_more(wanted: str, heading: str, said: set[str]) -> bool:
    """Whether it has hardly a word besides the fact, its date, and what is said already; who gives a talk may."""
    if wanted == "person":
        return True
    left = _DATE.sub(" ", _HELD[wanted].sub(" ", heading))
    return set(words(left)) <= said | _BESIDE[wanted]
