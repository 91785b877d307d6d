"""A new generation, written beside the live one and published by renaming: whoever reads sees all of it or nothing."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexBusyError
from index.late import Projection, piece_weights
from index.lexical import LexicalDraft
from index.spelling import WordCount
from index.store import layout
from index.store.finished import Embedded
from index.store.records import RecordsWriter
from index.store.vectors import Vectors
from index.types import Floats, Passage, Post

# The vectors of a draft, until all are there.
_VECTORS = "vectors.part"
# Of how many passages the word pieces are counted together.
_COUNTED_PASSAGES = 1024


class Draft:
    """A generation in the making: posts, then their passages, go in one by one and in order."""

    def __init__(self, folder: Path, projection: Projection) -> None:
        self.folder = folder
        self.projection = projection
        self._tokens = (folder / layout.TOKENS).open("wb")
        self._pieces = (folder / layout.PIECES).open("wb")
        self._records = RecordsWriter(folder / layout.POSTS)
        self._posts = self._promised = 0
        self._title = ""
        self._lexical = LexicalDraft()
        self._words = WordCount()
        self._vectors = (folder / _VECTORS).open("wb")
        self._dimensions = 0
        self._starts, self._first_start, self._first_token = array("q"), array("q", [0]), array("q", [0])

    def add_post(self, post: Post, passages: int) -> None:
        """Take the post, and promise that many passages of it."""
        self._records.add_post(post, range(self._promised, self._promised + passages))
        self._promised += passages
        self._posts += 1
        self._title = post.title
        self._words.add(post.title)

    def add_passage(self, passage: Passage, key: str, embedded: Embedded) -> None:
        """Take the next passage of the post that was added last.

        :param key: names what was embedded, so that the next build can take over its vectors.
        """
        self._records.add_passage(passage, key)
        self._words.add(passage.text)
        self._lexical.add(passage.text, " ".join((self._title, *passage.heading)))
        self._dimensions = len(embedded.vector)
        self._vectors.write(embedded.vector.tobytes())
        self._starts.extend((embedded.starts + self._first_token[-1]).tolist())
        self._first_start.append(len(self._starts))
        self._first_token.append(self._first_token[-1] + len(embedded.tokens))
        self._tokens.write(embedded.tokens.tobytes())
        self._pieces.write(embedded.pieces.tobytes())

    def add_sources(self, sources: Mapping[str, object]) -> None:
        """Keep what is known of the files that the posts were read from, for the next build."""
        (self.folder / layout.SOURCES).write_text(json.dumps(sources, ensure_ascii=False), encoding="utf-8")

    def close(self) -> None:
        """Let go of the files that are written as passages come in."""
        for file in (self._tokens, self._pieces, self._vectors, self._records, self._lexical):
            file.close()

    def finish(self, manifest: layout.Manifest, export_encoder: Callable[[Path], None]) -> None:
        """Write what is made from all passages together, and the manifest with its counts and digests filled in.

        :param export_encoder: writes the query encoder into the folder that it is given.
        """
        self._lexical.finish().save(self.folder / layout.LEXICAL)
        self._words.save(self.folder / layout.WORDS)
        self._records.commit()
        self.close()
        vectors = self.folder / _VECTORS
        Vectors.read(vectors, self._dimensions).save(self.folder / layout.VECTORS)
        vectors.unlink()
        starts, first_start = np.array(self._starts, np.int64), np.array(self._first_start, np.int64)
        first_token = np.array(self._first_token, np.int64)
        np.savez(
            self.folder / layout.TABLES,
            matrix=self.projection.matrix,
            scale=self.projection.scale,
            piece_weights=_weights(self.folder / layout.PIECES, starts, first_start, first_token),
            starts=starts,
            first_start=first_start,
            first_token=first_token,
        )
        encoder = self.folder / layout.ENCODER
        encoder.mkdir()
        export_encoder(encoder)
        layout.write_manifest(
            self.folder,
            replace(
                manifest,
                created=datetime.now(UTC).isoformat(timespec="seconds"),
                dimensions=self._dimensions,
                posts=self._posts,
                passages=len(first_token) - 1,
                sentences=len(starts) - (len(first_token) - 1),
                files=layout.digests(self.folder),
            ),
        )


def add_suggestions(generation: Path, suggestions: Mapping[str, Sequence[str]]) -> None:
    """Write the questions that each post, by its id, is known to answer into a finished draft."""
    file = generation / layout.SUGGESTIONS
    file.write_text(json.dumps(suggestions, ensure_ascii=False, indent=1), encoding="utf-8")
    manifest = layout.read_manifest(generation)
    files = {**manifest.files, layout.SUGGESTIONS: layout.file_sha256(file)}
    layout.write_manifest(generation, replace(manifest, files=files))


@contextmanager
def build_lock(index: Path) -> Iterator[None]:
    """Hold the index folder against a second build, creating it when it is not there.

    :raises IndexBusyError: when another build holds it.
    """
    index.mkdir(parents=True, exist_ok=True)
    with (index / layout.LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise IndexBusyError(
                f"Another build is writing to {index}: wait for it, or choose another --index."
            ) from error
        yield


def new_folder(index: Path) -> Path:
    """An empty folder for a draft; what killed builds left behind is removed. Call it with the lock held."""
    generations = index / layout.GENERATIONS
    generations.mkdir(exist_ok=True)
    for left in generations.glob(f"{layout.DRAFT}*"):
        shutil.rmtree(left)
    folder = generations / f"{layout.DRAFT}{secrets.token_hex(4)}"
    folder.mkdir()
    return folder


def publish(index: Path, draft: Path) -> Path:
    """Make the finished draft the live generation and return its folder; older generations are removed."""
    for file in (*draft.rglob("*"), draft):
        _sync(file)
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(2)}-{layout.manifest_mark(draft)}"
    generation = draft.rename(draft.parent / name)
    _sync(generation.parent)
    current = index / layout.CURRENT
    before = current.read_text(encoding="utf-8", errors="replace").strip() if current.exists() else ""
    fresh = index / f"{layout.CURRENT}.new"
    fresh.write_text(name + "\n", encoding="utf-8")
    _sync(fresh)
    fresh.replace(current)
    _sync(index)
    for old in generation.parent.iterdir():
        if old.name not in {name, before}:
            shutil.rmtree(old, ignore_errors=True)
    return generation


def _sync(path: Path) -> None:
    """Have the disk hold the file or folder before anything that relies on it is written."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _weights(
    pieces: Path, starts: NDArray[np.int64], first_start: NDArray[np.int64], first_token: NDArray[np.int64]
) -> Floats:
    """The weight of each word piece, from the share of the sentences that hold it; some passages at a time.

    :param pieces: the file with the word pieces of all passages.
    :param starts: where the context and the sentences of each passage begin in them. Contexts repeat titles and are no
        sentences.
    """
    found = np.zeros(0, np.int64)
    passages = len(first_token) - 1
    for first in range(0, passages, _COUNTED_PASSAGES):
        last = min(first + _COUNTED_PASSAGES, passages)
        begin, end = int(first_token[first]), int(first_token[last])
        own = np.fromfile(pieces, np.int32, end - begin, offset=begin * np.dtype(np.int32).itemsize)
        parts = starts[first_start[first] : first_start[last]]
        owner = np.searchsorted(parts, np.arange(begin, end), side="right") - 1
        said = ~np.isin(owner, first_start[first:last] - first_start[first])
        vocabulary = max(len(found), int(own.max(initial=0)) + 1)
        once = np.unique(owner[said] * vocabulary + own[said])
        counted = np.bincount(once % vocabulary, minlength=vocabulary)
        counted[: len(found)] += found
        found = counted
    return piece_weights(found, len(starts) - passages)
