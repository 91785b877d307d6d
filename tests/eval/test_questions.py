"""The question files fit their posts: every answerable question can be answered from the post that it names."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from service.evaluation.wording import fold, holds

HERE = Path(__file__).parent
POSTS = HERE / "posts"
FIELDS = {"id", "turns", "kind", "answerable", "evidence", "evidence_mode", "any", "all", "file"}
DECLINED = {"unanswerable", "offtopic"}
SINGLE = {"fact", "list", "explain", "structured", "followup"}
MULTI = {"multi-fact", "multi-list", "multi-explain", "multi-followup"}
LINK_TARGET = re.compile(r"(?<=\])\((?:\{\{.*?\}\}|\{%.*?%\}|[^)])*\)|\[\^[\w-]+\]")
TAG = re.compile(r"<!--.*?-->|</?[a-z][^>]*>")

Question = dict[str, Any]


def load(part: str) -> list[Question]:
    lines = (HERE / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def letters(text: str) -> str:
    """Letters and digits alone, so that markup between words does not count."""
    return re.sub(r"[\W_]+", "", fold(text))


def said(question: Question, source: str) -> bool:
    return holds(source, question["all"], question["any"])


def shown(question: Question, source: str) -> bool:
    text = letters(TAG.sub("", LINK_TARGET.sub("", fold(source))))
    return all(letters(sentence) in text for sentence in question["evidence"])


FIT, TEST = load("fit"), load("test")
ALL = FIT + TEST
SOURCES = {
    p.relative_to(POSTS).as_posix(): p.read_text(encoding="utf-8")
    for p in sorted(POSTS.rglob("*.md"))
    if p.name != "_index.md"
}


def generators(part: list[Question]) -> set[str]:
    return {q["file"].split("/")[0] for q in part if q["file"]}


@pytest.mark.parametrize("question", ALL, ids=lambda q: str(q["id"]))
def test_a_question_has_the_fields_of_the_format(question: Question) -> None:
    assert set(question) == FIELDS
    assert question["turns"]
    assert all(isinstance(turn, str) and turn == turn.strip() != "" for turn in question["turns"])
    assert len(question["turns"]) > 1 or "followup" not in question["kind"]
    assert question["kind"] in SINGLE | MULTI | DECLINED
    assert question["answerable"] is (question["kind"] not in DECLINED)
    assert question["evidence_mode"] in {"any", "all"}
    assert question["file"] is None or question["file"] in SOURCES
    assert question["kind"] not in MULTI or question["file"] is None
    assert question["kind"] not in SINGLE or question["file"] is not None


@pytest.mark.parametrize("question", [q for q in ALL if q["answerable"]], ids=lambda q: str(q["id"]))
def test_the_post_says_what_an_answer_must_hold(question: Question) -> None:
    assert question["all"] or question["any"]
    assert question["evidence"]
    posts = SOURCES.values() if question["file"] is None else [SOURCES[question["file"]]]
    assert any(said(question, source) and shown(question, source) for source in posts)


@pytest.mark.parametrize("question", [q for q in ALL if not q["answerable"]], ids=lambda q: str(q["id"]))
def test_a_question_to_decline_wants_no_string(question: Question) -> None:
    assert question["all"] == question["any"] == question["evidence"] == []


def test_no_id_and_no_question_about_a_post_is_there_twice() -> None:
    assert len({q["id"] for q in ALL}) == len(ALL)
    assert len({(q["file"], *map(fold, q["turns"])) for q in ALL}) == len(ALL)


def test_the_parts_share_no_post_and_each_covers_every_generator() -> None:
    assert not {q["file"] for q in FIT if q["file"]} & {q["file"] for q in TEST if q["file"]}
    assert {q["file"] for q in ALL if q["file"]} == set(SOURCES)
    assert generators(FIT) == generators(TEST)


def test_there_are_enough_questions_of_every_sort() -> None:
    kinds = Counter(q["kind"] for q in ALL)
    assert len(ALL) >= 400
    assert len(SOURCES) >= 24
    assert len(generators(ALL)) >= 8
    assert kinds["offtopic"] >= 25
    assert kinds["unanswerable"] >= len(ALL) / 3
    assert set(kinds) == SINGLE | MULTI | DECLINED
    for part in (FIT, TEST):
        assert {q["kind"] for q in part} == SINGLE | MULTI | DECLINED
