"""Whether this processor adds up products of signed weights exactly.

Where it does, signed 8-bit weights are multiplied in half the time of unsigned ones. Old processors (x86 without VNNI)
add pairs of such products in 16 bits, which are too few for the largest.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from index.session import open_session

PROBE_FILE = "signed.onnx"
_COLUMNS = 64
_LARGEST_READ, _LARGEST_WEIGHT = 255, 127


def write_probe(folder: Path) -> None:
    """Write the graph that tells: a layer of the largest weights."""
    from onnx import TensorProto, helper, numpy_helper, save

    weights = np.full((_COLUMNS, _COLUMNS), _LARGEST_WEIGHT, np.int8)
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["read", "weights"], ["sums"])],
        "probe",
        [helper.make_tensor_value_info("read", TensorProto.UINT8, ["rows", _COLUMNS])],
        [helper.make_tensor_value_info("sums", TensorProto.INT32, ["rows", _COLUMNS])],
        [numpy_helper.from_array(weights, "weights")],
    )
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), folder / PROBE_FILE)


def adds_exactly(folder: Path) -> bool:
    """Whether the sums of the graph in the folder come out right on this processor."""
    read = np.full((_COLUMNS // 4, _COLUMNS), _LARGEST_READ, np.uint8)
    (sums,) = open_session(folder / PROBE_FILE).run(None, {"read": read})
    return bool((sums == _COLUMNS * _LARGEST_READ * _LARGEST_WEIGHT).all())
