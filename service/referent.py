"""What a question is about, as a phrase of its own words, and the pronouns of the next one that stand for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DETERMINERS = "the|an?|my|your|our|his|her|its|their|this|that|these|those"
_PREPOSITIONS = "in|on|at|for|from|with|by|to|of|about|after|before|since|until|during|between|under|without|than|as"
_DO = "do|does|did|can|could|should|would|will|must|may|has|have|had"
_BE = "is|are|was|were"
# A word that is no determiner, preposition or pronoun.
_WORD = rf"(?!(?:{_DETERMINERS}|{_PREPOSITIONS}|i|you|we|he|she|it|they|there|not)\b)[\w\-./+#@'’]+"
_NAME = rf"(?:(?:{_DETERMINERS}) )?{_WORD}(?: {_WORD}){{0,2}}"
_OF = rf"(?: of (?:the )?{_WORD})?"
_ASKING = r"(?:(?:what|which|whose) \w+|how \w+|what|how|why|when|where|whom?|which)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"^(?:what|who)(?:'s| (?:{_BE})) (?P<about>{_NAME}{_OF})$",
        rf"^(?:{_ASKING} )?(?:{_DO}) (?P<about>{_NAME}) {_WORD}(?: (?:{_PREPOSITIONS})\b.*)?$",
        rf"^(?:{_ASKING} )?(?:{_BE}) (?P<about>(?:(?:{_DETERMINERS}) )?{_WORD}) {_WORD}(?: (?:{_PREPOSITIONS})\b.*)?$",
        rf"^who {_WORD} (?P<about>(?:{_DETERMINERS}) {_WORD}(?: {_WORD}){{0,2}}{_OF})$",
        rf"^(?:explain|describe|define|tell me about|more about:?) (?P<about>{_NAME}{_OF})$",
    )
)
_PERSON = re.compile(r"\b(?:he|she|him|his|her|hers)\b", re.IGNORECASE)
_MANY = re.compile(r"\b(?:they|them|their|these|those)\b", re.IGNORECASE)
_THING = re.compile(r"\b(?:it|its)\b", re.IGNORECASE)
_OWNING = re.compile(r"\b(?:its|their|his|her(?= \w))\b(?! $)", re.IGNORECASE)
_ANY = re.compile(r"\b(?:it|they|them|he|she|him|her|these|those)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Referent:
    """What a question is about: `text[start:end]` of it."""

    name: str
    start: int
    end: int
    person: bool

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
            person = text.lower().startswith("who") and form is _FORMS[0]
            start, end = found.span("about")
            return Referent(found["about"], start, end, person)
    return None


def named(rest: str, about: Referent) -> str:
    """The question with the name in the place of its pronouns; as it is where they stand for something else.

    “when was it bought?”, the skiff → “when was the skiff bought?”.
    """
    fits = (
        (_THING.search(rest) and not about.person)
        or (_MANY.search(rest) and about.many)
        or (_PERSON.search(rest) and (about.person or about.name[0].isupper()))
    )
    if not fits:
        return rest
    owner = f"{about.name}'" if about.many else f"{about.name}'s"
    # Another pronoun in the same question has the same meaning, as far as can be told.
    return _ANY.sub(lambda _: about.name, _OWNING.sub(lambda _: owner, rest, count=1), count=1)


def with_instead(question: str, about: Referent, other: str) -> str:
    """The question about something else: “How does the timer work?”, “the pump” → “How does the pump work?”."""
    article = re.match(r"(the|an?) ", about.name, re.IGNORECASE)
    if article and not re.match(rf"(?:{_DETERMINERS}|\d)", other, re.IGNORECASE) and not other[:1].isupper():
        other = f"the {other}" if article[1].lower() == "the" else other
    return f"{question[: about.start]}{other}{question[about.end :]}"
