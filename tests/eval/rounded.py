"""Weights as whole numbers, so that a file of them is small and can be read."""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np

from index.adapter import Change

_STEPS = 127


def rounded(weights: np.ndarray) -> str:
    """JSON: the numbers, one row a line, and the size of a step of each column; a single row is kept as it is."""
    if weights.ndim == 1:
        return json.dumps({"steps": 1, "numbers": [round(float(one), 5) for one in weights]})
    steps = np.abs(weights).max(axis=0) / _STEPS + 1e-12
    lines = (json.dumps([int(n) for n in row], separators=(",", ":")) for row in np.rint(weights / steps))
    rows = ",\n".join(f"    {line}" for line in lines)
    return f'{{"steps": {json.dumps([float(f"{step:.4g}") for step in steps])},\n   "numbers": [\n{rows}]}}'


def rounded_changes(changes: Mapping[str, Change]) -> str:
    """JSON, without the braces around it: the changes by the names of their layers."""
    return ",\n".join(
        f' "{name}": {{\n  "down": {rounded(change.down)},\n  "up": {rounded(change.up)}}}'
        for name, change in changes.items()
    )
