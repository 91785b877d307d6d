"""Smoothing: what a graph gives stays as it was, and what its layers read becomes even."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from index.session import open_session
from index.smooth import smooth
from index.types import Floats

_random = np.random.default_rng(5)
_UNEVEN = np.array([40, 1, 1, 0.1], np.float32)
_FEEDS = [{"ids": _random.integers(0, 9, (1, 7))} for _ in range(4)]


def _graph(*layers: tuple[str, str]) -> onnx.ModelProto:
    """Rows of a table by their numbers, one column of it large, and layers as (weights, output) that read them."""
    table = _random.normal(size=(9, 4)).astype(np.float32) * _UNEVEN
    weights = {name: _random.normal(size=(4, 3)).astype(np.float32) for name, _ in layers}
    nodes = [helper.make_node("Gather", ["table", "ids"], ["rows"], "gather")]
    nodes += [helper.make_node("MatMul", ["rows", name], [out], out) for name, out in layers]
    made = helper.make_graph(
        nodes,
        "layers",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "n"])],
        [helper.make_tensor_value_info(out, TensorProto.FLOAT, [1, "n", 3]) for _, out in layers],
        [numpy_helper.from_array(values, name) for name, values in {"table": table, **weights}.items()],
    )
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def _smoothed(graph: onnx.ModelProto, file: Path) -> tuple[list[Floats], list[Floats]]:
    """What the graph gives before and after."""
    onnx.save(graph, file)
    before = open_session(file).run(None, _FEEDS[0])
    smooth(graph, file, _FEEDS)
    onnx.checker.check_model(graph)
    onnx.save(graph, file)
    return before, open_session(file).run(None, _FEEDS[0])


def test_layers_that_read_the_same_give_what_they_gave(tmp_path: Path) -> None:
    graph = _graph(("a", "one"), ("b", "two"))
    before, after = _smoothed(graph, tmp_path / "graph.onnx")
    for one, other in zip(before, after, strict=True):
        assert np.allclose(one, other, rtol=1e-4, atol=1e-4)
    assert [node.op_type for node in graph.graph.node] == ["Gather", "Mul", "MatMul", "MatMul"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["graph.onnx"]


def test_what_they_read_becomes_even(tmp_path: Path) -> None:
    graph = _graph(("a", "one"))
    _smoothed(graph, tmp_path / "graph.onnx")
    kept = {one.name: numpy_helper.to_array(one) for one in graph.graph.initializer}
    rows = kept["table"] * kept["rows_smoothing"]
    columns = np.sqrt(np.square(rows).mean(axis=0))
    assert columns.max() / columns.min() < 30 < _UNEVEN.max() / _UNEVEN.min()


def test_weights_that_two_layers_share_are_left_alone(tmp_path: Path) -> None:
    graph = _graph(("a", "one"))
    graph.graph.node.append(helper.make_node("MatMul", ["rows", "a"], ["again"], "again"))
    _smoothed(graph, tmp_path / "graph.onnx")
    assert [node.op_type for node in graph.graph.node] == ["Gather", "MatMul", "MatMul"]
