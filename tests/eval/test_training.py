"""The training questions fit their posts, and no post of the training is one that is judged by."""

import json
from collections import Counter
from datetime import date
from typing import Any

import frontmatter
import pytest

from tests.eval.judge import TRAINING, fold, readable
from tests.eval.test_questions import SOURCES

POSTS = {path.name: path.read_text(encoding="utf-8") for path in sorted((TRAINING / "posts").glob("*.md"))}


def _read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (TRAINING / name).read_text(encoding="utf-8").splitlines()]


READ, LISTS = _read("questions.jsonl"), _read("lists.jsonl")
QUESTIONS = READ + LISTS


@pytest.mark.parametrize("post", POSTS)
def test_the_post_holds_what_its_questions_say_of_it(post: str) -> None:
    texts = readable(POSTS[post])
    own = [question for question in QUESTIONS if question["file"] == post]
    assert own
    for question in own:
        assert question["answerable"] == bool(question["evidence"])
        assert question["answerable"] == bool(question["any"] or question["all"])
        for wanted in (*question["evidence"], *question["any"], *question["all"]):
            assert any(fold(wanted) in text for text in texts), (question["id"], wanted)


@pytest.mark.parametrize("post", POSTS)
def test_the_post_would_be_published(post: str) -> None:
    matter = frontmatter.loads(POSTS[post])
    assert matter["title"]
    assert isinstance(matter["date"], date)
    assert matter["date"] < date(2026, 11, 1)


def test_no_question_about_a_post_is_there_twice() -> None:
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    asked: Counter[tuple[Any, ...]] = Counter((q["file"], *map(fold, q["turns"])) for q in QUESTIONS)
    assert not [question for question, times in asked.items() if times > 1]


def test_about_two_in_five_questions_are_not_answered() -> None:
    unanswered = sum(not question["answerable"] for question in READ) / len(READ)
    assert 0.35 <= unanswered <= 0.45


def test_the_questions_about_lists_ask_for_several_things() -> None:
    assert LISTS
    assert all(question["kind"] == "list" and len(question["all"]) > 1 for question in LISTS)


def test_no_post_is_also_judged_by() -> None:
    assert not {fold(text) for text in POSTS.values()} & {fold(text) for text in SOURCES.values()}
