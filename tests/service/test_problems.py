"""Every error is one problem document that says what was wrong; strange but good text is none."""

from __future__ import annotations

import json

import httpx
import pytest

from tests.service.serving import asked, problem


@pytest.mark.parametrize("body", [b"{", b"hello", b"\xff\xfe", b'{"question": "x"', b"[" * 100_000])
@pytest.mark.parametrize("path", ["/ask", "/search"])
def test_a_body_that_is_not_json_is_a_400(api: httpx.Client, path: str, body: bytes) -> None:
    refused = problem(api.post(path, content=body, headers={"Content-Type": "application/json"}), 400)
    assert "send an object such as" in refused["detail"]


WRONG_FIELDS: list[tuple[object, str]] = [
    ({}, "question"),
    ({"question": ""}, "question"),
    ({"question": " \n\t "}, "question"),
    ({"question": "x" * 1_001}, "question"),
    ({"question": 5}, "question"),
    ({"question": None}, "question"),
    ({"question": ["x"]}, "question"),
    ({"question": "x", "top_k": 0}, "top_k"),
    ({"question": "x", "top_k": 21}, "top_k"),
    ({"question": "x", "top_k": "many"}, "top_k"),
    ({"question": "x", "top_k": "5"}, "top_k"),
    ({"question": "x", "top_k": True}, "top_k"),
    ({"question": "x", "post": 7}, "post"),
    ([], "body"),
    ("question", "body"),
    (None, "body"),
]


@pytest.mark.parametrize(("body", "field"), WRONG_FIELDS)
@pytest.mark.parametrize("path", ["/ask", "/search"])
def test_a_wrong_field_is_a_422_that_names_it(api: httpx.Client, path: str, body: object, field: str) -> None:
    found = problem(api.post(path, content=json.dumps(body), headers={"Content-Type": "application/json"}), 422)
    assert [error["field"] for error in found["errors"]] == [field]
    assert all(error["message"] for error in found["errors"])


@pytest.mark.parametrize("field", ["stream", "explain"])
def test_a_switch_is_true_or_false(api: httpx.Client, field: str) -> None:
    for wrong in ("yes", 1, None):
        found = problem(api.post("/ask", json={"question": "x", field: wrong}), 422)
        assert [error["field"] for error in found["errors"]] == [field]


TURN = {"role": "user", "content": "x"}


@pytest.mark.parametrize(
    ("history", "field"),
    [
        ([TURN] * 21, "history"),
        ([{"role": "user", "content": "x" * 4_001}], "history.0.content"),
        ([{"role": "system", "content": "x"}], "history.0.role"),
        ([{"content": "x"}], "history.0.role"),
        ("x", "history"),
    ],
)
def test_a_wrong_history_is_a_422_that_names_the_turn(api: httpx.Client, history: object, field: str) -> None:
    found = problem(api.post("/ask", json={"question": "x", "history": history}), 422)
    assert [error["field"] for error in found["errors"]] == [field]


def test_the_longest_request_of_the_contract_is_answered(api: httpx.Client) -> None:
    history = [{"role": "user", "content": "é" * 4_000}] * 20
    body = json.dumps({"question": "é" * 1_000, "history": history})
    assert api.post("/ask", content=body, headers={"Content-Type": "application/json"}).status_code == 200


def test_a_body_that_is_too_large_is_a_413(api: httpx.Client) -> None:
    problem(api.post("/ask", content=b" " * 2_000_000, headers={"Content-Type": "application/json"}), 413)


def test_a_body_that_is_too_large_is_a_413_whatever_it_says_of_its_length(api: httpx.Client) -> None:
    pieces = (b" " * 65_536 for _ in range(20))
    problem(api.post("/ask", content=pieces, headers={"Content-Type": "application/json"}), 413)


@pytest.mark.parametrize("path", ["/ask", "/search"])
def test_an_unknown_post_is_a_404(api: httpx.Client, path: str) -> None:
    assert "nowhere" in problem(api.post(path, json={"question": "x y", "post": "nowhere"}), 404)["detail"]


@pytest.mark.parametrize(
    "path", ["/posts/nowhere", "/posts/nowhere/files/a.png", "/nowhere", "/posts/%00", "/assets/x"]
)
def test_what_is_not_there_is_a_404(api: httpx.Client, path: str) -> None:
    problem(api.get(path), 404)


@pytest.mark.parametrize(("method", "path"), [("GET", "/ask"), ("DELETE", "/posts"), ("POST", "/livez"), ("PUT", "/")])
def test_another_method_is_a_405(api: httpx.Client, method: str, path: str) -> None:
    assert "allow" in api.request(method, path).headers
    problem(api.request(method, path), 405)


@pytest.mark.parametrize(
    "question", ["😀", "\u200b", "x" * 1_000, "日本語で質問?", "a\x00b", "{{ 7 * 7 }}", "<b>hi</b>", "\ue0001\ue001"]
)
def test_any_text_is_answered(api: httpx.Client, question: str) -> None:
    asked(api, question)
    assert api.post("/search", json={"question": question}).status_code == 200
