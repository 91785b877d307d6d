"""The kind of answer that a question wants, told by how it is worded."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from service.clause import AUXILIARIES, COMPARATIVES, DO, HAVE, SUPERLATIVES
from service.wanted import Wanted

Kind: TypeAlias = Literal[
    "fact", "list", "definition", "explain", "yes_no", "comparison", "lookup", "about_post", "summary", "small_talk",
    "unclear",
]  # fmt: skip

_ABBREVIATIONS = "nas|gps|dns|ios|sms|tls|aws|cms|ups|os|css|js|nfs|zfs|https"
# These end in s and do not ask for several things.
_SINGULAR = frozenset(
    """this was is does has its basis status analysis bus gas os always happens makes causes comes goes needs gets helps
    works matters counts says runs starts stops breaks follows means changes replaces kills attracts supports wins costs
    loses handles uses contains holds keeps explains describes looks feels sounds tastes
    beats adds sets creates removes
    kubernetes postgres redis jenkins windows btrfs prometheus macos lineageos fireos chromeos ipados watchos tvos
    freertos grapheneos calyxos nixos coreos truenas""".split()  # noqa: SIM905
).union(_ABBREVIATIONS.split("|"))
_ARE = re.compile(
    r"(?:what|which) (?:are|were) (?:the|your|his|her|their|its)\b|(?:what|which) [\w'-]+ [\w'-]+s (?:are|were) there\b"
)
_ASKED_FOR = (
    "requirements|prerequisites|steps|options|topics|features|reasons|benefits|advantages|disadvantages|drawbacks|tips"
    "|lessons|goals|rules|ingredients|tools|pros|cons"
)
_AUXILIARIES = f"{AUXILIARIES}|must|may"
# What a list holds is counted by showing all of it.
_COUNT_OF_LIST = re.compile(
    r"how many (?:(?:different|more) )?(?P<listed>\w+) (?:are|is|were|does|do|did|has|have)\b.*"
    r"\b(?:lists?|listed|mention(?:s|ed)?|named?|given?|recommend(?:s|ed)?|suggest(?:s|ed)?)\b"
    rf"|how many (?:(?:different|more) )?(?P<kind>steps|items|points|{_ASKED_FOR})\b"
)
_COUNT_BEFORE = re.compile(
    r"(?:(?:what|which|name|list|who)(?: (?:are|were))? )(?:(?:the|his|her|their|its|your|all|these|those) )?"
    r"(?P<count>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}) (?:[\w-]+ ){0,2}?[\w-]+s\b"
)
_LIST = re.compile(
    r"^give me (?:all|some|a list)\b|^who (?:are|were) (?:all )?(?:the )?(?:\w+ )?\w+s\b|\b(?:what|which|who) all\b"
    r"|^what(?:'s| is) (?:new|different(?! between| from| about)|changed)\b"
    r"|^(?:(?:what|which|who|where) (?:are|were) )?all(?: of)? (?:the|his|her|their|your)\b"
    r"|\bstep[- ]by[- ]step\b|\bwalk (?:me|us) (?:through|thru)\b"
    r"|\bone after (?:another|the other)\b"
    r"|\b(?<!my )(?<!on the )(?<!in the )list (?:of|the|to)\b|\b(?:examples|kinds|types|steps) (?:of|the|to)\b"
    r"|^(?:the )?(?:main |biggest )?(?:names|downsides|upsides|pitfalls|hobbies|ways) (?:of|for|to)\b"
    rf"|^(?!(?:how|where|when|why|who|{_AUXILIARIES})\b(?! there any\b)).*\b(?:{_ASKED_FOR})\b"
    r"(?! (?:is|was|does|did)\b|\.\w)"
)
_ENUMERATE = re.compile(r"^(?:list|name|enumerate)\b(?! of)")
# “What did they do?” and “what replaces the old one?” ask for one thing; “which DNS classes are there?” for several.
_DOING = f"(?:{DO}|{HAVE})"
_OBJECT = "(?:the|an?|my|your|his|her|their|its|our|this|that|these|those|it|you|me|us|them|him|he|she|they|we|i)"
_ADJECTIVES = r"(?: (?:all|the|some|other|main|different|new|two|three|four|five|six|seven|eight|nine|ten|\d+))*"
_BEHIND = f"{_AUXILIARIES}|to|of|in|for|on|by"
# Behind these stands a verb: “which key never expires?”.
_ADVERBS = "(?:never|always|only|still|also|not|actually|ever|really|usually|just|even|no longer|then|first|best)"
_NOUNS = r"[\w-]+s"
_PLURAL = (
    rf"(?:(?!(?:{_ABBREVIATIONS})\b)({_NOUNS})\b"
    rf"|of (?:the|his|her|their|your|my|its) ({_NOUNS})\b"
    rf"|(?!about\b)[\w'-]+ (?:(?!(?:{_OBJECT}|{_ADVERBS})\b)[\w'-]+(?<![^s]s) )?({_NOUNS})\b(?= (?:{_BEHIND})\b|$))"
)
# Right after "which" a word in s is a noun; further on it may be a verb, unless a verb follows.
_WHAT_PLURAL = re.compile(
    rf"(?:what|which) (?:are|were){_ADJECTIVES} {_PLURAL}"
    rf"|(?:what|which)(?! (?:are|were)\b){_ADJECTIVES} (?!{_DOING}\b){_PLURAL}(?! {_OBJECT}\b)"
    # “Which novels she enjoyed”, and not “what replaces the old one”.
    rf"|which{_ADJECTIVES} (?!{_DOING}\b)(?:[\w'-]+ )?({_NOUNS}) (?:the (?:author|writer)|he|she|you|they|i|we) \w+"
    rf"|what (?:are|were) (?:the|his|her|their|its|your|our) (?:[\w'-]+ ){{1,2}}({_NOUNS})\b"
    r"(?= (?:about|behind|from|with|when|that|you|he)\b)"
)
# “At which conferences did she speak?”
_PREPOSITION = re.compile(r"^(?:in|on|at|by|for|from|to|with|of|about) (?=(?:what|which)\b)")
_COMPARISON = re.compile(
    r"\b(?:differences?|different(?: from| than| to| between)|differs?|compared?|comparison|versus|vs(?! code)"
    r"|(?:better|worse|more \w+|\w+er) than)\b|\bhow (?:is|are|was|were) .* different\b"
    rf"|^(?:which|what)(?: one)? is (?:the )?(?:better|worse|more \w+|{COMPARATIVES})\b"
)
_DEFINITION = re.compile(
    r"(?!.*\b(?:name of\b|about$|wrong with\b))"
    rf"what(?:'s| is| are|s) (?:an? |the (?!(?:first|last|next|only|best|most|{SUPERLATIVES})\b))?(?!(?:the|due|left) )"
    r"[\w\s.\-+#/&\"()`:>]{1,40}$"
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
_ONE_FACT: frozenset[Wanted] = frozenset({"date", "duration", "amount", "reason"})


def listed_to_count(plain: str) -> str:
    """What is to be counted, as typed, where all of a list is the answer: “how many steps?”; "" for none."""
    found = _COUNT_OF_LIST.match(plain)
    return (found["listed"] or found["kind"]) if found else ""


def count_named(plain: str) -> str:
    """How many things a question for several of them says there are, as typed: “the five modes”; "" for none."""
    found = _COUNT_BEFORE.match(plain)
    return found["count"] if found else ""


def kind_of(plain: str, expects: Wanted) -> Kind:
    """The kind of a question, which is in lower case, that asks for this kind of fact."""
    if _ENUMERATE.match(plain):
        return "list"
    if expects != "reason" and _COMPARISON.search(plain):
        return "comparison"
    if not expects and _PURPOSE.match(plain):
        return "explain"
    if not expects and _PLURAL_DEFINITION.match(plain):
        return "definition"
    if expects not in _ONE_FACT and (_LIST.search(plain) or _asks_several(plain)):
        return "list"
    if _DEFINITION.match(plain) and not expects:
        return "definition"
    if expects == "reason" or _EXPLAIN.match(plain):
        return "explain"
    if _YES_NO.match(plain):
        return "yes_no"
    return "lookup" if expects == "code" else "fact"


def _asks_several(plain: str) -> bool:
    found = _WHAT_PLURAL.match(_PREPOSITION.sub("", plain))
    noun = found and next(filter(None, found.groups()), None)
    # “What are the changes?” asks for several, “what changes?” may not.
    return bool(noun) and (noun not in _SINGULAR or _ARE.match(plain) is not None) and not str(noun).endswith("ss")
