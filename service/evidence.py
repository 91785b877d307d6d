"""What an answer is made of: quotes, each a contiguous span of a post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from index import PostCard, SentenceKind

# How the quotes are to be set: a list is shown an item a line; a row with its header; code as it stands.
Layout: TypeAlias = Literal["sentences", "list", "row", "code", "field"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a post: `post.text[start:end]` is `text`. A fact about the post itself has a `field` and no offsets."""

    post: PostCard
    heading: tuple[str, ...]
    anchor: str
    kind: SentenceKind | Literal["field"]
    text: str
    start: int | None
    end: int | None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The quotes that answer, in reading order, and what speaks for them.

    `lead_in` is the quote that introduces a list or code, or the header of a row; `match` the late-interaction score of
    the sentence that was chosen, -1 to 1; `coverage` the weighted share, 0 to 1, of the question that the quotes match.
    """

    layout: Layout
    quotes: tuple[Quote, ...]
    lead_in: Quote | None = None
    match: float = 0.0
    coverage: float = 0.0
