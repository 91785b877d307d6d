"""What encoder and reader learn from: posts as word pieces, and the sentences that answer."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.eval.lessons import Lesson, lessons

pytestmark = pytest.mark.model

POST = """---
title: The skiff
---
I found a skiff in a barn. It was built of larch.

## Cost

| part | price |
|---|---|
| hull | 400 pounds |
| oars | 35 pounds |

Was it worth it? My brother says that it was.
"""
QUESTIONS = [
    {"turns": ["How much did the hull cost?"], "any": ["400"], "evidence": ["400 pounds"]},
    {"turns": ["What wood is it?"], "any": ["larch"], "evidence": ["built of larch"]},
    {"turns": ["Who sold it?"], "any": [], "evidence": []},
]
OTHER = """---
title: A pot of soup
---
I peeled six turnips. Then I put them into cold water, and lit the stove.
"""
ABOUT_OTHER = [
    {"turns": ["What vegetable goes into the pot?"], "any": ["turnips"], "evidence": ["six turnips"]},
    {"turns": ["How long does it boil?"], "any": [], "evidence": []},
]


def taught(folder: Path, posts: Mapping[str, tuple[str, Sequence[Mapping[str, object]]]]) -> list[Lesson]:
    """The lessons of these posts, each with its questions."""
    (folder / "posts").mkdir()
    lines: list[str] = []
    for name, (text, asked) in posts.items():
        (folder / "posts" / name).write_text(text)
        for one in asked:
            known = {"id": str(len(lines)), "kind": "fact", "answerable": bool(one["any"]), "file": name}
            lines.append(json.dumps({**known, **one}))
    (folder / "questions.jsonl").write_text("\n".join(lines))
    return lessons(folder)


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    (found,) = taught(tmp_path_factory.mktemp("lessons"), {"skiff.md": (POST, QUESTIONS)})
    return found


def test_headings_questions_and_headers_are_no_answers(lesson: Lesson) -> None:
    assert [page.is_heading.tolist() for page in lesson.pages] == [[False, False], [True] + [False] * 5]
    assert [page.may_answer.tolist() for page in lesson.pages] == [
        [True, True],
        [False, False, True, True, False, True],
    ]
    assert [exercise.answerable for exercise in lesson.exercises] == [True, True, False]
    assert np.flatnonzero(np.concatenate(lesson.exercises[0].right)).tolist() == [4]


def test_every_piece_belongs_to_title_headings_or_a_sentence(lesson: Lesson) -> None:
    for page in lesson.pages:
        assert len(page.pieces) == len(page.segments)
        assert np.unique(page.segments).tolist() == list(range(-1, len(page.may_answer)))
        assert (np.diff(page.segments) >= 0).all()


def test_a_page_without_a_sentence_has_none_of_its_pieces(lesson: Lesson) -> None:
    page = lesson.pages[0]
    left = page.without(np.array([False, True]))
    assert left.pieces.tolist() == page.pieces[page.segments < 1].tolist()
    assert left.may_answer.tolist() == [True, False]


def test_a_row_is_read_after_its_header(lesson: Lesson) -> None:
    page = lesson.pages[1]
    assert page.before.tolist() == [-1, 0, 1, 1, 3, 4]
    assert page.without(np.arange(6) == 1).before.tolist() == [-1, -1, -1, -1, 3, 4]


def test_words_that_only_frame_a_question_count_less(lesson: Lesson) -> None:
    heard = lesson.exercises[0].loudness
    assert len(heard) == len(lesson.exercises[0].pieces)
    assert heard[0] < heard[-2] == 1


def test_what_is_beyond_what_the_encoder_reads_is_no_answer(tmp_path: Path) -> None:
    text = f"---\ntitle: Numbers\n---\n{'7 ' * 190}are sevens. {'8 ' * 150}are eights. The last fruit is a quince.\n"
    asked = [{"turns": ["What is the last fruit?"], "any": ["quince"], "evidence": ["a quince"]}]
    (found,) = taught(tmp_path, {"numbers.md": (text, asked)})
    read = np.concatenate([page.lengths[1:] for page in found.pages]) > 0
    assert not read.all()
    assert np.concatenate([page.may_answer for page in found.pages]).tolist() == read.tolist()


def test_the_reader_is_shown_the_pieces_of_each_sentence(lesson: Lesson) -> None:
    pytest.importorskip("torch")
    from tests.eval.sheet import Sheet

    sheet = Sheet.of(lesson, lesson, random.Random(0))
    pieces = np.concatenate([page.pieces for page in sheet.pages])
    starts, lengths = (one.tolist() for one in sheet.spans)
    shown = [pieces[start : start + length].tolist() for start, length in zip(starts, lengths, strict=True)]
    assert shown == [
        page.pieces[page.segments == number].tolist() for page in sheet.pages for number in range(len(page.may_answer))
    ]
