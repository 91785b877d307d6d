"""The packaged model with changes that can be learned, by low-rank adaptation (LoRA; Hu et al., 2021)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn
from transformers import AutoModel

from index.adapter import Change
from index.embed import DEFAULT_MODEL, find_model

# How wide the changes are.
_RANK = 16
_CHANGED = (
    "attention.self.query", "attention.self.key", "attention.self.value",
    "attention.output.dense", "intermediate.dense", "output.dense",
)  # fmt: skip


class _Changed(nn.Module):
    """A layer of the model, which stays as it is, and the change that is added to it."""

    def __init__(self, layer: nn.Linear, change: Change | None) -> None:
        super().__init__()
        self.layer = layer
        down = torch.randn(layer.in_features, _RANK) / math.sqrt(layer.in_features)
        up = torch.zeros(_RANK, layer.out_features)
        self.down = nn.Parameter(torch.tensor(change.down) if change else down)
        self.up = nn.Parameter(torch.tensor(change.up) if change else up)

    def forward(self, read: Tensor) -> Tensor:
        made: Tensor = self.layer(read) + read @ self.down @ self.up
        return made


class Adapted:
    """The model and its changes, by the names of the layers.

    :param changes: to begin with; without them there are none yet.
    """

    def __init__(self, changes: Mapping[str, Change] | None = None) -> None:
        # The attention that is written out step by step: with the fused one a fit takes half as long again.
        self._model = AutoModel.from_pretrained(str(find_model(DEFAULT_MODEL)), attn_implementation="eager")
        self._model.eval().requires_grad_(False)
        self.width = int(self._model.config.hidden_size)
        self._changed: dict[str, _Changed] = {}
        for number in range(self._model.config.num_hidden_layers):
            for name in _CHANGED:
                whole = f"encoder.layer.{number}.{name}"
                parent, _, own = whole.rpartition(".")
                layer = _Changed(self._model.get_submodule(whole), changes[whole] if changes else None)
                self._changed[whole] = layer
                setattr(self._model.get_submodule(parent), own, layer)

    @property
    def parameters(self) -> list[nn.Parameter]:
        """What is learned, unless it is kept."""
        return [change for layer in self._changed.values() for change in (layer.down, layer.up)]

    @property
    def changes(self) -> dict[str, Change]:
        """The changes by the names of their layers."""
        return {
            name: Change(layer.down.detach().numpy(), layer.up.detach().numpy())
            for name, layer in self._changed.items()
        }

    def keep_first(self, layers: int) -> None:
        """Learn nothing any more in so many of the first layers."""
        for number in range(layers):
            for name in _CHANGED:
                self._changed[f"encoder.layer.{number}.{name}"].requires_grad_(False)

    def read(
        self, texts: Sequence[Sequence[int]], types: Sequence[Sequence[int]] | None = None
    ) -> tuple[Tensor, Tensor]:
        """(texts, n, dim) float32, the vectors of the word pieces; and (texts, n), 1 where there is one.

        :param texts: the pieces of each, the special ones included; `types`: to which of two parts each belongs.
        """
        size = (len(texts), max(map(len, texts)))
        pieces, parts, mask = (torch.zeros(size, dtype=torch.long) for _ in range(3))
        for row, text in enumerate(texts):
            pieces[row, : len(text)], mask[row, : len(text)] = torch.tensor(text), 1
            if types:
                parts[row, : len(text)] = torch.tensor(types[row])
        # Half as long as in full precision, and learned as well.
        with torch.autocast("cpu", torch.bfloat16):
            made: Tensor = self._model(input_ids=pieces, token_type_ids=parts, attention_mask=mask).last_hidden_state
        return made.float(), mask
