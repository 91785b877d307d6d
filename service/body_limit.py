"""Requests whose body is too large are refused before anything reads it."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.problems import problem

# The longest request of the contract, each character written as a \\uXXXX escape, and room for the rest.
BODY_BYTES = 640_000


class _TooLargeError(Exception):
    """The body went over the limit while it was read."""


class BodyLimit:
    """ASGI middleware: 413 for a body of more than `BODY_BYTES`, whatever its declared length."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting what is read."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"")
        if declared.isdigit() and int(declared) > BODY_BYTES:
            await _refuse(scope, receive, send)
            return
        read = 0
        started = False

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > BODY_BYTES:
                raise _TooLargeError
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, counted, watched)
        except _TooLargeError:
            if not started:
                await _refuse(scope, receive, send)


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    detail = f"The body is over {BODY_BYTES:,} bytes: ask in fewer words, or send fewer turns of history."
    await problem(413, detail)(scope, receive, send)
