"""The stages that are measured are those of an answer."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks import stages


def test_each_stage_of_an_answer_is_measured(model_index: Path) -> None:
    found = stages.measure(model_index, count=20, seed=1)
    assert {"understand", "encode", "retrieve", "rank", "measure", "read", "reply"} <= found.keys()
    assert all(0 <= ms < 10_000 for ms in found.values())
