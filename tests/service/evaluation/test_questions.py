"""A question file is read, or refused by file, line and fault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from service.evaluation.questions import QuestionFileError, posts_of, read_questions

GOOD = {"id": "a-1", "turns": ["Who?"], "kind": "fact", "answerable": True, "any": ["Ann"], "all": [], "file": "a.md"}


def written(tmp_path: Path, *lines: object) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines), encoding="utf-8")
    return file


def test_questions_are_read_in_order_and_other_fields_passed_over(tmp_path: Path) -> None:
    declined = {"id": "b", "turns": ["x?", "and y?"], "kind": "unanswerable", "answerable": False}
    first, second = read_questions(written(tmp_path, {**GOOD, "evidence": ["x"]}, "", declined))
    assert (first.id, first.turns, first.any, first.file, first.limit) == ("a-1", ("Who?",), ("Ann",), "a.md", 60)
    assert (second.turns, second.answerable, second.any, second.file) == (("x?", "and y?"), False, (), None)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("[]", "valid dictionary"),
        ({**GOOD, "turns": []}, "`turns`: List should have at least 1 item"),
        ({**GOOD, "turns": ["x", " "]}, "`turns.1`"),
        ({**GOOD, "turns": ["x" * 1001]}, "`turns.0`"),
        ({**GOOD, "answerable": "yes"}, "`answerable`: Input should be a valid boolean"),
        ({k: v for k, v in GOOD.items() if k != "kind"}, "`kind`: Field required"),
        ({**GOOD, "any": "Ann"}, "`any`"),
        ({**GOOD, "any": [""]}, "`any.0`"),
        ({**GOOD, "any": []}, "an answerable question needs a string in `all` or `any`"),
        ({**GOOD, "file": 3}, "`file`"),
        (GOOD, "the id 'a-1' is that of line 1"),
    ],
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: object, said: str) -> None:
    file = written(tmp_path, GOOD, line)
    with pytest.raises(QuestionFileError) as caught:
        read_questions(file)
    assert str(caught.value).startswith(f"{file}:2: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_without_a_question_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match="holds no question"):
        read_questions(written(tmp_path, ""))


def test_bytes_that_are_not_utf8_are_refused(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_bytes(b'{"id": "\xff"}')
    with pytest.raises(QuestionFileError, match="not UTF-8"):
        read_questions(tmp_path / "q.jsonl")


def test_posts_are_found_by_path(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD, {**GOOD, "id": "b", "file": None})
    questions = read_questions(file)
    assert posts_of(file, questions, {"a.md": "a"}) == {"a-1": "a", "b": None}
    with pytest.raises(QuestionFileError, match=r"question 1 \(a-1\) is about 'a.md'"):
        posts_of(file, questions, {"b.md": "b"})
