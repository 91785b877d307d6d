"""What tests of several rooms share: a blog of three posts and its index, by words or by the real model."""

from __future__ import annotations

import os
import shutil
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest

from index import BuildSettings, Retriever, build_index
from index.store import open_index
from service.indexing import checker
from tests.fakes import WordEncoder, stand_in_model
from tests.indexes import Indexer, index_by

BLOG = Path(__file__).parent / "blog"

# A test asks more in a minute than a reader; what is limited is tested where it says so.
os.environ.setdefault("ASKPOST_RATE_LIMIT", "off")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever uses the index by the real model is marked `model`, and is skipped where the model is not installed."""
    for item in items:
        if "model_index" in getattr(item, "fixturenames", ()):
            item.add_marker("model")
        if item.get_closest_marker("model") and not find_spec("sentence_transformers"):
            item.add_marker(pytest.mark.skip(reason="needs the extra `index`: pip install 'askpost[index]'"))


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A copy of the three posts that a test may change."""
    return Path(shutil.copytree(BLOG, tmp_path / "blog"))


@pytest.fixture(scope="session")
def word_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the three posts by hashed words; not to be written to."""
    folder = tmp_path_factory.mktemp("words")
    settings = BuildSettings(BLOG, folder / "index", model=str(stand_in_model(folder / "model")))
    build_index(settings, load_encoder=WordEncoder)
    return settings.index


@pytest.fixture(scope="session")
def word_retriever(word_index: Path) -> Retriever:
    """A retriever on the index by hashed words."""
    return Retriever(open_index(word_index), WordEncoder())


@pytest.fixture(scope="session")
def model_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the three posts by the real model; not to be written to."""
    settings = BuildSettings(BLOG, tmp_path_factory.mktemp("model") / "index")
    build_index(settings, checker=checker)
    return settings.index


@pytest.fixture(scope="session")
def indexed(model_index: Path) -> Indexer:
    """Indexes the posts of a folder by the real model."""
    return partial(index_by, model_index)
