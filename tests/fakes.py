"""The only fake of these tests: an encoder that hashes words, so that logic can be tested without a model."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from index.types import Encoding, Floats
from index.vectors import unit_rows

DIMENSIONS = 64
_VOCABULARY = 5_000
_PIECE = re.compile(r"\w+|[^\w\s]")


class WordEncoder:
    """A `BuildEncoder` whose pieces are words: the same word has the same vector wherever it stands.

    `texts` holds everything that was encoded, in order.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str]) -> Iterator[Encoding]:
        """One encoding for each text; its vector is the mean of its words' vectors."""
        for text in texts:
            self.texts.append(text)
            found = list(_PIECE.finditer(text))
            pieces = np.array([_hashed(m.group().lower()) for m in found], dtype=np.int64)
            tokens = word_vectors(pieces)
            yield Encoding(
                vector=unit_rows(tokens.sum(axis=0, keepdims=True))[0],
                tokens=tokens,
                pieces=pieces,
                spans=np.array([m.span() for m in found], dtype=np.int64).reshape(-1, 2),
            )

    def knows(self, word: str) -> bool:
        """It was made for no words."""
        return False

    def export(self, folder: Path) -> None:
        """A file that stands for the encoder."""
        (folder / "words.txt").write_text("hash of words\n", encoding="utf-8")

    def sample_tokens(self) -> Floats:
        """(500, 64) float32."""
        return word_vectors(np.arange(500))


def word_vectors(pieces: np.ndarray) -> Floats:
    """(n, 64) float32, unit rows: a random direction for each piece, always the same one."""
    rows = [np.random.default_rng(int(piece)).standard_normal(DIMENSIONS) for piece in pieces]
    return unit_rows(np.array(rows, dtype=np.float32).reshape(-1, DIMENSIONS))


def stand_in_model(folder: Path, name: str = "words") -> Path:
    """A model's folder as far as a build looks at it: `name` is what tells it from another model."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(f'{{"name": "{name}"}}', encoding="utf-8")
    return folder


def _hashed(word: str) -> int:
    return int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big") % _VOCABULARY
