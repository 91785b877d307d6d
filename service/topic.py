"""Questions about the post itself, and small talk: what is asked, told by fixed forms of words."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

Topic: TypeAlias = Literal[
    "title", "author", "date", "updated", "length", "sections", "tags", "summary", "posts", "greeting", "thanks",
    "goodbye", "help", "",
]  # fmt: skip

_NOUNS = (
    "post|article|page|write-?up|essay|entry|text|piece|guide|tutorial|diary|review|story|report|interview|recipe|log"
    "|changelog|announcement|notice|note|blog"
)
_POST = rf"(?:(?:this|the|that|your) )?(?:blog ?)?(?:{_NOUNS})"
_THIS = rf"(?:{_POST}|this|that|it)"
_OF = rf"(?: (?:of|for|in|to|on) {_THIS})?"
_GIVE = (
    r"(?:give me |show me |tell me |i need |i want |list |name |what(?:'s| is) )?(?:an? |the |all )?(?:the )?"
    r"(?:short |brief |quick )?"
)
_WRITER = "the (?:author|writer|blogger)"
_MAIN = "(?:(?:main|major|different|various|individual|top-level) )?"
_SECTIONS = f"{_MAIN}(?:sections|headings|chapters|parts)"
_WHAT = r"(?:(?:what|who)(?:'s| is| are| was| were) |give me |show me |tell me )?(?:the |its )?"
_CHANGED = "(?:updated|modified|changed|edited|revised)"
_LAST = "(?:(?:last|ever|most recently|recently) )?"
_FEW_NUMBERS = r"(?:two|three|four|five|six|seven|eight|nine|ten|twelve|\d+)"
_FEW = r"(?:a few|one|two|three|four|five|\d+) (?:short )?"
_IN_FEW = rf"(?: in {_FEW}(?:words?|sentences?|lines?|(?:bullet )?points?|bullets?))?"
_FORMS: dict[Topic, tuple[str, ...]] = {
    "title": (
        rf"{_WHAT}(?:title|headline){_OF}(?: here)?",
        rf"{_WHAT}name of {_THIS}",
        rf"(?:what(?:'s| is) )?{_POST}(?:'s)? (?:title|name|headline)",
        rf"what(?:'s| is) {_THIS} (?:called|titled|named)",
    ),
    "author": (
        rf"(?:{_WHAT}|list |name |how many )(?:the )?(?:authors?|writers?|bloggers?){_OF}(?: are there)?",
        rf"who(?:'s| is) the (?:person|one|guy|woman|man) (?:who|that) (?:wrote|made|published) {_THIS}",
        rf"(?:who|what)(?:'s| is| are) {_POST}(?:'s)? (?:author|writer)s?",
        rf"{_WHAT}(?:name of the author|author(?:'s)? name|name of the writer){_OF}",
        rf"who (?:wrote|has written|is writing|writes|authored|published|posted|made|created) {_THIS}",
        r"who(?:'s| is) (?:writing|speaking|talking)(?: here)?",
        rf"(?:by whom|by who|who) (?:was|is) {_THIS} (?:written )?by",
        rf"by whom? (?:was|is) {_THIS}(?: written)?",
        r"(?:who is it |written )by(?: who| whom)?",
        rf"(?:whose|who's) (?:(?:{_NOUNS}) )?(?:is|was) (?:this|it)",
        rf"who(?:'s| is) behind {_THIS}",
    ),
    "date": (
        rf"when (?:was|is|did) {_THIS} (?:\w+ )?(?:written|published|posted|dated|come out|appear)",
        rf"when (?:was|is) (?:{_POST}|this) (?:from|released|created)",
        rf"from (?:when|(?:what|which) (?:year|date|day|month)) is {_THIS}",
        rf"when did (?:you|they|he|she|the author) (?:write|publish|post) {_THIS}",
        rf"(?:in |on )?(?:what|which) (?:year|date|day|month) (?:was|is) {_THIS} (?:written|published|posted|from)",
        rf"{_WHAT}(?:publication |publishing |release )?date of {_POST}",
        rf"(?:{_WHAT}|(?:what|which) )(?:(?:publication|publishing|publish|posting|post|blog post|article) )?date",
        rf"{_WHAT}date of (?:publication|publishing|writing)",
        r"(?:date|when) (?:published|posted|written)|published when|(?:when )?published",
        rf"how (?:old|recent) is (?:{_POST}|this)",
        rf"is (?:{_POST}|this) (?:still )?(?:recent|new|old|outdated|up to date|up-to-date|current)",
    ),
    "updated": (
        rf"(?:and )?(?:when|how recently) (?:was|is|were|did|has|have) {_THIS} (?:been )?{_LAST}{_CHANGED}",
        rf"(?:and )?(?:was|is|has|were|have) {_THIS} (?:(?:been|ever|since) )*{_LAST}{_CHANGED}(?: since(?: then)?)?",
        rf"(?:when )?last {_CHANGED}|{_CHANGED} when|when {_LAST}{_CHANGED}",
        r"(?:date of )?(?:the )?last (?:update|edit)",
        rf"{_WHAT}(?:date of (?:the )?)?(?:last|latest) (?:update|edit|revision){_OF}(?: date)?",
        r"any (?:recent )?updates",
    ),
    "length": (
        rf"how long is (?:{_POST}|it|this)",
        rf"how many words (?:does|has|are in|is) {_THIS}.*",
        r"how many words(?: are there)?|number of words",
        rf"{_WHAT}(?:(?:estimated )?reading time|length|word count){_OF}",
        rf"how long (?:does (?:it|this) take|will it take|would it take|to)(?: me)? (?:to )?read(?: {_THIS})?",
        rf"how (?:big|large) is (?:{_POST}|this)|how many pages (?:is|has|does) (?:{_POST}|this)(?: have)?",
        rf"is (?:{_POST}|this|it) (?:an? )?(?:very )?(?:long|short)(?: (?:one|read|{_NOUNS}))?",
        rf"how (?:many minutes|much time)(?: does it take)? to read(?: {_THIS})?",
    ),
    "sections": (
        rf"(?:what|which) {_SECTIONS} (?:are|does|do|has)(?: there)?(?: in)? {_THIS}(?: have| contain)?",
        rf"(?:what|which) {_SECTIONS} are there|how many {_MAIN}(?:sections|headings|chapters)(?: are there)?",
        rf"how many {_SECTIONS} (?:does|has|are(?: there)? in) {_THIS}(?: have)?",
        rf"(?:list|names|titles) of (?:the )?{_MAIN}(?:sections|headings|chapters)",
        rf"(?:just )?(?:give me|list|show me|name) (?:(?:the|all|its|{_FEW_NUMBERS}) )*"
        r"(?:sections|headings|chapters|section titles)",
        rf"{_WHAT}(?:section|chapter) (?:headings|titles|names){_OF}",
        rf"(?:what|which) questions (?:does|do) (?:{_POST}|it|this|you|the faq) (?:answer|cover)",
        rf"(?:what|which) questions (?:are|get) (?:answered|covered)(?: here| in {_THIS})?",
        r"(?:list|show(?: me)?|give me) (?:all )?(?:of )?(?:the )?questions",
        rf"{_WHAT}{_GIVE}{_MAIN}(?:sections|headings|chapters|table of contents|toc|contents|outline|structure){_OF}",
        rf"how is {_POST} (?:structured|organi[sz]ed|built up)",
    ),
    "tags": (
        rf"(?:what|which) (?:tags|categories|category) (?:does|has|is|are)(?: there)?(?: (?:in|on|of))? {_THIS}"
        r"(?: have| has| in| tagged with)?",
        rf"(?:{_WHAT}|(?:what|which|any) )(?:tags?|categories|category){_OF}",
        rf"(?:in )?(?:what|which) (?:categories|category|tags?) (?:is|was) {_THIS}(?: filed| posted)?(?: in| under)?",
        rf"how is {_THIS} tagged",
    ),
    "summary": (
        rf"(?:summari[sz]e|sum up|sum|recap)(?: {_THIS})?(?: up)?{_IN_FEW}",
        rf"{_GIVE}(?:(?:one|two|three|four|five|\d+)[ -]sentence )?(?:summary|overview|gist|recap|abstract){_OF}"
        rf"{_IN_FEW}",
        r"(?:give me |tell me )?(?:the |a )?short version|in (?:one|a|two|a few|three) (?:sentences?|words?)",
        r"(?:what(?:'s| is) |give me )?(?:the |a )?tl;? ?dr|in short|in brief|in a nutshell|brief me",
        rf"what(?:'s| is) {_THIS} (?:all )?about",
        r"what(?:'s| is) this(?: here)?",
        rf"what does {_THIS} (?:say|talk about|cover|discuss|teach|explain)",
        r"what does it say",
        rf"what(?:'s| is) (?:covered|discussed|explained) in {_THIS}",
        rf"(?:what|which) (?:topics|subjects|things) (?:does|are) (?:covered in )?{_POST}(?: cover| discuss)?",
        r"(?:what are |what(?:'s| is) |give me |tell me |list )?(?:the |its )?(?:main|key|central) "
        rf"(?:points?|ideas?|take-?aways?|messages?|topic|subject){_OF}",
        rf"(?:what(?:'s| is) )?(?:the )?(?:topic|subject) of {_POST}|topic|subject",
        rf"what (?:does|is) {_WRITER} (?:say|saying|writ(?:e|ing)|talk(?:ing)?)(?: about)?|what did you write about",
        rf"what (?:does|is) {_WRITER} (?:want|trying) to (?:say|tell us)",
        rf"(?:what are |what(?:'s| is) )?(?:the )?(?:take-?aways?|point|conclusion|message|bottom line) of {_POST}",
        rf"what (?:do|will|can|could|would) (?:i|we|you|readers?) learn(?: (?:from|in) {_THIS})?",
        rf"(?:explain|describe) {_POST}(?: to me)?|tell me (?:more )?about {_POST}",
    ),
    "greeting": (
        r"(?:hi|hello|hallo|hey|hiya|yo|sup|good (?:morning|afternoon|evening|day)|greetings|howdy)"
        r"(?:,? (?:there|all|you|bot|everyone))?"
        r"(?:,? how are you(?: doing)?(?: today)?)?",
        r"how are you(?: doing)?(?: today)?|how(?:'s| is) it going|what(?:'s| is) up",
        r"nice to meet you",
    ),
    "thanks": (
        r"(?:(?:ok|okay|great|cool|many|awesome|perfect|nice|no|good|alright),? )?(?:thanks|thank you|thx|cheers|ty)"
        r"(?: (?:a lot|so much|very much|you|again))?(?: for (?:your|the|all your) (?:help|answers?|time))?",
        r"(?:ok|okay|great|cool|nice|perfect|awesome|good|alright|all right|got it|i see)(?:,? (?:thanks|thank you))?",
        r"(?:what an? |really |very )*(?:great|nice|good|excellent|awesome|cool|interesting|helpful|amazing)"
        rf" (?:{_NOUNS}|answer)|well (?:done|written)",
        rf"i (?:really )?(?:love|like|loved|liked|enjoyed)(?: reading)? (?:this|the|your|it)(?: (?:{_NOUNS}))?",
        r"that (?:helped|was helpful|helps|was it|is all|'s all)(?: a lot)?",
    ),
    "goodbye": (
        r"(?:(?:ok|thanks|thank you),? )?(?:bye|bye bye|goodbye|good bye|see you|cu)(?: later| soon)?"
        r"(?:,? (?:thanks|thank you))?",
    ),
    "help": (
        r"i (?:don'?t|do not) (?:understand|get it)|wrong(?: answer)?"
        r"|(?:this|that|it)(?:'s| is| was)? (?:wrong|incorrect|not right|not what i asked)(?: answer)?",
        r"(?:you are|you're|ur) (?:\w+ )?(?:stupid|wrong|useless|dumb|bad|an idiot)",
        r"(?:ignore|disregard|forget) (?:all )?(?:of )?(?:the |your )?(?:previous|prior|above)"
        r" (?:instructions|prompts?).*",
        r"(?:give|show|print|reveal|tell)(?: me)? (?:your (?:system )?(?:prompt|instructions)|the system prompt)",
        r"what(?:'s| is)? (?:day|time|date) is (?:it|today)(?: today| now)?",
        r"what(?:'s| is) the time(?: now| today)?",
        r"help(?: me)?|i need (?:some )?help|(?:can|could) you help(?: me)?|how (?:can|do) you help(?: me)?",
        r"what (?:can|should|could|may) (?:you|i) (?:do|ask)(?: here| you)?",
        r"(?:what|which) (?:questions|things) (?:can|should|could|may) i ask(?: here| you)?",
        r"(?:can|may) i ask (?:you )?(?:something|a question|questions)(?: here)?|what(?:'s| is) this chat(?: for)?",
        r"(?:who|what) are you|what(?:'s| is) your name|who (?:made|built|created) you|what do you know",
        r"how do(?:es)? (?:you|this) work",
        r"are you (?:an? )?(?:bot|robot|human|person|ai|llm|chat ?gpt|chatbot|real|alive)",
    ),
}
_PATTERNS = {topic: re.compile("|".join(forms)) for topic, forms in _FORMS.items()}
_AND = re.compile(r",? (?:and|&) (?:also )?|, | ?/ ?")
# What the post's own fields tell; “who wrote this and when?” asks for two.
_FIELDS: frozenset[Topic] = frozenset({"title", "author", "date", "updated", "length"})
_SHORT: dict[str, Topic] = {"when": "date", "who": "author", "by whom": "author", "how long": "length"}
SMALL_TALK: frozenset[Topic] = frozenset({"greeting", "thanks", "goodbye", "help"})
# Words that ask for nothing.
_SAYS_NOTHING = re.compile(
    r"(?:test(?:ing)?(?: test(?:ing)?)*|yes|yep|yeah|no|nope|lol|haha+|hm+|idk|wtf|asdf\w*|qwerty\w*"
    r"|blah(?: blah)*)"
)


def find_topic(plain: str) -> Topic:
    """What is asked of the post itself, or said in small talk; "" for every other question.

    :param plain: the question in lower case, without marks behind it.
    """
    return next((topic for topic, pattern in _PATTERNS.items() if pattern.fullmatch(plain)), "")


def find_topics(plain: str) -> tuple[Topic, ...]:
    """All that is asked of the post itself, in order: “who wrote this and when?”; () for every other question.

    :param plain: as for `find_topic`.
    """
    if topic := find_topic(plain):
        return (topic,)
    parts = _AND.split(plain)
    if len(parts) < 2:
        return ()
    told = [find_topic(part) for part in parts]
    if told[0] and len(set(told)) == 1:
        # The same in other words: “outline / what sections are there”.
        return (told[0],)
    # Only “when?” and the like do not say that they mean the post.
    if not any(told):
        return ()
    topics = [topic or _SHORT.get(part, "") for topic, part in zip(told, parts, strict=True)]
    return tuple(dict.fromkeys(topics)) if _FIELDS.issuperset(topics) else ()


def says_nothing(plain: str) -> bool:
    """Whether the words, as for `find_topic`, ask for nothing: “test”, “yes”."""
    return _SAYS_NOTHING.fullmatch(plain) is not None
