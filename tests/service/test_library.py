"""The service while it loads, without an index, and when a new generation is published."""

from __future__ import annotations

import gc
import os
import re
import shutil
import weakref
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from index import BuildSettings, IndexDamagedError, Retriever, build_index, live_generation
from service.answer import Answerer
from service.config import Settings
from service.library import Library, NotReadyError
from service.metrics import Metrics
from tests.conftest import BLOG
from tests.indexes import linked_copy
from tests.service.serving import asked, eventually, problem, serving


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


@pytest.mark.parametrize("broken", ["CURRENT", "generations", "manifest.json", "words.json", "encoder"])
def test_readers_are_not_told_where_the_index_lies(
    tmp_path: Path, model_index: Path, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    index = linked_copy(model_index, tmp_path / "an index")
    place = index if (index / broken).exists() else live_generation(index)
    (place / broken).rename(place / "aside")
    with serving(Settings(content=BLOG, index=index), wait=False) as api:
        eventually(lambda: "askpost index`" in api.get("/readyz").text)
        for reply in (api.get("/readyz"), api.post("/ask", json={"question": "What is it?"})):
            assert str(tmp_path) not in problem(reply, 503)["detail"]
    assert any(str(index) in record.getMessage() for record in caplog.records)


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


def test_a_replaced_generation_is_open_until_its_last_user_is_done_and_then_closed_at_once(
    tmp_path: Path, blog: Path, model_index: Path
) -> None:
    index = linked_copy(model_index, tmp_path / "index")
    library = Library(Settings(content=blog, index=index), Metrics())
    library.open()
    eventually(lambda: _ready(library))
    with library.using() as first, library.using() as again:
        assert again is first
        old = first.retriever.generation.folder
        # Built elsewhere: a build in this process has the old generation open itself.
        _publish(_built_without_a_post(blog, linked_copy(model_index, tmp_path / "other")), index)
        eventually(lambda: _generation(library) != first.generation)
        assert str(old) in _mapped()
        assert first.ask("How much did the skiff cost?").decision.answers
        assert len(first.cards) == 3
        mapped = [line for line in _mapped().splitlines() if str(old) in line and "encoder" not in line]
        assert mapped
    assert [line for line in _mapped().splitlines() if str(old) in line and "encoder" not in line] == []
    assert [
        fd.readlink().name
        for fd in Path("/proc/self/fd").iterdir()
        if fd.is_symlink() and str(old) in str(fd.readlink())
    ] == []
    last = _generation(library)
    library.close()
    assert f"{last}/vectors.faiss" not in _mapped()
    with pytest.raises(NotReadyError), library.using():
        pass


def test_a_damaged_new_generation_is_refused_and_reported_and_the_old_one_goes_on(
    tmp_path: Path, blog: Path, model_index: Path, caplog: pytest.LogCaptureFixture
) -> None:
    index = linked_copy(model_index, tmp_path / "index")
    with serving(Settings(content=blog, index=index)) as api:
        new = _built_without_a_post(blog, linked_copy(model_index, tmp_path / "other"))
        damaged = index / "generations" / new.name
        shutil.copytree(new, damaged)
        table = damaged / "vectors.faiss"
        raw = bytearray(table.read_bytes())
        raw[len(raw) // 2] ^= 1
        table.write_bytes(raw)
        (index / "next").write_text(new.name + "\n", encoding="utf-8")
        (index / "next").replace(index / "CURRENT")

        eventually(lambda: api.get("/readyz").json()["detail"] is not None)
        assert api.get("/readyz").status_code == 200
        assert "vectors.faiss" in api.get("/readyz").json()["detail"]
        assert re.search(r'^askpost_reloads_total\{result="refused"\} 1', api.get("/metrics").text, re.M)
        assert any("vectors.faiss" in record.getMessage() for record in caplog.records)
        assert asked(api, "How much did the skiff cost?")["answered"]
        assert len(api.get("/posts").json()["posts"]) == 3

        table.write_bytes((new / "vectors.faiss").read_bytes())
        shutil.copytree(damaged, index / "generations" / f"again-{new.name}")
        (index / "next").write_text(f"again-{new.name}\n", encoding="utf-8")
        (index / "next").replace(index / "CURRENT")
        eventually(lambda: api.get("/readyz").json()["detail"] is None)
        assert len(api.get("/posts").json()["posts"]) == 2


def test_an_index_that_is_mended_in_place_is_taken(
    tmp_path: Path, model_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.library._RETRY_FAILED_S", 1)
    index = linked_copy(model_index, tmp_path / "index")
    words = live_generation(index) / "words.json"
    whole = words.read_bytes()
    words.unlink()
    words.write_bytes(whole[:-1])
    with serving(Settings(content=BLOG, index=index), wait=False) as api:
        eventually(lambda: "words.json" in api.get("/readyz").json()["detail"])
        words.write_bytes(whole)
        eventually(lambda: api.get("/readyz").json()["detail"] is None)
        assert asked(api, "How much did the skiff cost?")["answered"]


def test_a_current_that_is_away_for_a_while_is_told_of_no_longer_than_that(tmp_path: Path, model_index: Path) -> None:
    index = linked_copy(model_index, tmp_path / "index")
    with serving(Settings(content=BLOG, index=index)) as api:
        (index / "CURRENT").rename(index / "aside")
        eventually(lambda: api.get("/readyz").json()["detail"] is not None)
        (index / "aside").rename(index / "CURRENT")
        eventually(lambda: api.get("/readyz").json()["detail"] is None)


@pytest.mark.parametrize("name", ["tokens.int8", "words.json"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, model_index: Path, name: str) -> None:
    index = linked_copy(model_index, tmp_path / "index")
    file = live_generation(index) / name
    file.unlink()
    file.symlink_to("/proc/self/mem")  # a file whose beginning nobody can read
    with pytest.raises(IndexDamagedError, match=rf"{name} cannot be read \(Input/output error\)"):
        Retriever.open(index)


def test_a_current_that_no_folder_could_be_called_is_named(tmp_path: Path, model_index: Path) -> None:
    index = linked_copy(model_index, tmp_path / "index")
    (index / "CURRENT").write_text("x" * 300, encoding="utf-8")
    with pytest.raises(IndexDamagedError, match="cannot be read"):
        live_generation(index)


def _built_without_a_post(blog: Path, index: Path) -> Path:
    (blog / "moving-house.md").unlink()
    assert build_index(BuildSettings(blog, index)).published
    return live_generation(index)


def _publish(generation: Path, index: Path) -> None:
    shutil.copytree(generation, index / "generations" / generation.name, dirs_exist_ok=True)
    (index / "next").write_text(generation.name + "\n", encoding="utf-8")
    (index / "next").replace(index / "CURRENT")


def _ready(library: Library) -> bool:
    try:
        return bool(_generation(library))
    except NotReadyError:
        return False


def _generation(library: Library) -> str:
    with library.using() as ready:
        return ready.generation


def _mapped() -> str:
    return Path("/proc/self/maps").read_text(encoding="utf-8")
