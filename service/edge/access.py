"""Who may see what is the operator's: `/metrics`, `/docs` and `/openapi.json`."""

from __future__ import annotations

import base64
import binascii
import secrets

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from service.config import Access as Rule
from service.config import Settings
from service.problems import problem

# What an operator's port shows beside the operator's own: the looks of /docs, and whether all is well.
_ALSO_THERE = ("/livez", "/readyz")
_LOOKS = "/assets/"
_CHALLENGE = 'Bearer realm="askpost", Basic realm="askpost"'


class Access:
    """ASGI middleware: the operator's pages are open, want the token, or are not there; and only on their own port."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._rules: dict[str, Rule] = {
            "/metrics": settings.metrics,
            "/docs": settings.docs,
            "/openapi.json": settings.docs,
        }
        self._port = settings.operator_port
        self._token = settings.operator_token.get_secret_value().encode() if settings.operator_token else b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer as if nothing were there, or ask for the token."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # A route's pattern, which ends in `$`, fits a line break behind the path as well.
        path = scope["path"].removesuffix("\n")
        rule = self._rules.get(path)
        there = rule != "off" and self._on_right_port(scope, path, operators=rule is not None)
        if not there:
            await problem(404, "There is nothing here.")(scope, receive, send)
        elif rule == "token" and not self._shown(Headers(scope=scope).get("authorization", "")):
            detail = "This wants the operator's token: send it as `Authorization: Bearer …`."
            await problem(401, detail, headers={"WWW-Authenticate": _CHALLENGE})(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _on_right_port(self, scope: Scope, path: str, *, operators: bool) -> bool:
        if self._port is None:
            return True
        # The address that was connected to, which no header changes.
        here = (scope.get("server") or ("", None))[1] == self._port
        if here:
            return operators or path in _ALSO_THERE or path.startswith(_LOOKS)
        return not operators

    def _shown(self, authorization: str) -> bool:
        """Whether the header holds the token: as a bearer's, or as a password, which browsers can ask for."""
        scheme, _, given = authorization.partition(" ")
        token = given.strip().encode("utf-8", "surrogateescape")
        if scheme.lower() == "basic":
            try:
                token = base64.b64decode(token, validate=True).partition(b":")[2]
            except binascii.Error:
                return False
        elif scheme.lower() != "bearer":
            return False
        return secrets.compare_digest(token, self._token)
