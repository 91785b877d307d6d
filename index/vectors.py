"""Arithmetic on rows of vectors that several rooms need."""

from __future__ import annotations

import numpy as np

from index.types import Floats


def unit_rows(rows: Floats) -> Floats:
    """The (n, dim) rows at unit length, float32; a row of zeros stays one."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)
