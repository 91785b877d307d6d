"""A published generation, opened for answering: verified, read-only, memory-mapped where it is large."""

from __future__ import annotations

import json
import mmap
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.late import Projection
from index.lexical import Lexical
from index.spelling import WordCount
from index.store import layout
from index.store.finished import Embedded
from index.store.records import Records
from index.store.vectors import Vectors
from index.types import Floats, Heading, Passage, Post, PostCard


class Generation:
    """One complete index of a blog. Passages are numbered by rows from 0, those of a post in order and together."""

    def __init__(self, folder: Path) -> None:
        """Open and verify the generation.

        :raises IndexDamagedError: when it is of another format version, or a file has changed or is missing.
        """
        self.folder = folder
        self.manifest = layout.read_manifest(folder)
        layout.verify(folder, self.manifest)
        try:
            self._open()
        except (KeyError, ValueError, OSError, RuntimeError, sqlite3.Error) as error:
            # The digests are right, so it was written so: by another version of this program, or with a fault.
            raise layout.unreadable(folder) from error

    def _open(self) -> None:
        self._records = Records(self.folder / layout.POSTS)
        self.vectors = Vectors.load(self.folder / layout.VECTORS)
        self.lexical = Lexical.load(self.folder / layout.LEXICAL, len(self))
        with np.load(self.folder / layout.TABLES) as tables:
            self.projection = Projection(tables["matrix"], tables["scale"])
            self.piece_weights: Floats = tables["piece_weights"]
            self._starts: NDArray[np.int64] = tables["starts"]
            self._first_start: NDArray[np.int64] = tables["first_start"]
            self._first_token: NDArray[np.int64] = tables["first_token"]
        suggestions = self.folder / layout.SUGGESTIONS
        # A draft whose suggestions are still being checked has none.
        self.suggestions: Mapping[str, Sequence[str]] = (
            json.loads(suggestions.read_text(encoding="utf-8")) if suggestions.exists() else {}
        )
        width = self.projection.matrix.shape[1]
        self._tokens_file, self._pieces_file = (
            _mapped(self.folder / layout.TOKENS),
            _mapped(self.folder / layout.PIECES),
        )
        self._tokens = np.frombuffer(self._tokens_file, np.int8).reshape(-1, width)
        self._pieces = np.frombuffer(self._pieces_file, np.int32)

    def __len__(self) -> int:
        return self.manifest.passages

    @property
    def words(self) -> Mapping[str, int]:
        """How often each word stands in the posts, as it is written there; empty where that was not counted."""
        file = self.folder / layout.WORDS
        return WordCount.load(file) if file.exists() else {}

    @property
    def encoder(self) -> Path:
        """The folder of the exported encoder."""
        return self.folder / layout.ENCODER

    @property
    def encoder_digests(self) -> dict[str, str]:
        """The SHA-256 of each file of the exported encoder: equal where the encoder is."""
        return {name: found for name, found in self.manifest.files.items() if name.startswith(f"{layout.ENCODER}/")}

    @property
    def cards(self) -> dict[str, PostCard]:
        """The posts by id, in order."""
        return self._records.cards

    def post(self, post: str) -> Post | None:
        """The whole post with this id."""
        return self._records.post(post)

    def posts(self) -> Iterator[Post]:
        """All posts in order, one at a time."""
        return self._records.posts()

    def headings(self) -> Iterator[tuple[PostCard, tuple[Heading, ...]]]:
        """Each post with its headings, in order."""
        return self._records.headings()

    def rows(self, post: str | None) -> range:
        """The rows of the post's passages, or of all."""
        return range(len(self)) if post is None else self._records.spans[post]

    def passage(self, row: int) -> Passage:
        """The passage in this row."""
        return self._records.passage(row)

    def keys(self) -> dict[str, int]:
        """The row of each passage by the key of what was embedded."""
        return self._records.keys()

    def tokens(self, rows: Sequence[int]) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
        """The passages' token vectors one after another, (n, kept) int8, and where their parts begin in them.

        The parts of a passage are its context (title and headings), then its sentences.
        """
        tokens, starts, length = [], [], 0
        for row in rows:
            first, last = self._first_token[row], self._first_token[row + 1]
            tokens.append(self._tokens[first:last])
            own = self._starts[self._first_start[row] : self._first_start[row + 1]]
            starts.append(own - first + length)
            length += last - first
        return np.concatenate(tokens), np.concatenate(starts)

    def pieces(self, row: int) -> NDArray[np.int32]:
        """(n,) ids of the word pieces whose vectors `tokens` gives."""
        return np.asarray(self._pieces[self._first_token[row] : self._first_token[row + 1]])

    def embedded(self, row: int) -> Embedded:
        """All that is stored of what the encoder made of the passage."""
        tokens, starts = self.tokens([row])
        return Embedded(self.vectors.rows(np.array([row]))[0], tokens, self.pieces(row), starts)

    def sources(self) -> dict[str, Any]:
        """What `Draft.add_sources` kept; empty when nothing was."""
        file = self.folder / layout.SOURCES
        return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}

    def forget(self) -> None:
        """Have memory let go of the word pieces that were looked at; they are read again when they are needed."""
        for file in (self._tokens_file, self._pieces_file):
            file.madvise(mmap.MADV_DONTNEED)

    def close(self) -> None:
        """Let go of the files; nothing may be read any more."""
        self._records.close()
        # The files are mapped for as long as anything refers to them.
        del self.vectors, self.lexical, self._tokens, self._pieces, self._tokens_file, self._pieces_file


def _mapped(file: Path) -> mmap.mmap:
    with file.open("rb") as opened:
        return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)


def open_index(index: Path) -> Generation:
    """The live generation of the index folder.

    :raises IndexMissingError: when there is none.
    :raises IndexDamagedError: when it cannot be trusted.
    """
    return Generation(layout.live_generation(index))
