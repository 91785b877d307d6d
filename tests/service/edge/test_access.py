"""The operator's pages: open, with the token, or not there; and on a port of their own."""

from __future__ import annotations

import functools
import re
import socket
import threading
from pathlib import Path

import httpx
import pytest
import uvicorn

from service.app import create_app
from service.config import Settings
from service.server import configuration
from tests.service.edge.conftest import Edge
from tests.service.serving import eventually, problem

TOKEN = "a token of sixteen or more"
PATHS = {"metrics": ("/metrics",), "docs": ("/docs", "/openapi.json")}


@pytest.mark.parametrize("what", PATHS)
def test_what_is_off_is_not_there(edge: Edge, what: str) -> None:
    with edge(**{what: "off"}) as client:
        for path in PATHS[what]:
            problem(client.get(path), 404)
            problem(client.get(path, headers={"Authorization": f"Bearer {TOKEN}"}), 404)


@pytest.mark.parametrize("what", PATHS)
def test_what_wants_the_token_is_shown_to_nobody_else(edge: Edge, what: str) -> None:
    with edge(**{what: "token", "operator_token": TOKEN}) as client:
        for path in PATHS[what]:
            for wrong in (
                "",
                "Bearer",
                f"Bearer {TOKEN}x",
                f"Bearer {TOKEN[:-1]}",
                TOKEN,
                "Basic !",
                "Basic eA==",
            ):
                refused = client.get(path, headers={"Authorization": wrong} if wrong else {})
                problem(refused, 401)
                assert refused.headers["www-authenticate"].startswith("Bearer")
                assert TOKEN not in refused.text
            assert client.get(path, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
            assert client.get(path, auth=("anyone", TOKEN)).status_code == 200
        for other in PATHS.keys() - {what}:
            assert client.get(PATHS[other][0]).status_code == 200


@pytest.mark.parametrize("path", ["/metrics/", "/Metrics", "/%6detrics", "/metrics%2f", "/./metrics", "/metrics%0a"])
def test_another_way_of_writing_the_path_gets_no_further(edge: Edge, path: str) -> None:
    with edge(metrics="off") as client:
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", [path for paths in PATHS.values() for path in paths])
def test_a_line_break_behind_the_path_opens_nothing(edge: Edge, path: str) -> None:
    with edge(metrics="off", docs="off") as client:
        problem(client.get(f"{path}%0a"), 404)
    with edge(metrics="token", docs="token", operator_token=TOKEN) as client:
        problem(client.get(f"{path}%0a"), 401)


def test_a_port_of_their_own(tmp_path: Path) -> None:
    public, own = (socket.create_server(("127.0.0.1", 0)) for _ in range(2))
    settings = Settings(content=tmp_path, index=tmp_path / "none", operator_port=own.getsockname()[1])
    server = uvicorn.Server(configuration(settings, functools.partial(create_app, settings)))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [public, own]})
    thread.start()
    try:
        eventually(lambda: server.started)
        outside, inside = (f"http://127.0.0.1:{one.getsockname()[1]}" for one in (public, own))
        for path in ("/metrics", "/docs", "/openapi.json"):
            assert httpx.get(inside + path).status_code == 200
            problem(httpx.get(outside + path), 404)
            # The address that was connected to decides, not what the request says of it.
            problem(httpx.get(outside + path, headers={"Host": inside.removeprefix("http://")}), 404)
            problem(httpx.get(f"{outside}{path}%0a"), 404)
        for path in ("/", "/posts", "/widget.js"):
            problem(httpx.get(inside + path), 404)
            assert httpx.get(outside + path).status_code in (200, 503)
        problem(httpx.post(f"{inside}/ask", json={"question": "x"}), 404)
        for path in ("/livez", "/assets/page.css"):
            assert httpx.get(inside + path).status_code == 200
    finally:
        server.should_exit = True
        thread.join()


def test_the_reference_loads_nothing_from_elsewhere(plain: httpx.Client) -> None:
    page = plain.get("/docs", headers={"Accept": "text/html"})
    assert "://" not in page.text
    found = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert found
    assert all(address.startswith(("/", "#")) for address in found)
    assert "default-src 'self'" in page.headers["content-security-policy"]
