"""What a question is about, as a phrase of its own words, and the pronouns of the next one that stand for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.clause import COMPARATIVES, DO, HAVE, SUPERLATIVES

DETERMINERS = "the|an?|my|your|our|his|her|its|their|this|that|these|those"
_PREPOSITIONS = (
    "in|on|at|for|from|with|by|to|of|about|after|before|since|until|during|between|under|without|than|as|per"
)
_BE = "is|are|was|were"
# A word that is no determiner, preposition, pronoun or part of another verb.
_WORD = rf"(?!(?:{DETERMINERS}|{_PREPOSITIONS}|i|you|we|he|she|it|they|there|not|be|been|being)\b)[\w\-./+#@'’]+"
# “go down”, “go now”: what stands behind a verb is none.
_PARTICLE = "down|up|out|off|away|back|over|in|on|now|again|today|here|there|then|already|yet|anyway|first|most|best"
_VERB = rf"(?:be|(?!(?:{_PARTICLE})\b){_WORD})(?: (?:{_PARTICLE})(?!\S))?"
# What stands before a noun and is none.
_OF_NOUN = (
    "(?:first|second|third|last|next|other|same|new|old|whole|best|worst|main|default|only|big|small|typical"
    f"|{COMPARATIVES}|{SUPERLATIVES})"
)
_NAME = rf"(?:(?:{DETERMINERS}) )?{_WORD}(?: {_WORD}){{0,2}}"
_OF = rf"(?: of (?:the )?{_WORD})?"
# Only names are told by their case.
_PROPER = r"(?-i:[A-Z][\w\-./+#@'’]*(?: [A-Z0-9][\w\-./+#@'’]*){0,3})"
_ASKING = r"(?:(?:what|which|whose) \w+|how (?:much|many) \w+|how \w+|what|how|why|when|where|whom?|which)"
_PARTICIPLES = (
    "paid|sent|spent|kept|lost|hit|shut|struck|read|cut|put|set|met|led|fed|found|hung|won|run|begun|done|gone|open|closed"
    "|free|ready|late|early|due|over|new"
)
_NO_PARTICIPLE = "(?<!ed)(?<!en)(?<!wn)(?<!lt)(?<!ght)(?<!de)(?<!ld)(?<!rn)"
_TIMES = "days|weeks|months|years|hours|minutes|seconds|times"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"^(?:what|who|which)(?:'s| (?:{_BE})) (?P<about>{_NAME}{_OF})"
        r"(?: (?:about|for|like|called|made of|used for))?$",
        rf"^(?:{_ASKING} )?(?:{DO}) (?P<about>{_NAME}) (?P<verb>{_VERB})(?: (?:{_PREPOSITIONS})\b.*)?$",
        rf"^(?:{_ASKING} )?(?:{HAVE}) (?P<about>{_NAME}) (?:been )?(?:{_PARTICIPLES}|\w+(?:ed|en|wn|lt|ght|de|ld|rn))"
        rf"(?: (?:{_PREPOSITIONS})\b.*)?$",
        rf"^how {_WORD} (?:{_BE}) (?P<about>(?:{DETERMINERS}) {_WORD} (?!(?:{_PARTICLE}|{_PARTICIPLES})$){_WORD}"
        rf"{_NO_PARTICIPLE})$",
        rf"^(?:where|when) (?:{_BE}) (?P<about>(?:{DETERMINERS}) {_WORD} (?!(?:{_PARTICIPLES})$){_WORD}"
        rf"{_NO_PARTICIPLE})$",
        rf"^(?:{_ASKING} )?(?:{_BE}) (?P<about>(?:(?:{DETERMINERS}) )?(?!{_OF_NOUN}\b){_WORD}) {_WORD}"
        rf"(?: (?:{_PREPOSITIONS})\b.*)?$",
        rf"^how {_WORD} (?:{_BE}) (?P<about>{_NAME}{_OF})$",
        rf"^who {_WORD} (?P<about>{_PROPER}|(?:{DETERMINERS}) {_WORD}(?: {_WORD}){{0,2}}{_OF})$",
        rf"^how (?:much|many) (?!.* they\b)(?!(?:{_TIMES}|{DO}|{HAVE}|{_BE}|more|less|worse|better|\w+er)\b)"
        rf"(?P<about>{_WORD}(?: (?!(?:{DO}|{HAVE}|{_BE})\b){_WORD})?) (?:{DO}|{HAVE}|{_BE}) .*$",
        rf"^(?:(?:what|which) \w+|who) (?:{HAVE}) (?P<about>(?:{DETERMINERS}) {_WORD}(?: {_WORD}){{0,2}})$",
        rf"^(?:explain|describe|define|tell me about|more about:?) (?P<about>{_NAME}{_OF})$",
    )
)
_COMPARED = re.compile(
    rf"(?:the|an?) (?:(?:more|most|less|least) \w+|better|best|worse|worst|{COMPARATIVES}|{SUPERLATIVES}) ",
    re.IGNORECASE,
)
_HAS = re.compile(rf"\b(?:{HAVE}) $", re.IGNORECASE)
_MORE_OF_NAME = re.compile(r"(?: [A-Z0-9][\w\-./+#@'’]*)+")
_PERSON = r"he|she|him|his|her|hers"
_MANY = r"they|them|their|these|those"
_THING = r"it|its"
_OWNING = frozenset({"its", "their", "his"})


@dataclass(frozen=True, slots=True)
class Referent:
    """What a question is about: `text[start:end]` of it. `done` where somebody is asked for who did something to it,
    `thing` where it is asked what it is.
    """

    name: str
    start: int
    end: int
    person: bool
    done: bool
    thing: bool

    @property
    def many(self) -> bool:
        """Whether it is several things, as far as its spelling tells."""
        last = self.name.split(" of ")[0].lower()
        return last.endswith("s") and not last.endswith(("ss", "us", "is", "'s"))


def referent(question: str) -> Referent | None:
    """What the question is about; None where its form does not tell."""
    text = question.rstrip("?!. ")
    for form in _FORMS:
        if found := form.match(text):
            who = text.lower().startswith("who")
            start, end = found.span("about")
            if text[start:end].split()[-1][0].isupper() and (more := _MORE_OF_NAME.match(text, end)):
                end = more.end()
            defined = form is _FORMS[0]
            if form is _FORMS[1] and found["verb"][0].isupper() and not text.isupper():
                # “Does Crystal support Windows?”: it has an object, and ends before its verb.
                return None
            return Referent(
                text[start:end],
                start,
                end,
                person=who and defined,
                done=who and not defined,
                thing=defined and not who,
            )
    return None


def named(rest: str, about: Referent) -> str:
    """The question with the name in the place of its pronouns; as it is where they stand for something else.

    “when was it bought?”, the skiff → “when was the skiff bought?”.
    """
    fitting = [
        pronouns
        for pronouns, fits in (
            (_THING, not about.person),
            (_MANY, about.many),
            (_PERSON, about.person or (about.name[0].isupper() and not about.done and not about.thing)),
        )
        if fits
    ]
    owner = f"{about.name}'" if about.many else f"{about.name}'s"

    def name(pronoun: re.Match[str]) -> str:
        word = pronoun[0].lower()
        owns = word in _OWNING or (word == "her" and re.match(r" \w", rest[pronoun.end() :]))
        return owner if owns else about.name

    # Another pronoun in the same question has the same meaning, as far as can be told.
    return re.sub(rf"\b(?:{'|'.join(fitting)})\b", name, rest, count=1, flags=re.IGNORECASE) if fitting else rest


def with_instead(question: str, about: Referent, other: str) -> str:
    """The question about something else: “How does the timer work?”, “the pump” → “How does the pump work?”."""
    compared = _COMPARED.match(about.name)
    if compared and _COMPARED.fullmatch(f"{other} "):
        # “What is the largest river?”, “and the longest?”
        other += about.name[compared.end() - 1 :]
    elif compared and _HAS.search(question[: about.start]) and not _COMPARED.match(other):
        # “Which has the better battery?”, “and the screen?”
        other = compared[0] + re.sub(r"^(?:the|an?) ", "", other, flags=re.IGNORECASE)
    article = re.match(r"(the|an?) ", about.name, re.IGNORECASE)
    if article and not re.match(rf"(?:{DETERMINERS}|\d)", other, re.IGNORECASE) and not other[:1].isupper():
        other = f"the {other}" if article[1].lower() == "the" else other
    return f"{question[: about.start]}{other}{question[about.end :]}"
