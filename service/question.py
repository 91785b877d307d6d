"""What a reader asks: the kind of question, the kind of fact that would answer it, and its content words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from index import words
from service.followup import Resolved, plain_words, resolve

Kind: TypeAlias = Literal[
    "fact", "list", "definition", "explain", "yes_no", "comparison", "lookup", "about_post", "summary", "small_talk",
    "unclear",
]  # fmt: skip
Expected: TypeAlias = Literal["date", "duration", "amount", "person", "place", "reason", "code", ""]
Topic: TypeAlias = Literal["title", "author", "date", "length", "sections", "summary", "greeting", "thanks", "help", ""]


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood.

    `text` stands alone; `interpreted_as` is the same text when a follow-up was rewritten, else "". `expects` is the kind
    of fact that would answer it; `topic` what is asked of the post itself, or said in small talk; `words` are its content
    words, stemmed, without repetition; `exact` those with a digit, as typed but in lower case, which must match to the letter.
    """

    text: str
    kind: Kind
    expects: Expected
    topic: Topic
    words: tuple[str, ...]
    exact: tuple[str, ...] = ()
    interpreted_as: str = ""


_POST = (
    r"(?:(?:(?:this|the|that|your) )?(?:blog ?)?(?:post|article|page|write-?up|essay|entry|text|piece|guide|tutorial|diary"
    r"|review|story|report|interview|recipe|log|changelog|announcement|note|blog)|this|it)"
)
_ABOUT_POST: tuple[tuple[Topic, str], ...] = (
    (
        "title",
        rf"(?:what(?:'s| is)|tell me) the (?:title|name) of {_POST}|what is {_POST} (?:called|titled)",
    ),
    (
        "author",
        rf"who(?:'s| is| was)? (?:the )?(?:author|writer)(?: of {_POST})?|who (?:wrote|has written|is writing|writes) {_POST}"
        rf"|(?:author|writer) of {_POST}|(?:by whom|who) (?:was|is) {_POST} (?:written )?by|by whom (?:was|is) {_POST}"
        rf"(?: written)?|whose (?:\w+ )?(?:is|was) (?:this|it)|who(?:'s| is) behind {_POST}",
    ),
    (
        "date",
        rf"when (?:was|is|did) {_POST} (?:\w+ )?(?:written|published|posted|from|dated|updated|released|come out|appear)"
        rf"|(?:date|publication date) of {_POST}|how (?:old|recent) is {_POST}"
        rf"|what(?:'s| is) the (?:publication )?date of {_POST}|when did (?:you|they|he|she) (?:write|publish|post) {_POST}",
    ),
    (
        "length",
        rf"how long is {_POST}|how many words (?:does|has|are in) {_POST}.*|(?:reading time|length)(?: of {_POST})?"
        rf"|how long (?:does it take|will it take|to) (?:to )?read {_POST}",
    ),
    (
        "sections",
        rf"(?:what|which) (?:sections|headings|chapters|parts) .*{_POST}.*|table of contents|outline(?: of {_POST})?"
        rf"|list (?:the |all )?(?:sections|headings)(?: of {_POST})?",
    ),
    (
        "summary",
        rf"(?:please )?(?:summari[sz]e|sum up)(?: {_POST})?|(?:a |the )?summary(?: of {_POST})?(?: please)?|tl;?dr"
        rf"|what(?:'s| is) {_POST} about|what does {_POST} (?:say|talk about|cover|discuss)"
        rf"|(?:give me |can you give me )(?:a |the )?(?:short |brief )?summary(?: of {_POST})?"
        rf"|(?:what are the )?(?:main|key) (?:points|ideas?|takeaways?)(?: of {_POST})?",
    ),
)
_SMALL_TALK: tuple[tuple[Topic, str], ...] = (
    ("greeting", r"(?:hi|hello|hey|yo|good (?:morning|afternoon|evening|day)|greetings|howdy)(?: (?:there|all|you|bot))?"
     r"|how are you(?: doing)?(?: today)?|nice to meet you"),
    ("thanks", r"(?:ok |okay |great |cool |many )?(?:thanks|thank you|thx|cheers|ty)(?: (?:a lot|so much|very much|you))?"
     r"|(?:ok|okay|great|cool|nice|perfect|awesome|got it|bye|goodbye|see you)(?: thanks| thank you)?"),
    ("help", r"help(?: me)?|what can (?:you|i) (?:do|ask)(?: here| you)?|who are you|what are you|how do(?:es)? (?:you|this) work"
     r"|are you (?:a )?(?:bot|robot|human|ai|an ai)"),
)  # fmt: skip
# Plural nouns after what/which ask for several things; these end in s and do not.
_SINGULAR = frozenset(
    ["this", "was", "is", "does", "has", "its", "basis", "status", "process", "class", "address", "access", "analysis", "bus", "gas", "less", "os"]
)
_LIST = re.compile(
    r"^(?:please )?(?:list|name|enumerate)\b|\b(?:list|examples|kinds|types|steps|all(?: of)?) (?:of|the|to)\b|\bwho all\b"
    r"|\b(?:requirements|prerequisites|steps|options|topics|features|reasons|benefits|advantages|disadvantages|drawbacks"
    r"|tips|lessons|goals|rules|ingredients|tools|pros|cons)\b(?! (?:is|was|does|did)\b)"
)
_WHAT_PLURAL = re.compile(
    r"^(?:so |and )?(?:what|which)(?: (?:are|were))?(?: (?:all|the|some|other|main|different|new))* (?:\w+ ){0,2}?(\w+s)\b"
)
_EXPECTED: tuple[tuple[Expected, str], ...] = (
    ("duration", r"\bhow long\b(?! (?:is|was) (?:the )?(?:route|road|list|text))|\bhow (?:many|much) (?:days|weeks|months|years|hours|minutes|seconds|time)\b"),
    ("date", r"\bwhen\b(?! (?:i|you|we|it|the|using|a|an|should)\b)|\b(?:what|which) (?:year|date|month|day|century|decade|time)\b|\bhow old\b|\bsince when\b|\buntil when\b|\bdeadline\b"),
    ("amount", r"\bhow (?:many|much|big|large|small|fast|far|high|tall|heavy|wide|deep|often|old|hot|expensive)\b|\bwhat (?:percent\w*|number|amount|price|cost|size|version|share|fraction)\b|\bwhich version\b"),
    ("person", r"\bwho(?:m|se)?\b|\b(?:what|which) (?:person|people|man|woman|author|scientist|engineer)\b"),
    ("place", r"\bwhere\b|\b(?:what|which) (?:city|country|place|town|region|state|location)\b"),
    ("reason", r"\bwhy\b|\bhow come\b|\bfor what reason\b|\bwhat (?:caused|causes|made|makes)\b|\breasons?\b"),
    ("code", r"\b(?:command|snippet|code|syntax|config(?:uration)? file)\b"),
)  # fmt: skip
# A year, a version, an error code, a name with a digit in it.
_EXACT = re.compile(r"(?<![\w.])(?=[\w.\-]*\d)\w+(?:[.\-]\w+)*")

def understand(text: str, history: Sequence[str] = ()) -> Question:
    """The question, understood.

    :param text: as the reader typed it.
    :param history: what the reader asked before, oldest first.
    """
    typed = " ".join(text.split())
    resolved = resolve(typed, history)
    question = _classify(resolved)
    return replace(question, interpreted_as=resolved.text if resolved.text != typed else "")


def _classify(resolved: Resolved) -> Question:
    text, plain = resolved.text, plain_words(resolved.focus)
    content = tuple(dict.fromkeys(words(text)))
    expects = next((kind for kind, pattern in _EXPECTED if re.search(pattern, plain)), "")
    for topic, pattern in _SMALL_TALK:
        if re.fullmatch(pattern, plain):
            return Question(text, "small_talk", "", topic, content)
    for topic, pattern in _ABOUT_POST:
        if re.fullmatch(pattern, plain):
            return Question(text, "summary" if topic == "summary" else "about_post", "", topic, content)
    if not content:
        return Question(text, "unclear", "", "", content)
    exact = tuple(dict.fromkeys(_EXACT.findall(text.lower())))
    return Question(text, _kind(plain, expects), expects, "", content, exact)


def _kind(plain: str, expects: Expected) -> Kind:
    if re.search(r"\b(?:differen(?:ce|t)s?|compared?|versus|vs|better than|faster than)\b", plain):
        return "comparison"
    plural = _WHAT_PLURAL.match(plain)
    asks_several = plural and plural.group(1) not in _SINGULAR and not plural.group(1).endswith("ss")
    if expects not in ("date", "duration", "amount", "reason") and (_LIST.search(plain) or asks_several):
        return "list"
    if re.match(r"(?:what(?:'s| is| are| does)|define|explain what|who is|meaning of)\b.{0,60}$", plain) and re.match(
        r"what(?:'s| is| are) (?:an? |the )?[\w\s.\-+#/]{1,40}$|what does .* (?:mean|stand for)$|define |meaning of ",
        plain,
    ):
        return "definition"
    if expects == "reason" or re.match(
        r"(?:how (?:do|does|did|can|could|should|to|would|is|are|was)|explain|describe|what happens|what happened)\b",
        plain,
    ):
        return "explain"
    if re.match(
        r"(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|am|must|may)(?:n't)? \w+", plain
    ):
        return "yes_no"
    if expects == "code":
        return "lookup"
    return "fact"
