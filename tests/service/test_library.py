"""The service while it loads, without an index, and when a new generation is published."""

from __future__ import annotations

import gc
import os
import weakref
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from index import BuildSettings, Retriever, build_index
from service.answer import Answerer
from service.config import Settings
from tests.conftest import BLOG
from tests.service.serving import asked, eventually, linked_copy, problem, serving


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of the service when nothing has been indexed yet."""
    with serving(Settings(content=BLOG, index=tmp_path_factory.mktemp("none")), wait=False) as client:
        eventually(lambda: "askpost index" in client.get("/readyz").text)
        yield client


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/ask"), ("POST", "/search"), ("GET", "/posts"), ("GET", "/posts/x"), ("GET", "/readyz"), ("GET", "/")],
)
def test_without_an_index_it_says_what_to_run(bare: httpx.Client, method: str, path: str) -> None:
    response = bare.request(method, path, json={"question": "x y"} if method == "POST" else None)
    assert "askpost index" in problem(response, 503)["detail"]
    assert int(response.headers["retry-after"]) > 0


def test_without_an_index_it_is_alive(bare: httpx.Client) -> None:
    for path in ("/livez", "/metrics", "/widget.js", "/docs", "/openapi.json"):
        assert bare.get(path).status_code == 200


def test_without_an_index_a_browser_gets_a_page(bare: httpx.Client) -> None:
    response = bare.get("/", headers={"Accept": "text/html"})
    assert response.status_code == 503
    assert response.headers["content-type"].startswith("text/html")
    assert int(response.headers["retry-after"]) > 0


def test_it_is_alive_and_not_ready_while_it_loads(tmp_path: Path, model_index: Path) -> None:
    index = linked_copy(model_index, tmp_path / "index")
    current = (index / "CURRENT").read_bytes()
    (index / "CURRENT").unlink()
    os.mkfifo(index / "CURRENT")  # whoever reads it waits, so that loading lasts as long as the test wants
    with serving(Settings(content=BLOG, index=index), wait=False) as api:
        writer = os.open(index / "CURRENT", os.O_WRONLY)
        assert api.get("/livez").status_code == 200
        for path in ("/ask", "/search"):
            response = api.post(path, json={"question": "How much did the skiff cost?"})
            assert "loaded" in problem(response, 503)["detail"]
            assert int(response.headers["retry-after"]) > 0
        problem(api.get("/readyz"), 503)

        (index / "now").write_bytes(current)
        (index / "now").replace(index / "CURRENT")
        os.write(writer, current)
        os.close(writer)

        eventually(lambda: api.get("/readyz").status_code == 200)
        assert asked(api, "How much did the skiff cost?")["answered"]


def test_a_new_generation_is_picked_up_and_a_bad_one_is_not(tmp_path: Path, blog: Path, model_index: Path) -> None:
    index = linked_copy(model_index, tmp_path / "index")
    with serving(Settings(content=blog, index=index)) as api:
        assert len(api.get("/posts").json()["posts"]) == 3
        (blog / "moving-house.md").unlink()
        assert build_index(BuildSettings(blog, index)).published
        eventually(lambda: len(api.get("/posts").json()["posts"]) == 2)

        (index / "CURRENT").write_text("nothing\n", encoding="utf-8")
        for _ in range(30):
            assert api.get("/readyz").status_code == 200
        assert asked(api, "How much did the skiff cost?")["answered"]


def test_an_index_that_is_built_later_is_picked_up(tmp_path: Path, model_index: Path) -> None:
    index = tmp_path / "index"
    with serving(Settings(content=BLOG, index=index), wait=False) as api:
        assert api.get("/readyz").status_code == 503
        linked_copy(model_index, index)
        eventually(lambda: api.get("/readyz").status_code == 200)


def test_a_generation_that_is_replaced_is_let_go_at_once(model_index: Path) -> None:
    gc.disable()
    try:
        answerer = Answerer(Retriever.open(model_index))
        assert answerer.ask("How much did the skiff cost?").composed.quotes
        held = weakref.ref(answerer.retriever.generation)
        del answerer
        assert held() is None
    finally:
        gc.enable()


def test_the_next_generation_shares_the_encoder_unless_it_is_another(model_index: Path) -> None:
    first = Retriever.open(model_index)
    second = Retriever.open(model_index, first)
    assert second._encoder is first._encoder
    assert second.generation is not first.generation
