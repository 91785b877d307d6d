"""A list in running text is shown as one, where a list is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Retriever
from service.answer import Answerer
from tests.indexes import Indexer

POST = """# The mesh in our house

We wanted wireless in the shed, and bought a repeater for it. It is a small white box that sits in a socket.

Repeaters are cheap, but they have a few drawbacks. First, the bandwidth is cut in half. A wall costs more of it.
Second, the delay grows with each hop between the box and the shed.

Finally, every phone in the house talks to the same box.

In the end we laid a cable to the shed. The first metre was the hardest.
"""


TWO_WAYS = """# Backups

A backup can be made in two ways. You can copy the folder by hand, or you can dump the database. For one week we copied
it by hand. The second server fetches it in the morning. Finally we deleted the old copies.
"""


@pytest.mark.model
def test_what_only_begins_so_is_no_list(indexed: Indexer, tmp_path: Path) -> None:
    (tmp_path / "backups.md").write_text(TWO_WAYS, encoding="utf-8")
    answerer = Answerer(Retriever.open(indexed(tmp_path)))
    answer = answerer.ask("what are the ways to make a backup?", "backups")
    assert "- For one week" not in answer.composed.text
    answerer.close()


@pytest.mark.model
def test_what_is_counted_in_words_is_a_list(indexed: Indexer, tmp_path: Path) -> None:
    (tmp_path / "mesh.md").write_text(POST, encoding="utf-8")
    answerer = Answerer(Retriever.open(indexed(tmp_path)))
    for question in ("what are the drawbacks of repeaters?", "which drawbacks do repeaters have"):
        answer = answerer.ask(question, "mesh")
        assert [quote.text for quote in answer.composed.quotes] == [
            "Repeaters are cheap, but they have a few drawbacks.",
            "First, the bandwidth is cut in half.",
            "Second, the delay grows with each hop between the box and the shed.",
            "Finally, every phone in the house talks to the same box.",
        ]
    # One of them is asked for, and something else.
    assert "Second" not in answerer.ask("by how much is the bandwidth cut?", "mesh").composed.text
    assert "- Second" not in answerer.ask("which rooms did the cable go to in the end?", "mesh").composed.text
    answerer.close()
