"""Whether words hold the kind of fact that a question asks for: a date, an amount, a name."""

from __future__ import annotations

import re

from service.wanted import Wanted

MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
YEAR = r"(?:19|20)\d\d"
_NUMBER = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|hundreds?"
    r"|thousands?|millions?|billions?|dozens?|half|twice|once|several|few|couple"
)
_UNIT = (
    r"seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)|ms"
    r"|weekends?"
)
_FREQUENCY = (
    r"(?:bi-?|semi-?)?(?:hourly|daily|nightly|weekly|fortnightly|monthly|quarterly|yearly|annually)"
    r"|every (?:other |few )?(?:hour|day|night|morning|evening|week|month|quarter|year)s?"
)
_DATES = (
    r"\b(?:1\d{3}|20\d{2}|21\d{2})s?\b",
    rf"\b(?:{MONTH})\b",
    r"\b\d{1,2}:\d\d\b|\b\d{1,2} ?[ap]\.?m\b",
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b",
    r"\b\d+(?:st|nd|rd|th) centur",
    r"\b(?:ago|yesterday|tomorrow|spring|summer|autumn|winter|morning|evening|noon|midnight)\b",
)
_REASONS = (
    r"because|since|so that|due to|thanks to|therefore|reason|in order|caused?|which means|that is why|as a result"
    r"|otherwise|to (?:avoid|keep|make|prevent|allow|let|get)"
)
# A capitalised word inside a sentence, a handle, or the writer: only names are told by their case.
_PERSON = r"(?<![.!?] )(?<!^)\b[A-Z][a-zà-ÿ]+|@\w+|\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|[Hh]e|[Ss]he|[Tt]hey)\b"
_PLACE = r"\b(?:in|at|from|to|near|on|between|into|under|inside) (?:the )?[\w/`~.\"“]+|https?://|/\w+/"
_PATTERNS: dict[Wanted, re.Pattern[str]] = {
    "date": re.compile("|".join(_DATES), re.IGNORECASE),
    "duration": re.compile(
        rf"(?:\d|\b(?:{_NUMBER}|an?|per|all|whole)\b)[\w.,\-– ]{{0,12}}\b(?:{_UNIT})\b", re.IGNORECASE
    ),
    "amount": re.compile(rf"\d|\b(?:{_NUMBER}|{_FREQUENCY})\b|[$€£¥%]", re.IGNORECASE),
    "person": re.compile(_PERSON),
    "place": re.compile(_PLACE),
    "reason": re.compile(rf"\b(?:{_REASONS})\b", re.IGNORECASE),
    "code": re.compile(r"[`$={}()\[\]<>]|--\w|\w+[./_]\w+"),
}


def holds(expected: Wanted, text: str) -> bool:
    """Whether the text holds such a fact; False when nothing particular is expected."""
    pattern = _PATTERNS.get(expected)
    return pattern is not None and pattern.search(text) is not None
