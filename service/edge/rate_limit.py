"""How much may be asked: by each address, and behind that by all together."""

from __future__ import annotations

import ipaddress
import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from limits import RateLimitItem, parse_many
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.config import OFF, Settings
from service.metrics import Metrics
from service.problems import ProblemPage, shown

_log = logging.getLogger("askpost")
# What costs next to nothing, or is the operator's.
_FREE = ("/livez", "/readyz", "/metrics", "/docs", "/openapi.json", "/widget.js")
_FREE_PREFIXES = ("/widget/", "/assets/")
_IPV6_PREFIX = 64
# A store that does not answer may not hold up the questions.
_STORE_TIMEOUT_S = 0.25
_SAID_AGAIN_S = 60.0


@dataclass(frozen=True, slots=True)
class _Policy:
    """Rates that hold together. `name` is how the headers call them."""

    name: str
    rates: Sequence[RateLimitItem]


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What a policy says of one request: how many more there may be, and in how many seconds it starts anew."""

    policy: _Policy
    rate: RateLimitItem
    remaining: int
    reset_s: int
    good: bool


class RateLimit:
    """ASGI middleware: 429 when an address, or all of them, ask too much.

    The headers are those of draft-ietf-httpapi-ratelimit-headers-11: `RateLimit-Policy` and `RateLimit`.
    """

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics, pages: ProblemPage) -> None:
        self._app = app
        self._metrics = metrics
        self._pages = pages
        self._address = _Policy("address", _rates(settings.rate_limit))
        self._all = _Policy("all", _rates(settings.rate_limit_global))
        self._own = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._shared = self._own
        url = settings.rate_limit_store.get_secret_value()
        if not url.startswith("memory"):
            self._shared = SlidingWindowCounterRateLimiter(_store(url))
        self._said = -math.inf

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with what is left, or refuse it."""
        if scope["type"] != "http" or scope["path"] in _FREE or scope["path"].startswith(_FREE_PREFIXES):
            await self._app(scope, receive, send)
            return
        # First by address, so that one who asks too much uses up nothing of the others'.
        verdict = await self._judge(self._address, _sender(scope))
        if verdict is None or verdict.good:
            whole = await self._judge(self._all, "all")
            verdict = whole if whole and not whole.good else verdict
        if verdict is None:
            await self._app(scope, receive, send)
            return
        headers = _headers(verdict)
        if not verdict.good:
            self._metrics.limited(verdict.policy.name)
            who = "You have" if verdict.policy is self._address else "All readers together have"
            detail = f"{who} asked more than {_said(verdict.rate)}: ask again in {verdict.reset_s} seconds."
            refusal = {"Retry-After": str(verdict.reset_s), **headers}
            await shown(self._pages, Request(scope), 429, detail, refusal)(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers)
            await send(message)

        await self._app(scope, receive, sending)

    async def _judge(self, policy: _Policy, key: str) -> _Verdict | None:
        """Count the request; None when the policy has no rate."""
        try:
            return await self._count(self._shared, policy, key)
        except StorageError as error:
            if time.monotonic() - self._said > _SAID_AGAIN_S:
                self._said = time.monotonic()
                _log.warning("Requests are counted in each worker, since the store does not answer: %s", error)
            return await self._count(self._own, policy, key)

    async def _count(self, counter: SlidingWindowCounterRateLimiter, policy: _Policy, key: str) -> _Verdict | None:
        tightest: _Verdict | None = None
        for rate in policy.rates:
            good = await counter.hit(rate, policy.name, key)
            left = await counter.get_window_stats(rate, policy.name, key)
            wait_s = left.reset_time - time.time()
            # A window slides: when it ends, what was asked in it still counts, and room for one comes a share later.
            reset_s = max(1, math.ceil(wait_s if good else wait_s + rate.get_expiry() / rate.amount))
            found = _Verdict(policy, rate, left.remaining if good else 0, reset_s, good)
            if not good:
                return found
            if tightest is None or found.remaining < tightest.remaining:
                tightest = found
        return tightest


def _rates(written: str) -> Sequence[RateLimitItem]:
    return () if written == OFF else parse_many(written)


def _store(url: str) -> Storage:
    store = storage_from_string(
        f"async+{url}",
        wrap_exceptions=True,
        implementation="redispy",
        socket_timeout=_STORE_TIMEOUT_S,
        socket_connect_timeout=_STORE_TIMEOUT_S,
    )
    assert isinstance(store, Storage)
    return store


def _sender(scope: Scope) -> str:
    """Whose request it is: the address, or of one in IPv6 its network, since a reader has a whole one."""
    client = scope.get("client")
    host = client[0] if client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((int(address), _IPV6_PREFIX), strict=False))
    return str(address)


def _headers(verdict: _Verdict) -> dict[str, str]:
    policies = ", ".join(f'"{verdict.policy.name}";q={rate.amount};w={rate.get_expiry()}' for rate in (verdict.rate,))
    return {
        "RateLimit-Policy": policies,
        "RateLimit": f'"{verdict.policy.name}";r={verdict.remaining};t={verdict.reset_s}',
    }


def _said(rate: RateLimitItem) -> str:
    seconds = rate.get_expiry()
    return f"{rate.amount:,} times in {seconds:,} second{'s' if seconds > 1 else ''}"
