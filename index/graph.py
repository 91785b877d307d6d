"""An exported graph: its weights in a file beside it, and a second graph that computes with 8 bits."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.calibration import QUESTIONS
from index.encode import MODEL_FILE, ROUNDED_FILE, OnnxEncoder, weights_of
from index.memory import give_back
from index.smooth import Feed, layers_of, smooth
from index.types import Floats

if TYPE_CHECKING:
    from onnx import ModelProto, TensorProto

_MOVED_BYTES = 1024
_LEAST_COSINE = 0.99
_SMOOTHED_FILE = "smoothed.onnx"


def move_weights(file: Path) -> None:
    """Write the graph's weights into a file beside it, which whoever may read the one may read too."""
    import onnx

    _save(onnx.load(file), file)
    weights_of(file).chmod(file.stat().st_mode)


def round_export(folder: Path, texts: Sequence[str]) -> None:
    """Write the exported encoder's graph that computes with 8 bits, unless some text's vector then strays too far."""
    exact, file, encoder = folder / MODEL_FILE, folder / ROUNDED_FILE, OnnxEncoder(folder)
    round_graph(exact, file, [encoder.feed(question) for question in QUESTIONS], like=exact)
    pairs = zip(encoder.encode(texts), OnnxEncoder(folder, "int8").encode(texts), strict=True)
    if min(_cosine(one.vector, other.vector) for one, other in pairs) < _LEAST_COSINE:
        file.unlink()
        weights_of(file).unlink()


def round_graph(exact: Path, file: Path, read: Iterable[Feed], like: Path) -> None:
    """Write the exact graph so that it multiplies with 8 bits, in half to three quarters of the time.

    Each column of weights has a scale of its own. What they meet is rounded as it comes, with one scale for all of it
    (dynamic quantisation): so the graph is smoothed first, without which the cosines fall from .999 to .99. Weights are
    signed, for which `open_session` knows the fastest way, and each column of them has its own zero, so that they are
    the same numbers as unsigned ones. A graph without layers is not written.

    :param read: the like of what it will read.
    :param like: a graph beside it; what is not rounded and stands there too is read from its weights.
    """
    import onnx

    # Before the exact graph is held, in full and rounded.
    known = {one.name: _digest(one) for one in onnx.load(like).graph.initializer}
    graph = onnx.load(exact)
    layers = [layer.name for layer in layers_of(graph)]
    if not layers:
        # To quantise no nodes is to quantise all.
        return
    smooth(graph, exact, read)
    # The quantiser copies a graph twice that it is given in memory.
    smoothed = file.with_name(_SMOOTHED_FILE)
    try:
        _save(graph, smoothed)
        del graph
        _quantise(smoothed, file, layers)
    finally:
        smoothed.unlink(missing_ok=True)
        weights_of(smoothed).unlink(missing_ok=True)
    rounded = onnx.load(file)
    stored = {one.name: one for one in onnx.load(like, load_external_data=False).graph.initializer}
    for own in rounded.graph.initializer:
        if known.get(own.name) == _digest(own):
            own.CopyFrom(stored[own.name])
    file.unlink()
    _save(rounded, file)
    for written in (file, weights_of(file)):
        written.chmod(exact.stat().st_mode)
    del rounded
    give_back()


def _quantise(smoothed: Path, file: Path, layers: list[str]) -> None:
    with _without_its_log():
        from onnxruntime.quantization import QuantType, quantize_dynamic

        quantize_dynamic(
            smoothed,
            file,
            per_channel=True,
            weight_type=QuantType.QInt8,
            nodes_to_quantize=layers,
            extra_options={"WeightSymmetric": False},
        )


def _digest(weights: TensorProto) -> bytes:
    return hashlib.sha256(weights.raw_data).digest()


def _save(graph: ModelProto, file: Path) -> None:
    import onnx

    onnx.save_model(
        graph, file, save_as_external_data=True, location=weights_of(file).name, size_threshold=_MOVED_BYTES
    )


@contextmanager
def _without_its_log() -> Iterator[None]:
    """The quantiser recommends what is not needed here."""
    root, quiet = logging.getLogger(), logging.NullHandler()
    root.addHandler(quiet)
    try:
        yield
    finally:
        root.removeHandler(quiet)


def _cosine(one: Floats, other: Floats) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
