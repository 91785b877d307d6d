"""The graph that tells, on the machine that answers, whether its processor saturates with signed 8-bit weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from index.session import COLUMNS, LARGEST_WEIGHT, SATURATION_FILE


def write_saturation_graph(folder: Path) -> None:
    """Write it into the folder: what it reads, uint8, is multiplied by the largest weights."""
    from onnx import TensorProto, helper, numpy_helper, save

    weights = np.full((COLUMNS, COLUMNS), LARGEST_WEIGHT, np.int8)
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["read", "weights"], ["sums"])],
        "saturation",
        [helper.make_tensor_value_info("read", TensorProto.UINT8, ["rows", COLUMNS])],
        [helper.make_tensor_value_info("sums", TensorProto.INT32, ["rows", COLUMNS])],
        [numpy_helper.from_array(weights, "weights")],
    )
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), folder / SATURATION_FILE)
