"""An exported graph: its weights in a file beside it, and a second graph with weights of 8 bits."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encode import MODEL_FILE, ROUNDED_FILE, OnnxEncoder, weights_of
from index.types import Floats

if TYPE_CHECKING:
    from onnx import ModelProto, TensorProto

_MOVED_BYTES = 1024
# So many weights of a column share a scale; int8 arithmetic is what ONNX Runtime calls accuracy level 4.
_BLOCK, _BY_INT8 = 128, 4
_LEAST_COSINE = 0.99


def move_weights(file: Path) -> None:
    """Write the graph's weights into a file beside it, which whoever may read the one may read too."""
    import onnx

    _save(onnx.load(file), file)
    weights_of(file).chmod(file.stat().st_mode)


def round_export(folder: Path, texts: Sequence[str]) -> None:
    """Write the exported encoder's graph with weights of 8 bits, unless some text's vector then strays too far."""
    exact, file = folder / MODEL_FILE, folder / ROUNDED_FILE
    round_graph(exact, file, like=exact)
    pairs = zip(OnnxEncoder(folder).encode(texts), OnnxEncoder(folder, "int8").encode(texts), strict=True)
    if min(_cosine(one.vector, other.vector) for one, other in pairs) < _LEAST_COSINE:
        file.unlink()
        weights_of(file).unlink()


def round_graph(exact: Path, file: Path, like: Path) -> None:
    """Write the exact graph with weights of 8 bits.

    A scale for each block of a column, for what is multiplied as for the weights: with one for a whole layer, as
    dynamic quantisation has it, the cosines fall from .999 to .99.

    :param like: a graph beside it; what is not rounded and stands there too is read from its weights.
    """
    import onnx

    # Before the exact graph is held, in full and rounded.
    known = {one.name: _digest(one) for one in onnx.load(like).graph.initializer}
    with _without_its_log():
        from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

        quantizer = MatMulNBitsQuantizer(onnx.load(exact), 8, _BLOCK, is_symmetric=True, accuracy_level=_BY_INT8)
        quantizer.process()
    rounded = quantizer.model.model
    stored = {one.name: one for one in onnx.load(like, load_external_data=False).graph.initializer}
    for weights in rounded.graph.initializer:
        if known.get(weights.name) == _digest(weights):
            weights.CopyFrom(stored[weights.name])
    _save(rounded, file)
    for written in (file, weights_of(file)):
        written.chmod(exact.stat().st_mode)


def _digest(weights: TensorProto) -> bytes:
    return hashlib.sha256(weights.raw_data).digest()


def _save(graph: ModelProto, file: Path) -> None:
    import onnx

    onnx.save_model(
        graph, file, save_as_external_data=True, location=weights_of(file).name, size_threshold=_MOVED_BYTES
    )


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
