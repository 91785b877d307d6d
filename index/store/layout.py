"""The names in an index folder, and the manifest that vouches for them.

DIR/CURRENT             the name of the live generation, replaced by rename
DIR/generations/NAME/   manifest.json posts.sqlite vectors.faiss tokens.* lexical/ encoder/
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from index.errors import IndexDamagedError, IndexMissingError
from index.hint import index_command

FORMAT = 1
CURRENT = "CURRENT"
GENERATIONS = "generations"
MANIFEST = "manifest.json"
POSTS = "posts.sqlite"
VECTORS = "vectors.faiss"
TOKENS = "tokens.int8"
SUGGESTIONS = "suggestions.json"
SOURCES = "sources.json"
PIECES = "tokens.int32"
TABLES = "tokens.npz"
LEXICAL = "lexical"
WORDS = "words.json"
ENCODER = "encoder"
LOCK = "build.lock"
# How the name of a generation begins while it is being written.
DRAFT = ".draft-"
_MARK_CHARS = 12
_HASHED_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds; `files` is the SHA-256, in hex, of each file by its path in the generation."""

    format: int
    created: str
    model: str
    model_digest: str
    dimensions: int
    passage_chars: int
    posts: int
    passages: int
    sentences: int
    files: Mapping[str, str]


_MANIFESTS = TypeAdapter(Manifest)


def write_manifest(generation: Path, manifest: Manifest) -> None:
    """Write the manifest into the generation's folder."""
    (generation / MANIFEST).write_bytes(_MANIFESTS.dump_json(manifest, indent=1))


def read_manifest(generation: Path) -> Manifest:
    """The manifest of the generation; its files are not looked at.

    :raises IndexDamagedError: when it is missing, not a manifest, or of another format version.
    """
    try:
        raw = (generation / MANIFEST).read_bytes()
    except OSError as error:
        raise _damaged(generation, f"The index has no {generation / MANIFEST}") from error
    try:
        found = _FORMATS.validate_json(raw).get("format")
        if found != FORMAT:
            raise _damaged(
                generation, f"The index {generation} has format version {found}, this askpost reads {FORMAT}"
            )
        return _MANIFESTS.validate_json(raw)
    except ValidationError as error:
        raise _damaged(generation, f"{generation / MANIFEST} is not a manifest") from error


def manifest_mark(generation: Path) -> str:
    """The first characters of the manifest's SHA-256: the last part of a published generation's name vouches for it."""
    return file_sha256(generation / MANIFEST)[:_MARK_CHARS]


def verify(generation: Path, manifest: Manifest) -> None:
    """Compare the manifest with the generation's name, unless it is a draft, and each file with its SHA-256.

    :raises IndexDamagedError: when one is missing, cannot be read or has changed, by its name.
    """
    try:
        _verify(generation, manifest)
    except OSError as error:
        raise _damaged(generation, f"The file {error.filename} cannot be read ({error.strerror})") from error


def _verify(generation: Path, manifest: Manifest) -> None:
    if not generation.name.startswith(DRAFT) and not generation.name.endswith(f"-{manifest_mark(generation)}"):
        raise _damaged(generation, f"{generation / MANIFEST} has changed since it was built")
    paths = [generation / name for name in manifest.files]
    for path in paths:
        if not path.is_file():
            raise _damaged(generation, f"The index has lost its file {path}")
    # It is a good part of the time until a service is ready, and hashing lets other threads run.
    with ThreadPoolExecutor(_HASHED_AT_ONCE) as pool:
        for path, expected, found in zip(paths, manifest.files.values(), pool.map(file_sha256, paths), strict=True):
            if found != expected:
                raise _damaged(generation, f"The file {path} has changed since it was built")


def unreadable(generation: Path) -> IndexDamagedError:
    """The error for a generation whose files are whole and yet cannot be read."""
    return _damaged(generation, f"The index {generation} was not written by this version of askpost")


def digests(generation: Path) -> dict[str, str]:
    """The SHA-256 of each file below the folder, by its POSIX path."""
    return {f.relative_to(generation).as_posix(): file_sha256(f) for f in _files(generation)}


def live_generation(index: Path) -> Path:
    """The folder of the generation that CURRENT names.

    :raises IndexMissingError: when there is no index in the folder.
    :raises IndexDamagedError: when CURRENT names no generation.
    """
    try:
        name = (index / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise IndexMissingError(f"There is no index in {index}: run {index_command(index)} first.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamagedError(f"{index / CURRENT} cannot be read: {_rebuild(index)}.") from error
    generation = index / GENERATIONS / name
    try:
        there = generation.is_dir()
    except OSError as error:
        raise IndexDamagedError(f"{generation} cannot be read ({error.strerror}): {_rebuild(index)}.") from error
    if not name or Path(name).name != name or name in (".", "..") or not there:
        raise IndexDamagedError(f"{index / CURRENT} names {name!r}, which is no generation: {_rebuild(index)}.")
    return generation


def file_sha256(path: Path) -> str:
    """The file's SHA-256, in hex."""
    with path.open("rb") as file:
        try:
            return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            # Opening names the file, reading does not.
            error.filename = str(path)
            raise


def _damaged(generation: Path, problem: str) -> IndexDamagedError:
    return IndexDamagedError(f"{problem}: {_rebuild(generation.parent.parent)}.")


def _rebuild(index: Path) -> str:
    return f"run {index_command(index)} to build it again"


_FORMATS = TypeAdapter(dict[str, object])


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
