"""What is embedded of a passage, and the key by which a later build knows it again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from index.late import Projection
from index.store import Embedded
from index.types import Encoding, Passage
from index.vectors import unit_rows

# A passage longer than this (a code block of a million characters, say) is embedded as several texts: what the encoder
# makes of one text is in memory at once.
MAX_CHARS = 16_384


def embedded_texts(title: str, passage: Passage) -> list[str]:
    """The texts that are embedded, in order: the passage below its title and headings, cut where it is very long."""
    text = passage.text
    cuts = [0]
    while len(text) - cuts[-1] > MAX_CHARS:
        end = cuts[-1] + MAX_CHARS
        # Not within a word, unless it fills the half.
        space = max(text.rfind(sign, cuts[-1] + MAX_CHARS // 2, end) for sign in " \n")
        cuts.append(space + 1 or end)
    texts = [text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return [_context(title, passage) + texts[0], *texts[1:]]


def passage_key(title: str, passage: Passage) -> str:
    """SHA-256, in hex, of what is embedded, how it is cut, and where its sentences begin and end."""
    spans = ",".join(f"{s.start - passage.start}:{s.end - passage.start}" for s in passage.sentences)
    cut = f"\0{MAX_CHARS}" if len(passage.text) > MAX_CHARS else ""
    return hashlib.sha256(f"{_context(title, passage)}\0{passage.text}\0{spans}{cut}".encode()).hexdigest()


def embedded(title: str, passage: Passage, encodings: Iterator[Encoding], projection: Projection) -> Embedded:
    """What is stored of a passage. Takes as many encodings as there are `embedded_texts`, one at a time."""
    vectors, tokens, pieces, begins = [], [], [], []
    at = 0
    for text in embedded_texts(title, passage):
        encoding = next(encodings)
        vectors.append(encoding.vector * max(len(encoding.pieces), 1))
        tokens.append(projection.store(encoding.tokens))
        pieces.append(encoding.pieces.astype(np.int32))
        begins.append(encoding.spans[:, 0] + at)
        at += len(text)
    if not sum(map(len, pieces)):
        # Nothing that the tokenizer knows of, such as zero-width characters alone.
        tokens.append(projection.store(np.zeros((1, len(projection.matrix)), np.float32)))
        pieces.append(np.zeros(1, np.int32))
        begins.append(np.zeros(1, np.int64))
    firsts = np.searchsorted(np.concatenate(begins), text_starts(title, passage))
    stored = np.concatenate(tokens)
    starts: NDArray[np.int64] = np.minimum(firsts, len(stored) - 1).astype(np.int64)
    vector = vectors[0] if len(vectors) == 1 else np.sum(vectors, axis=0)
    return Embedded(unit_rows(vector[None])[0], stored, np.concatenate(pieces), starts)


def text_starts(title: str, passage: Passage) -> list[int]:
    """Where title and headings begin in what is embedded, which is 0, and where each sentence does."""
    offset = len(_context(title, passage)) - passage.start
    return [0, *(sentence.start + offset for sentence in passage.sentences)]


def _context(title: str, passage: Passage) -> str:
    """What the encoder reads before the passage, so that a sentence is understood where it stands."""
    heading = passage.heading[:-1] if passage.sentences[0].kind == "heading" else passage.heading
    return " > ".join((title, *heading)) + "\n"
