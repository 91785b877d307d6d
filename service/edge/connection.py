"""One connection: it may not take for ever to send a request or to take a reply, and there are only so many."""

from __future__ import annotations

import asyncio
import functools
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from service.schemas import Problem

_MEDIA_TYPE = b"application/problem+json"
_FAREWELL_S = 1.0
_SECURE = [(b"x-content-type-options", b"nosniff"), (b"cache-control", b"no-store")]


def connection_class(request_seconds: float, connections: int) -> type[asyncio.Protocol]:
    """The protocol for uvicorn.

    :param request_seconds: how long the head of a request may take to arrive, and a reply to be taken.
    :param connections: how many there may be; the next one takes the place of an idle one, or is refused.
    """
    # uvicorn makes connections by calling a class; this one has its limits filled in.
    return functools.partial(_Connection, request_seconds=request_seconds, most=connections)  # type: ignore[return-value]


class _Connection(H11Protocol):
    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        request_seconds: float,
        most: int,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._seconds = request_seconds
        self._most = most
        self._head: asyncio.TimerHandle | None = None
        self._taking: asyncio.TimerHandle | None = None
        self._heard = self._parted = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        if len(self.connections) >= self._most and not self._make_room():
            # Known to nobody, so that it counts for nothing.
            self.transport = transport
            self._part(_raw(503, "There are too many connections: ask again in a second.", b"retry-after: 1\r\n"))
            return
        super().connection_made(transport)
        # Any reply that the client does not take at once counts, so that a small one cannot be left lying either.
        transport.set_write_buffer_limits(high=0)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        if self._taking:
            self._taking.cancel()
        super().connection_lost(exc)
        # uvicorn lets this timer run when the other side breaks off, and all that was the connection waits for it.
        self._unset_keepalive_if_required()

    def data_received(self, data: bytes) -> None:
        if self._parted:
            return
        self._heard = True
        super().data_received(data)
        # What is sent after the answer, such as the rest of a body that was too large, is only read and dropped.
        useless = self.conn.their_state is h11.SEND_BODY and self.idle
        if self.conn.their_state is not h11.IDLE and not useless:
            self._stop_waiting()
        elif self._head is None:
            self._await_head()

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._taking is None:
            self._taking = self.loop.call_later(self._seconds, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None

    def send_400_response(self, msg: str) -> None:
        """What is not HTTP gets a problem document too, as far as it can still be answered."""
        if self.idle:
            self._part(_raw(400, "This is no HTTP request that can be read."))
        else:
            self.transport.close()

    def eof_received(self) -> bool | None:  # type: ignore[override]
        """A client that has said all it will may still read the answer; one that breaks off in a request has gone."""
        if self.idle or self.conn.their_state is h11.SEND_BODY:
            return None
        self.cycle.keep_alive = False
        return True

    @property
    def idle(self) -> bool:
        """Whether nothing is being answered."""
        return self.cycle is None or self.cycle.response_complete

    def _make_room(self) -> bool:
        """Close an idle connection, if there is one."""
        found = next((one for one in self.connections if isinstance(one, _Connection) and one.idle), None)
        if found is None:
            return False
        self.connections.discard(found)
        found.transport.abort()
        return True

    def _await_head(self) -> None:
        self._head = self.loop.call_later(self._seconds, self._too_slow)

    def _stop_waiting(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _too_slow(self) -> None:
        self._head = None
        # Browsers open connections ahead of need; to those nothing is said.
        if self._heard and self.conn.our_state is h11.IDLE:
            self._part(_raw(408, "The request took too long to arrive."))
        else:
            self.transport.close()

    def _part(self, last: bytes) -> None:
        """Say this, and read on a while: a client that still writes would, cut off at once, not see it."""
        self._parted = True
        if self.transport.is_closing():
            return
        self.transport.write(last)
        self.transport.write_eof()
        self._stop_waiting()
        self._head = asyncio.get_running_loop().call_later(_FAREWELL_S, self.transport.abort)


def _raw(status: int, detail: str, more: bytes = b"") -> bytes:
    """A whole response, for where there is no request that the application could answer."""
    reason = {400: "Bad Request", 408: "Request Timeout", 503: "Service Unavailable"}[status]
    body = Problem(title=reason, status=status, detail=detail).model_dump_json(exclude_none=True).encode()
    head = b"HTTP/1.1 %d %s\r\ncontent-type: %s\r\ncontent-length: %d\r\nconnection: close\r\n" % (
        status,
        reason.encode(),
        _MEDIA_TYPE,
        len(body),
    )
    return head + b"".join(b"%s: %s\r\n" % header for header in _SECURE) + more + b"\r\n" + body
