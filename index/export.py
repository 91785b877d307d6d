"""A model of sentence-transformers as a graph for ONNX Runtime."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from index.graph import move_weights

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor

INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})
# What is taken of all that the model makes, and which of its axes are of any length, by name.
Output: TypeAlias = "tuple[Callable[[Mapping[str, Tensor]], Tensor], Mapping[int, str]]"


def export_graph(model: SentenceTransformer, file: Path, outputs: Mapping[str, Output]) -> tuple[str, ...]:
    """Write the model as one graph with these outputs, its weights in a file beside it; return its inputs' names."""
    import torch

    example = {k: v for k, v in model.preprocess(["an example"]).items() if k in INPUTS}
    names = tuple(example)

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *inputs: torch.Tensor) -> tuple[torch.Tensor, ...]:
            made = self.model(dict(zip(names, inputs, strict=True)))
            return tuple(take(made) for take, _ in outputs.values())

    axes = {name: {0: "texts", 1: "pieces"} for name in names} | {name: dict(own) for name, (_, own) in outputs.items()}
    with warnings.catch_warnings(), _plain_attention(model):
        # The tracer warns of shapes it takes for constants; whoever exports checks what came out.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Whole().eval(),
            tuple(example.values()),
            str(file),
            dynamo=False,
            opset_version=17,
            input_names=list(names),
            output_names=list(outputs),
            dynamic_axes=axes,
        )
    move_weights(file)
    return names


@contextmanager
def _plain_attention(model: SentenceTransformer) -> Iterator[None]:
    """The attention that is written out step by step: the fused one is exported as a third more nodes, whose shapes
    take a tenth of a question's time.
    """
    from transformers import PreTrainedModel

    inner = [module for module in model.modules() if isinstance(module, PreTrainedModel)]
    before = [module.config._attn_implementation for module in inner]
    for module in inner:
        module.set_attn_implementation("eager")
    try:
        yield
    finally:
        for module, own in zip(inner, before, strict=True):
            module.set_attn_implementation(own)
