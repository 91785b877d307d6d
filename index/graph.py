"""The graph of an exported encoder: its weights in a file beside it, and a second one with weights of 8 bits."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from index.encode import MODEL_FILE, ROUNDED_FILE, OnnxEncoder, weights_of
from index.types import Floats

_MOVED_BYTES = 1024
# So many weights of a column share a scale; int8 arithmetic is what ONNX Runtime calls accuracy level 4.
_BLOCK, _BY_INT8 = 128, 4
_LEAST_COSINE = 0.99


def move_weights(file: Path) -> None:
    """Write the graph's weights into a file beside it, which whoever may read the one may read too."""
    import onnx

    weights = weights_of(file)
    onnx.save_model(
        onnx.load(file), file, save_as_external_data=True, location=weights.name, size_threshold=_MOVED_BYTES
    )
    weights.chmod(file.stat().st_mode)


def round_export(folder: Path, texts: Sequence[str]) -> None:
    """Write the exported encoder's graph with weights of 8 bits, unless some text's vector then strays too far.

    A scale for each block of a column, for what is multiplied as for the weights: with one for a whole layer, as
    dynamic quantisation has it, the cosines fall from .999 to .99.
    """
    import onnx

    with _without_its_log():
        from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

        graph = onnx.load(folder / MODEL_FILE)
        rounded = MatMulNBitsQuantizer(graph, 8, _BLOCK, is_symmetric=True, accuracy_level=_BY_INT8)
        rounded.process()
    file = folder / ROUNDED_FILE
    onnx.save(rounded.model.model, file)
    file.chmod((folder / MODEL_FILE).stat().st_mode)
    move_weights(file)
    pairs = zip(OnnxEncoder(folder).encode(texts), OnnxEncoder(folder, "int8").encode(texts), strict=True)
    if min(_cosine(exact.vector, other.vector) for exact, other in pairs) < _LEAST_COSINE:
        file.unlink()
        weights_of(file).unlink()


@contextmanager
def _without_its_log() -> Iterator[None]:
    """The quantiser tells of each node, and when it is imported has the log of the whole process shown."""
    root, quiet = logging.getLogger(), logging.NullHandler()
    root.addHandler(quiet)
    try:
        yield
    finally:
        root.removeHandler(quiet)


def _cosine(one: Floats, other: Floats) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
