"""A request's body is read whole before anything else sees it: not too much, and not too slowly."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.problems import problem

# The longest request of the contract, each character written as a \\uXXXX escape, and room for the rest.
BODY_BYTES = 640_000
_CLOSE = {"Connection": "close"}


class Arrival:
    """ASGI middleware: 413 for a body of more than `BODY_BYTES`, whatever its declared length; 408 for a slow one."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        """:param seconds: how long a body may take."""
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body, which has been read by then."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"")
        if declared.isdigit() and int(declared) > BODY_BYTES:
            await _too_large(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._seconds):
                whole = await _read(receive)
        except TimeoutError:
            detail = f"The body took over {self._seconds:g} seconds to arrive: send it at once."
            await problem(408, detail, headers=_CLOSE)(scope, receive, send)
            return
        if whole is None:
            await _too_large(scope, receive, send)
            return
        first: list[Message] = [whole]

        async def replayed() -> Message:
            return first.pop() if first else await receive()

        await self._app(scope, replayed, send)


async def _read(receive: Receive) -> Message | None:
    """The body as one message, or the news that the client has gone; None when it is too large."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return message
        body += message.get("body", b"")
        if len(body) > BODY_BYTES:
            return None
        if not message.get("more_body", False):
            return {"type": "http.request", "body": bytes(body), "more_body": False}


async def _too_large(scope: Scope, receive: Receive, send: Send) -> None:
    detail = f"The body is over {BODY_BYTES:,} bytes: ask in fewer words, or send fewer turns of history."
    # The rest is read and dropped, for as long as the connection allows: who is cut off does not see the answer.
    await problem(413, detail)(scope, receive, send)
