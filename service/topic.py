"""Questions about the post itself, and small talk: what is asked, told by fixed forms of words."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

Topic: TypeAlias = Literal[
    "title", "author", "date", "length", "sections", "summary", "greeting", "thanks", "help", ""
]  # fmt: skip

_NOUNS = (
    "post|article|page|write-?up|essay|entry|text|piece|guide|tutorial|diary|review|story|report|interview|recipe|log"
    "|changelog|announcement|note|blog"
)
_POST = rf"(?:(?:this|the|that|your) )?(?:blog ?)?(?:{_NOUNS})"
_THIS = rf"(?:{_POST}|this|it)"
_OF = rf"(?: of {_POST})?"
_GIVE = r"(?:(?:can you |please )?give me )?(?:an? |the )?(?:short |brief |quick )?"
_FORMS: dict[Topic, tuple[str, ...]] = {
    "title": (
        rf"(?:what(?:'s| is)|tell me) the (?:title|name) of {_POST}",
        rf"what(?:'s| is) {_POST} (?:called|titled)",
    ),
    "author": (
        rf"who(?:'s| is| was)? (?:the )?(?:author|writer){_OF}",
        rf"who (?:wrote|has written|is writing|writes|published) {_THIS}",
        rf"(?:author|writer) of {_POST}",
        rf"(?:by whom|who) (?:was|is) {_THIS} (?:written )?by",
        rf"by whom (?:was|is) {_THIS}(?: written)?",
        rf"whose (?:(?:{_NOUNS}) )?(?:is|was) (?:this|it)",
        rf"who(?:'s| is) behind {_THIS}",
    ),
    "date": (
        rf"when (?:was|is|did) {_THIS} (?:\w+ )?(?:written|published|posted|dated|updated|come out|appear)",
        rf"when (?:was|is) {_POST} (?:from|released)",
        rf"when did (?:you|they|he|she|the author) (?:write|publish|post) {_THIS}",
        rf"(?:publication )?date of {_POST}",
        rf"how (?:old|recent) is {_POST}",
        rf"what(?:'s| is) the (?:publication )?date of {_POST}",
    ),
    "length": (
        rf"how long is {_POST}",
        rf"how many words (?:does|has|are in) {_POST}.*",
        rf"(?:reading time|length){_OF}",
        rf"how long (?:does it take|will it take|to) (?:to )?read {_THIS}",
    ),
    "sections": (
        rf"(?:what|which) (?:sections|headings|chapters|parts) .*{_POST}.*",
        "table of contents",
        rf"outline{_OF}",
        rf"list (?:the |all )?(?:sections|headings){_OF}",
    ),
    "summary": (
        rf"(?:please )?(?:summari[sz]e|sum up)(?: {_THIS})?",
        rf"{_GIVE}summary{_OF}(?: please)?",
        r"tl;?dr",
        rf"what(?:'s| is) {_THIS} (?:all )?about",
        rf"what does {_POST} (?:say|talk about|cover|discuss)",
        rf"(?:what are the )?(?:main|key) (?:points|ideas?|takeaways?){_OF}",
    ),
    "greeting": (
        r"(?:hi|hello|hey|yo|good (?:morning|afternoon|evening|day)|greetings|howdy)(?: (?:there|all|you|bot))?",
        r"how are you(?: doing)?(?: today)?",
        r"nice to meet you",
    ),
    "thanks": (
        r"(?:(?:ok|okay|great|cool|many) )?(?:thanks|thank you|thx|cheers|ty)(?: (?:a lot|so much|very much|you))?",
        r"(?:ok|okay|great|cool|nice|perfect|awesome|got it|bye|goodbye|see you)(?: thanks| thank you)?",
    ),
    "help": (
        r"help(?: me)?",
        r"what can (?:you|i) (?:do|ask)(?: here| you)?",
        r"(?:who|what) are you",
        r"how do(?:es)? (?:you|this) work",
        r"are you (?:an? )?(?:bot|robot|human|ai)",
    ),
}
_PATTERNS = {topic: re.compile("|".join(forms)) for topic, forms in _FORMS.items()}
SMALL_TALK: frozenset[Topic] = frozenset({"greeting", "thanks", "help"})


def find_topic(plain: str) -> Topic:
    """What is asked of the post itself, or said in small talk; "" for every other question.

    :param plain: the question in lower case, without marks behind it.
    """
    return next((topic for topic, pattern in _PATTERNS.items() if pattern.fullmatch(plain)), "")
