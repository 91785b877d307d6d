"""Clients that are slow, many, or do not speak HTTP."""

from __future__ import annotations

import contextlib
import gc
import socket
import struct
import time
from pathlib import Path

import httpx
import pytest

from service.edge.connection import _Connection
from tests.service.edge.conftest import Edge
from tests.service.serving import eventually

HEAD = b"POST /ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


def connect(client: httpx.Client) -> socket.socket:
    return socket.create_connection(("127.0.0.1", client.base_url.port or 0), timeout=10)


def sockets() -> int:
    """How many sockets this process, which serves too, has open."""
    return sum(fd.is_socket() for fd in Path("/proc/self/fd").iterdir())


def answer(raw: socket.socket) -> bytes:
    return b"".join(iter(lambda: raw.recv(65_536), b""))


def test_a_head_that_drips_in_ends_with_408(edge: Edge) -> None:
    with edge(request_seconds=0.6) as client, connect(client) as raw:
        started = time.monotonic()
        with contextlib.suppress(OSError):
            for byte in HEAD:
                raw.sendall(bytes([byte]))
                time.sleep(0.05)
        assert time.monotonic() - started < 2
        assert b" 408 " in answer(raw)


def test_a_connection_that_says_nothing_is_closed_without_a_word(edge: Edge) -> None:
    with edge(request_seconds=0.3) as client, connect(client) as raw:
        assert answer(raw) == b""


def test_a_second_request_may_not_drip_in_either(edge: Edge) -> None:
    with edge(request_seconds=0.5) as client, connect(client) as raw:
        raw.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b" 200 " in raw.recv(65_536)
        with contextlib.suppress(OSError):
            for byte in HEAD:
                raw.sendall(bytes([byte]))
                time.sleep(0.05)
        assert b" 408 " in answer(raw)


def test_a_body_that_drips_in_ends_with_408(edge: Edge) -> None:
    with edge(request_seconds=0.5) as client, connect(client) as raw:
        raw.sendall(HEAD + b"Content-Length: 1000\r\n\r\n{")
        said = answer(raw)
        assert b" 408 " in said
        assert b"application/problem+json" in said


def test_a_body_without_end_is_dropped_after_its_answer(edge: Edge) -> None:
    with edge(request_seconds=0.5) as client, connect(client) as raw:
        raw.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        started, cut = time.monotonic(), False
        while not cut and time.monotonic() - started < 8:
            try:
                raw.sendall(b"10000\r\n" + b" " * 65_536 + b"\r\n")
                time.sleep(0.01)
            except OSError:
                cut = True
        assert cut


def test_a_reply_that_is_not_taken_ends_the_connection(edge: Edge) -> None:
    with edge(request_seconds=0.5) as client:
        before = sockets()
        raw = connect(client)
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        ask = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"
        raw.settimeout(1)
        with contextlib.suppress(OSError):
            for _ in range(2_000):
                raw.sendall(ask)
        # Only this side's end is left.
        eventually(lambda: sockets() == before + 1)
        raw.close()


def test_when_all_connections_are_held_idle_ones_make_room(edge: Edge) -> None:
    with edge(connections=20) as client, contextlib.ExitStack() as stack:
        held = [stack.enter_context(connect(client)) for _ in range(60)]
        for raw in held:
            with contextlib.suppress(OSError):
                raw.sendall(b"GET /liv")
        eventually(lambda: httpx.get(f"{client.base_url}/livez").status_code == 200)


@pytest.mark.parametrize(
    "sent",
    [b"\x00\xff\x16\x03\x01", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n",
     b"\r\n\r\n\r\nx\r\n\r\n",
     b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
     b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
     b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 400_000 + b"\r\n\r\n"],
)  # fmt: skip
def test_what_is_not_http_is_a_400(plain: httpx.Client, sent: bytes) -> None:
    with connect(plain) as raw, contextlib.suppress(ConnectionResetError, BrokenPipeError):
        raw.sendall(sent)
        raw.shutdown(socket.SHUT_WR)
        said = answer(raw)
        assert said.startswith(b"HTTP/1.1 4")
        assert b"nosniff" in said
    assert plain.get("/livez").status_code == 200


def test_pipelined_requests_are_answered_in_turn(plain: httpx.Client) -> None:
    with connect(plain) as raw:
        raw.sendall(
            b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n" * 20
            + b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        )
        assert answer(raw).count(b"HTTP/1.1 200 ") == 21


def test_a_client_that_has_said_all_it_will_still_gets_its_answer(plain: httpx.Client) -> None:
    with connect(plain) as raw:
        raw.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
        raw.shutdown(socket.SHUT_WR)
        assert b"HTTP/1.1 200 " in answer(raw)


def test_a_client_that_breaks_off_in_a_body_is_let_go_at_once(plain: httpx.Client) -> None:
    raw = connect(plain)
    raw.sendall(HEAD + b"Content-Length: 1000\r\n\r\n{")
    raw.shutdown(socket.SHUT_WR)
    started = time.monotonic()
    assert answer(raw) == b""
    assert time.monotonic() - started < 5
    raw.close()


def test_nothing_is_left_of_a_connection_that_breaks_off(edge: Edge) -> None:
    def closed() -> int:
        gc.collect()
        # Not by isinstance, which asks the object itself, and some answer with a warning.
        known = (one for one in gc.get_objects() if issubclass(type(one), _Connection))
        return sum(one.transport.is_closing() for one in known)

    with edge() as client:
        eventually(lambda: closed() == 0)
        for _ in range(5):
            raw = connect(client)
            raw.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
            assert b" 200 " in raw.recv(65_536)
            # Closed by a reset, not by a farewell.
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            raw.close()
        client.get("/livez")
        eventually(lambda: closed() == 0)
