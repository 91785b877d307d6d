"""The log as an owner reads it."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from service import logs
from service.config import Settings

SECRET = "what a reader asked"
_NAMES = ("", "askpost", "uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi")


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """The loggers of this process as they were."""
    found = [logging.getLogger(name) for name in _NAMES]
    kept = [(one, one.level, list(one.handlers), one.propagate) for one in found]
    yield
    for one, level, handlers, propagate in kept:
        one.level, one.handlers, one.propagate = level, handlers, propagate


def written(monkeypatch: pytest.MonkeyPatch, **settings: Any) -> io.StringIO:
    monkeypatch.setattr("sys.stderr", found := io.StringIO())
    logs.configure(Settings(**settings))
    return found


def test_words_are_on_one_line_whatever_is_in_them(monkeypatch: pytest.MonkeyPatch) -> None:
    log = written(monkeypatch)
    logging.getLogger("askpost").info("question", extra={"question": "a\nINFO forged\x1b[31m \u2028"})
    (line,) = log.getvalue().splitlines()
    assert r"question=a\nINFO forged\x1b[31m \u2028" in line


def test_json_is_an_object_a_line_with_the_id_of_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    log = written(monkeypatch, log_format="json")
    reset = logs.request_id.set("abc")
    logging.getLogger("askpost").info("request", extra={"status": 200, "route": "/ask"})
    logs.request_id.reset(reset)
    logging.getLogger("askpost").warning("later")
    first, second = map(json.loads, log.getvalue().splitlines())
    assert (first["message"], first["level"], first["request"], first["status"]) == ("request", "INFO", "abc", 200)
    assert first["time"][:2] == "20"
    assert "request" not in second


def test_the_servers_own_line_for_a_request_is_not_written_even_where_all_is(monkeypatch: pytest.MonkeyPatch) -> None:
    log = written(monkeypatch, log_level="debug")
    # What uvicorn looks at before it writes one.
    assert not logging.getLogger("uvicorn.access").hasHandlers()
    logging.getLogger("uvicorn.access").info('203.0.113.1:5000 - "GET /?q=%s HTTP/1.1" 200', SECRET)
    assert log.getvalue() == ""


@pytest.mark.parametrize("form", ["console", "json"])
@pytest.mark.parametrize("shown", [True, False])
def test_a_failure_tells_where_and_not_what_was_asked(monkeypatch: pytest.MonkeyPatch, form: str, shown: bool) -> None:
    log = written(monkeypatch, log_format=form, log_questions=shown)
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("askpost").exception("A request failed.")
    assert "ValueError" in log.getvalue()
    assert "test_logs.py" in log.getvalue()
    assert (SECRET in log.getvalue()) == shown


def test_less_is_logged_when_less_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    log = written(monkeypatch, log_level="warning")
    logging.getLogger("askpost").info("request")
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
    assert log.getvalue() == ""
