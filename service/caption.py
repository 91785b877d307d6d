"""The caption of a picture that a question asks for by what is on it: “what is shown in the picture of the barn?”."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index import Block, Section, content_words, words
from service.evidence import Evidence, Source
from service.room import ROOM_WORDS
from service.trim import opening

# Of these there are others than to be looked at: a container's image, a chart that installs, a map of keys.
_AMBIGUOUS = r"(?:images?|graphics?|charts?|diagrams?|plots?|maps?)"
_PICTURE = (
    r"(?:pictures?|photos?|photographs?|figures?|fig\.?|graphs?|screenshots?|illustrations?|drawings?|gif|meme"
    rf"|{_AMBIGUOUS})"
)
_OF = r"(?: (?:of|from|with|about|for|in|on|at|under|below|showing|where|by|near|next to|after|before)\b)?"
_THE = r"(?:(?:the|this|that|his|her|their|its|your|my|an?) )?"
_SAYS = r"(?:says?|reads?|shows?|depicts?|mean)"
_FORMS = (
    rf"(?:(?:what(?:'s| is| does)|show me|give me|tell me) )?{_THE}captions?\b ?"
    rf"(?:(?:say )?(?:of|for|under|below|to|on) )?{_THE}(?:{_PICTURE})?{_OF}(?P<caption>.*)",
    rf"what(?:'s| is| are) (?:(?:being )?(?:shown|displayed|seen|visible|depicted|drawn|going on|happening) )?"
    rf"(?:in|on) {_THE}{_PICTURE}{_OF}(?P<shown>.*)",
    rf"what (?:does|do) {_THE}{_PICTURE}{_OF}(?P<says>.*?) ?{_SAYS}",
    rf"what (?:does|do) {_THE}{_PICTURE}{_OF} ?{_SAYS}(?P<says_of>.*)",
    rf"what (?:does it say|is (?:written|said)|stands) (?:below|under|beneath|next to|beside) {_THE}{_PICTURE}{_OF}"
    r"(?P<below>.*)",
    rf"what (?:can|do) (?:you|we|i|one) see (?:in|on) {_THE}{_PICTURE}{_OF}(?P<seen>.*)",
)
_WORDED = frozenset({"caption", "below"})
_NO_PICTURE = re.compile(rf"\b{_AMBIGUOUS}\b")
_ASKED = re.compile("|".join(f"(?:{form})" for form in _FORMS))


@dataclass(frozen=True, slots=True)
class AskedCaption:
    """`of` tells which picture is meant, if anything; `worded` whether its words are asked for, not what it shows."""

    of: str
    worded: bool


def asked_caption(plain: str) -> AskedCaption | None:
    """What a question asks of a picture; None for a question of none.

    :param plain: the question in lower case, without marks behind it.
    """
    found = _ASKED.fullmatch(plain)
    if found is None:
        return None
    told = {name: rest.strip() for name, rest in found.groupdict().items() if rest is not None}
    (name, of) = next(iter(told.items()))
    worded = name in _WORDED
    return None if _NO_PICTURE.search(plain) and not (of or worded) else AskedCaption(of, worded)


def caption_of(asked: AskedCaption, own: Source) -> Evidence | None:
    """The caption that says the most of this, by itself or with its section's heading, or the one with that number; the
    only one where nothing is said. None where none says half of it, or several say as much.
    """
    wanted = set(content_words(asked.of)) if asked.of else set()
    captions = [
        (section, block) for section in own.post.sections for block in section.blocks if block.kind == "caption"
    ]
    if asked.of.isdigit():
        numbered = re.compile(rf"(?:figure|fig\.?|photo|picture|image) ?{asked.of}\b", re.IGNORECASE)
        captions = [(section, block) for section, block in captions if numbered.match(own.post.text, block.start)]
    told = [(_said(wanted, own, section, block), section, block) for section, block in captions]
    best = max((said for said, _, _ in told), default=(0, 0))
    chosen = [(section, block) for said, section, block in told if said == best]
    if len(chosen) != 1 or 2 * sum(best) < len(wanted):
        return None
    section, block = chosen[0]
    quote = own.quote(section.heading, section.anchor, "caption", block.start, block.end)
    return Evidence("sentences", (opening(quote, ROOM_WORDS),))


def _said(wanted: set[str], own: Source, section: Section, block: Block) -> tuple[int, int]:
    """How many of the words the caption says, and how many only the heading above it."""
    own_words = set(words(own.post.text[block.start : block.end]))
    above = set(words(section.heading[-1])) if section.heading else set()
    return len(wanted & own_words), len((wanted & above) - own_words)
