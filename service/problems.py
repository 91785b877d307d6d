"""Errors → problem details (RFC 9457), or a page for a browser: one place, one shape."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import Any, Protocol

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from service.feedback import NotKeptError
from service.gate import BusyError, GoneError
from service.library import NotReadyError
from service.schemas import FieldProblem, Problem
from service.scope import UnknownPostError

MEDIA_TYPE = "application/problem+json"
# What nginx logs for a client that has closed its connection.
_CLIENT_GONE = 499


class ProblemPage(Protocol):
    """Shows an error to a reader."""

    def problem(self, status: int, detail: str, headers: Mapping[str, str]) -> Response:
        """The page."""
        ...


def problem(
    status: int, detail: str, errors: list[FieldProblem] | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """The response that says what was wrong and what to do."""
    body = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors)
    return JSONResponse(body.model_dump(exclude_none=True), status, headers=headers, media_type=MEDIA_TYPE)


def shown(
    pages: ProblemPage,
    request: Request,
    status: int,
    detail: str,
    headers: Mapping[str, str],
    errors: list[FieldProblem] | None = None,
) -> Response:
    """The problem as a page where a browser asks for one, else as data."""
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        return pages.problem(status, detail, headers)
    return problem(status, detail, errors, headers)


def install(app: FastAPI, pages: ProblemPage) -> None:
    """Have every error of the application answered as a problem."""

    show = partial(shown, pages)

    @app.exception_handler(NotKeptError)
    async def not_kept(request: Request, error: Exception) -> Response:
        logging.getLogger("askpost").error("%s", error)
        return show(request, 503, "Feedback cannot be kept here at present.", {"Retry-After": "60"})

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        found = error.errors()
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        untyped = bool(found) and _field(found[0]) == "body" and not media_type.endswith("json")
        if untyped or any(e["type"] == "json_invalid" for e in found):
            return show(request, 400, _NOT_JSON, {})
        errors = [FieldProblem(field=_field(e), message=_message(e)) for e in found]
        return show(request, 422, f"{errors[0].field}: {errors[0].message}", {}, errors)

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        # What FastAPI says of a body that it cannot read names neither the fault nor the cure.
        own = error.detail != HTTPStatus(error.status_code).phrase and error.status_code != HTTPStatus.BAD_REQUEST
        detail = error.detail if own else _usual(request, error.status_code)
        return show(request, error.status_code, detail, error.headers or {})

    async def unknown_post(request: Request, error: Exception) -> Response:
        return show(request, 404, str(error), {})

    async def not_now(request: Request, error: Exception) -> Response:
        assert isinstance(error, NotReadyError | BusyError)
        return show(request, 503, str(error), {"Retry-After": str(error.retry_after_s)})

    async def gone(request: Request, error: Exception) -> Response:
        # Nobody is there to read it; the log and the counters see the status.
        return Response(status_code=_CLIENT_GONE)

    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(UnknownPostError, unknown_post)
    app.add_exception_handler(NotReadyError, not_now)
    app.add_exception_handler(BusyError, not_now)
    app.add_exception_handler(GoneError, gone)


_NOT_JSON = 'The body is not JSON: send an object such as {"question": "When was it?"}, as application/json.'


def _field(error: Mapping[str, Any]) -> str:
    return ".".join(str(part) for part in error["loc"] if part != "body") or "body"


def _message(error: Mapping[str, Any]) -> str:
    """What was expected, in words; pydantic's own message where that says it."""
    if error["type"] == "string_pattern_mismatch":
        return "The question is blank: write a few words."
    if error["type"] in ("model_attributes_type", "dict_type", "missing") and _field(error) == "body":
        return "The body should be a JSON object with a question."
    return str(error["msg"])


def _usual(request: Request, status: int) -> str:
    if status == HTTPStatus.NOT_FOUND:
        return f"There is nothing at {request.url.path}: /docs lists what is."
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return f"{request.method} is not possible at {request.url.path}: see /docs."
    if status == HTTPStatus.BAD_REQUEST:
        return _NOT_JSON
    return HTTPStatus(status).description
