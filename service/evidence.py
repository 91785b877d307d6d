"""What an answer is made of: quotes, each a contiguous span of a post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from index import Block, Passage, Post, PostCard, Section, Sentence, SentenceKind

# How the quotes are to be set: a list is shown an item a line; a row with its header; code as it stands.
Layout: TypeAlias = Literal["sentences", "list", "row", "code", "field"]
# What is no running text, as a layout and as a kind of quote.
SET_APART = frozenset({"row", "code"})


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a post: `post.text[start:end]` is `text`. A fact about the post itself has a `field` and no offsets.

    `depth`: of an item, how many others it stands below.
    """

    post: PostCard
    heading: tuple[str, ...]
    anchor: str
    kind: SentenceKind | Literal["field"]
    text: str
    start: int | None
    end: int | None
    field: str = ""
    depth: int = 0

    def overlaps(self, other: Quote) -> bool:
        """Whether both are of the same words of a post, in part or all."""
        if self.post != other.post or None in (self.start, self.end, other.start, other.end):
            return False
        return self.start < other.end and other.start < self.end  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The quotes that answer, in reading order; `lead_in` introduces a list or code, or is the header of a row.

    `counted`: it was asked how many there are, and these are all.
    """

    layout: Layout
    quotes: tuple[Quote, ...]
    lead_in: Quote | None = None
    counted: bool = False

    @property
    def depths(self) -> list[int]:
        """How far each quote is to be indented, from 0."""
        least = min((quote.depth for quote in self.quotes), default=0)
        return [quote.depth - least for quote in self.quotes]

    @property
    def all_quotes(self) -> tuple[Quote, ...]:
        """The quotes, with what leads in to them first."""
        return (self.lead_in, *self.quotes) if self.lead_in else self.quotes


@dataclass(frozen=True, slots=True)
class Source:
    """A post with its card: quotes are cut from the one and name the other."""

    card: PostCard
    post: Post

    def block(self, number: int) -> tuple[Section, Block]:
        """The post's block with this number, counted from 0 over all sections, and the section that it is in.

        :raises IndexError: when there are not so many.
        """
        rest = number
        for section in self.post.sections:
            if rest < len(section.blocks):
                return section, section.blocks[rest]
            rest -= len(section.blocks)
        raise IndexError(f"the post {self.card.id} has no block {number}")

    def behind(self, number: int) -> tuple[int, Section, Block] | None:
        """The block behind the one with this number, past a title of code: its number, its section, and itself."""
        try:
            behind = number + 2 if self.block(number + 1)[1].kind == "caption" else number + 1
            return (behind, *self.block(behind))
        except IndexError:
            return None

    def code_behind(self, sentence: Sentence) -> tuple[int, Block] | None:
        """The code right behind the sentence, in the same section, and its number."""
        section, block = self.block(sentence.block)
        behind = self.behind(sentence.block)
        if sentence.end != block.end or behind is None:
            return None
        number, below, code = behind
        return (number, code) if code.kind == "code" and below == section else None

    def title(self, section: Section) -> Quote:
        """The section's own heading."""
        return self.quote(section.heading, section.anchor, "heading", section.title_start, section.title_end)

    def quote(self, heading: tuple[str, ...], anchor: str, kind: SentenceKind, start: int, end: int) -> Quote:
        """The post's words from `start` to `end`, which stand under the heading."""
        return Quote(self.card, heading, anchor, kind, self.post.text[start:end], start, end)

    def cut(self, passage: Passage, kind: SentenceKind, start: int, end: int) -> Quote:
        """The post's words from `start` to `end`, which stand in the passage."""
        return self.quote(passage.heading, passage.anchor, kind, start, end)
