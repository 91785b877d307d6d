"""Questions for posts, not for what they say: which there are, the newest, those of a year, those about something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from index import Hit, PostCard, words
from service.evidence import Evidence, Quote
from service.expected import YEAR
from service.room import LIST_ROOM_WORDS, length_of

_POSTS = "(?:blog ?)?(?:posts|articles|entries)"
_POST = "(?:blog ?)?(?:posts?|articles?|entry|entries)"
_WRITTEN = "(?:written|published|posted)"
_BLOG = "(?:this|the|your) (?:blog|site|website)"
_COUNT = re.compile(
    rf"how many {_POSTS}(?: (?:are (?:there|here)|do you have|does {_BLOG} have|have you {_WRITTEN}"
    rf"|are (?:there )?on {_BLOG}))?"
    r"(?: in (?:total|all))?"
)
_ALL = re.compile(
    rf"(?:(?:list|show|name|give)(?: me)? )?(?:(?:all|of|the|your) )*{_POSTS}(?: titles| on {_BLOG})?"
    rf"|(?:what|which) {_POSTS} (?:are (?:there|here|available)|do you have|does {_BLOG} have|have you {_WRITTEN})"
)
_NEWEST = re.compile(
    rf"(?:(?:what(?:'s| is| are| was| were)|which (?:is|are)|show me|list|give me) )?(?:the |your )?"
    rf"(?:latest|newest|most recent|last|recent|new) {_POST}(?: on {_BLOG})?"
)
_YEAR = re.compile(
    rf"(?:(?:what|which|list|show me|all|the) )*{_POSTS}(?: (?:are|were|have been|was))?(?: {_WRITTEN})? (?:from|in|of)"
    rf" (?P<year>{YEAR})"
)
_ABOUT = re.compile(
    r"(?:(?:what|which|list|show me|all|any|the|other|are there|is there|do you have|have you (?:got|written)|an?) )+"
    rf"{_POST} (?:(?:is|are|that|which|talks?|talking|deals?|dealing|you have|written|there) )*"
    r"(?:about|on|with|mention(?:s|ing)?|discuss(?:es|ing)?|cover(?:s|ing)?|explain(?:s|ing)?) (?P<about>\S.*)"
)
# Of a few words, so many say that a post is about them.
_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class AskedPosts:
    """The posts that are asked for: all, their number (`counted`), the `newest`, those of a `year`, or `about`
    something.
    """

    counted: bool = False
    newest: bool = False
    year: str = ""
    about: str = ""


def asked_posts(plain: str) -> AskedPosts | None:
    """The posts that are asked for; None for every other question.

    :param plain: the question in lower case with straight quotes.
    """
    if _COUNT.fullmatch(plain):
        return AskedPosts(counted=True)
    if _ALL.fullmatch(plain):
        return AskedPosts()
    if _NEWEST.fullmatch(plain):
        return AskedPosts(newest=True)
    if found := _YEAR.fullmatch(plain):
        return AskedPosts(year=found["year"])
    found = _ABOUT.fullmatch(plain)
    return AskedPosts(about=found["about"]) if found else None


def list_posts(asked: AskedPosts, cards: Iterable[PostCard]) -> Evidence | None:
    """The titles of the posts, the newest first, as many as there is room for; or their number; None without any.

    :param asked: for anything but what posts are about.
    """
    newest = sorted(cards, key=lambda card: card.date, reverse=True)
    if asked.counted and newest:
        number = f"{len(newest):,} post{'s' if len(newest) > 1 else ''}"
        return Evidence("field", (Quote(newest[0], (), "", "field", number, None, None, field="posts"),))
    if asked.year:
        newest = [card for card in newest if card.date.startswith(asked.year)]
    if asked.newest:
        newest = [card for card in newest if card.date][:1]
    return _titles(newest)


def posts_about(asked: AskedPosts, hits: Sequence[Hit], cards: Mapping[str, PostCard]) -> Evidence | None:
    """The titles of the posts whose passages, with the headings above, say what is asked for; None where none does.

    :param hits: what was found for it, best first.
    """
    wanted = set(words(asked.about))
    said: dict[str, float] = {}
    for hit in hits:
        card = cards[hit.passage.post]
        own = wanted & set(words(" ".join((card.title, *hit.passage.heading, hit.passage.text))))
        said[card.id] = max(said.get(card.id, 0.0), len(own) / max(len(wanted), 1))
    most = max(said.values(), default=0.0)
    return _titles([cards[post] for post, share in said.items() if share == most > _SHARE])


def _titles(cards: Sequence[PostCard]) -> Evidence | None:
    # Each takes a word at least.
    quotes = [Quote(card, (), "", "field", card.title, None, None, field="title") for card in cards[:LIST_ROOM_WORDS]]
    lengths = accumulate(length_of([quote]) for quote in quotes)
    fitting = sum(1 for _ in takewhile(lambda length: length <= LIST_ROOM_WORDS, lengths))
    return Evidence("list", tuple(quotes[:fitting])) if fitting else None
