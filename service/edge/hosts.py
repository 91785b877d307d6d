"""By which names this service may be asked: the owner's, or any when none is listed."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from service.problems import problem

# Whoever watches the service asks by its address.
_EXEMPT = ("/livez", "/readyz")


class Hosts:
    """ASGI middleware: 400 for a `Host` that is not listed. `*.blog.example` stands for all names below it."""

    def __init__(self, app: ASGIApp, allowed: Sequence[str]) -> None:
        self._app = app
        self._names = frozenset(name for name in allowed if not name.startswith("*."))
        self._below = tuple(name[1:] for name in allowed if name.startswith("*."))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http" and scope["path"] not in _EXEMPT and not self._known(Headers(scope=scope)):
            detail = "This service does not go by that name: its owner can list it in ASKPOST_HOSTS."
            await problem(400, detail)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _known(self, headers: Headers) -> bool:
        host = headers.get("host", "").lower()
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        return name in self._names or (bool(self._below) and name.endswith(self._below))
