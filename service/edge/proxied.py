"""What trusted proxies say of a request counts: who asks, by which scheme, and its id. Of anyone else it is dropped."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

_ID = b"x-request-id"


class Proxied:
    """ASGI middleware: `client` and `scheme` are those of the reader, where a trusted proxy tells them."""

    def __init__(self, app: ASGIApp, trusted: Sequence[str]) -> None:
        """:param trusted: addresses and networks of the proxies."""
        self._believing = ProxyHeadersMiddleware(app, list(trusted))  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "http" and scope.get("client"):
            host, port = scope["client"]
            scope = {**scope, "client": (_plain(host), port)}
            if scope["client"][0] not in self._believing.trusted_hosts:
                scope["headers"] = [header for header in scope["headers"] if header[0] != _ID]
        await self._believing(scope, receive, send)  # type: ignore[arg-type]


def _plain(host: str) -> str:
    """The address; one of IPv4 as such, though a socket that takes IPv6 as well names it `::ffff:…`."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)
