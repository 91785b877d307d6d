"""What `askpost doctor` finds, and what it says to do."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from service import checks
from service.checks import Check
from service.config import Settings
from tests.conftest import BLOG


def found(tmp_path: Path, **settings: Any) -> Mapping[str, Check]:
    given: dict[str, Any] = {
        "content": BLOG,
        "index": tmp_path / "none",
        "data": tmp_path / "data",
        "port": 0,
        "rate_limit": "60/minute",
    }
    return {check.name: check for check in checks.run(Settings(**(given | settings)))}


def test_an_index_that_is_well_is_read_and_asked(tmp_path: Path, model_index: Path) -> None:
    all_of_it = found(tmp_path, index=model_index)
    assert [check for check in all_of_it.values() if not check.good] == []
    assert {
        "environment",
        "content",
        "indexing",
        "index",
        "model",
        "answer",
        "memory",
        "open files",
        "data",
        "port",
    } <= set(all_of_it)
    assert "3 posts" in all_of_it["index"].detail


def test_without_an_index_it_says_what_to_run(tmp_path: Path) -> None:
    assert "askpost index" in found(tmp_path)["index"].detail


@pytest.mark.model
def test_an_index_made_with_another_model_is_found(
    tmp_path: Path, word_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = checks._model(Settings(), "another", "0" * 64)
    assert not check.good
    assert "askpost index" in check.detail


@pytest.mark.parametrize(("name", "option"), [("port", "port"), ("operator's port", "operator_port")])
def test_a_port_that_is_taken_is_named(tmp_path: Path, name: str, option: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        check = found(tmp_path, **{option: taken.getsockname()[1]})[name]
    assert not check.good
    assert "in use" in check.detail


@pytest.mark.parametrize("host", ["a" * 64, "ask..example", "nowhere.invalid"])
def test_a_host_that_cannot_be_is_named(tmp_path: Path, host: str) -> None:
    check = found(tmp_path, host=host)["port"]
    assert not check.good
    assert host in check.detail


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    check = found(tmp_path, data=Path("/proc/data"))["data"]
    assert not check.good
    assert "ASKPOST_DATA" in check.detail


def test_too_little_memory_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit, used = tmp_path / "max", tmp_path / "current"
    limit.write_text("600000000")
    used.write_text("100000000")
    monkeypatch.setattr(checks, "_CGROUPS", ((str(limit), str(used)),))
    assert found(tmp_path, workers=1)["memory"].good
    check = found(tmp_path, workers=2)["memory"]
    assert not check.good
    assert "500 MB are free" in check.detail


def test_a_service_open_to_all_without_a_limit_is_no_good(tmp_path: Path) -> None:
    assert not found(tmp_path, host="0.0.0.0", rate_limit="off")["rate limit"].good
    assert found(tmp_path, host="127.0.0.1", rate_limit="off")["rate limit"].good


def test_a_store_that_does_not_answer_is_found(tmp_path: Path) -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        store = f"redis://127.0.0.1:{unheard.getsockname()[1]}"
        assert not found(tmp_path, rate_limit_store=store)["rate limit's store"].good
