"""The packaged model with what the cross-encoder has learned → its graph, beside that of the encoder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from index.cross import CROSS_FILE, CrossEncoder, Place
from index.cross_adapter import fitted_cross
from index.encode import MODEL_FILE, OnnxEncoder, weights_of
from index.errors import ModelError
from index.export import export_graph
from index.graph import round_graph

if TYPE_CHECKING:
    from torch import Tensor

_EXACT_FILE = "cross.onnx"
_CHECKED = (
    ("When did it start?", Place("A skiff", "We built a skiff.", "It took to the water in May 2020.")),
    ("how much", Place("Costs", "", "The sails are red, and the mast is of spruce.")),
)
# Rounded weights move the log odds by a tenth or so, of a range of ten.
_MOST_DIFFERENCE = 0.5


def export_cross(model: Path, folder: Path) -> None:
    """Write the cross-encoder of the model with these files into the folder, where the encoder has been exported.

    :raises ModelError: when what was exported is not what was fitted.
    """
    import torch
    from sentence_transformers import SentenceTransformer

    fitted = fitted_cross()
    learned = SentenceTransformer(str(model), device="cpu").eval()
    fitted.adapter.apply(learned)
    weights = torch.from_numpy(fitted.weights)

    def odds(made: Mapping[str, Tensor]) -> Tensor:
        return (made["sentence_embedding"] * weights).sum(-1) + fitted.bias

    exact, rounded = folder / _EXACT_FILE, folder / CROSS_FILE
    export_graph(learned, exact, {"odds": (odds, {0: "texts"})})
    # Both begin with the same word vectors, which so are stored once.
    round_graph(exact, rounded, like=folder / MODEL_FILE)
    for file in (exact, weights_of(exact)):
        file.unlink()
    exported = CrossEncoder(rounded, OnnxEncoder(folder).cut)
    for question, place in _CHECKED:
        with torch.inference_mode():
            wanted = float(odds(learned({k: torch.from_numpy(v) for k, v in exported.feed(question, place).items()})))
        if not abs(exported.odds(question, place) - wanted) < _MOST_DIFFERENCE:
            raise ModelError(
                f"The exported cross-encoder gives {exported.odds(question, place):.2f} where the model gives"
                f" {wanted:.2f}: reinstall the extra `index` with the pinned versions."
            )
