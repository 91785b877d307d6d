"""A post is meant by the words of its title, where something of the post itself is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Retriever
from service.answer import Answerer
from service.titled import about_this_post
from tests.indexes import Indexer

TITLE = "Project Mole: Migrating Harbour from Quay 2 to Pier"


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("Who is the author of the migration post?", "Who is the author of the post?"),
        ("who wrote the post about migrating Harbour", "who wrote the post"),
        ("when was the pier article last updated?", "when was the post last updated?"),
        ("what's the gist of your harbour article?", "what's the gist of the post?"),
        # That may be what the post is about.
        ("who is the author of Project Mole?", ""),
        ("Who wrote the migration guide?", ""),
        ("When was “Project Mole: Migrating Harbour from Quay 2 to Pier” published?", "When was the post published?"),
        ("who wrote the post about gardens?", ""),
        ("who wrote the essay on Harbour?", ""),
        ("what does the Pier post say about gardens?", ""),
        ("who wrote the post?", ""),
        ("who wrote Pier?", ""),
        ("", ""),
    ],
)
def test_the_subject_is_left_out(question: str, plain: str) -> None:
    assert about_this_post(question, TITLE) == plain


@pytest.mark.model
def test_its_fields_answer(indexed: Indexer, tmp_path: Path) -> None:
    matter = f"---\ntitle: '{TITLE}'\nauthor: Edda Marsh\n---\n"
    text = f"{matter}\nIt took us a weekend. Olav Brandt wrote the first post on Pier.\n"
    (tmp_path / "pier.md").write_text(text, encoding="utf-8")
    answerer = Answerer(Retriever.open(indexed(tmp_path)))
    assert "Edda Marsh" in answerer.ask("who is the author of the migration post", "pier").composed.text
    # Its date is not given, and nothing else is asked instead.
    assert not answerer.ask("when was the migration post published?", "pier").decision.answers
    answerer.close()
