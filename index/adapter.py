"""What the encoder has learned of questions and what answers them: small changes of the model's weights.

Low-rank adaptation (LoRA; Hu et al., 2021): to a matrix of the model the product of two narrow ones is added, once,
when the model is loaded, so that reading takes as long as before. `tests/eval/fit.py` fits them; no second model is
needed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import ModelError
from index.steps import from_steps
from index.types import Floats

if TYPE_CHECKING:
    from torch import nn

ADAPTER_FILE = "adapter.json"


@dataclass(frozen=True, slots=True)
class Change:
    """What is added to a layer's (in, out) weights: `down` (in, rank) times `up` (rank, out), float32 both."""

    down: Floats
    up: Floats


@dataclass(frozen=True, slots=True)
class Adapter:
    """The changes by the names of the layers, and the digest of the model that they belong to.

    `digest`: SHA-256, in hex, of the file that holds them; "" for changes that no file holds.
    """

    model: str
    digest: str
    changes: Mapping[str, Change]


def apply_changes(changes: Mapping[str, Change], model: nn.Module) -> None:
    """Change the weights of the model, or of what holds it, for good.

    :param changes: by the names of the layers.
    :raises ModelError: when the model has no such layer.
    """
    import torch

    layers = list(model.named_modules())
    with torch.no_grad():
        for name, change in changes.items():
            layer = next((layer for own, layer in layers if own.endswith(name)), None)
            if layer is None:
                raise ModelError(
                    f"The model has no layer {name!r}, which is to be changed:"
                    " reinstall the extra `index` with the pinned versions."
                )
            layer.weight += torch.from_numpy((change.down @ change.up).T)


# For a model that is to stay as it is.
UNCHANGED = Adapter("", "", {})


def adapter_of(model: str) -> Adapter | None:
    """The changes that belong to the model with this digest; None for every other folder of files."""
    fitted = fitted_adapter()
    return fitted if fitted.model == model else None


def changed_digest(adapter: Adapter) -> str:
    """SHA-256, in hex, of the adapter's model together with its changes."""
    return hashlib.sha256(f"{adapter.model} {adapter.digest}".encode()).hexdigest()


@cache
def fitted_adapter() -> Adapter:
    """The changes that were fitted."""
    with resources.as_file(resources.files("index").joinpath(ADAPTER_FILE)) as file:
        return read_adapter(file)


def read_adapter(file: Path) -> Adapter:
    """The changes in the file, which holds whole numbers, each column with the size of its step."""
    text = file.read_text(encoding="utf-8")
    kept = json.loads(text)
    return Adapter(kept["model"], hashlib.sha256(text.encode()).hexdigest(), changes_of(kept["changes"]))


def changes_of(kept: Mapping[str, Mapping[str, Any]]) -> dict[str, Change]:
    """The changes by the names of their layers, from the whole numbers that are kept of them."""
    return {name: Change(from_steps(one["down"]), from_steps(one["up"])) for name, one in kept.items()}
