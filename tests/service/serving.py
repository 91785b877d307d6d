"""The real application on a real server, for the time of a block."""

from __future__ import annotations

import functools
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import uvicorn

from service.app import create_app
from service.config import Settings
from service.server import configuration

_PATIENCE_S = 30


@contextmanager
def serving(settings: Settings, *, wait: bool = True) -> Iterator[httpx.Client]:
    """A client of the service on a free port; with `wait`, once it is ready."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(configuration(settings, functools.partial(create_app, settings)))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=_PATIENCE_S) as client:
            eventually(lambda: server.started)
            if wait:
                eventually(lambda: client.get("/readyz").status_code == 200)
            yield client
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def eventually(holds: Callable[[], bool]) -> None:
    """Wait until it holds, half a minute at most."""
    end = time.monotonic() + _PATIENCE_S
    while not holds():
        assert time.monotonic() < end, "it did not come to hold"
        time.sleep(0.05)


def asked(api: httpx.Client, question: str, **more: Any) -> dict[str, Any]:
    """The reply to a question."""
    response = api.post("/ask", json={"question": question, **more})
    assert response.status_code == 200, response.text
    return dict(response.json())


def problem(response: httpx.Response, status: int) -> dict[str, Any]:
    """The problem document, of the one shape that all have."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert set(body) in ({"type", "title", "status", "detail"}, {"type", "title", "status", "detail", "errors"})
    assert body["status"] == status
    assert body["detail"]
    assert "Traceback" not in response.text
    return body
