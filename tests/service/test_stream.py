"""Answers as server-sent events, over HTTP."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

QUESTION = "How much did the skiff cost?"


def events(text: str) -> list[tuple[str, Any]]:
    frames = [frame.split("\n") for frame in text.split("\n\n") if frame and not frame.startswith(":")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in frames]


@pytest.mark.parametrize(
    ("body", "headers"),
    [({"stream": True}, {}), ({}, {"Accept": "text/event-stream"})],
)
def test_sources_then_the_answer_in_pieces_then_the_whole_reply(
    api: httpx.Client, body: dict[str, Any], headers: dict[str, str]
) -> None:
    reply = api.post("/ask", json={"question": QUESTION, **body}, headers=headers)
    assert reply.headers["content-type"].startswith("text/event-stream")
    read = events(reply.text)
    assert read[0][0] == "sources"
    assert read[-1][0] == "done"
    done = read[-1][1]
    assert done["answered"]
    assert read[0][1] == {"citations": done["citations"], "passages": done["passages"]}
    assert "".join(data["delta"] for name, data in read if name == "answer") == done["answer"]


@pytest.mark.parametrize(("body", "status"), [({"question": " "}, 422), ({"question": "x", "post": "none"}, 404)])
def test_a_bad_request_keeps_its_status(api: httpx.Client, body: dict[str, Any], status: int) -> None:
    reply = api.post("/ask", json={**body, "stream": True})
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
