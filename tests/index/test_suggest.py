"""Candidates for suggested questions, from what a post is made of."""

from __future__ import annotations

from pathlib import Path

from index.chunk import chunk
from index.parse import parse_post, read_site
from index.suggest import Suggestion, suggest

POST = b"""---
questions: ["Can I freeze the dough?"]
---

# Bread

In 2021 I bought an oven.

## What is a starter?

Autolyse is the rest that flour and water take before the salt. It is a habit of mine.

## Shaping the loaf

Fold it twice.
"""


def made(tmp_path: Path) -> dict[str, Suggestion]:
    post = parse_post("bread.md", POST, read_site(tmp_path)).post
    assert post is not None
    return {s.question: s for s in suggest(post, chunk(post))}


def test_the_owners_questions_come_first(tmp_path: Path) -> None:
    assert next(iter(made(tmp_path).values())) == Suggestion("Can I freeze the dough?", None)


def test_headings_definitions_and_dates_make_questions(tmp_path: Path) -> None:
    questions = made(tmp_path)
    assert {
        "What is a starter?",
        "What is “Shaping the loaf” about?",
        "What is Autolyse?",
        "What happened in 2021?",
    } <= set(questions)


def test_a_sentence_about_it_defines_nothing(tmp_path: Path) -> None:
    assert "What is It?" not in made(tmp_path)
