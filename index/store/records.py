"""Posts and passages ↔ one SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path

from pydantic import TypeAdapter

from index.types import Heading, Passage, Post, PostCard

_POSTS = TypeAdapter(Post)
_PASSAGES = TypeAdapter(Passage)
_HEADINGS = TypeAdapter(tuple[Heading, ...])
_SCHEMA = """
CREATE TABLE posts (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, path TEXT NOT NULL UNIQUE, title TEXT NOT NULL, url TEXT NOT NULL,
    date TEXT NOT NULL, headings TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, document TEXT NOT NULL
) STRICT;
CREATE TABLE passages (row INTEGER PRIMARY KEY, key TEXT NOT NULL, document TEXT NOT NULL) STRICT;
"""
_KEPT_PASSAGES = 2048


class RecordsWriter:
    """Writes a new file, post by post and passage by passage, in order."""

    def __init__(self, file: Path) -> None:
        self._records = sqlite3.connect(file)
        self._records.executescript(_SCHEMA)
        self._passages = 0

    def add_post(self, post: Post, rows: range) -> None:
        """Write the post, whose passages will stand in these rows."""
        headings, document = _HEADINGS.dump_json(post.headings).decode(), _POSTS.dump_json(post).decode()
        self._records.execute(
            "INSERT INTO posts (id, path, title, url, date, headings, first, last, document)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (post.id, post.path, post.title, post.url, post.date, headings, rows.start, rows.stop, document),
        )

    def add_passage(self, passage: Passage, key: str) -> None:
        """Write the passage into the next row; the key names what was embedded."""
        self._records.execute(
            "INSERT INTO passages (row, key, document) VALUES (?, ?, ?)",
            (self._passages, key, _PASSAGES.dump_json(passage).decode()),
        )
        self._passages += 1

    def commit(self) -> None:
        """Have everything in the file."""
        self._records.commit()

    def close(self) -> None:
        """Let go of the file."""
        self._records.close()


class Records:
    """The posts and passages of one generation, read-only; safe to use from several threads."""

    def __init__(self, file: Path) -> None:
        # SQLite serialises the calls of threads that share a connection; the file never changes.
        self._records = sqlite3.connect(
            f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        # Bound to the connection and not to this object, which so dies, with all it holds, as soon as nobody uses it.
        self.passage = lru_cache(_KEPT_PASSAGES)(partial(_passage, self._records))
        self.cards = {
            row[0]: PostCard(*row)
            for row in self._records.execute("SELECT id, path, title, url, date FROM posts ORDER BY row")
        }
        self.spans = {
            row[0]: range(row[1], row[2]) for row in self._records.execute("SELECT id, first, last FROM posts")
        }

    def post(self, post: str) -> Post | None:
        """The whole post with this id."""
        found = self._records.execute("SELECT document FROM posts WHERE id = ?", (post,)).fetchone()
        return found and _POSTS.validate_json(found[0])

    def headings(self) -> Iterator[tuple[PostCard, tuple[Heading, ...]]]:
        """Each post with its headings, in order."""
        for post, headings in self._records.execute("SELECT id, headings FROM posts ORDER BY row"):
            yield self.cards[post], _HEADINGS.validate_json(headings)

    def posts(self) -> Iterator[Post]:
        """All posts in order, one at a time."""
        for card in self.cards:
            post = self.post(card)
            assert post is not None
            yield post

    def keys(self) -> dict[str, int]:
        """The row of each passage by the key of what was embedded."""
        return dict(self._records.execute("SELECT key, row FROM passages"))

    def close(self) -> None:
        """Let go of the file, and of what was read from it."""
        self.passage.cache_clear()
        self._records.close()


def _passage(records: sqlite3.Connection, row: int) -> Passage:
    (document,) = records.execute("SELECT document FROM passages WHERE row = ?", (row,)).fetchone()
    return _PASSAGES.validate_json(document)
