"""Passage vectors in FAISS, as float16: a scan of all while the blog is small, else HNSW (Malkov and Yashunin, 2018).

A scan takes as long as its vectors take to come from memory: half of the bytes, half of the time. A cosine moves by
less than 0.0005, and what has been rounded once is not moved by being kept again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss as _faiss
import numpy as np
from numpy.typing import NDArray

from index.types import Floats

# Its stubs lack what SWIG makes at run time.
faiss: Any = _faiss
_HALF = faiss.ScalarQuantizer.QT_fp16
# Past this many passages a scan costs more than the encoding of the question.
_EXACT_PASSAGES = 20_000
# A range of so many passages is compared one by one.
_SCANNED_PASSAGES = 1_000
# How many vectors are handed over at once.
_ADDED = 4096
_LINKS, _BUILD_BREADTH, _SEARCH_BREADTH = 32, 100, 96


class Vectors:
    """Unit vectors by row; similarity is the cosine, -1 to 1."""

    def __init__(self, vectors: Any) -> None:
        self._index = vectors
        kept = faiss.downcast_index(vectors.storage) if isinstance(vectors, faiss.IndexHNSW) else vectors
        # A look at what FAISS holds: to have it give back the vectors of some rows takes ten times as long.
        codes = faiss.rev_swig_ptr(kept.codes.data(), kept.codes.size())
        self._halves = codes.view(np.float16).reshape(-1, vectors.d)

    @classmethod
    def build(cls, vectors: Floats) -> Vectors:
        """From the (n, dim) float32 unit rows; each number is rounded to float16."""
        index = _empty(*vectors.shape)
        for first in range(0, len(vectors), _ADDED):
            index.add(np.ascontiguousarray(vectors[first : first + _ADDED]))
        return cls(index)

    @classmethod
    def read(cls, file: Path, dimensions: int) -> Vectors:
        """From a file of float32 unit rows one after another, of which memory holds some at a time."""
        rows = file.stat().st_size // (dimensions * np.dtype(np.float32).itemsize)
        index = _empty(rows, dimensions)
        with file.open("rb") as stream:
            while len(part := np.fromfile(stream, np.float32, _ADDED * dimensions)):
                index.add(part.reshape(-1, dimensions))
        return cls(index)

    @classmethod
    def load(cls, file: Path) -> Vectors:
        """What `save` wrote, memory-mapped: several processes share it, and only what is looked at is read."""
        return cls(faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC))

    def save(self, file: Path) -> None:
        """Write the file."""
        faiss.write_index(self._index, str(file))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(self, query: Floats, limit: int, within: range) -> NDArray[np.int64]:
        """At most `limit` rows of the range, the nearest to the (dim,) query first."""
        # More threads cost more than they bring: they spin on, when a search is done, in wait of the next. OpenMP keeps
        # the number for each thread that asks, so it is not enough to say it once.
        faiss.omp_set_num_threads(1)
        if len(within) <= _SCANNED_PASSAGES < len(self):
            # A graph of all posts leads past most of a single one.
            similarity = self.rows(np.arange(within.start, within.stop)) @ query
            return np.argsort(-similarity, kind="stable")[:limit] + within.start
        selector = faiss.IDSelectorRange(within.start, within.stop)
        if isinstance(self._index, faiss.IndexHNSW):
            parameters = faiss.SearchParametersHNSW(sel=selector, efSearch=max(_SEARCH_BREADTH, limit))
        else:
            parameters = faiss.SearchParameters(sel=selector)
        _, rows = self._index.search(query[None], min(limit, len(within)), params=parameters)
        return np.asarray(rows[0][rows[0] >= 0], dtype=np.int64)

    def rows(self, rows: NDArray[np.int64]) -> Floats:
        """(n, dim) float32: the vectors of the rows, as they were rounded."""
        return np.asarray(self._halves[rows], dtype=np.float32)


def _empty(rows: int, dimensions: int) -> Any:
    """An index without vectors, of the kind that so many are best kept in."""
    if rows <= _EXACT_PASSAGES:
        return faiss.IndexScalarQuantizer(dimensions, _HALF, faiss.METRIC_INNER_PRODUCT)
    index: Any = faiss.IndexHNSWSQ(dimensions, _HALF, _LINKS, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = _BUILD_BREADTH
    index.hnsw.efSearch = _SEARCH_BREADTH
    return index
