"""The values that flow through the index.

Offsets are half-open, in code points, into the `text` of the post: `post.text[start:end]` is the quote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]

BlockKind: TypeAlias = Literal["paragraph", "list", "table", "code", "quote", "caption", "footnote"]
PartKind: TypeAlias = Literal["item", "header", "row"]
SentenceKind: TypeAlias = Literal["sentence", "list_item", "row", "code", "heading", "caption", "footnote", "quote"]


@dataclass(frozen=True, slots=True)
class Part:
    """A list item's own text (without the items nested in it), or a table's header or row.

    `depth` is 0 for an item of the outermost list. The cells of a row stand in the text divided by ` | `.
    """

    kind: PartKind
    start: int
    end: int
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """One block as the reader sees it. Lists have an item a line, tables a row a line; only these have `parts`.

    `note` is the number or name of a footnote's definition; `language` is that of a code block, lower case.
    """

    kind: BlockKind
    start: int
    end: int
    parts: tuple[Part, ...] = ()
    note: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the blocks up to the next heading, of any level.

    `heading` is the path of headings from the top of the post, this one last; the text before the first heading is
    a section with an empty path, anchor and title span. What goes on below a box with sections of its own has the path
    of its section and an empty title span. `start:end` covers the title and the blocks.
    """

    heading: tuple[str, ...]
    anchor: str
    level: int
    title_start: int
    title_end: int
    start: int
    end: int
    blocks: tuple[Block, ...]

    @property
    def is_titled(self) -> bool:
        """Whether its heading stands above it."""
        return self.title_end > self.title_start


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a post; `level` is 1 to 6."""

    text: str
    anchor: str
    level: int


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Where in the text a footnote is referred to: the note named `note` belongs to the sentence around `at`."""

    at: int
    note: str


@dataclass(frozen=True, slots=True)
class Post:
    """A parsed post. `text` is its rendered blocks in order, headings included, joined by blank lines.

    `html` is the same blocks as safe HTML (no scripts, handlers or foreign schemes), headings with their ids.
    `path` is POSIX, relative to the content folder; `id` the path without its suffix, `/` as `--`; `url` the address on
    the owner's site or "" when that is not known; `date` and `updated` ISO 8601 or ""; `digest` the SHA-256 of the
    source, in hex.
    `gaps` are the spans of the text, often empty, at which the owner's page shows something else: the number of a
    footnote, a line break, the border of a table's cell, a formula as it is typeset.
    `images` are those of the content folder that the post shows: (`src` in the html, path in the content folder).
    """

    id: str
    path: str
    title: str
    url: str
    date: str
    text: str
    html: str
    sections: tuple[Section, ...]
    digest: str
    description: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    note_marks: tuple[NoteMark, ...] = ()
    gaps: tuple[tuple[int, int], ...] = ()
    images: tuple[tuple[str, str], ...] = ()

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings in order."""
        return tuple(Heading(s.heading[-1], s.anchor, s.level) for s in self.sections if s.is_titled)


@dataclass(frozen=True, slots=True)
class PostCard:
    """What is needed of a post to name it and link to it; the fields are `Post`'s."""

    id: str
    path: str
    title: str
    url: str
    date: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something in a post that the owner should know of: left out, not understood, or not in English."""

    path: str
    line: int
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """The smallest text that is quoted: a sentence, or a whole row, code block or heading.

    `block` counts the blocks of the post from 0, `part` the parts of the block; a list item of three sentences is three
    sentences of kind `list_item` with the same block and part. `header` and `note` are the spans of the table header
    and of the footnote that belong to it.
    """

    kind: SentenceKind
    start: int
    end: int
    block: int
    part: int = 0
    depth: int = 0
    header: tuple[int, int] | None = None
    note: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring whole sentences of one section: what is embedded and ranked. `text` is the post's `start:end`."""

    post: str
    heading: tuple[str, ...]
    anchor: str
    start: int
    end: int
    text: str
    sentences: tuple[Sentence, ...]

    def quote(self, sentence: Sentence) -> str:
        """The sentence's text, to the letter."""
        return self.text[sentence.start - self.start : sentence.end - self.start]


@dataclass(frozen=True, slots=True)
class Encoding:
    """What the encoder makes of one text.

    `vector`: (dim,) float32, unit length. `tokens`: (n, dim) float32, unit rows, one for each word piece without the
    special ones. `pieces`: (n,) int64, ids of the word pieces. `spans`: (n, 2) int64, each piece's offsets in the text.
    """

    vector: Floats
    tokens: Floats
    pieces: NDArray[np.int64]
    spans: NDArray[np.int64]


class Encoder(Protocol):
    """Turns texts into vectors: sentence-transformers when indexing, ONNX Runtime when answering, words in tests."""

    def encode(self, texts: Sequence[str]) -> Iterator[Encoding]:
        """One encoding for each text, in order; texts longer than the model takes are read in pieces."""
        ...


class QueryEncoder(Encoder, Protocol):
    """An encoder of questions, which also tells what words it was made for."""

    def knows(self, word: str) -> bool:
        """Whether it reads the word, in lower case, as one piece."""
        ...


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that may answer. Scores: higher is nearer.

    `score` is what hits are ranked by, about 0 to 1; `match` the late-interaction score of its best sentence, and
    `dense` its cosine, each -1 to 1; `lexical` the BM25 score, 0 or more.
    `dense_rank` and `lexical_rank` count from 1. `alignment` is (sentences, pieces) float32, -1 to 1: how well the best
    word piece of each sentence matches each word piece of the question; `context` is (pieces,), the same for the title
    and the headings that the passage stands under. `tokens` is (n, kept) int8, the vectors of all sentences one after
    another, and `starts` (sentences + 1,) where each begins in it and the last one ends.
    """

    passage: Passage
    score: float
    match: float
    dense: float
    lexical: float
    dense_rank: int
    lexical_rank: int
    alignment: Floats
    context: Floats
    tokens: NDArray[np.int8]
    starts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The hits for a question, best first.

    `shares` is (pieces,) float32 with sum 1: how much each word piece of the question counts; `spans` is (pieces, 2),
    the pieces' offsets in the question; `asked` is (pieces, kept) float32, their vectors: the product with a hit's
    `tokens` is a cosine.
    """

    question: str
    hits: tuple[Hit, ...]
    shares: Floats
    spans: NDArray[np.int64]
    asked: Floats
