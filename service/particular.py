"""The particular fact that some questions ask for, such as a name, a price or an age, and whether words hold one.

“Which hospital?” is not answered by a sentence that mentions a hospital and does not name it, nor “how old is she?” by
one that tells how long she stayed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal, TypeAlias

from index import words
from service.clause import COMPARATIVES

Particular: TypeAlias = Literal[
    "name", "money", "age", "temperature", "speed", "weight", "phone", "version", "share", "ratio", ""
]  # fmt: skip

# What has a name of its own, written with a capital letter. Programs are left out: many write theirs without.
_NAMED = (
    "brand|company|firm|publisher|manufacturer|maker|vendor|supplier|provider|city|town|village|suburb|country"
    "|street|hotel|hostel|restaurant|cafe|pub|university|college|school|hospital|clinic|camera|tripod|car|phone"
    "|laptop|watch|printer|router|thermometer|platform|website|newspaper|magazine|bank|airline|factory|agency"
    "|organi[sz]ation|band|singer|song|film|movie|book|novel|poem|poet|person|engineer|researcher|architect|professor"
    "|teacher|doctor|lawyer|accountant|client|customer|sponsor|colleague|neighbou?r|boss|editor|photographer|airport"
    "|river|lake|museum|theat(?:re|er)|course|podcast|conference"
)
_NOT_BEFORE = (
    "(?:kind|sort|type|size|mode|version|colou?r|part|is|are|was|were|might|can|could|will|would|should|must|does|do|did"
    r"|has|have|had)\b"
)
_NOT_BEHIND = "size|mode|version|format|number|type|cost|price|fee|time|speed"
_ASKED: dict[Particular, str] = {
    "name": rf"\b(?:which|what) (?:(?!{_NOT_BEFORE})\w+ )?(?:{_NAMED})s?\b(?! (?:{_NOT_BEHIND})s?\b)"
    r"|\b(?:which|what) (?:\w+ )?make (?:is|was|are|were|did|does|do)\b"
    r"|(?:^|\bwhat(?:'s| is| was| are| were) )(?:the )?(?:\w+ )?names? of\b"
    r"|\bwhat(?:'s| is| was| are| were) (?:\S+ ){1,5}(?:called|named|name)$"
    r"|\bwhat will (?:\S+ ){1,4}be (?:called|named)\b",
    "money": r"\bhow much\b(?! time).*\b(?:costs?|pay|paid|charged?|earns?|spen[dt])\b"
    r"|^what (?:does|do|did) .+ cost\b|\bhow expensive\b"
    r"|^(?:what(?:'s| is| was| are| were) )?(?:(?:the|his|her|their|your) )?(?:\w+ )?(?:price|salary)\b"
    r"|^what (?:does|do|did) .+ (?:earn|charge)(?= (?:per|now|for|an? (?:hour|day|week|month|year))\b|$)"
    r"|\bwhat (?:\w+ )?(?:salary|rent|wage|fee)s? (?:is|was|do|does|did)\b",
    "age": r"\bhow old (?:is|are|was|were) (?:s?he|they|you|(?:the|his|her|their|your) \w+|\w+)\b",
    "temperature": r"\bhow (?:cold|hot|warm)\b|\bwhat temperature\b",
    "speed": r"\bhow fast\b",
    "weight": r"\bhow heavy\b|\bhow much (?:does|do|did) .+ weigh\b",
    "phone": r"\b(?:phone|telephone) number\b",
    "version": r"\b(?:which|what) (?!is |are |was |does |did |do |changes |changed )(?:\S+ ){0,2}version\b"
    r"(?! control| \d)",
    "share": r"\b(?:what|which) (?:percentage|percent|per cent|share|fraction|proportion)\b",
    "ratio": rf"\bhow (?:much|many times) (?:{COMPARATIVES}|better|worse)\b",
}
_ASKED_PATTERNS = {kind: re.compile(form) for kind, form in _ASKED.items()}
_FEW = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    "|nineteen"
)
_TENS = "twent|thirt|fort|fift|sixt|sevent|eight|ninet"
_HELD: dict[Particular, str] = {
    "money": r"[$€£¥₹%]|\d|\b(?:euros?|dollars?|pounds?|cents?|francs?|kron[eo]r|krona|yen|rupees?|free|nothing|charge"
    r"|gratis|per cent|percent|cheap\w*|expensive|pence|penn(?:y|ies)|\w*pence|shillings?|crowns?|florins?|marks|zloty"
    r"|hundred|thousand|million)\b",
    "age": r"\b(?:years? old|year-old|age[ds]?|born|birthday|turn(?:ed|s)?|teen\w*|oldest|youngest|half \w+ age)\b"
    rf"|\b\d{{1,4}}s?\b|\b(?:{_TENS})(?:y|ies)\b"
    rf"|(?:\b(?:is|am|are|was|were|at|of)|,) (?:now |almost |about )?(?:{_FEW})\b",
    "temperature": r"°|\d ?[CFK]\b"
    r"|\b(?:degrees?|celsius|fahrenheit|kelvins?|minus|zero|boil\w*|freez\w*|room temperature)\b",
    "speed": r"/ ?s\b|/ ?h\b|%|\d ?m?s\b|\b(?:an?|per|each|every) (?:second|minute|hour|day)\b"
    r"|\b(?:km/h|mph|kph|knots?|times|per cent|percent|faster|slower|speed|pace|fps|hz|[kmg]?bit)\b"
    r"|\b(?:seconds?|minutes?|hours?|milliseconds?)\b",
    "weight": r"\d ?k?g\b|\b(?:grams?|kilos?|kilograms?|tonnes?|tons?|pounds?|lbs?|ounces?|oz|weighs?|weight)\b",
    "phone": r"\d{4}|\d\d[ -]\d\d",
    "share": r"%|\d ?(?:of|in|out of) \d|\b0?\.\d|\b(?:per ?cent|percentage|half|thirds?|quarters?|fifths?|tenths?"
    r"|majority|most|all|none|nobody|everyone|everybody|one in|out of|minority|few)\b",
    "ratio": r"%|\d ?(?:x|×|[mµn]?s|k?m|[kmg]i?b)\b|[$€£¥]"
    r"|\b(?:times|twice|half|halved|doubl\w*|tripl\w*|\w*fold|per ?cent|thirds?|quarters?|seconds?|minutes?|hours?"
    r"|days?|weeks?|months?|years?|feet|foot|inch(?:es)?|miles?|met(?:er|re)s?|degrees?|pounds?|euros?|dollars?|points?"
    r"|orders? of magnitude)\b",
    "version": r"\d|\b(?:first|second|third|fourth|fifth|sixth|seventh|latest|newest|same|any|every|all)\b",
}
_HELD_PATTERNS = {kind: re.compile(form, re.IGNORECASE) for kind, form in _HELD.items()}
# A capital letter within a sentence, a word with digits or signs in it, what stands in quotation marks or is called so.
_NAME = re.compile(
    r"(?<=[^.!?:|“\"(] )[A-Z][\w'’\-]+|\b(?:[A-Z]{2,}|[A-Za-z]+\d\w*|\d+[A-Za-z]\w*)\b|[`“\"«][^`”\"»]+"
    r"|\b[a-z]\w*[_/.]\w+|@\w+|--\w+|\b[a-z]+[A-Z]\w*|\b(?:called|named) (?!(?:the|an?|by|for|in|on|out|at|to)\b)\w+"
)
# A name may open its sentence, which gives every word a capital letter.
_OPENING_NAME = re.compile(
    r"(?:^|[.!?|] )(?!(?:I|We|You|They|It|This|That|He|She|There|Here|Every\w+|No\w+|One|What|Which|Who)\b)"
    r"(?P<name>[A-Z][\w\-]*[^\Ws])"
    r"(?:['’]s| (?:is|was|has|had|makes?|made|wrote|gave|runs?|ran|sells?|sold|built|owns?))\b"
)
# A table's cell, or all that a list's item or an answer in an interview says.
_SHORT = re.compile(r"(?:\| |^(?!.*\|))(?P<name>[A-Z][\w'’.\-]*(?: [\w'’.\-&]+){0,2})(?=[.!]?$| \|)", re.MULTILINE)
_NO_NAME = frozenset(
    """I I'm I've I'd I'll I’m I’ve I’d I’ll January February March April May June July August September October
    November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday English German French Swiss Dutch Italian
    Spanish American British European Yes No""".split()  # noqa: SIM905
)
# That there is none is an answer as well.
_SAYS_THERE_IS_NONE = re.compile(r"\b(?:no name|nameless|unnamed|anonymous\w*|not (?:be )?named?)\b", re.IGNORECASE)


def particular(plain: str) -> Particular:
    """What the question asks for in particular; "" where it may be answered by many things.

    :param plain: the question in lower case, without marks behind it.
    """
    return next((kind for kind, pattern in _ASKED_PATTERNS.items() if pattern.search(plain)), "")


def holds_particular(wanted: Particular, text: str, asked: Collection[str]) -> bool:
    """Whether the text holds such a fact; what the question says itself is not the name that it asks for.

    :param asked: the stems of the question's words.
    """
    if wanted != "name":
        pattern = _HELD_PATTERNS.get(wanted)
        return pattern is not None and pattern.search(text) is not None
    found = [match.group() for match in _NAME.finditer(text)]
    found += [match["name"] for pattern in (_OPENING_NAME, _SHORT) for match in pattern.finditer(text)]
    return any(_new(name, asked) for name in found) or _SAYS_THERE_IS_NONE.search(text) is not None


def _new(name: str, asked: Collection[str]) -> bool:
    """Whether a word of it is a name, and not one that the question has said."""
    return any(
        word not in _NO_NAME and not word.isdigit() and not set(words(word)) <= set(asked) for word in name.split()
    )
