"""A phrase → the question before with the phrase in the place of its like: its number, its name, its noun."""

from __future__ import annotations

import re

from index import words
from service.clause import AUXILIARIES, DO, HAVE
from service.expected import YEAR
from service.referent import DETERMINERS, referent, with_instead

PREPOSITIONS = r"in|on|at|for|from|with|by|to|of|about|after|before|since|until|during|between|under|without|per"
PREPOSITION = re.compile(rf"^({PREPOSITIONS})\b", re.I)
NUMBER = re.compile(r"(?<![\w.])v?\d+(?:[.:/-]\d+)*(?!\w)")
_YEAR = re.compile(rf"\b{YEAR}\b")
OTHER_YEAR = re.compile(
    r"^(?:in )?(?:(?:the|a|one) )?(?:(?P<later>next|following)|(?P<earlier>previous|last))? ?year"
    r"(?: (?:(?P<after>after|later|afterwards)|(?P<before>before|earlier))(?: that)?)?\W*$",
    re.I,
)
ORDINAL = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth|seventh|last|next|previous)\b", re.I)
# Each takes the place of another of its kind.
_MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b", re.I
)
_DAY = re.compile(r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b", re.I)
_SEASON = re.compile(r"\b(?:spring|summer|autumn|winter)\b", re.I)
_CAPITAL = re.compile(r"(?<=\w )(?!I\b)[A-Z][\w.\-+#]*(?: (?:[A-Z][\w.\-+#]*|\d[\w.\-]*))*")
_ARTICLE = re.compile(r"\b(?:the|an?) $|^(?:the|an?) ", re.I)
_DETERMINED = re.compile(rf"(?:{DETERMINERS}|\d)\b", re.I)
_COUNTS = r"one|two|three|four|five|six|seven|eight|nine|ten|\d+"
_ONE_OF_SORT = re.compile(rf"(?:the|an?) (?P<which>(?!(?:{DETERMINERS}|same|whole|only)\b)[\w.\-+#]+)", re.I)
_ONE_OF_SORT_NAMED = re.compile(
    rf"\b(?:the|an?|my|your|his|her|its|their) (?P<which>(?!(?:{DETERMINERS}|{_COUNTS})\b)[\w.\-+#]+) "
    rf"(?!(?:{PREPOSITIONS}|{AUXILIARIES})\b)[\w.\-+#]+(?=\W*$| (?:{PREPOSITIONS}|{AUXILIARIES})\b| made\b)",
    re.I,
)
_DOES = re.compile(rf"\b(?:{DO}|{HAVE}) $", re.I)
_BEHIND_PREPOSITION = re.compile(rf"\b(?:{PREPOSITIONS}) $", re.I)
# “The Kobo's?”
_OWNER = re.compile(
    r"(?:(?:the|an?) )?(?<![\w.\-+#])(?!(?:what|who|where|when|how|it|that|there|here|let)['’])[\w.\-+#]+"
    r"(?:'s|’s|(?<=s)['’])(?!\w)",
    re.I,
)
# “How much RAM does it need?”, “which editor does he use?”: what is asked for, and not who has it.
_MEASURED = re.compile(
    r"^(?i:how (?:much|many)|what|which) (?P<of>(?!(?:is|are|was|were|do|does|did)\b)[\w-]+) (?:do|does|did)"
    r" (?:it|they|he|she|you|we|I|i|the|an?|this|that|your|his|her|its|their|[A-Z][\w-]*)\b"
)
ASKS = re.compile(r"^(?:what|which|who|whom|whose|when|where|why|how)\b", re.I)


def in_place(new: str, before: str, *, refers: bool, of_sort: bool) -> str:
    """The question before about something else: “in 2021”, “the Team plan”; "" where nothing of it gives way.

    :param new: the phrase, without a mark behind it.
    :param refers: whether it points back to something itself, as “the other” does.
    :param of_sort: whether a thing of the same sort is meant: “the large” of “the large one”.
    """
    if again := _counted(new, before) or (_of_sort(new, before) if of_sort and not refers else ""):
        return again
    if preposition := PREPOSITION.match(new):
        places = list(re.finditer(rf"\b{preposition.group(1)}\b", before, re.I))
        asks = ASKS.match(new[preposition.end() :].lstrip())
        return f"{before[: places[-1].start()]}{new}?" if places and not asks else ""
    return _named(new, before) or _measured(new, before) or ("" if refers else _about(new, before, of_sort))


def _counted(new: str, before: str) -> str:
    """With another year, number, place, month, day or season."""
    years = list(_YEAR.finditer(before))
    if len(years) == 1 and (step := _year_step(new)):
        return _put(str(int(years[0].group()) + step), years[0], before)
    for kind in (NUMBER, ORDINAL, _MONTH, _DAY, _SEASON):
        wanted, old = kind.findall(new), list(kind.finditer(before))
        if len(wanted) == 1 and len(old) == 1 and _is_of(kind.sub("", new), before):
            return _put(wanted[0], old[0], before)
    return ""


def _of_sort(new: str, before: str) -> str:
    """With another one of a sort, the last that is named: “the go” one for “the python app”."""
    preposition = PREPOSITION.match(new)
    leads = f"{preposition[0]} " if preposition else ""
    other = _ONE_OF_SORT.fullmatch(new[len(leads) :])
    named = [one for one in _ONE_OF_SORT_NAMED.finditer(before) if before.endswith(leads, 0, one.start())]
    # “When does the shop open?”: behind these the last word is the verb.
    named = [one for one in named if not _DOES.search(before, 0, one.start())]
    if len(named) > 1:
        named = [one for one in named if _BEHIND_PREPOSITION.search(before, 0, one.start())]
    if other is None or not named:
        return ""
    start, end = named[-1].span("which")
    return f"{before[:start]}{other['which']}{before[end:]}"


def _named(new: str, before: str) -> str:
    """With another owner, name, or thing of the same sort."""
    names, owners = list(_CAPITAL.finditer(before)), list(_OWNER.finditer(before))
    if _OWNER.fullmatch(new) and len(owners or names) == 1:
        start, end = (owners or names)[0].span()
        return f"{_ARTICLE.sub('', before[:start])}{new}{before[end:]}"
    bare = _ARTICLE.sub("", new)
    if len(names) == 1 and _CAPITAL.fullmatch(f"a {bare}", 2):
        return _put(bare if _ARTICLE.search(before[: names[0].start()]) else new, names[0], before)
    alike = _same_noun(new, before)
    return _put(new, alike, before) if alike else ""


def _measured(new: str, before: str) -> str:
    """With something else that is measured, or chosen."""
    measured = _MEASURED.match(before)
    if measured is None or not new.islower() or _DETERMINED.match(new):
        return ""
    start, end = measured.span("of")
    return f"{before[:start]}{new}{before[end:]}"


def _about(new: str, before: str, of_sort: bool) -> str:
    """With something else that it is about."""
    about = referent(before)
    if about is None or ORDINAL.search(new):
        return ""
    if re.search(r"\bhow (?:many|much) $", before[: about.start], re.I) and _DETERMINED.match(new):
        return ""
    return with_instead(before, about, f"{new} {about.name.split(' of ')[0].split()[-1]}" if of_sort else new)


def _put(new: str, place: re.Match[str], before: str) -> str:
    return f"{before[: place.start()]}{new}{before[place.end() :]}"


def _same_noun(new: str, before: str) -> re.Match[str] | None:
    """Where the question before names another of the same sort: “the Pro plan”, for “the Team plan”."""
    *modifiers, noun = new.split()
    if not modifiers or _DETERMINED.fullmatch(modifiers[-1]):
        return None
    sort = re.compile(rf"\b(?i:the|an?|my|your|our|his|her|its|their) [\w.\-+#]+ {re.escape(noun)}(?!\w)")
    found = list(sort.finditer(before))
    return found[0] if len(found) == 1 else None


def _is_of(rest: str, before: str) -> bool:
    """Whether what is left of a phrase without its number is said before too: “the Fenix 6” is no other Suunto 9."""
    return set(words(rest)) <= set(words(before))


def _year_step(rest: str) -> int:
    """1 for “a year later”, -1 for “the year before”, else 0."""
    found = OTHER_YEAR.match(rest)
    if not found:
        return 0
    later, earlier = found["later"] or found["after"], found["earlier"] or found["before"]
    return 1 if later else -1 if earlier else 0
