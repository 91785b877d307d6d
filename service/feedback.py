"""What readers thought of answers, in a SQLite file of the owner's; never in the index, and without the question."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

FILE = "feedback.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (
    id TEXT PRIMARY KEY, rating TEXT NOT NULL, reason TEXT, note TEXT, given TEXT NOT NULL
) STRICT
"""
_WAIT_S = 5.0
# About 100 MB: strangers may send ratings of what nobody was answered, and could fill a disk with their notes.
_MOST_PAGES = 25_000


class NotKeptError(Exception):
    """The disk does not take what a reader thought; the message says why, for the owner."""


class Feedback:
    """The ratings by the id of the reply; safe to use from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        """:param folder: made when the first rating is given."""
        self._folder = folder

    def give(self, reply: str, rating: str | None, reason: str | None = None, note: str | None = None) -> None:
        """Keep the rating of the reply in place of an earlier one; None takes it back.

        :raises NotKeptError: when the folder cannot be made or written to.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._folder / FILE, timeout=_WAIT_S)) as kept, kept:
                kept.execute(f"PRAGMA max_page_count = {_MOST_PAGES}")
                kept.execute(_SCHEMA)
                if rating is None:
                    kept.execute("DELETE FROM feedback WHERE id = ?", (reply,))
                else:
                    now = datetime.now(UTC).isoformat(timespec="seconds")
                    kept.execute(
                        "INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?)", (reply, rating, reason, note, now)
                    )
        except (OSError, sqlite3.Error) as error:
            raise NotKeptError(f"Feedback cannot be kept in {self._folder}: {error}.") from error
