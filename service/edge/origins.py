"""Which sites may use this service from their pages: its own, and those that the owner lists."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.problems import problem

# The widget's own files hold nothing of the blog; a page needs them before it can ask whether it may ask.
_PUBLIC_PREFIXES = ("/widget.js", "/widget/")
_METHODS = "GET, POST"
_PREFLIGHT_SECONDS = "600"


class Origins:
    """ASGI middleware: CORS for the listed origins, 403 for any other; a request without an `Origin` passes."""

    def __init__(self, app: ASGIApp, allowed: Sequence[str]) -> None:
        self._app = app
        self._allowed = frozenset(origin.rstrip("/").lower() for origin in allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, refuse it, or answer the browser's preflight."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin", "").lower()
        if scope["path"].startswith(_PUBLIC_PREFIXES):
            shared = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
            await self._app(scope, receive, _adding(send, shared))
            return
        # Whether with TLS or without: a proxy may have taken that off.
        if not origin or origin.partition("://")[2] == headers.get("host", "").lower():
            await self._app(scope, receive, send)
            return
        if origin not in self._allowed:
            detail = f"Pages of {origin} may not ask here: its owner can list that origin in ASKPOST_ORIGINS."
            await problem(403, detail, headers={"Vary": "Origin"})(scope, receive, send)
            return
        granted = {
            "Access-Control-Allow-Origin": headers["origin"],
            "Access-Control-Expose-Headers": "Retry-After, RateLimit, RateLimit-Policy, X-Request-ID",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Vary": "Origin",
        }
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            preflight = {
                **granted,
                "Access-Control-Allow-Methods": _METHODS,
                "Access-Control-Allow-Headers": "content-type",
                "Access-Control-Max-Age": _PREFLIGHT_SECONDS,
            }
            await Response(status_code=204, headers=preflight)(scope, receive, send)
            return
        await self._app(scope, receive, _adding(send, granted))


def _adding(send: Send, extra: dict[str, str]) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in extra.items():
                if name == "Vary":
                    headers.add_vary_header(value)
                else:
                    headers[name] = value
        await send(message)

    return sending
