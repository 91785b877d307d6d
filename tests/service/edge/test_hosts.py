"""The names that the service goes by, and what is made of others."""

from __future__ import annotations

import httpx
import pytest

from tests.service.edge.conftest import Edge
from tests.service.serving import problem


@pytest.mark.parametrize("host", ["ask.example", "ASK.example:8000", "a.blog.example", "a.b.blog.example"])
def test_a_listed_name_is_served(edge: Edge, host: str) -> None:
    with edge(hosts=("ask.example", "*.blog.example")) as client:
        assert client.get("/widget.js", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "ask.example.evil.example",
        "blog.example",
        "evilblog.example",
        "ask.example@evil",
        "",
        "127.0.0.1",
    ],
)
def test_any_other_is_refused_and_not_repeated(edge: Edge, host: str) -> None:
    with edge(hosts=("ask.example", "*.blog.example")) as client:
        refused = client.get("/widget.js", headers={"Host": host})
        problem(refused, 400)
        assert "evil" not in refused.text + str(refused.headers)
        assert client.get("/livez", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/posts/", "/widget", "/assets", "/docs/", "/posts", "/openapi.json", "/nowhere"]
)
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_no_reply_repeats_the_name_that_it_was_asked_by(plain: httpx.Client, path: str, accept: str) -> None:
    sent = {
        "Host": "evil.example",
        "Accept": accept,
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "host=evil.example",
    }
    reply = plain.get(path, headers=sent)
    assert "evil.example" not in reply.text + str(reply.headers)
    assert reply.status_code < 300 or reply.status_code >= 400
