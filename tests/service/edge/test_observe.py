"""What every reply has, and what the log says of it."""

from __future__ import annotations

import logging
import re
import socket

import httpx
import pytest

from tests.service.edge.conftest import Edge

REPLIES = [
    ("GET", "/livez", 200),
    ("GET", "/readyz", 503),
    ("GET", "/metrics", 200),
    ("GET", "/docs", 200),
    ("GET", "/openapi.json", 200),
    ("GET", "/widget.js", 200),
    ("GET", "/assets/page.css", 200),
    ("GET", "/", 503),
    ("GET", "/posts/x/files/y", 503),
    ("GET", "/nowhere", 404),
    ("PUT", "/ask", 405),
    ("POST", "/ask", 400),
    ("OPTIONS", "/ask", 405),
]


@pytest.mark.parametrize(("method", "path", "status"), REPLIES)
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_every_reply_says_what_a_browser_may_do_with_it(
    plain: httpx.Client, method: str, path: str, status: int, accept: str
) -> None:
    reply = plain.request(method, path, headers={"Accept": accept})
    assert reply.status_code == status
    assert "frame-ancestors" in reply.headers["content-security-policy"]
    assert "unsafe" not in reply.headers["content-security-policy"]
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in reply.headers["permissions-policy"]
    assert reply.headers["cross-origin-resource-policy"] in ("same-origin", "cross-origin")
    assert re.fullmatch(r"[0-9a-f]{16}", reply.headers["x-request-id"])
    assert "server" not in reply.headers


def test_replies_of_the_edge_itself_have_them_too(edge: Edge) -> None:
    with edge(rate_limit="1/hour", hosts=("127.0.0.1",)) as client:
        large = client.post("/ask", content=b" " * 700_000)
        foreign = client.get("/posts", headers={"Origin": "https://evil.example"})
        misnamed = client.get("/posts", headers={"Host": "evil.example"})
        limited = client.get("/posts")
        assert [r.status_code for r in (large, foreign, misnamed, limited)] == [413, 403, 400, 429]
        for reply in (large, foreign, misnamed, limited):
            assert reply.headers["content-security-policy"].startswith("default-src 'none'")
            assert reply.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("sent", ["abc-123", "x" * 65, "a\tb", "<script>", "1, 2"])
def test_the_id_of_a_request_is_not_the_clients_to_choose(edge: Edge, sent: str) -> None:
    with edge() as client:
        assert client.get("/livez", headers={"X-Request-ID": sent}).headers["x-request-id"] != sent
    with edge(trusted_proxies=("127.0.0.1",)) as client:
        taken = client.get("/livez", headers={"X-Request-ID": sent}).headers["x-request-id"] == sent
        assert taken == (sent == "abc-123")
    with edge(trusted_proxies=("10.0.0.0/8",)) as client:
        assert client.get("/livez", headers={"X-Request-ID": sent}).headers["x-request-id"] != sent


@pytest.mark.parametrize(
    "path",
    [
        "/posts/x%0d%0aSet-Cookie:%20a=b",
        "/posts/x%0aX-Evil:%201",
        "/%0d%0a%0d%0a<script>",
        "/suggestions?post=%0d%0aX-Evil:1",
    ],
)
def test_no_line_break_of_a_request_reaches_a_header(plain: httpx.Client, path: str) -> None:
    reply = plain.get(path)
    assert "x-evil" not in reply.headers
    assert "set-cookie" not in reply.headers
    assert reply.status_code in (404, 503)


@pytest.mark.parametrize(
    "name", [b"Origin: https://a\rX-Evil: 1", b"X-Request-ID: a\x00b", b"Bad Name: x", b"Host: a\r\nHost: b"]
)
def test_a_malformed_header_is_a_400(plain: httpx.Client, name: bytes) -> None:
    with socket.create_connection(("127.0.0.1", plain.base_url.port or 0), timeout=10) as raw:
        raw.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\n" + name + b"\r\n\r\n")
        answer = b"".join(iter(lambda: raw.recv(4096), b""))
        assert answer.startswith(b"HTTP/1.1 400 ")
        assert b"application/problem+json" in answer
        assert b"X-Evil" not in answer


def test_the_log_has_a_line_for_each_request_without_what_it_was_about(
    edge: Edge, caplog: pytest.LogCaptureFixture
) -> None:
    with edge(log_level="info") as client:
        caplog.set_level(logging.INFO, "askpost")
        reply = client.post("/ask?secret=1", json={"question": "What is my secret?"})
        client.get("/posts/my-secret?q=secret")
    lines = [record.__dict__ for record in caplog.records if record.getMessage() == "request"]
    assert [(line["method"], line["route"], line["status"]) for line in lines] == [
        ("POST", "/ask", 503),
        ("GET", "/posts/{post}", 503),
    ]
    assert all(line["ms"] > 0 for line in lines)
    assert "secret" not in str([{k: v for k, v in line.items() if k not in ("args", "msg")} for line in lines])
    assert reply.headers["x-request-id"]


def test_what_fails_unexpectedly_is_a_problem_document(edge: Edge, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("/dev/null")

    monkeypatch.setattr("service.feedback.Feedback.give", fail)
    with edge() as client:
        reply: httpx.Response = client.post("/feedback", json={"id": "x", "rating": "up"})
    assert reply.status_code == 500
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "/dev/null" not in reply.text
    assert "Traceback" not in reply.text
