"""What tests of the service share: it runs on the index of three posts by the real model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from index import Retriever
from service.answer import Answerer
from service.config import Settings
from tests.conftest import BLOG
from tests.service.serving import serving


@pytest.fixture(scope="session")
def api(model_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of the running service."""
    with serving(Settings(content=BLOG, index=model_index, data=tmp_path_factory.mktemp("data"))) as client:
        yield client


@pytest.fixture(scope="session")
def answerer(model_index: Path) -> Answerer:
    """Answers as the service does."""
    return Answerer(Retriever.open(model_index))


@pytest.fixture(scope="session")
def bold_answerer(model_index: Path) -> Answerer:
    """Answers whatever it finds, however little speaks for it."""
    return Answerer(Retriever.open(model_index), threshold=0.0)
