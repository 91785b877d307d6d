"""`askpost eval` as a user runs it, on the three posts."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from service import cli
from service.answer import Answerer
from service.evaluation.ask import ask_all
from service.evaluation.questions import Asked
from service.evaluation.removal import ask_without_evidence, evidence_of

COST = "How much did the skiff cost?"
_FACT = {"turns": [COST], "kind": "fact", "answerable": True, "file": None}
QUESTIONS = [
    {**_FACT, "id": "cost", "any": ["240 euros"], "file": "learning-to-row.md"},
    {**_FACT, "id": "year", "turns": [COST, "and when was it bought?"], "kind": "followup", "any": ["2018"]},
    {**_FACT, "id": "wrong", "any": ["nobody says this"]},
    {"id": "off", "turns": ["what is the weather like in Hanoi today?"], "kind": "offtopic", "answerable": False},
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "questions.jsonl"
    made.write_text("\n".join(map(json.dumps, QUESTIONS)), encoding="utf-8")
    return made


@pytest.fixture
def run(model_index: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setattr(cli, "_out", Console(highlight=False, soft_wrap=True))
    monkeypatch.setattr(cli, "_err", Console(stderr=True, highlight=False, soft_wrap=True))
    return lambda *options: CliRunner().invoke(cli.app, ["eval", *map(str, options), "--index", str(model_index)])


def test_the_table_and_the_figures_are_printed(run, file: Path) -> None:  # type: ignore[no-untyped-def]
    result = run(file, "--failures")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert " ".join(lines[0].split()).startswith("kind asked correct wrong too long abstained answered invented error")
    assert "all                        4         3         1" in result.stdout
    assert "answerable_correct: 0.6667" in lines
    assert "offtopic_declined: 1.0" in lines
    assert any(line.startswith("retrieval: questions 3, r@1 0.6667") for line in lines)
    (failure,) = (line for line in lines if line.startswith("wrong "))
    assert "'How much did the skiff cost?'" in failure
    assert "240 euros" in failure


def test_json_curve_and_comparison(run, file: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    made = run(file, "--json", "--curve", tmp_path / "curve.svg")
    assert made.exit_code == 0, made.output
    report = json.loads(made.stdout)
    assert report["answerable_correct"] == 0.6667
    assert [one["verdict"] for one in report["questions"]] == ["correct", "correct", "wrong", "correct"]
    assert sum(one["questions"] for one in report["calibration"]["bins"]) == 4
    assert ET.parse(tmp_path / "curve.svg").getroot().tag.endswith("svg")

    report["questions"][0]["verdict"] = "abstained"
    report["answerable_correct"] = 0.3333
    (tmp_path / "before.json").write_text(json.dumps(report), encoding="utf-8")
    compared = run(file, "--compare", tmp_path / "before.json")
    assert "answerable_correct: 0.3333 -> 0.6667 (+0.3334)" in compared.stdout
    assert "cost: abstained -> correct" in compared.stdout


@pytest.mark.parametrize(("line", "said"), [("{", ":5: not JSON"), ('{"id": "x"}', ":5: `turns`: Field required")])
def test_a_malformed_line_is_named(run, file: Path, line: str, said: str) -> None:  # type: ignore[no-untyped-def]
    file.write_text(file.read_text(encoding="utf-8") + "\n" + line, encoding="utf-8")
    result = run(file)
    assert result.exit_code == 2
    assert f"askpost: {file}{said}" in result.stderr
    assert result.stdout == ""


def test_a_post_that_is_not_indexed_is_named(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "q.jsonl"
    file.write_text(json.dumps({**QUESTIONS[0], "file": "nowhere.md"}), encoding="utf-8")
    result = run(file)
    assert result.exit_code == 2
    assert "'nowhere.md'" in result.stderr


def test_a_file_that_is_not_there_is_one_line(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    result = run(tmp_path / "none.jsonl")
    assert result.exit_code == 1
    assert "none.jsonl" in result.stderr


def test_a_question_that_fails_does_not_stop_the_others(answerer: Answerer, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = answerer.retriever.encode

    def broken(text: str):  # type: ignore[no-untyped-def]
        if "skiff" in text:
            raise RuntimeError("out of memory")
        return whole(text)

    monkeypatch.setattr(answerer.retriever, "encode", broken)
    questions = [
        Asked("a", ("How much did the skiff cost?",), "fact", True, (), ("240",), None),
        Asked("b", ("how do I bake bread?",), "offtopic", False, (), (), None),
    ]
    outcomes = ask_all(answerer, questions, {"a": None, "b": None}, lambda *_: None)
    assert (outcomes[0].verdict, outcomes[0].said) == ("error", "RuntimeError: out of memory")
    assert outcomes[1].verdict == "correct"


def test_without_its_evidence_the_sentence_is_not_quoted(answerer: Answerer) -> None:
    asked = Asked("a", ("How much did the skiff cost?",), "fact", True, (), ("240 euros",), None)
    ((post, spans),) = evidence_of(answerer, asked, None).items()
    text = answerer.source(post).post.text
    assert all("240 euros" in text[start:end] for start, end in spans)

    outcomes = ask_all(answerer, [asked], {"a": None}, lambda *_: None)
    (removed,) = ask_without_evidence(answerer, outcomes, {"a": None}, None, lambda *_: None)
    assert "240 euros" not in removed.said
    assert removed.score < (outcomes[0].score or 0)
    assert "240 euros" in answerer.ask("How much did the skiff cost?").composed.text


def test_removal_is_printed(run, file: Path) -> None:  # type: ignore[no-untyped-def]
    result = run(file, "--removed", "--failures")
    assert result.exit_code == 0, result.output
    (line,) = (line for line in result.stdout.splitlines() if line.startswith("removed: "))
    assert line.startswith("removed: asked 2, declined ")
