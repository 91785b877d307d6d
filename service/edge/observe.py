"""Each request as its owner sees it: an id, a line in the log, counters; and the headers that every reply has."""

from __future__ import annotations

import logging
import re
import secrets
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service import logs
from service.metrics import Metrics
from service.problems import problem

_log = logging.getLogger("askpost")
_ID = re.compile(r"[\w.\-]{1,64}", re.ASCII)
# For replies that are no pages: nothing may be loaded, run, or framed. Pages name their own policy.
_SECURE = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
# The modules of the widget and the pages must match each other; their tags tell cheaply whether they still do.
_REVALIDATED = ("/widget", "/assets/")
_WATCHERS = ("/livez", "/readyz", "/metrics")
_UNEXPECTED = "Something went wrong here, and the log says what. Asking again may help."


class Observe:
    """ASGI middleware, outermost: nothing is answered that it does not see, and nothing fails without an answer."""

    def __init__(self, app: ASGIApp, metrics: Metrics, *, trusts_ids: bool) -> None:
        """:param trusts_ids: whether a proxy that the owner trusts gives requests their ids."""
        self._app = app
        self._metrics = metrics
        self._trusts_ids = trusts_ids

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and note how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        request = self._id(scope)
        reset = logs.request_id.set(request)
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _complete(MutableHeaders(scope=message), scope["path"], request)
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception:
            _log.exception("A request failed.")
            if status == 0:
                await problem(500, _UNEXPECTED)(scope, receive, sending)
        finally:
            route = getattr(scope.get("route"), "path", "unknown")
            seconds = time.perf_counter() - started
            self._metrics.requested(route, status, seconds)
            level = logging.DEBUG if route in _WATCHERS else logging.INFO
            if _log.isEnabledFor(level):
                # The route, not the path: that may hold a question, or whatever a stranger likes.
                shown = {"method": scope["method"], "route": route, "status": status, "ms": round(seconds * 1000, 1)}
                _log.log(level, "request", extra=shown | scope.get("askpost", {}))
            logs.request_id.reset(reset)

    def _id(self, scope: Scope) -> str:
        given = Headers(scope=scope).get("x-request-id", "") if self._trusts_ids else ""
        return given if _ID.fullmatch(given) else secrets.token_hex(8)


def _complete(headers: MutableHeaders, path: str, request: str) -> None:
    for name, value in _SECURE.items():
        headers.setdefault(name, value)
    if path.startswith(_REVALIDATED):
        headers["Cache-Control"] = "no-cache"
    headers["X-Request-ID"] = request
