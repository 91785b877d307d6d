"""What changed between two reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from service.evaluation.compare import BaselineError, Change, Turned, compare, read_baseline
from service.evaluation.report import Report
from tests.service.evaluation.made import outcome


def test_figures_and_verdicts_that_moved_are_told() -> None:
    same = outcome("fact", "correct", 0.8, name="a")
    old = [same, outcome("fact", "wrong", 0.6, name="b"), outcome("fact", "correct", name="old")]
    before = Report(old, None, 0.4)
    now = Report([same, outcome("fact", "correct", 0.6, name="b")], None, 0.4)
    found = compare(before.as_json(), now.as_json())
    moved = {change.name: change for change in found.figures}
    assert moved["answerable_correct"] == Change("answerable_correct", 0.6667, 1.0)
    assert moved["kinds.fact.wrong"] == Change("kinds.fact.wrong", 1, 0)
    assert "retrieval.mrr" not in moved
    assert found.questions == (Turned("b", "wrong", "correct"),)
    assert found.other == 1


def test_a_figure_that_is_new_has_no_before() -> None:
    one = Report([outcome("fact", "correct")], None, 0.4).as_json()
    assert compare({**one, "all_correct": None}, one).figures == (Change("all_correct", None, 1.0),)
    assert compare(one, one).figures == ()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"questions": [1], "all_correct": 1}', '{"questions": []}'])
def test_another_file_is_no_baseline(tmp_path: Path, text: str) -> None:
    (tmp_path / "b.json").write_text(text, encoding="utf-8")
    with pytest.raises(BaselineError, match="askpost eval --json"):
        read_baseline(tmp_path / "b.json")


def test_a_report_is_a_baseline(tmp_path: Path) -> None:
    made = Report([outcome("fact", "correct")], None, 0.4).as_json()
    (tmp_path / "b.json").write_text(json.dumps(made), encoding="utf-8")
    assert read_baseline(tmp_path / "b.json") == made
