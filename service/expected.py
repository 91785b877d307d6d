"""Whether words hold the kind of fact that a question asks for: a date, an amount, a name."""

from __future__ import annotations

import re

from service.question import Expected

_MONTHS = r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_NUMBER_WORDS = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|hundreds?|thousands?"
    r"|millions?|billions?|dozens?|half|twice|once|several|few|couple"
)
_UNITS = r"seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)|ms|weekends?"
_PATTERNS: dict[Expected, re.Pattern[str]] = {
    "date": re.compile(
        rf"\b(?:1\d{{3}}|20\d{{2}}|21\d{{2}})s?\b|\b(?:{_MONTHS})\b\.? ?\d|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b"
        rf"|\b\d{{1,2}}:\d\d\b|\b\d{{1,2}} ?[ap]\.?m\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:{_MONTHS})\b"
        r"|\b\d+(?:st|nd|rd|th) centur|\b(?:ago|yesterday|tomorrow|spring|summer|autumn|winter|morning|evening|noon|midnight)\b",
        re.IGNORECASE,
    ),
    "duration": re.compile(rf"(?:\d|\b(?:{_NUMBER_WORDS}|an?|per|all|whole)\b)[\w.,\-– ]{{0,12}}\b(?:{_UNITS})\b", re.IGNORECASE),
    "amount": re.compile(rf"\d|\b(?:{_NUMBER_WORDS})\b|[$€£¥%]", re.IGNORECASE),
    "person": re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][a-zà-ÿ]+(?: (?:van|von|de|of|the))*(?: [A-Z][\w.\-’']+)*|@\w+|\b(?:I|we|my|our|me|he|she|they)\b"),
    "place": re.compile(r"\b(?:in|at|from|to|near|on|between|into|under|inside) (?:the )?[\w/`~.\"“]+|https?://|/\w+/"),
    "reason": re.compile(r"\b(?:because|since|so that|due to|thanks to|therefore|reason|in order|caused?|which means|that is why|as a result|otherwise|to (?:avoid|keep|make|prevent|allow|let|get))\b", re.IGNORECASE),
    "code": re.compile(r"[`$={}()\[\]<>]|--\w|\w+[./_]\w+"),
}  # fmt: skip


def holds(expected: Expected, text: str) -> bool:
    """Whether the text holds such a fact; False when nothing particular is expected."""
    pattern = _PATTERNS.get(expected)
    return pattern is not None and pattern.search(text) is not None
