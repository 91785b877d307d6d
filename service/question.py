"""What a reader asks: the kind of question, the kind of fact that would answer it, and its content words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from index import content_words
from service.asking import addressed, bare, plain_words
from service.clause import asking, last_question
from service.followup import Resolved, resolve
from service.ordinal import Ordinal, ordinal
from service.particular import Particular, particular
from service.topic import SMALL_TALK, Topic, find_topic, find_topics

Kind: TypeAlias = Literal[
    "fact", "list", "definition", "explain", "yes_no", "comparison", "lookup", "about_post", "summary", "small_talk",
    "unclear",
]  # fmt: skip
Expected: TypeAlias = Literal["date", "duration", "amount", "person", "place", "reason", "code", ""]


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood.

    `text` stands alone, and addresses the writer where it asks about “the author”; `interpreted_as` is the same text as
    its reader would say it, when a follow-up was rewritten or a misspelt word corrected, else "". `expects` is the kind
    of fact that would answer it, `particular` one that alone would; `topic` what is asked of the post itself, or said
    in small talk, and `topics` all of that; `here` whether it points to the post, its writer or somebody in it.
    `counted` is what a list is counted for, as typed: “ingredients”; `ordinal` which item of a list is meant. `words`
    are its content words, stemmed, without repetition; `exact` those with a digit, in lower case, which match to the
    letter.
    """

    text: str
    kind: Kind
    expects: Expected
    topic: Topic
    words: tuple[str, ...]
    exact: tuple[str, ...] = ()
    interpreted_as: str = ""
    topics: tuple[Topic, ...] = ()
    counted: str = ""
    here: bool = False
    particular: Particular = ""
    ordinal: Ordinal | None = None


# What is measured, and told as a number.
_MEASURES = (
    "age|amount|budget|capacity|cost|distance|fee|height|length|limit|number|percentage|population|port|price|rate"
    "|rent|salary|score|share|size|speed|temperature|total|weight|width"
)
_EXPECTED: dict[Expected, tuple[str, ...]] = {
    "duration": (
        # What is asked of a thing may be its size.
        r"\bhow long\b(?! (?:is|are|was|were) (?:the|an?|your|his|her|its|their)\b)",
        r"\bhow (?:many|much) (?:days|weeks|months|years|hours|minutes|seconds|time)\b",
    ),
    "date": (
        r"\bwhen\b(?! (?:i|you|we|it|the|using|a|an|should|to|not|must|do (?:i|you|we))\b)",
        r"\b(?:what|which) (?:year|date|month|day|century|decade|time)\b",
        r"\b(?:since|until|by|says?|said|mention(?:s|ed)?|known) when\b|\bdeadline\b",
        r"^when (?:the|it) (?:\w+ )*(?:was|were|is|\w+ed)$",
    ),
    "amount": (
        r"\bhow (?:many|much|big|large|small|fast|far|high|tall|heavy|wide|deep|often|frequently|hot|cold|expensive|old"
        r"|long|strong|thick|slow)\b",
        rf"\b(?:what|which) (?:{_MEASURES})\b",
        rf"what(?:'s| is| was| are| were) (?:(?:the|its|his|her|their|your) )?(?:\w+ )?(?:{_MEASURES})s?\b"
        r"(?= (?:of|for|in|per|at|on|that)\b|$)",
        rf"^(?:the )?(?:total |average |median )?(?:{_MEASURES})(?: (?:of|for|from|to|between|per)\b|$)"
        r"|^what (?:is|was|are|were) the total (?:\w+ )?\w+s?\b|^what (?:does|do|did) .+ (?:cost|weigh|earn|charge)\b"
        r"|\bpay(?: \w+)? for\b",
        r"^(?:price|cost|fee)s?\b|\b(?:price|cost|fee)s?$",
        r"\bwhat (?:percent\w*|number|amount|price|cost|size|version|share|fraction)\b",
        r"\bwhich version\b",
    ),
    "person": (
        r"\bwho(?:m|se)?\b",
        r"\b(?:what|which) (?:person|people|man|woman|author|scientist|engineer)\b",
    ),
    "place": (
        r"\bwhere\b|^(?:the )?location of\b",
        r"\b(?:what|which) (?:city|country|place|town|region|state|location)\b",
    ),
    "reason": (
        r"\bwhy\b|\bhow come\b|\bfor what reason\b",
        r"\bwhat (?:caused|causes|made|makes|led to)\b|\breasons?\b|\bcauses? of\b",
    ),
    "code": (
        r"\b(?:command|snippet|syntax|config(?:uration)? file)\b|^(?:\w+ )?code$",
        r"(?<!vs )\bcode (?:for|to|that|example|sample)\b",
        r"^(?:what|which) (?!is |are |was |error |exit |status )(?:\w+ )?code (?:do|does|did|is|was|can|should)\b",
        r"^(?:please )?(?:show|give)(?: me| us)? (?:(?!(?:of|what|how|to)\b)[\w.'-]+ ){0,4}?"
        r"(?:code|config(?:uration)?|settings|json|ya?ml|toml|script|\w*file|template|function|diff|output|workflow|query"
        r"|regex)\b",
        r"\b(?:example|sample|show me) (?:\w+ )?config(?:uration)?\b",
        r"\b(?:what|which) (?:cli )?(?:file|folder|directory|flag|parameter|argument|function|method|endpoint|path"
        r"|(?:env|environment) variable)s?\b",
    ),
}
_EXPECTED_PATTERNS = {kind: re.compile("|".join(forms)) for kind, forms in _EXPECTED.items()}
# These end in s and do not ask for several things.
_SINGULAR = frozenset(
    """this was is does has its basis status analysis bus gas os always happens makes causes comes goes needs gets helps
    works matters counts says runs starts stops breaks follows means changes
    nas gps dns ios sms tls aws cms ups kubernetes postgres redis jenkins windows macos zfs nfs btrfs https css
    prometheus""".split()  # noqa: SIM905
)
_ARE = re.compile(r"(?:what|which) (?:are|were) (?:the|your|his|her|their|its)\b")
_ASKED_FOR = (
    "requirements|prerequisites|steps|options|topics|features|reasons|benefits|advantages|disadvantages|drawbacks|tips"
    "|lessons|goals|rules|ingredients|tools|pros|cons"
)
# What a list holds is counted by showing all of it.
_COUNT_OF_LIST = re.compile(
    r"how many (?:(?:different|more) )?(?P<listed>\w+) (?:are|is|were|does|do|did|has|have)\b.*"
    r"\b(?:lists?|listed|mention(?:s|ed)?|named?|given?|recommend(?:s|ed)?|suggest(?:s|ed)?)\b"
    rf"|how many (?:(?:different|more) )?(?P<kind>steps|items|points|{_ASKED_FOR})\b"
)
_LIST = re.compile(
    r"^give me (?:all|some|a list)\b|^who (?:are|were) (?:all )?(?:the )?(?:\w+ )?\w+s\b|\b(?:what|which|who) all\b"
    r"|^what(?:'s| is) (?:new|different(?! between| from| about)|changed)\b"
    r"|^(?:(?:what|which|who|where) (?:are|were) )?all(?: of)? (?:the|his|her|their|your)\b"
    r"|\b(?<!my )(?<!on the )(?<!in the )list (?:of|the|to)\b|\b(?:examples|kinds|types|steps) (?:of|the|to)\b"
    r"|^(?:the )?(?:main |biggest )?(?:names|downsides|upsides|pitfalls|hobbies|ways) (?:of|for|to)\b"
    rf"|\b(?:{_ASKED_FOR})\b(?! (?:is|was|does|did)\b|\.\w)"
)
_ENUMERATE = re.compile(r"^(?:list|name|enumerate)\b(?! of)")
# “What did they do?” and “what replaces the old one?” ask for one thing; “which DNS classes are there?” for several.
_DOING = "(?:do|does|did|has|had|have|can|could|should|would|will|must|may)"
_OBJECT = "(?:the|an?|my|your|his|her|their|its|our|this|that|these|those|it|you|me|us|them|him|he|she|they|we|i)"
_SHORTENED = "(?:nas|gps|dns|ios|sms|tls|aws|cms|ups|os|css|js|nfs|zfs|https)"
_ADJECTIVES = r"(?: (?:all|the|some|other|main|different|new|two|three|four|five|six|seven|eight|nine|ten|\d+))*"
_AUXILIARIES = "do|does|did|is|are|was|were|has|have|had|can|could|should|would|will|must|may|to|of|in|for|on|by"
_PLURAL = rf"(?:(?!{_SHORTENED}\b)(\w+s)\b|\w+ (?:\w+ )?(\w+s)\b(?= (?:{_AUXILIARIES})\b|$))"
# Right after "which" a word in s is a noun; further on it may be a verb, unless a verb follows.
_WHAT_PLURAL = re.compile(
    rf"(?:what|which) (?:are|were){_ADJECTIVES} {_PLURAL}"
    rf"|(?:what|which)(?! (?:are|were)\b){_ADJECTIVES} (?!{_DOING}\b){_PLURAL}(?! {_OBJECT}\b)"
    r"|what (?:are|were) (?:the|his|her|their|its|your|our) (?:\w+ ){1,2}(\w+s)\b"
    r"(?= (?:about|behind|from|with|when|that|you|he)\b)"
)
_MORE = (
    "(?:cheap|young|great|rich|fast|slow|quick|hard|small|light|new|old|long|short|high|low|strong|clean|deep|thick|dark|cold|warm)er"
    "|(?:eas|heav|prett|health|earl)ier|bigger|hotter|larger|safer|nicer|thinner|closer"
)
_COUNT_BEFORE = re.compile(
    r"(?:(?:what|which|name|list|who)(?: (?:are|were))? )(?:(?:the|his|her|their|its|your|all|these|those) )?"
    r"(?P<count>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}) (?:[\w-]+ ){0,2}?[\w-]+s\b"
)
_COMPARISON = re.compile(
    r"\b(?:differences?|different(?: from| than| to| between)|differs?|compared?|comparison|versus|vs(?! code)"
    r"|(?:better|worse|more \w+|\w+er) than)\b|\bhow (?:is|are|was|were) .* different\b"
    rf"|^(?:which|what)(?: one)? is (?:the )?(?:better|worse|more \w+|{_MORE})\b"
)
_MOST = (
    "(?:new|old|young|large|small|high|low|long|short|fast|slow|cheap|hard|late|great|tall|strong|deep|wide|near)e?st"
    "|(?:eas|earl|heav|bus)iest|biggest|latest"
)
_DEFINITION = re.compile(
    r"(?!.*\b(?:name of\b|about$|wrong with\b))"
    rf"what(?:'s| is| are|s) (?:an? |the (?!(?:first|last|next|only|best|most|{_MOST})\b))?(?!the )"
    r"[\w\s.\-+#/]{1,40}$"
    r"|what does .{1,60} (?:mean|stand for)$"
    r"|define .{1,60}$|(?:the )?(?:meaning|definition) of .{1,60}$|.{1,60} (?:meaning|definition)$"
)
# Of things that nothing points to; “what are the …” asks which they are.
_PLURAL_DEFINITION = re.compile(
    rf"what are (?!(?:the|his|her|their|its|your|our|my|some|all)\b)(?!.*\b(?:{_ASKED_FOR})\b)"
    r"(?:[\w\-]+ ){0,2}[\w\-]+(?: in (?:an? |the )?\w+)?$"
)
_EXPLAIN = re.compile(
    r"(?:.*[,.;:?!] (?:and |but |so |then )?)?how (?:do|does|did|can|could|should|to|would|is|are|was|were)\b"
    r"|(?:explain|describe|what (?:happens|happened|if))\b|how (?:it|this|that|they) \w+|(?:the |a )?(?:best )?way to\b"
)
# What a thing is there for.
_PURPOSE = re.compile(
    r"(?!.*\b(?:short|name|abbreviation|acronym|known|look\w*|wait\w*) for$)"
    r"(?:what(?:'s| is| are| was| were) .{2,60} for$|what (?:do|does|did) .{1,40} (?:use|need|want|have) .{1,40} for$)"
)
_YES_NO = re.compile(
    r"(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|am|must|may)(?:n't)? \S+|whether "
)
_HERE = re.compile(
    r"\b(?:he|she|him|his|hers?|they|them|their|this|these|the (?:author|writer|blogger|post|article|blog)s?"
    r"|the (?:\w+ )?(?:picture|photo|image|figure|table|graph|chart|screenshot|caption|footnote)s?)\b"
)
_ONE_FACT: frozenset[Expected] = frozenset({"date", "duration", "amount", "reason"})
# A year, a version, an error code, a name with a digit in it.
_EXACT = re.compile(r"(?<![\w.])(?=[\w.\-]*\d)\w+(?:[.\-]\w+)*")


def understand(text: str, history: Sequence[str] = (), correct: Callable[[str], str] = str) -> Question:
    """The question, understood.

    :param text: as the reader typed it.
    :param history: what the reader asked before, oldest first.
    :param correct: gives a question without its misspelt words.
    """
    typed = bare(" ".join(text.split()))
    resolved = resolve(_spelt(typed, correct), [_spelt(bare(" ".join(turn.split())), correct) for turn in history])
    question = _classify(resolved)
    return replace(question, interpreted_as=resolved.text if resolved.text != typed else "")


def _spelt(typed: str, correct: Callable[[str], str]) -> str:
    # Forms such as “thx” and “tldr” are known as they are.
    return typed if find_topic(plain_words(typed)) else correct(typed)


def _classify(resolved: Resolved) -> Question:
    text, plain = resolved.text, plain_words(resolved.focus)
    whole = plain if resolved.focus == text else plain_words(text)
    if topics := find_topics(whole):
        topic = topics[0]
        kind: Kind = "small_talk" if topic in SMALL_TALK else "summary" if topic == "summary" else "about_post"
        counted: str = topic if topic == "sections" and plain.startswith("how many") else ""
        return Question(text, kind, "", topic, _content(text), topics=topics, counted=counted)
    here = _HERE.search(whole) is not None
    text = addressed(text)
    content = _content(text)
    if not content:
        return Question(text, "unclear", "", "", content)
    if of_list := _COUNT_OF_LIST.match(plain):
        counted = of_list["listed"] or of_list["kind"]
        return Question(text, "list", "", "", content, _exact(text), counted=counted, here=here)
    plain = last_question(plain)
    expects = _expected(plain)
    nth = ordinal(plain)
    exact = _exact(text)
    kind = _kind(plain, expects)
    if kind == "list" and (count := _COUNT_BEFORE.match(plain)):
        # How many there are is known to who asks for “the five modes”; the post may not say it.
        exact = tuple(one for one in exact if one != count["count"])
        content = tuple(one for one in content if one not in content_words(count["count"])) or content
    if nth and not nth.loose:
        # The number of a step is not among its words.
        exact = tuple(one for one in exact if one != nth.typed)
        content = tuple(one for one in content if one not in content_words(nth.typed)) or content
    return Question(text, kind, expects, "", content, exact, here=here, particular=particular(plain), ordinal=nth)


def _content(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(content_words(text)))


def _exact(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_EXACT.findall(text.lower())))


def _expected(plain: str) -> Expected:
    asked = asking(plain)
    return next((kind for kind, pattern in _EXPECTED_PATTERNS.items() if pattern.search(asked)), "")


def _kind(plain: str, expects: Expected) -> Kind:
    if _ENUMERATE.match(plain):
        return "list"
    if expects != "reason" and _COMPARISON.search(plain):
        return "comparison"
    if not expects and _PLURAL_DEFINITION.match(plain):
        return "definition"
    if expects not in _ONE_FACT and (_LIST.search(plain) or _asks_several(plain)):
        return "list"
    if not expects and _PURPOSE.match(plain):
        return "explain"
    if _DEFINITION.match(plain) and not expects:
        return "definition"
    if expects == "reason" or _EXPLAIN.match(plain):
        return "explain"
    if _YES_NO.match(plain):
        return "yes_no"
    return "lookup" if expects == "code" else "fact"


def _asks_several(plain: str) -> bool:
    found = _WHAT_PLURAL.match(plain)
    noun = found and next(filter(None, found.groups()), None)
    # “What are the changes?” asks for several, “what changes?” may not.
    return bool(noun) and (noun not in _SINGULAR or _ARE.match(plain) is not None) and not str(noun).endswith("ss")
