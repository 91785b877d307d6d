"""Headings that tell what is asked for, where the sentences below them do not.

“Who wrote Concrete?” is answered by “Concrete, by Paul Anselm” above what is said of the book, and “when did 2.1 come
out?” by “2.1 (4 May 2024)” above its changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index import Section, words
from service.expected import MONTH, holds
from service.particular import holds_particular
from service.question import Question
from service.rank import Candidate

_PERSON = r"[A-Z][\w.'’\-]*"
# Any capital letter would pass for a name in a heading, so that only who is named behind “by” or in brackets is one.
_HELD = {
    "date": rf"\b(?:1[89]|20)\d\d\b|\b(?:{MONTH})\.? \d|\d (?:{MONTH})\b",
    "money": r"[$€£¥₹] ?\d|\b\d[\d.,]* ?(?:[$€£¥₹]|(?:euro|dollar|pound|cent|franc)s?\b)",
    "person": rf"(?-i:\bby {_PERSON}(?: {_PERSON})*|\({_PERSON}(?: {_PERSON}){{1,3}}\))",
    "version": r"\bv?\d+\.\d[\w.\-]*",
}
_HELD_PATTERNS = {wanted: re.compile(form, re.IGNORECASE) for wanted, form in _HELD.items()}
# Words that say which of these is asked for, and not of what: the heading may lack them.
_ASKS = {
    "date": """when date day year month version come came out release released publish published launch launched
        ship shipped land landed announce announced appear appeared happen happened update updated hold held
        take took place""",
    "money": "how much cost costs price pay paid spend spent charge charged total per day week month year",
    "person": """who whose give gave given speak spoke speaks speaker speaking talk talked present presented presenter
        write wrote written writer author name hold held do did make made lead led host hosted""",
    "version": "which what version come came out release released publish published ship shipped number",
}
_ASKS_WORDS = {wanted: frozenset(words(said)) for wanted, said in _ASKS.items()}


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
    """The section whose heading answers by itself: it names all that the question does, but for what the title of the
    post says, and holds the date, the price, the person or the version that is asked for. None where several do.
    """
    wanted = question.particular if question.particular in _HELD else question.expects
    if wanted not in _HELD:
        return None
    asked = set(question.words) - _ASKS_WORDS[wanted]
    of_title = set(words(title))
    found: list[tuple[int, Section]] = []
    for section in sections:
        if not section.is_titled:
            continue
        heading = section.heading[-1]
        if not _new(wanted, heading, question.text):
            continue
        shared = asked & set(words(heading))
        if shared and asked <= shared | of_title and all(_stands_in(one, heading.lower()) for one in question.exact):
            found.append((len(shared), section))
    most = max((count for count, _ in found), default=0)
    best = [section for count, section in found if count == most]
    return best[0] if len(best) == 1 else None


def _new(wanted: str, heading: str, asked: str) -> bool:
    """Whether the heading holds such a fact that the question has not said itself."""
    return any(match.group().lower() not in asked.lower() for match in _HELD_PATTERNS[wanted].finditer(heading))


def _stands_in(word: str, text: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(word)}(?![\w]|\.\d)", text) is not None
