"""`askpost doctor`: what must be right for askpost to work here, checked one by one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec

from index import AskpostError, Retriever
from service.answer import Answerer
from service.config import Settings
from service.server import listen

_OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check; `detail` says what was found and, when it is not good, what to do."""

    name: str
    good: bool
    detail: str


def run(settings: Settings) -> list[Check]:
    """All checks, in order."""
    return [
        Check("Python", sys.version_info >= _OLDEST_PYTHON, sys.version.split()[0]),
        _content(settings),
        _indexing(settings),
        *_index(settings),
        _port(settings),
    ]


def _content(settings: Settings) -> Check:
    detail = str(settings.content.absolute())
    if settings.content.is_dir():
        return Check("content", True, detail)
    # Where posts are not indexed, they need not be; only their images are then missing from the pages.
    answers_only = bool(_missing_for_indexing())
    return Check("content", answers_only, f"there is no folder {detail}: name yours with ASKPOST_CONTENT")


def _indexing(settings: Settings) -> Check:
    if _missing_for_indexing():
        # Answering needs none of it, so this is how a server looks.
        return Check("indexing", True, "not installed, answering only; to index: pip install 'askpost[index]'")
    return Check("indexing", True, f"sentence-transformers is installed; the model is {settings.model}")


def _missing_for_indexing() -> list[str]:
    return [name for name in ("sentence_transformers", "onnx", "markdown", "nh3") if find_spec(name) is None]


def _index(settings: Settings) -> Iterator[Check]:
    try:
        retriever = Retriever.open(settings.index)
    except AskpostError as error:
        yield Check("index", False, str(error))
        return
    manifest = retriever.generation.manifest
    yield Check("index", True, f"{manifest.posts} posts, {manifest.passages} passages, built {manifest.created}")
    yield Check("model", True, f"{manifest.model}, SHA-256 {manifest.model_digest[:12]}…")
    yield _safely("answer", lambda: f"{Answerer(retriever).ask('What is this about?').took_ms:.0f} ms for a question")


def _port(settings: Settings) -> Check:
    return _safely("port", lambda: _free(settings))


def _free(settings: Settings) -> str:
    listen(settings.host, settings.port).close()
    return f"{settings.port} of {settings.host} is free"


def _safely(name: str, check: Callable[[], str]) -> Check:
    try:
        return Check(name, True, check())
    except (AskpostError, OSError) as error:
        return Check(name, False, str(error))
