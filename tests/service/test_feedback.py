"""Ratings are kept by the reply's id, replaced, and taken back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.feedback import FILE, Feedback, NotKeptError


def kept(folder: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(folder / FILE)) as read:
        return read.execute("SELECT id, rating, reason, note FROM feedback").fetchall()


def test_a_rating_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    feedback = Feedback(tmp_path / "data")
    feedback.give("r1", "up")
    feedback.give("r1", "down", "incorrect", "It was 2017.")
    assert kept(tmp_path / "data") == [("r1", "down", "incorrect", "It was 2017.")]


def test_a_rating_is_taken_back(tmp_path: Path) -> None:
    feedback = Feedback(tmp_path)
    feedback.give("r1", "up")
    feedback.give("r1", None)
    assert kept(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(NotKeptError, match=str(tmp_path)):
        Feedback(tmp_path).give("r1", "up")


def test_notes_of_strangers_do_not_fill_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.feedback._MOST_PAGES", 10)
    feedback = Feedback(tmp_path)
    for number in range(10):
        feedback.give(f"r{number}", "down", "other", "x" * 1_000)
    with pytest.raises(NotKeptError, match="full"):
        feedback.give("many", "down", "other", "x" * 40_000)
    assert (tmp_path / FILE).stat().st_size < 100_000
    # What was kept stays, and can be changed.
    feedback.give("r0", None)
    assert "r1" in {row[0] for row in kept(tmp_path)}


def test_it_is_given_over_http(api: httpx.Client) -> None:
    assert api.post("/feedback", json={"id": "r1", "rating": "up"}).status_code == 204


@pytest.mark.parametrize(
    "body",
    [{}, {"id": "r1"}, {"id": "r1", "rating": "good"}, {"id": "a b", "rating": "up"}, {"id": "", "rating": None}],
)
def test_what_is_no_rating_is_refused(api: httpx.Client, body: dict[str, Any]) -> None:
    assert api.post("/feedback", json=body).status_code == 422
