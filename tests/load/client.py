"""An HTTP client for load: one connection, kept open, so light that the service and not the client is measured."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any

_PATIENCE_S = 30.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; `seconds` from the first byte sent to the last one read."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Client:
    """One keep-alive connection to 127.0.0.1; opened when it is first used, and again when the other side closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, path: str, body: object, headers: dict[str, str] | None = None) -> Reply:
        """The reply to the body, which is sent as JSON unless it is bytes."""
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        return await self.send("POST", path, {"Content-Type": "application/json", **(headers or {})}, sent)

    async def get(self, path: str, headers: dict[str, str] | None = None) -> Reply:
        """The reply to a GET."""
        return await self.send("GET", path, headers or {})

    async def send(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Reply:
        """The reply, read to its end.

        :raises OSError: when the connection breaks.
        :raises TimeoutError: after half a minute.
        """
        lines = [
            f"{method} {path} HTTP/1.1",
            "Host: 127.0.0.1",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        if body or method == "POST":
            lines.append(f"Content-Length: {len(body)}")
        started = time.perf_counter()
        try:
            async with asyncio.timeout(_PATIENCE_S):
                reader, writer = await self._open()
                writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
                status, found, read = await _reply(reader)
        except BaseException:
            self.close()
            raise
        if found.get("connection") == "close":
            self.close()
        return Reply(status, found, read, time.perf_counter() - started)

    async def abandon(self, path: str, body: object) -> None:
        """Ask, and hang up once the reply has begun."""
        sent = json.dumps(body).encode()
        reader, writer = await self._open()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(sent)}"
        )
        writer.write(head.encode() + b"\r\n\r\n" + sent)
        async with asyncio.timeout(_PATIENCE_S):
            await reader.read(1)
        self.close()

    def close(self) -> None:
        """Hang up."""
        if self._streams:
            self._streams[1].close()
        self._streams = None

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._streams is None or self._streams[0].at_eof():
            self.close()
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, limit=2**24)
        return self._streams


async def _reply(reader: asyncio.StreamReader) -> tuple[int, dict[str, str], bytes]:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    except asyncio.IncompleteReadError as error:
        raise ConnectionResetError("the service hung up without a reply") from error
    fields = (line.partition(":") for line in head[1:] if line)
    headers = {name.lower(): value.strip() for name, _, value in fields}
    try:
        return int(head[0].split()[1]), headers, await _body(reader, headers)
    except asyncio.IncompleteReadError as error:
        raise ConnectionResetError("the service hung up in the middle of a reply") from error


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding") != "chunked":
        return await reader.readexactly(int(headers.get("content-length", 0)))
    parts = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(parts)
