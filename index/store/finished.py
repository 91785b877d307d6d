"""What a running build has embedded, on disk at once: a build that is killed loses at most one batch."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.late import Projection
from index.types import Floats

FILE = "embedded.part"
_HEAD = struct.Struct("<II")
_SHAPE = struct.Struct("<64sIIII")


@dataclass(frozen=True, slots=True)
class Embedded:
    """What is stored of one passage.

    `vector`: (dim,) float32, unit length. `tokens`: (n, kept) int8, at least one row. `pieces`: (n,) int32, the ids of
    the word pieces. `starts`: (1 + sentences,) int64, where the context, 0, and each sentence begin in `tokens`.
    """

    vector: Floats
    tokens: NDArray[np.int8]
    pieces: NDArray[np.int32]
    starts: NDArray[np.int64]


class Finished:
    """Embedded passages by key, in one append-only file of the index folder. Use it with the build lock held."""

    def __init__(self, index: Path, model_digest: str, projection: Projection) -> None:
        """Open the file; what another model or projection made is dropped, and so is a half-written end."""
        self._path = index / FILE
        table = zlib.crc32(projection.matrix.tobytes() + projection.scale.tobytes())
        mark = f"{model_digest} {table:08x}\n".encode()
        self._file = self._path.open("a+b")
        self._places: dict[str, int] = {}
        self._file.seek(0)
        if self._file.read(len(mark)) != mark:
            self._file.truncate(0)
            self._file.write(mark)
            self._file.flush()
        self._file.truncate(self._read_places(len(mark)))

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def add(self, key: str, embedded: Embedded) -> None:
        """Append the passage; it is on its way to the disk when this returns."""
        count, kept = embedded.tokens.shape
        shape = _SHAPE.pack(key.encode(), len(embedded.vector), count, kept, len(embedded.starts))
        arrays = (embedded.vector, embedded.tokens, embedded.pieces, embedded.starts)
        record = shape + b"".join(array.tobytes() for array in arrays)
        self._file.seek(0, 2)
        start = self._file.tell()
        self._file.write(_HEAD.pack(len(record), zlib.crc32(record)) + record)
        self._file.flush()
        self._places[key] = start

    def get(self, key: str) -> Embedded:
        """The passage with this key, which must be there."""
        self._file.seek(self._places[key])
        length, _ = _HEAD.unpack(self._file.read(_HEAD.size))
        record = self._file.read(length)
        _, dimensions, count, kept, sentences = _SHAPE.unpack_from(record)
        at = _SHAPE.size
        vector = np.frombuffer(record, np.float32, dimensions, at)
        tokens = np.frombuffer(record, np.int8, count * kept, at := at + vector.nbytes).reshape(count, kept)
        pieces = np.frombuffer(record, np.int32, count, at := at + tokens.nbytes)
        return Embedded(vector, tokens, pieces, np.frombuffer(record, np.int64, sentences, at + pieces.nbytes))

    def close(self) -> None:
        """Let go of the file; it stays for a build that resumes."""
        self._file.close()

    def remove(self) -> None:
        """Remove the file: all that it holds has been published."""
        self.close()
        self._path.unlink()

    def _read_places(self, start: int) -> int:
        """Note where each whole record stands, and return where the last of them ends."""
        self._file.seek(start)
        while len(head := self._file.read(_HEAD.size)) == _HEAD.size:
            length, checksum = _HEAD.unpack(head)
            record = self._file.read(length)
            if len(record) != length or length < _SHAPE.size or zlib.crc32(record) != checksum:
                break
            self._places[_SHAPE.unpack_from(record)[0].decode()] = start
            start += _HEAD.size + length
        return start
