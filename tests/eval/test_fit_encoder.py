"""What the encoder learns from: posts as word pieces, the sentences that answer, and how well they match."""

from __future__ import annotations

import json
import random

import numpy as np
import pytest

from index.late import align, shares, weigh
from tests.eval.lessons import Lesson, lessons, weights_of

torch = pytest.importorskip("torch")
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
    {"turns": ["What did the hull cost?"], "any": ["400"], "evidence": ["400 pounds"]},
    {"turns": ["What wood is it?"], "any": ["larch"], "evidence": ["built of larch"]},
    {"turns": ["Who sold it?"], "any": [], "evidence": []},
]


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    folder = tmp_path_factory.mktemp("lessons")
    (folder / "posts").mkdir()
    (folder / "posts" / "skiff.md").write_text(POST)
    lines = [
        {"id": str(n), "kind": "fact", "answerable": bool(one["any"]), "file": "skiff.md", **one}
        for n, one in enumerate(QUESTIONS)
    ]
    (folder / "questions.jsonl").write_text("\n".join(map(json.dumps, lines)))
    (found,) = lessons(folder)
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


def test_sentences_match_as_they_do_when_answering(lesson: Lesson) -> None:
    from tests.eval import fit_encoder

    weights = weights_of([lesson])
    learner = fit_encoder.Learner()
    sheet = fit_encoder.Sheet.of(lesson, lesson, random.Random(0))
    with torch.no_grad():
        tokens, _ = learner.read([page.pieces for page in sheet.pages])
        asked, _ = learner.read([question.pieces for question in sheet.questions])
        alone, *_ = fit_encoder.matches(asked, tokens, sheet, weights)
    first, page = sheet.questions[0], sheet.pages[1]
    starts = np.searchsorted(page.segments, np.arange(len(page.may_answer)))
    alignment = align(asked[0].numpy(), tokens[1].numpy(), starts)
    expected = weigh(alignment, shares(weights[first.pieces]))
    own = alone[0, len(sheet.pages[0].may_answer) :][: len(expected)].numpy()
    np.testing.assert_allclose(own, expected, atol=1e-5)


def test_learning_brings_the_answer_forward(lesson: Lesson) -> None:
    from tests.eval import fit_encoder

    learner, weights = fit_encoder.Learner(), weights_of([lesson])
    changes = [change for layer in learner.changed.values() for change in (layer.down, layer.up)]
    optimizer = torch.optim.AdamW(changes, lr=1e-3)
    losses = []
    for _ in range(8):
        loss = learner.loss(fit_encoder.Sheet.of(lesson, lesson, random.Random(0)), weights)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] * 0.8
