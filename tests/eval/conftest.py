"""What tests of the fits share: two posts with questions, as the training posts have them, and answers about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Retriever
from service.answer import Answerer
from tests.indexes import Indexer


@pytest.fixture(scope="session")
def lesson_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like `training/`, about a skiff and a soup; not to be written to."""
    from tests.eval.test_lessons import ABOUT_OTHER, OTHER, POST, QUESTIONS, taught

    folder = tmp_path_factory.mktemp("lessons")
    taught(folder, {"skiff.md": (POST, QUESTIONS), "soup.md": (OTHER, ABOUT_OTHER)})
    return folder


@pytest.fixture(scope="session")
def lesson_answerer(lesson_folder: Path, indexed: Indexer, tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """Answers about its posts."""
    return Answerer(Retriever.open(indexed(lesson_folder / "posts", tmp_path_factory.mktemp("taught") / "index")))
