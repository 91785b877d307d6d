"""Fitted weights as they are kept: whole numbers, so that a file of them is small and can be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from index.types import Floats


def from_steps(kept: Mapping[str, Sequence[Any] | float]) -> Floats:
    """float32: the `numbers`, each column times the size of its step in `steps`, or all times the one step."""
    numbers: Floats = np.array(kept["numbers"], dtype=np.float32) * np.array(kept["steps"], dtype=np.float32)
    return numbers
