"""What a reader's browser downloads stays small."""

from __future__ import annotations

import gzip

import pytest

from tests.service.widget.fixture_service import WIDGET

KB = 1024
FILES = sorted(path for path in WIDGET.iterdir() if path.suffix in {".js", ".css"})
LANGUAGES = [path for path in FILES if path.name.startswith("words-")]


def weight(data: bytes) -> int:
    return len(gzip.compress(data, 9, mtime=0))


def test_the_loader_is_at_most_3_kb() -> None:
    assert weight((WIDGET / "widget.js").read_bytes()) <= 3 * KB


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda path: path.stem)
def test_all_that_a_reader_of_any_language_fetches_is_at_most_25_kb(language: object) -> None:
    fetched = [path for path in FILES if path not in LANGUAGES or path == language]
    assert sum(weight(path.read_bytes()) for path in fetched) <= 25 * KB


def test_the_whole_folder_is_at_most_25_kb() -> None:
    assert len(FILES) > 15
    assert weight(b"".join(path.read_bytes() for path in FILES)) <= 25 * KB
