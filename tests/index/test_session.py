"""Signed 8-bit weights: the same numbers as unsigned ones, and read as those where the processor saturates."""

from __future__ import annotations

import platform
import re
from pathlib import Path
from typing import TypeAlias

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from index import Retriever, live_generation, session
from index.cross import CROSS_FILE, Excerpt
from index.encode import ROUNDED_FILE, OnnxEncoder
from index.graph import move_weights, round_graph
from index.saturation import write_saturation_graph
from index.session import SATURATION_FILE, SLOWER_FUSED, UNSIGNED, open_session, saturates

Layer: TypeAlias = tuple[Path, Path, dict[str, NDArray[np.float32]]]
_random = np.random.default_rng(3)
_CPU = Path("/proc/cpuinfo")
# What x86 processors call the instructions that add up exactly.
_EXACT = {"avx512_vnni", "avx_vnni", "amx_int8"}


def _is_read_unsigned(graph: Path) -> bool:
    try:
        return bool(open_session(graph).get_session_options().get_session_config_entry(UNSIGNED) == "1")
    except RuntimeError:  # there is no such entry
        return False


def test_a_sum_that_is_too_small_is_saturation(tmp_path: Path) -> None:
    write_saturation_graph(tmp_path)
    graph = onnx.load(tmp_path / SATURATION_FILE)
    weights = numpy_helper.to_array(graph.graph.initializer[0]).copy()
    # As the first sum comes out where 16 bits hold no more than 32,767 of the 64,770 of two products.
    weights[:2, 0] = 64
    graph.graph.initializer[0].CopyFrom(numpy_helper.from_array(weights, "weights"))
    onnx.save(graph, tmp_path / "other.onnx")
    assert saturates(tmp_path / "other.onnx")
    assert not saturates(tmp_path / "none.onnx")


def test_x86_saturates_without_instructions_for_8_bits(tmp_path: Path) -> None:
    flags = _CPU.exists() and re.search(r"^flags\s*:(.*)", _CPU.read_text(encoding="utf-8"), re.MULTILINE)
    if not flags:
        pytest.skip("needs Linux on x86, which tells what its processor can")
    write_saturation_graph(tmp_path)
    assert saturates(tmp_path / SATURATION_FILE) != bool(_EXACT & set(flags[1].split()))


@pytest.fixture
def layer(tmp_path: Path) -> Layer:
    """One layer, exact and rounded, and what it reads."""
    values = numpy_helper.from_array(_random.normal(0.3, size=(64, 48)).astype(np.float32), "weights")
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "n", size])
        for name, size in (("read", 64), ("made", 48))
    ]
    node = helper.make_node("MatMul", ["read", "weights"], ["made"], "layer")
    made = helper.make_graph([node], "graph", ends[:1], ends[1:], [values])
    exact, rounded = tmp_path / "exact.onnx", tmp_path / "rounded.onnx"
    onnx.save(helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), exact)
    move_weights(exact)
    write_saturation_graph(tmp_path)
    feed = {"read": _random.normal(size=(1, 5, 64)).astype(np.float32)}
    round_graph(exact, rounded, [feed], like=exact)  # type: ignore[list-item]
    assert not list(tmp_path.glob("smoothed*"))
    return exact, rounded, feed


def test_weights_are_the_same_numbers_read_either_way(layer: Layer, monkeypatch: pytest.MonkeyPatch) -> None:
    exact, rounded, feed = layer
    (wanted,) = open_session(exact).run(None, feed)
    (found,) = open_session(rounded).run(None, feed)
    monkeypatch.setattr(session, "saturates", lambda graph: True)
    assert _is_read_unsigned(rounded)
    (unsigned,) = open_session(rounded).run(None, feed)
    assert 1e-5 < np.abs(unsigned - wanted).max() < 0.05 * np.abs(wanted).max()
    assert np.allclose(found, unsigned, atol=1e-5)


def test_onnx_runtime_knows_the_entry_that_makes_them_unsigned(layer: Layer, tmp_path: Path) -> None:
    if platform.machine() not in ("x86_64", "AMD64"):
        pytest.skip("does nothing elsewhere than on x86")
    _, rounded, _ = layer
    kinds = []
    for value in ("0", "1"):
        options = onnxruntime.SessionOptions()
        options.add_session_config_entry(UNSIGNED, value)
        options.optimized_model_filepath = str(tmp_path / f"read{value}.onnx")
        onnxruntime.InferenceSession(str(rounded), options, providers=["CPUExecutionProvider"])
        read = onnx.load(options.optimized_model_filepath).graph.initializer
        kinds.append({one.data_type for one in read if len(one.dims) == 2})
    assert kinds == [{TensorProto.INT8}, {TensorProto.UINT8}]


@pytest.mark.model
def test_onnx_runtime_knows_the_step_that_is_slower_as_one(model_index: Path, tmp_path: Path) -> None:
    kinds = []
    for number, disabled in enumerate(([], SLOWER_FUSED)):
        options = onnxruntime.SessionOptions()
        options.optimized_model_filepath = str(tmp_path / f"read{number}.onnx")
        graph = str(live_generation(model_index) / "encoder" / ROUNDED_FILE)
        onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"], disabled_optimizers=disabled)
        read = onnx.load(options.optimized_model_filepath, load_external_data=False).graph.node
        kinds.append("SkipLayerNormalization" in {one.op_type for one in read})
    assert kinds == [True, False]


@pytest.mark.model
@pytest.mark.parametrize("file", [ROUNDED_FILE, CROSS_FILE])
def test_what_is_exported_has_signed_weights_that_are_read_as_the_processor_can(model_index: Path, file: str) -> None:
    folder = live_generation(model_index) / "encoder"
    stored = onnx.load(folder / file, load_external_data=False).graph.initializer
    kinds = {one.data_type for one in stored if one.name.endswith("_quantized")}
    assert kinds == {TensorProto.INT8}
    assert _is_read_unsigned(folder / file) == saturates(folder / SATURATION_FILE)


@pytest.mark.model
def test_where_the_processor_saturates_it_is_read_the_same(model_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, question = live_generation(model_index) / "encoder", "How much did the skiff cost?"
    excerpt = Excerpt("The first boat", "", "It cost 400 euros.")
    (before,), cross = OnnxEncoder(folder, "int8").encode([question]), Retriever.open(model_index).cross
    monkeypatch.setattr(session, "saturates", lambda graph: True)
    assert _is_read_unsigned(folder / ROUNDED_FILE)
    (after,), other = OnnxEncoder(folder, "int8").encode([question]), Retriever.open(model_index).cross
    assert cross
    assert other
    assert np.abs(before.vector - after.vector).max() < 1e-4
    assert cross.odds(question, excerpt) == pytest.approx(other.odds(question, excerpt), abs=1e-3)
