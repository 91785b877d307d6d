"""What the cross-encoder has learned: changes of the packaged model, and the head that makes log odds of a vector."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from index.adapter import Adapter, changes_of
from index.steps import from_steps
from index.types import Floats

CROSS_ADAPTER_FILE = "cross.json"


@dataclass(frozen=True, slots=True)
class CrossAdapter:
    """`adapter`: the changes; `weights`: (dim,) float32 and `bias`, which make log odds of a unit vector."""

    adapter: Adapter
    weights: Floats
    bias: float


@cache
def fitted_cross() -> CrossAdapter:
    """What was fitted."""
    with resources.as_file(resources.files("index").joinpath(CROSS_ADAPTER_FILE)) as file:
        return read_cross(file)


def read_cross(file: Path) -> CrossAdapter:
    """What the file holds, as whole numbers like the encoder's changes."""
    text = file.read_text(encoding="utf-8")
    kept = json.loads(text)
    adapter = Adapter(kept["model"], hashlib.sha256(text.encode()).hexdigest(), changes_of(kept["changes"]))
    return CrossAdapter(adapter, from_steps(kept["weights"]), float(kept["bias"]))
