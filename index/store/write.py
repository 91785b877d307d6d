"""A new generation, written beside the live one and published by renaming: whoever reads sees all of it or nothing."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexBusyError
from index.late import Projection, piece_weights
from index.lexical import Lexical, words
from index.store import layout
from index.store.finished import Embedded
from index.store.records import RecordsWriter
from index.store.vectors import Vectors
from index.types import Floats, Passage, Post


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
        self._bodies: list[list[str]] = []
        self._heads: list[list[str]] = []
        self._vectors: list[Floats] = []
        self._starts: list[NDArray[np.int64]] = []
        self._first_token = [0]

    def add_post(self, post: Post, passages: int) -> None:
        """Take the post, and promise that many passages of it."""
        self._records.add_post(post, range(self._promised, self._promised + passages))
        self._promised += passages
        self._posts += 1
        self._title = post.title

    def add_passage(self, passage: Passage, key: str, embedded: Embedded) -> None:
        """Take the next passage of the post that was added last.

        :param key: names what was embedded, so that the next build can take over its vectors.
        """
        self._records.add_passage(passage, key)
        self._bodies.append(words(passage.text))
        self._heads.append(words(" ".join((self._title, *passage.heading))))
        self._vectors.append(embedded.vector)
        self._starts.append(embedded.starts + self._first_token[-1])
        self._first_token.append(self._first_token[-1] + len(embedded.tokens))
        self._tokens.write(embedded.tokens.tobytes())
        self._pieces.write(embedded.pieces.tobytes())

    def add_sources(self, sources: Mapping[str, object]) -> None:
        """Keep what is known of the files that the posts were read from, for the next build."""
        (self.folder / layout.SOURCES).write_text(json.dumps(sources, ensure_ascii=False), encoding="utf-8")

    def close(self) -> None:
        """Let go of the files that are written as passages come in."""
        for file in (self._tokens, self._pieces, self._records):
            file.close()

    def finish(self, manifest: layout.Manifest, export_encoder: Callable[[Path], None]) -> None:
        """Write what is made from all passages together, and the manifest with its counts and digests filled in.

        :param export_encoder: writes the query encoder into the folder that it is given.
        """
        self._records.commit()
        self.close()
        Vectors.build(np.stack(self._vectors)).save(self.folder / layout.VECTORS)
        Lexical.of_words(self._bodies, self._heads).save(self.folder / layout.LEXICAL)
        starts = np.concatenate(self._starts)
        first_start = np.cumsum([0, *(len(own) for own in self._starts)])
        np.savez(
            self.folder / layout.TABLES,
            matrix=self.projection.matrix,
            scale=self.projection.scale,
            piece_weights=_weights(np.fromfile(self.folder / layout.PIECES, np.int32), starts, first_start[:-1]),
            starts=starts,
            first_start=first_start,
            first_token=np.array(self._first_token),
        )
        encoder = self.folder / layout.ENCODER
        encoder.mkdir()
        export_encoder(encoder)
        layout.write_manifest(
            self.folder,
            replace(
                manifest,
                created=datetime.now(UTC).isoformat(timespec="seconds"),
                dimensions=len(self._vectors[0]),
                posts=self._posts,
                passages=len(self._vectors),
                sentences=len(starts) - len(self._vectors),
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


def _weights(pieces: NDArray[np.int32], starts: NDArray[np.int64], contexts: NDArray[np.int64]) -> Floats:
    """The weight of each word piece, from the share of the sentences that hold it.

    :param contexts: which of the starts are contexts: these repeat titles and are no sentences.
    """
    vocabulary = int(pieces.max(initial=0)) + 1
    owner = np.searchsorted(starts, np.arange(len(pieces)), side="right") - 1
    own = ~np.isin(owner, contexts)
    once = np.unique(owner[own] * vocabulary + pieces[own])
    return piece_weights(np.bincount(once % vocabulary, minlength=vocabulary), len(starts) - len(contexts))
