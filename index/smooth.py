"""Makes a graph easier to round: what is large in a few places moves from what is multiplied into the weights.

A few columns of what a layer reads are many times larger than all others, which would round to nothing with one scale
for all. So each column is divided by a number of its own, and the weights that meet it are multiplied by it: the
products stay as they are (SmoothQuant; Xiao et al., 2023).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.session import open_session
from index.types import Floats

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto

# How much of the unevenness moves into the weights.
_MOVED = 0.7
_LEAST = 1e-6
_PROBE_FILE = "probe.onnx"

Feed: TypeAlias = Mapping[str, NDArray[np.int64]]


def smooth(graph: ModelProto, file: Path, read: Iterable[Feed]) -> None:
    """Change the graph for good; it gives what it gave before.

    :param file: where the graph was loaded from.
    :param read: the like of what it will read, which tells how large the columns are.
    """
    from onnx import helper, numpy_helper

    weights = {one.name: one for one in graph.graph.initializer}
    uses = Counter(name for node in graph.graph.node for name in node.input)
    layers: dict[str, list[NodeProto]] = defaultdict(list)
    for layer in layers_of(graph):
        # Weights that two layers share cannot suit what both read.
        if uses[layer.input[1]] == 1:
            layers[layer.input[0]].append(layer)
    if not layers:
        return
    sizes = _sizes(file, list(layers), read)
    dividing = {}
    for name, alike in layers.items():
        kept = {layer.input[1]: numpy_helper.to_array(weights[layer.input[1]]) for layer in alike}
        divisors = _divisors(sizes[name], list(kept.values()))
        for own, values in kept.items():
            weights[own].CopyFrom(numpy_helper.from_array(values * divisors[:, None], own))
        graph.graph.initializer.append(numpy_helper.from_array(1 / divisors, f"{name}_smoothing"))
        dividing[name] = helper.make_node("Mul", [name, f"{name}_smoothing"], [f"{name}_smooth"], f"{name}_smooth")
    nodes = []
    for node in graph.graph.node:
        name = node.input[0] if node.input else ""
        if node in layers.get(name, ()):
            if divide := dividing.pop(name, None):
                nodes.append(divide)
            node.input[0] = f"{name}_smooth"
        nodes.append(node)
    del graph.graph.node[:]
    graph.graph.node.extend(nodes)


def layers_of(graph: ModelProto) -> list[NodeProto]:
    """The nodes that multiply what they read by weights, (columns, n) float32."""
    from onnx import TensorProto

    initializers = graph.graph.initializer
    weights = {one.name for one in initializers if len(one.dims) == 2 and one.data_type == TensorProto.FLOAT}
    return [node for node in graph.graph.node if node.op_type == "MatMul" and node.input[1] in weights]


def _divisors(size: Floats, weights: Sequence[Floats]) -> Floats:
    """(columns,) float32, more than 0."""
    largest = np.max([np.abs(one).max(axis=1) for one in weights], axis=0)
    moved = np.maximum(size, _LEAST) ** _MOVED / np.maximum(largest, _LEAST) ** (1 - _MOVED)
    return np.asarray(moved, np.float32)


def _sizes(file: Path, names: Sequence[str], read: Iterable[Feed]) -> dict[str, Floats]:
    """(columns,) float32 each: the root mean square of every column of what the layers read, by its name.

    Not the largest values, as in the paper: few texts tell the mean more surely.
    """
    import onnx

    probe = onnx.load(file, load_external_data=False)
    probe.graph.output.extend(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names)
    beside = file.with_name(_PROBE_FILE)
    found: dict[str, list[Floats]] = {name: [] for name in names}
    try:
        onnx.save(probe, beside)
        session = open_session(beside)
        for feed in read:
            for name, values in zip(names, session.run(names, dict(feed)), strict=True):
                found[name].append(np.square(values.reshape(-1, values.shape[-1])).mean(axis=0))
    finally:
        beside.unlink(missing_ok=True)
    return {name: np.asarray(np.sqrt(np.mean(squares, axis=0)), np.float32) for name, squares in found.items()}
