"""What tests of the edge share: a service without an index, which refuses, limits and hides as any other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

import httpx
import pytest

from service.config import Settings
from tests.service.serving import serving


class Edge(Protocol):
    """Serves with these settings for the time of a block."""

    def __call__(self, **settings: Any) -> AbstractContextManager[httpx.Client]: ...


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of such a service with the settings that nobody has changed."""
    folder = tmp_path_factory.mktemp("plain")
    settings = Settings(content=folder, index=folder / "none", data=folder / "data", log_level="error")
    with serving(settings, wait=False) as client:
        yield client


@pytest.fixture
def edge(tmp_path: Path) -> Edge:
    """A client of a service that has nothing to answer from: what reaches a route ends with 503 or 404."""

    @contextmanager
    def served(**settings: Any) -> Iterator[httpx.Client]:
        given: dict[str, Any] = {
            "content": tmp_path,
            "index": tmp_path / "none",
            "data": tmp_path / "data",
            "log_level": "error",
        }
        with serving(Settings(**(given | settings)), wait=False) as client:
            yield client

    return served
