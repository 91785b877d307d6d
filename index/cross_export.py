"""The packaged model with what the cross-encoder has learned → its graph, beside that of the encoder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from index.adapter import apply_changes
from index.calibration import ANSWERS, QUESTIONS
from index.cross import CROSS_FILE, CrossEncoder, Excerpt, Pieces, feed, side_by_side
from index.cross_adapter import fitted_cross
from index.encode import MODEL_FILE, OnnxEncoder, weights_of
from index.errors import ModelError
from index.export import export_graph
from index.graph import round_graph

if TYPE_CHECKING:
    from torch import Tensor

_EXACT_FILE = "cross.onnx"
# Of several lengths, up to the longest: the tracer takes some for constants.
_CHECKED = (
    ("When did it start?", Excerpt("A skiff", "We built a skiff.", "It took to the water in May 2020.")),
    ("how much", Excerpt("Costs", "", "The sails are red, and the mast is of spruce.")),
    ("why " * 99, Excerpt("head " * 99, "before " * 99, "sentence " * 99)),
)
_MOST_EXPORT_DIFFERENCE = 1e-3
# Rounded weights move the log odds by a tenth or so, of a range of twelve. Where they do more, nothing is read closely.
_MOST_ROUNDING_DIFFERENCE = 0.5


def export_cross(model: Path, folder: Path) -> None:
    """Write the cross-encoder of the model with these files into the folder, where the encoder has been exported,
    rounded to int8; unless that strays too far.

    :raises ModelError: when what was exported is not what was fitted.
    """
    exact, rounded, cut = folder / _EXACT_FILE, folder / CROSS_FILE, OnnxEncoder(folder).cut
    wanted = _export_exact(model, exact, cut)
    if not (difference := _difference(CrossEncoder(exact, cut, ""), wanted)) < _MOST_EXPORT_DIFFERENCE:
        raise ModelError(
            f"The exported cross-encoder differs from the model by {difference:.1e}, more than"
            f" {_MOST_EXPORT_DIFFERENCE:.0e}: reinstall the extra `index` with the pinned versions."
        )
    # Both begin with the same word vectors, which so are stored once.
    read = (
        feed(*side_by_side(question, Excerpt(*answer), cut)) for question in QUESTIONS[::4] for answer in ANSWERS[::2]
    )
    round_graph(exact, rounded, read, like=folder / MODEL_FILE)
    unneeded = [exact]
    if not _difference(CrossEncoder(rounded, cut, ""), wanted) < _MOST_ROUNDING_DIFFERENCE:
        unneeded.append(rounded)
    for graph in unneeded:
        graph.unlink()
        weights_of(graph).unlink()


def _export_exact(model: Path, file: Path, cut: Callable[[str], Pieces]) -> list[float]:
    """Write the graph, and return the odds that it is to give for what is checked."""
    import torch
    from sentence_transformers import SentenceTransformer

    fitted = fitted_cross()
    learned = SentenceTransformer(str(model), device="cpu").eval()
    apply_changes(fitted.changes, learned)
    weights = torch.from_numpy(fitted.weights)

    def odds(made: Mapping[str, Tensor]) -> Tensor:
        return (made["sentence_embedding"] * weights).sum(-1) + fitted.bias

    export_graph(learned, file, {"odds": (odds, {0: "texts"})})
    wanted = []
    for question, excerpt in _CHECKED:
        given = feed(*side_by_side(question, excerpt, cut))
        with torch.inference_mode():
            wanted.append(float(odds(learned({name: torch.from_numpy(values) for name, values in given.items()}))))
    return wanted


def _difference(cross: CrossEncoder, wanted: list[float]) -> float:
    said = (cross.odds(question, excerpt) for question, excerpt in _CHECKED)
    return max(abs(one - other) for one, other in zip(said, wanted, strict=True))
