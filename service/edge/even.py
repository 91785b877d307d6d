"""Connections shared out among workers that listen to the same socket."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

# A worker that has just taken a connection lets the others go first: the longer, the more it holds, up to this.
_PAUSE_S, _LONGEST_PAUSE_S = 0.001, 0.005
_EXHAUSTED_S = 1.0


class EvenLoop(asyncio.SelectorEventLoop):
    """An event loop for uvicorn whose servers take connections one at a time, with a pause after each.

    asyncio's own take as many as wait, so that the worker which wakes first has all of them, and the others none.
    """

    async def create_server(self, protocol: Any, *, sock: socket.socket, **_: object) -> Any:  # type: ignore[override]
        """A server for the socket, which listens already; it has what uvicorn uses of asyncio's."""
        sock.setblocking(False)
        return _Server(self, protocol, sock)


class _Server:
    def __init__(
        self, loop: asyncio.AbstractEventLoop, protocol: Callable[[], asyncio.Protocol], listener: socket.socket
    ) -> None:
        self.sockets = (listener,)
        self._held: set[asyncio.Transport] = set()
        self._accepting = loop.create_task(self._accept(loop, protocol, listener))

    def close(self) -> None:
        """Take no more connections."""
        self._accepting.cancel()

    async def wait_closed(self) -> None:
        """Wait until none is taken any more."""
        with suppress(asyncio.CancelledError):
            await self._accepting

    async def _accept(
        self, loop: asyncio.AbstractEventLoop, protocol: Callable[[], asyncio.Protocol], listener: socket.socket
    ) -> None:
        while True:
            try:
                connection, _ = await loop.sock_accept(listener)
                transport, _ = await loop.connect_accepted_socket(protocol, connection)
            except ConnectionError:
                continue
            except OSError as error:
                # No descriptor or no memory is left: that may pass.
                loop.call_exception_handler({"message": "A connection could not be taken.", "exception": error})
                await asyncio.sleep(_EXHAUSTED_S)
                continue
            self._held = {one for one in self._held if not one.is_closing()} | {transport}
            await asyncio.sleep(min(len(self._held) * _PAUSE_S, _LONGEST_PAUSE_S))
