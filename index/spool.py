"""The posts of a running build, on disk: memory holds one at a time, however many there are."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Set
from dataclasses import replace
from types import TracebackType
from typing import Self

from pydantic import TypeAdapter

from index.types import Post

_POSTS = TypeAdapter(Post)


class Spool:
    """Posts in the order they were added, each with the keys of its passages; iterate as often as needed."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the spool
        self._entries: list[tuple[str, str, int, tuple[str, ...]]] = []
        self._ids: Counter[str] = Counter()

    def add(self, post: Post, keys: tuple[str, ...]) -> None:
        """Take the post; `keys` are those of its passages, in order."""
        data = _POSTS.dump_json(post)
        self._file.seek(0, 2)
        self._file.write(data)
        self._entries.append((post.id, post.path, len(data), keys))
        self._ids[post.id] += 1

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def paths(self) -> set[str]:
        """The paths of the posts."""
        return {path for _, path, _, _ in self._entries}

    @property
    def passages(self) -> int:
        """How many passages the posts have."""
        return sum(len(keys) for _, _, _, keys in self._entries)

    def all_keys(self) -> Iterator[tuple[str, ...]]:
        """The keys of each post's passages, without reading the posts."""
        return (keys for _, _, _, keys in self._entries)

    def __iter__(self) -> Iterator[tuple[Post, tuple[str, ...]]]:
        """Each post with its keys; ids that would be the same have a short hash of the path added."""
        return self._read(lambda keys: True)

    def holding(self, wanted: Set[str]) -> Iterator[tuple[Post, tuple[str, ...]]]:
        """The posts that have a wanted key, when it is their turn."""
        return self._read(lambda keys: not wanted.isdisjoint(keys))

    def _read(self, chosen: Callable[[tuple[str, ...]], bool]) -> Iterator[tuple[Post, tuple[str, ...]]]:
        start = 0
        for post_id, path, length, keys in self._entries:
            if chosen(keys):
                self._file.seek(start)
                post = _POSTS.validate_json(self._file.read(length))
                if self._ids[post_id] > 1:
                    post = replace(post, id=f"{post_id}-{hashlib.sha256(path.encode()).hexdigest()[:8]}")
                yield post, keys
            start += length

    def close(self) -> None:
        """Let go of the file, and with it of the posts."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
