"""Whose talk is asked about is found in a programme by the name."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Post, PostCard, Retriever
from index.types import Block, Part, Section
from service.answer import Answerer
from service.evidence import Source
from service.talk import talk_of
from tests.indexes import Indexer

POST = """# The harbour workshop

Ninety people met online in June to talk about harbours, and most of them stayed until the end.

## Afternoon

The sessions of the afternoon were these, with slides on the page of the event:

- A high-throughput platform for the training of dredgers - Nora Vane, Halden
- Software for renewable moorings - Kaspar Lind, Orre
- Questions and answers with Edda Marsh
- The last word, by Edda Marsh
"""


def _programme() -> Source:
    text = "Renewable moorings - Kaspar Lind, Orre\nA word by Edda Marsh\nThe last word, by Edda Marsh"
    lines = text.split("\n")
    ends = [sum(len(line) + 1 for line in lines[: n + 1]) - 1 for n in range(len(lines))]
    parts = tuple(Part("item", end - len(line), end) for line, end in zip(lines, ends, strict=True))
    block = Block("list", 0, len(text), parts)
    section = Section((), "", 0, 0, 0, 0, len(text), (block,))
    return Source(PostCard("p", "p.md", "", "", ""), Post("p", "p.md", "", "", "", text, "", (section,), ""))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What did Kaspar Lind talk about?", True),
        ("what was the title of Kaspar Lind's presentation?", True),
        ("topic of Kaspar Lind’s talk", True),
        ("What did Kaspar Lind say about moorings in the talk?", False),
        ("How long did Kaspar Lind talk?", False),
        ("What did Edda Marsh talk about?", False),
        ("What did Nobody Known talk about?", False),
        ("what did kaspar talk about", False),
        ("Who is Kaspar Lind?", False),
        ("", False),
    ],
)
def test_a_talk_is_told_by_the_only_item_with_the_name(question: str, told: bool) -> None:
    assert (talk_of(question, _programme()) is not None) is told


@pytest.mark.model
def test_it_answers_where_no_sentence_does(indexed: Indexer, tmp_path: Path) -> None:
    (tmp_path / "workshop.md").write_text(POST, encoding="utf-8")
    answerer = Answerer(Retriever.open(indexed(tmp_path)))
    answer = answerer.ask("What did Nora Vane talk about?", "workshop")
    assert (
        answer.composed.quotes[0].text == "A high-throughput platform for the training of dredgers - Nora Vane, Halden"
    )
    assert not answerer.ask("How long did Nora Vane talk?", "workshop").decision.answers
    answerer.close()
