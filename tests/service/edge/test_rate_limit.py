"""Limits by address first, for all behind that; whom to believe about addresses."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from service.app import create_app
from service.config import Settings
from service.edge.rate_limit import _sender
from tests.service.edge.conftest import Edge
from tests.service.serving import problem

ASK = {"question": "How much did the skiff cost?"}


def ask(client: httpx.Client, **headers: str) -> httpx.Response:
    return client.post("/ask", json=ASK, headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_one_address_may_ask_so_often_and_is_told_when_it_may_again(edge: Edge) -> None:
    with edge(rate_limit="3/hour") as client:
        left = []
        for _ in range(3):
            reply = ask(client)
            assert reply.status_code == 503
            assert reply.headers["ratelimit-policy"] == '"address";q=3;w=3600'
            left.append(re.fullmatch(r'"address";r=(\d+);t=\d+', reply.headers["ratelimit"])[1])  # type: ignore[index]
        assert left == ["2", "1", "0"]

        refused = ask(client)
        assert "3 times in 3,600 seconds" in problem(refused, 429)["detail"]
        assert re.fullmatch(r'"address";r=0;t=\d+', refused.headers["ratelimit"])
        assert int(refused.headers["retry-after"]) > 0
        for free in ("/livez", "/readyz", "/metrics", "/docs", "/openapi.json", "/widget.js", "/assets/page.js"):
            assert client.get(free).status_code != 429
        for counted in ("/", "/posts", "/posts/x", "/posts/x/files/y", "/suggestions", "/nowhere"):
            assert client.get(counted).status_code == 429
        assert re.search(r'^askpost_rate_limited_total\{policy="address"\} 7', client.get("/metrics").text, re.M)


def test_a_reader_without_scripts_is_told_on_a_page_that_asks_the_same_again(edge: Edge) -> None:
    with edge(rate_limit="1/hour") as client:
        ask(client)
        refused = client.get("/posts/x?q=How+much%3F", headers={"Accept": "text/html"})
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) > 0
        assert refused.headers["content-type"].startswith("text/html")
        assert "ask again in" in refused.text
        assert '<a href="">Try again</a>' in refused.text


def test_after_the_time_that_was_said_there_is_room_again(edge: Edge) -> None:
    with edge(rate_limit="2/second") as client:
        while (refused := ask(client)).status_code != 429:
            pass
        time.sleep(int(refused.headers["retry-after"]))
        assert ask(client).status_code == 503


def test_several_rates_hold_together(edge: Edge) -> None:
    with edge(rate_limit="100/second;2/hour") as client:
        assert [ask(client).status_code for _ in range(3)] == [503, 503, 429]


def test_the_limit_of_all_stands_behind_that_of_each(edge: Edge) -> None:
    with edge(rate_limit="2/hour", rate_limit_global="3/hour", trusted_proxies=("127.0.0.1",)) as client:
        assert [ask(client, X_Forwarded_For="203.0.113.1").status_code for _ in range(5)] == [503, 503, 429, 429, 429]
        # What the first asked in vain took nothing from the others.
        assert ask(client, X_Forwarded_For="203.0.113.2").status_code == 503
        refused = ask(client, X_Forwarded_For="203.0.113.3")
        assert problem(refused, 429)["detail"].startswith("All readers together")
        assert refused.headers["ratelimit-policy"] == '"all";q=3;w=3600'


@pytest.mark.parametrize(
    "forged", ["203.0.113.9", "203.0.113.9, 127.0.0.1", "127.0.0.1", "::1", "unknown", "203.0.113.9:1234", "x" * 2000]
)
def test_without_a_trusted_proxy_nobody_chooses_an_address(edge: Edge, forged: str) -> None:
    with edge(rate_limit="2/hour") as client:
        for _ in range(2):
            assert ask(client).status_code == 503
        assert ask(client, X_Forwarded_For=forged, Forwarded=f"for={forged}", X_Real_IP=forged).status_code == 429


def test_a_trusted_proxy_tells_who_asks_and_a_reader_behind_it_adds_nothing(edge: Edge) -> None:
    with edge(rate_limit="1/hour", trusted_proxies=("127.0.0.0/8", "10.0.0.0/8")) as client:
        assert ask(client, X_Forwarded_For="203.0.113.1").status_code == 503
        assert ask(client, X_Forwarded_For="203.0.113.1").status_code == 429
        assert ask(client, X_Forwarded_For="203.0.113.2, 10.1.1.1").status_code == 503
        assert ask(client, X_Forwarded_For="203.0.113.2").status_code == 429
        # What a reader writes stands to the left of what the proxy has seen.
        assert ask(client, X_Forwarded_For="198.51.100.7, 203.0.113.1").status_code == 429


def test_a_proxy_in_ipv4_is_known_on_a_socket_of_both_versions(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path / "none", rate_limit="1/hour", trusted_proxies=("127.0.0.1",))
    with TestClient(create_app(settings), client=("::ffff:127.0.0.1", 1)) as client:
        asked = [client.get("/posts", headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code for n in (1, 2, 1)]
    assert asked == [503, 503, 429]


def test_off_lifts_both(edge: Edge) -> None:
    with edge(rate_limit="off", rate_limit_global="1/hour") as client:
        replies = [ask(client) for _ in range(3)]
        assert [reply.status_code for reply in replies] == [503] * 3
        assert "ratelimit" not in replies[0].headers


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("203.0.113.1", "203.0.113.1"),
        ("::ffff:203.0.113.1", "203.0.113.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("no address", "unknown"),
    ],
)
def test_in_ipv6_a_reader_is_a_network(address: str, key: str) -> None:
    assert _sender({"client": (address, 1)}) == key


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    """The address of a real Redis."""
    program = shutil.which("redis-server")
    if not program:
        pytest.skip("needs redis-server (Debian: apt install redis-server)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            for _ in range(200):
                with socket.socket() as tried:
                    if not tried.connect_ex(("127.0.0.1", port)):
                        break
                time.sleep(0.05)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()


def test_with_redis_several_services_count_together(edge: Edge, redis: str) -> None:
    shared = {"rate_limit": "3/hour", "rate_limit_store": redis}
    with edge(**shared) as one, edge(**shared) as other:
        assert [ask(client).status_code for client in (one, other, one)] == [503] * 3
        assert [ask(client).status_code for client in (one, other)] == [429] * 2


def test_when_redis_is_gone_each_counts_for_itself(edge: Edge) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        gone = f"redis://127.0.0.1:{taken.getsockname()[1]}/0"
        with edge(rate_limit="2/hour", rate_limit_store=gone) as client:
            assert [ask(client).status_code for _ in range(3)] == [503, 503, 429]
