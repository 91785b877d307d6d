"""What the cross-encoder has learned: changes of the packaged model, and the head that makes log odds of a vector."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from index.adapter import Change, changed_digest, changes_of, fitted_adapter
from index.steps import from_steps
from index.types import Floats

CROSS_ADAPTER_FILE = "cross.json"


@dataclass(frozen=True, slots=True)
class CrossAdapter:
    """`changes`: by the names of the layers; `weights`: (dim,) float32 and `bias` make log odds of a unit vector."""

    changes: dict[str, Change]
    weights: Floats
    bias: float


@cache
def fitted_cross() -> CrossAdapter:
    """What `tests/eval/fit.py` fitted, for the model that `adapter.json` changes as well."""
    with resources.as_file(resources.files("index").joinpath(CROSS_ADAPTER_FILE)) as file:
        return read_cross(file)


def read_cross(file: Path) -> CrossAdapter:
    """What the file holds, as whole numbers like the encoder's changes."""
    kept = json.loads(file.read_text(encoding="utf-8"))
    return CrossAdapter(changes_of(kept["changes"]), from_steps(kept["weights"]), float(kept["bias"]))


def cross_digest(model: str) -> str:
    """SHA-256, in hex, of the file with what the cross-encoder has learned that belongs to a model; "" where none does.

    :param model: its `embed.model_digest`.
    """
    return _file_digest() if model == changed_digest(fitted_adapter()) else ""


@cache
def _file_digest() -> str:
    return hashlib.sha256(resources.files("index").joinpath(CROSS_ADAPTER_FILE).read_bytes()).hexdigest()
