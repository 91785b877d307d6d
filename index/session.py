"""A graph in ONNX Runtime, on one thread."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# A graph of one layer, (COLUMNS, COLUMNS) int8, all of them LARGEST_WEIGHT.
SATURATION_FILE = "saturation.onnx"
COLUMNS, LARGEST_WEIGHT = 64, 127
_ROWS, _LARGEST_READ = 16, 255
# Weights of signed 8-bit numbers are made unsigned when the graph is opened; elsewhere than on x86 it does nothing.
UNSIGNED = "session.x64quantprecision"
# An addition and the normalisation behind it take a seventh of a question's time longer as one step than as two.
SLOWER_FUSED = ["SkipLayerNormFusion"]


def open_session(graph: Path) -> InferenceSession:
    """The graph, its weights mapped into memory.

    Signed 8-bit weights are multiplied in half to two thirds of the time of unsigned ones, where the processor has
    instructions for that (VNNI, AMX); where it has not, they are read as unsigned ones.
    """
    return _session(graph, unsigned=saturates(graph.with_name(SATURATION_FILE)))


def saturates(graph: Path) -> bool:
    """Whether products of signed weights are not added up exactly here: x86 without VNNI has 16 bits for two of them.

    :param graph: the file of that name; without one there are no such weights beside it.
    """
    if not graph.exists():
        return False
    read = np.full((_ROWS, COLUMNS), _LARGEST_READ, np.uint8)
    (sums,) = _session(graph, unsigned=False).run(None, {"read": read})
    return bool((sums != COLUMNS * _LARGEST_READ * LARGEST_WEIGHT).any())


def _session(graph: Path, *, unsigned: bool) -> InferenceSession:
    # ONNX Runtime reports what it runs on, and keeps an id in the home folder, unless it is told not to.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One question is too small to share out: a second thread costs more than it brings.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # A plan of the memory for each length of text would be kept, and texts are of many lengths.
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    if unsigned:
        options.add_session_config_entry(UNSIGNED, "1")
    return onnxruntime.InferenceSession(
        str(graph), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER_FUSED
    )
