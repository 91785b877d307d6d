"""The items of a post's lists with the numbers that its page gives them.

A step with a command, and words behind it, is one item on the page and several lists in the text; one that is only a
picture has no words; and what goes on below a paragraph goes on with its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from index import Part, Post, Section

# What ends an item's own words.
_ENDS = frozenset({"ul", "ol", "dl", "pre", "table", "blockquote"})
_MARKS = re.compile(r"[\W_]+")
# Of longer words, so many that are the same tell that one is the beginning of the other.
_SAME_CHARS = 12


@dataclass(frozen=True, slots=True)
class Item:
    """An item of an outermost list. `number`: as on the page, a bullet's from 1; `part`: its own words, None where it
    has none; `section`: where it stands.
    """

    number: int
    part: Part | None
    section: Section | None


def numbered_lists(post: Post) -> list[list[Item]]:
    """The post's lists, in order; pieces that the page counts on, or that only code divides, are one list."""
    page = _Page()
    page.feed(post.html)
    page.close()
    waiting = [(_key(post.text[part.start : part.end]), section, part) for section, part in _places(post)]
    taken: set[int] = set()
    left, made = 0, []
    for one in page.lists:
        items = []
        # What stands between the pieces of a list is left for the next.
        while left in taken:
            left += 1
        at = left
        for number, words in zip(one.numbers(), one.items, strict=True):
            key = _key("".join(words))
            free = (i for i in range(at, len(waiting)) if i not in taken)
            found = next((i for i in free if _same(key, waiting[i][0])), None)
            if found is None:
                items.append(Item(number, None, None))
            else:
                at, (_, section, part) = found + 1, waiting[found]
                taken.add(found)
                items.append(Item(number, part, section))
        made.append(items)
    return made


def _places(post: Post) -> Iterator[tuple[Section, Part]]:
    for section in post.sections:
        for block in section.blocks:
            if block.kind == "list":
                yield from ((section, part) for part in block.parts if part.depth == 0)


def _key(text: str) -> str:
    return _MARKS.sub("", text).lower()


def _same(one: str, other: str) -> bool:
    if not one or not other:
        return False
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= _SAME_CHARS and longer.startswith(shorter))


@dataclass(slots=True)
class _List:
    tag: str
    start: int | None
    descending: bool
    items: list[list[str]]

    def numbers(self) -> range:
        count = len(self.items)
        if self.descending:
            first = count if self.start is None else self.start
            return range(first, first - count, -1)
        first = 1 if self.start is None else self.start
        return range(first, first + count)


class _Page(HTMLParser):
    """Reads the outermost lists of a page and the words of their items."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lists: list[_List] = []
        self._open = _List("", None, descending=False, items=[])
        self._depth = self._code = 0
        self._own = self._between = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ENDS:
            self._own = False
        if tag in ("ul", "ol"):
            if not self._depth:
                self._begin(tag, dict(attrs))
            self._depth += 1
        elif tag == "li" and self._depth == 1:
            self._open.items.append([])
            self._own = True
        elif tag == "pre":
            self._code += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol") and self._depth:
            self._depth -= 1
            self._own = False
        elif tag == "pre" and self._code:
            self._code -= 1

    def handle_data(self, data: str) -> None:
        if self._own:
            self._open.items[-1].append(data)
        elif not self._depth and not self._code and data.strip():
            self._between = True

    def _begin(self, tag: str, attributes: dict[str, str | None]) -> None:
        start = attributes.get("start") or ""
        first = int(start) if re.fullmatch(r"\d{1,4}", start) else None
        counts_on = first not in (None, 1)
        # Where it counts on, bullets may stand between.
        before = [one for one in self.lists if one.tag == tag] if counts_on else self.lists
        goes_on = (
            bool(before)
            and before[-1].tag == tag
            and not before[-1].descending
            and (first == before[-1].numbers().stop if counts_on else not self._between)
        )
        self._open = before[-1] if goes_on else _List(tag, first, "reversed" in attributes, [])
        if not goes_on:
            self.lists.append(self._open)
        self._between = False
