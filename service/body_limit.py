"""Requests whose body is too large are refused before anything reads it."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.problems import problem

# The longest request of the contract, each character written as a \\uXXXX escape, and room for the rest.
BODY_BYTES = 640_000


class BodyLimit:
    """ASGI middleware: 413 for a body of more than `BODY_BYTES`, whatever its declared length."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body, which has been read by then."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"")
        if declared.isdigit() and int(declared) > BODY_BYTES:
            await _refuse(scope, receive, send)
            return
        body = bytearray()
        message = await receive()
        while message["type"] == "http.request":
            body += message.get("body", b"")
            if len(body) > BODY_BYTES:
                await _refuse(scope, receive, send)
                return
            if not message.get("more_body", False):
                break
            message = await receive()
        whole: list[Message] = [{"type": "http.request", "body": bytes(body), "more_body": False}]
        if message["type"] != "http.request":
            whole = [message]

        async def replayed() -> Message:
            return whole.pop(0) if whole else await receive()

        await self._app(scope, replayed, send)


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    detail = f"The body is over {BODY_BYTES:,} bytes: ask in fewer words, or send fewer turns of history."
    await problem(413, detail)(scope, receive, send)
