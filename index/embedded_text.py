"""What is embedded of a passage, and the key by which a later build knows it again."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from index.late import Projection
from index.store import Embedded
from index.types import Encoding, Passage

# Of a passage longer than this (a line of a million characters, say) only the beginning is embedded: what the encoder
# makes of a whole one would not fit into memory. Words are found, and sentences quoted, to its end.
MAX_CHARS = 65_536


def embedded_text(title: str, passage: Passage) -> str:
    """The text that is embedded: the passage below its title and headings."""
    return _context(title, passage) + passage.text[:MAX_CHARS]


def passage_key(title: str, passage: Passage) -> str:
    """SHA-256, in hex, of what is embedded and where its sentences begin and end."""
    spans = ",".join(f"{s.start - passage.start}:{s.end - passage.start}" for s in passage.sentences)
    return hashlib.sha256(f"{_context(title, passage)}\0{passage.text}\0{spans}".encode()).hexdigest()


def embedded(title: str, passage: Passage, encoding: Encoding, projection: Projection) -> Embedded:
    """What is stored of the encoding of the passage's `embedded_text`."""
    tokens, pieces, begins = encoding.tokens, encoding.pieces, encoding.spans[:, 0]
    if not len(tokens):
        # Nothing that the tokenizer knows of, such as zero-width characters alone.
        tokens = np.zeros((1, encoding.tokens.shape[1]), np.float32)
        pieces = begins = np.zeros(1, np.int64)
    offset = len(_context(title, passage)) - passage.start
    firsts = np.searchsorted(begins, [0, *(s.start + offset for s in passage.sentences)])
    starts: NDArray[np.int64] = np.minimum(firsts, len(tokens) - 1).astype(np.int64)
    return Embedded(encoding.vector, projection.store(tokens), pieces.astype(np.int32), starts)


def _context(title: str, passage: Passage) -> str:
    """What the encoder reads before the passage, so that a sentence is understood where it stands."""
    heading = passage.heading[:-1] if passage.sentences[0].kind == "heading" else passage.heading
    return " > ".join((title, *heading)) + "\n"
