"""Candidates for suggested questions, from what a post is made of."""

from __future__ import annotations

from pathlib import Path

from index.chunk import chunk
from index.parse import parse_post, read_site
from index.suggest import Suggestion, suggest

POST = """---
questions: ["Can I freeze the dough?"]
---

# Bread

In 2021 I bought an oven.

## What is a starter?

Autolyse is the rest that flour and water take before the salt. It is a habit of mine.

## Shaping the loaf

Fold it twice.

## How to store it

In a box.

## What went wrong

The crust was pale.

## Shape the loaf

Fold it once more.

## Common mistakes

- too little salt
- too much water

## Two friends

They ate it.

## The “ear”

It stands up.

## What I miss

Salt.

## March

### New

A tin.

## April

### new

A peel.

## Notes

None of this is new.
"""


def made(tmp_path: Path) -> dict[str, Suggestion]:
    post = parse_post("bread.md", POST.encode(), read_site(tmp_path)).post
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


def test_headings_that_are_questions_but_for_their_form_are_asked_as_such(tmp_path: Path) -> None:
    questions = made(tmp_path)
    assert {
        "How do I store it?",
        "How do I shape the loaf?",
        "What went wrong?",
        "What are the common mistakes?",
        "What is “The ‘ear’” about?",
    } <= set(questions)
    assert "What are the two friends?" not in questions


def test_headings_that_are_repeated_or_say_nothing_make_no_questions(tmp_path: Path) -> None:
    asked = " ".join(made(tmp_path)).casefold()
    assert "“new”" not in asked
    assert "“notes”" not in asked


def test_a_sentence_about_it_defines_nothing(tmp_path: Path) -> None:
    assert "What is It?" not in made(tmp_path)


def test_what_surrounds_the_words_of_a_heading_is_left_out(tmp_path: Path) -> None:
    headings = ("...travel", "Awesomeness ⚡️", "Why does it matter", "C++")
    source = "# Year\n\n" + "".join(f"## {heading}\n\nSo it is.\n\n" for heading in headings)
    post = parse_post("year.md", source.encode(), read_site(tmp_path)).post
    assert post is not None
    asked = {suggestion.question for suggestion in suggest(post, chunk(post))}
    assert {"What is “travel” about?", "What is “Awesomeness” about?", "Why does it matter?"} <= asked
    assert "What is “C++” about?" in asked


def test_somebody_is_asked_for_by_who_and_nothing_by_an_adverb(tmp_path: Path) -> None:
    source = (
        "# Team\n\n## 2019\n\nAda Quill is the first director of the club. Also rowing is the best of sports.\n\n"
        "Rowing club is a place for rowers.\n"
    )
    post = parse_post("team.md", source.encode(), read_site(tmp_path)).post
    assert post is not None
    asked = {suggestion.question for suggestion in suggest(post, chunk(post))}
    assert {"Who is Ada Quill?", "What is Rowing club?"} <= asked
    assert not asked & {"What is Also rowing?", "What is “2019” about?"}
