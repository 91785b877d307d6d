"""A follow-up → a question that stands alone, by rules, from what the reader asked before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index import words
from service.asking import plain_words
from service.clause import AUXILIARIES
from service.instead import ASKS, NUMBER, ORDINAL, OTHER_YEAR, PREPOSITION, PREPOSITIONS, in_place
from service.referent import named, referent
from service.section import asked_section
from service.topic import SMALL_TALK, find_topic, find_topics

_OPENING = re.compile(r"^(?:(?:and )?(?:what|how) about|and|but|or|so|also|then|ok|okay)\b(?: just\b)?[, ]*", re.I)
_CORRECTION = re.compile(
    r"^(?:(?:no|nope|sorry|wait|oh|actually)\b[,.!]? *)*(?:i (?:meant|mean)|rather)\b[, ]*"
    r"|^(?:no|nope|sorry|actually)[,.!] *",
    re.I,
)
_MORE = re.compile(
    r"^(?:(?:tell|show|give) me |say |any |some )*(?:more|go on|continue|more details|details|elaborate"
    r"|explain(?: more| this| that| it)?|in (?:more )?detail)(?: (?:please|on|about) ?(?:that|this|it|them)?)?\W*$",
    re.I,
)
# “Show me the command”, “an example?”: what else is to be shown of the same.
_SHOWN = re.compile(
    r"^(?:(?:please |(?:can|could) you )?(?:show|give)(?: me| us)? )?(?:(?:the|an?|some|that) )?"
    r"(?P<what>(?:code|command|example|config(?:uration)?|snippet|script|syntax|output)s?)\W*$",
    re.I,
)
_WHICH = re.compile(
    r"^(?:(?:and )?(?:which|what)(?: ones?| are they| are these| were they)|(?:list|name)(?: all(?: of)?)? them)\W*$",
    re.I,
)
# Behind “who wrote this?”.
_WRITER = re.compile(
    r"^(?:(?:and )?(?:what|where|when|why|how)(?: \w+)? )?"
    r"(?:is|are|was|were|does|do|did|has|have|had|can|could|will|would) (?P<who>he|she|they)\b",
    re.I,
)
_ONES = re.compile(r"(?<=^which )ones\b|(?<=^what )ones\b", re.I)
_COUNTED = re.compile(r"^how many (?P<things>.+)$", re.I)
_ONLY_ORDINAL = re.compile(
    r"^(?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|last|next|other)(?: ones?)?\W*$", re.I
)
_IT_IN = re.compile(rf"^(?:it|that|this|them) (?=(?:{PREPOSITIONS})\b)", re.I)
_BARE = re.compile(
    r"^(why|how|when|where|who|how so|how come|why not|how long|how much|how many|since when|until when|by whom|who by)"
    r"\W*$",
    re.I,
)
_SWAPPED = frozenset({"why", "how", "when", "where"})
_QUESTION_WORD = re.compile(
    r"^(?:so |and )?(?:(?:in|at|on|since|until|for) )?(?:(?:what|which) (?:year|date|month|day|time|place|city|country)"
    r"|when|where|why|how (?:long|often|far)|how|who)\b",
    re.I,
)
_SHORT_ASKS = re.compile(r"^(?:(?:which|what) \w+|(?:who|what|where|anything|anyone|anybody) else)\W*$", re.I)
_AUXILIARY = re.compile(rf"^(?:{AUXILIARIES})\b", re.I)
_VERB = re.compile(rf"\b(?:{AUXILIARIES})\b", re.I)
# What only takes breath before a question of its own.
_BREATH = re.compile(r"^(?:so|also|then|ok|okay)\b", re.I)
_REFERRING = re.compile(
    r"\b(?:it|its|this|that|these|those|they|them|their|he|she|him|his|her|hers|then|one|ones|else"
    r"|(?:the )?(?:first|second|third|last|other|others|former|latter|same))\b"
    r"|\b(?:some|any|both|either|neither)(?=\W*$)",
    re.I,
)
# “Which topics are there?” points nowhere; “how many are there?” lacks what is counted.
_THERE = re.compile(r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bthere\b(?! (?:is|are|was|were|be)\b)", re.I)
_HOW_MANY_THERE = re.compile(r"^how (?:many|much) (?:is|are|was|were) there\W*$", re.I)
_POINTING = re.compile(r"\b(?:it|that)\b", re.I)
_SOMEBODY = re.compile(r"\b(?:he|she|him|his|hers?)\b", re.I)
_POINTING_TO_POST = re.compile(r"\b(?:it|this)\b", re.I)
# “If I have none?”, “because it rained?”: a part of a sentence that takes no other's place.
_CLAUSE = re.compile(r"^(?:if|unless|because|while|(?:i|you|we|he|she|they|it|there)(?= \w))\b", re.I)
# One of several that were asked for: “the second one?”, “tell me about the third”.
_PLACE = re.compile(
    r"^(?:(?:and|what|which)(?:'s| is| was| about)? |(?:tell me|say) (?:more )?about |explain |describe |show me )*"
    r"the (?P<place>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|\d{1,2}(?:st|nd|rd|th))"
    r"(?: (?:one|item))?\W*$",
    re.I,
)
_OF_THEM = "(?:all|the|his|her|their|your|its|two|three|four|five|six|seven|eight|nine|ten|main|different|new)"
_SEVERAL = re.compile(
    rf"^(?:so )?(?:(?:what|which) (?:are|were)|name|list)(?: {_OF_THEM})*"
    r" (?P<things>(?:[\w-]+ ){0,2}[a-z-]{2,}[^s\W]s)\b"
    rf"|^(?:what|which)(?: {_OF_THEM})* (?!(?:was|is|does|did|has)\b)(?P<named>(?:[\w-]+ )?[a-z-]{{2,}}[^s\W]s)"
    r" (?=(?:are|were|do|does|did|have|had|can|could|should|will|would)\b)",
    re.I,
)
_OPENS_SEVERAL = re.compile(rf"^(?:so )?(?:what|which|name|list)(?: are| were)?(?: {_OF_THEM})* ", re.I)
# “Source?”, “really?”: no name that the question before could be asked about.
_NO_NAME = re.compile(r"^(?:source|example|price|really|seriously|next|ok|sure|details|code|why|which)\W*$", re.I)
# Of a name, with a question mark behind it: “Linux?”, “the pump?”, “the fuel pump?”, “Anderson Pass?”, “Node 12?”.
_NAME_ALONE = re.compile(
    r"^(?:(?:(?:the|an?|your|his|her|their|its) (?:[\w.\-+#]+ )?)?[\w.\-+#]+(?: \d[\w.\-]*)?"
    r"|(?-i:[A-Z][\w.\-+#]*(?: [A-Z0-9][\w.\-+#]*){1,2}))\s*\?+$",
    re.I,
)
# “Are you sure?” is answered by the same, with its source.
_DOUBT = re.compile(
    r"^(?:(?:are you |is (?:that|this|it) )?(?:sure|certain|true|right|correct)|really|seriously|sources?|says who"
    r"|prove it|(?:and )?where does (?:it|the (?:post|article)) say (?:that|so|this)|how do you know(?: that)?)\W*$",
    re.I,
)
# Between a question and what was asked next.
_JOINT = " — "
# A question with more content words than this says by itself what it is about.
_FEW_WORDS = 3
_ABOUT_POST = {
    "when": "When was this post published?",
    "who": "Who wrote this post?",
    "how long": "How long is this post?",
    "by whom": "Who wrote this post?",
    "who by": "Who wrote this post?",
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question that stands alone, and the part of it that says what kind of question it is."""

    text: str
    focus: str

    @property
    def joined(self) -> bool:
        """Whether it is the question before with what was asked next behind it."""
        return _JOINT in self.text


def as_asked(text: str) -> Resolved:
    """A question that stands alone as it is."""
    return Resolved(text, text)


def resolve(asked: str, history: Sequence[str]) -> Resolved:
    """The question as one that stands alone; as it is when it does already, or there was none before it.

    :param history: what the reader asked before, oldest first; a follow-up among them is resolved too.
    """
    before, last = "", ""
    for turn in history:
        said = " ".join(turn.split())
        # “Thanks” and “???” are nothing to come back to.
        if not words(said) or find_topic(plain_words(said)) in SMALL_TALK:
            continue
        last = _behind(said, last, before).text
        before = before if _is_of_post(last) else last
    return _behind(asked, last, before)


def _behind(asked: str, last: str, before: str) -> Resolved:
    """The question behind the last one, which may be about the post itself, and the last one that is not."""
    if last == before:
        return _resolve(asked, last)
    opened = _OPENING.match(asked)
    rest = asked[opened.end() :] if opened else asked
    if " of " not in last and find_topic(plain_words(last)) == "author" and (writer := _WRITER.match(rest)):
        return as_asked(f"{rest[: writer.start('who')]}the author{rest[writer.end('who') :]}")
    again = any(form.search(rest) for form in (_BARE, _MORE, _DOUBT, _SOMEBODY))
    if again or _about_the_post(asked, last):
        return _resolve(asked, last)
    # “It” is the post.
    return as_asked(asked) if _POINTING_TO_POST.search(asked) or not before else _resolve(asked, before)


def _is_of_post(said: str) -> bool:
    """Whether the post itself, or a section of it, is asked for."""
    plain = plain_words(said)
    return bool(find_topics(plain)) or asked_section(plain) is not None


def _resolve(asked: str, before: str) -> Resolved:
    if not before or _about_the_post(asked, before):
        return as_asked(asked)
    corrected = _CORRECTION.match(asked)
    opened = corrected or _OPENING.match(asked)
    rest = asked[opened.end() :] if opened else asked
    if more := opened and not corrected and _OPENING.match(rest):
        # “Ok, and what about …?”
        rest = rest[more.end() :]
    if opened and not words(rest) and re.search(r"\bthen\W*$", asked, re.I):
        return Resolved(_joined(before, "and then?"), before)
    if opened and not re.search(r"\w", rest):
        # “And?”, “what about?”
        return Resolved(_joined(before, asked), before)
    # “What about it in winter?”
    rest = _IT_IN.sub("", rest) if opened else rest
    if again := _of_several(asked, rest, before):
        return as_asked(again)
    if shown := _SHOWN.match(rest):
        return Resolved(_joined(before, shown["what"]), rest)
    if _DOUBT.match(rest):
        return as_asked(before)
    if _MORE.match(rest):
        return Resolved(f"More about: {before}", before)
    if bare := _BARE.match(rest):
        return _asked_again(bare.group(1), before)
    few = sum(bool(words(word)) for word in plain_words(rest).split()) <= _FEW_WORDS
    asks = ASKS.match(rest) or _AUXILIARY.match(rest)
    refers = _refers(rest)
    if few and opened and _CLAUSE.match(rest):
        return Resolved(_joined(before, rest), before)
    if few and not asks and (opened or _is_fragment(rest)):
        return _replaced(rest, before)
    if few and _SHORT_ASKS.match(rest):
        # “What else?” asks the same once more, “which format?” something new.
        return Resolved(_joined(before, rest), before if refers else rest)
    if few and (refers or (opened and not corrected and not _BREATH.match(asked))):
        # Of two questions that were joined, it is open which one's subject is meant.
        about = None if _JOINT in before else referent(before)
        if about and (again := named(rest, about)) != rest:
            return as_asked(again)
        return Resolved(_joined(before, rest), rest)
    return as_asked(rest if corrected else asked)


def _of_several(asked: str, rest: str, before: str) -> str:
    """The question for one of the things that were asked for, for their number, or for those that were counted; "" when
    it is no such.
    """
    if (counted := _COUNTED.match(before)) and _WHICH.match(rest):
        return f"Which {counted['things']}"
    several = _SEVERAL.match(before)
    if several is None:
        return ""
    things = several["things"] or several["named"]
    place = _PLACE.match(asked)
    # “The second?” may be the second week, where the first was asked about; “the second one” is one of the things.
    if place and (re.search(r"\bone\b", asked, re.I) or not (ORDINAL.search(before) or NUMBER.search(before))):
        return f"What is the {place['place'].lower()} of the {things}?"
    if _HOW_MANY_THERE.match(rest):
        asked_for = _OPENS_SEVERAL.sub("", before.rstrip("?!. "), count=1)
        return f"How many {asked_for}{'' if several['named'] else ' are there'}?"
    return _ONES.sub(things, rest) if _ONES.search(rest) and not _WHICH.match(rest) else ""


def _refers(rest: str) -> bool:
    return any(pattern.search(rest) for pattern in (_REFERRING, _THERE, _HOW_MANY_THERE))


def _about_the_post(asked: str, before: str) -> bool:
    """Whether the post itself is asked about, or something is only said; “how long is it?” is, after another such."""
    topic = next(iter(find_topics(plain_words(asked))), "")
    if not topic or topic in SMALL_TALK or not _POINTING.search(asked):
        return bool(topic)
    return bool(find_topics(plain_words(before)))


def _is_fragment(rest: str) -> bool:
    """Whether it is a piece of a question only: “in winter?”, “2019?”, “the second one”, “Linux?”."""
    return not _VERB.search(rest) and bool(
        PREPOSITION.match(rest)
        or NUMBER.fullmatch(rest.rstrip("?!. "))
        or _ONLY_ORDINAL.match(rest)
        or OTHER_YEAR.match(rest)
        or (_NAME_ALONE.match(rest) and not _NO_NAME.match(rest))
    )


def _asked_again(word: str, before: str) -> Resolved:
    """The question before with another question word: “When did she leave?”, “why?” → “Why did she leave?”."""
    word = word.lower()
    if find_topic(plain_words(before)) and word in _ABOUT_POST:
        return as_asked(_ABOUT_POST[word])
    rest = before[match.end() :].lstrip() if (match := _QUESTION_WORD.match(before)) else before
    # “Who did he admire?” is about somebody else than “why did he admire?”.
    swaps = match is None or match.group().split()[-1].lower() not in ("who", "long", "often", "far")
    if word in _SWAPPED and swaps and _AUXILIARY.match(rest):
        return as_asked(f"{word.capitalize()} {rest[0].lower()}{rest[1:]}")
    return Resolved(_joined(before, f"{word}?"), f"{word}?")


def _replaced(rest: str, before: str) -> Resolved:
    """The question before about something else, or with that behind it."""
    phrase = rest.rstrip("?!. ")
    new = re.sub(r" ones?$", "", phrase, flags=re.I)
    if again := in_place(new, before, refers=_refers(new), of_sort=new != phrase):
        return as_asked(again)
    joined = _joined(before, f"{new}?")
    if not PREPOSITION.match(new):
        return as_asked(joined)
    return Resolved(joined, f"{new}?" if _asks_within(new) else before)


def _asks_within(phrase: str) -> bool:
    """“at what temperature”, “by whom”."""
    return re.search(r"\b(?:what|which|whom?|when|where|how)\b", phrase, re.I) is not None


def _joined(before: str, rest: str) -> str:
    """The question before with the next one behind it; of one that was joined itself, its first and its last part."""
    first, *others = before.rstrip("?!. ").split(_JOINT)
    return _JOINT.join((first, *others[-1:], rest))
