"""A graph in ONNX Runtime, on one thread."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def open_session(graph: Path) -> InferenceSession:
    """The graph, its weights mapped into memory."""
    # ONNX Runtime reports what it runs on, and keeps an id in the home folder, unless it is told not to.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One question is too small to share out: a second thread costs more than it brings.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # A plan of the memory for each length of text would be kept, and texts are of many lengths.
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
