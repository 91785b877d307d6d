"""8-bit numbers with and without a sign: the same numbers, and what is done where one kind does not come out right."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper

from index import BuildSettings, Retriever, build_index, encode, live_generation, signed, suits_processor
from index.cross import CROSS_FILE
from index.encode import ROUNDED_FILE, EncoderSettings, OnnxEncoder
from index.graph import move_weights, round_graph
from index.session import open_session
from index.signed import PROBE_FILE, adds_exactly, write_probe
from tests.conftest import BLOG

_random = np.random.default_rng(3)


@pytest.fixture
def unexact(monkeypatch: pytest.MonkeyPatch) -> None:
    """A processor that does not add up products of signed weights exactly."""
    for module in (encode, signed):
        monkeypatch.setattr(module, "adds_exactly", lambda folder: False)


@pytest.fixture
def exported_index(model_index: Path, tmp_path: Path) -> Path:
    """A copy of the index, whose graphs were exported for a processor that adds exactly."""
    index = Path(shutil.copytree(model_index, tmp_path / "index"))
    folder = live_generation(index) / "encoder"
    replace(EncoderSettings.load(folder), signed=True).save(folder)
    return index


def test_the_probe_tells_sums_that_are_right_from_others(tmp_path: Path) -> None:
    write_probe(tmp_path)
    right = adds_exactly(tmp_path)
    graph = onnx.load(tmp_path / PROBE_FILE)
    weights = numpy_helper.to_array(graph.graph.initializer[0])
    # One sum is too small by what 16 bits cannot hold.
    graph.graph.initializer[0].CopyFrom(numpy_helper.from_array(np.where(np.eye(64) == 1, 0, weights), "weights"))
    onnx.save(graph, tmp_path / PROBE_FILE)
    assert not adds_exactly(tmp_path)
    assert isinstance(right, bool)


def test_weights_are_the_same_numbers_with_a_sign_and_without(tmp_path: Path) -> None:
    values = numpy_helper.from_array(_random.normal(0.3, size=(64, 48)).astype(np.float32), "weights")
    ends = [helper.make_tensor_value_info(name, 1, [1, "n", size]) for name, size in (("read", 64), ("made", 48))]
    layer = helper.make_node("MatMul", ["read", "weights"], ["made"], "layer")
    made = helper.make_graph([layer], "graph", ends[:1], ends[1:], [values])
    exact = tmp_path / "exact.onnx"
    onnx.save(helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), exact)
    move_weights(exact)
    # Small enough that no processor's sums overflow.
    feed = {"read": _random.normal(size=(1, 5, 64)).astype(np.float32)}
    wanted = open_session(exact).run(None, feed)[0]
    found = {}
    for sign in (False, True):
        file = tmp_path / f"{sign}.onnx"
        round_graph(exact, file, [feed], like=exact, signed=sign)  # type: ignore[list-item]
        found[sign] = open_session(file).run(None, feed)[0]
        kinds = {one.name: one.data_type for one in onnx.load(file).graph.initializer}
        assert kinds["weights_quantized"] == (onnx.TensorProto.INT8 if sign else onnx.TensorProto.UINT8)
    assert np.abs(found[False] - wanted).max() < 0.05 * np.abs(wanted).max()
    write_probe(tmp_path)
    if adds_exactly(tmp_path):
        assert np.allclose(found[True], found[False], atol=1e-5)


@pytest.mark.usefixtures("unexact")
def test_where_sums_do_not_come_out_right_questions_are_read_exactly_and_nothing_closely(exported_index: Path) -> None:
    folder = live_generation(exported_index) / "encoder"
    assert (folder / ROUNDED_FILE).exists()
    assert (folder / CROSS_FILE).exists()
    assert not suits_processor(folder)
    asked = ["How much did the skiff cost?"]
    (exact,), (instead,) = OnnxEncoder(folder).encode(asked), OnnxEncoder(folder, "int8").encode(asked)
    assert np.array_equal(exact.vector, instead.vector)
    assert Retriever.open(exported_index).cross is None


@pytest.mark.usefixtures("unexact")
def test_the_next_build_exports_for_this_processor_and_embeds_nothing(
    exported_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index import embed

    monkeypatch.setattr(embed, "adds_exactly", lambda folder: False)
    report = build_index(BuildSettings(BLOG, exported_index))
    assert (report.published, report.embedded) == (True, 0)
    folder = live_generation(exported_index) / "encoder"
    assert suits_processor(folder)
    assert Retriever.open(exported_index).cross
    assert not build_index(BuildSettings(BLOG, exported_index)).published


def test_an_index_of_before_suits_every_processor(tmp_path: Path) -> None:
    assert suits_processor(tmp_path)
    (tmp_path / "encoder.json").write_text('{"max_tokens": 256, "dimensions": 384, "inputs": ["input_ids"]}')
    assert suits_processor(tmp_path)
