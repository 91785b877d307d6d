"""What no client should send, made up: the bytes of one connection at a time, always the same for the same seed."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable

_ROUTES = (
    "/ask",
    "/search",
    "/feedback",
    "/posts",
    "/posts/x",
    "/posts/x/files/y",
    "/suggestions",
    "/metrics",
    "/",
    "/x",
)
_METHODS = ("GET", "POST", "PUT", "HEAD", "OPTIONS", "DELETE", "TRACE", "PATCH", "get", "G\x00T", "BREW")


class Hostile:
    """Makes it up; `next` never ends."""

    def __init__(self, seed: int) -> None:
        self._made = random.Random(seed)
        self._kinds: tuple[Callable[[], bytes], ...] = (
            self._noise, self._line, self._headers, self._lengths, self._chunks, self._json, self._encoded, self._path,
            self._pipeline, self._cut, self._foreign, self._repeated,
        )  # fmt: skip

    def next(self) -> tuple[str, bytes]:
        """The name of the kind, and the bytes."""
        kind = self._made.choice(self._kinds)
        return kind.__name__.strip("_"), kind()

    def pick(self, below: int) -> int:
        """A number from 0."""
        return self._made.randrange(below)

    def _bytes(self, most: int) -> bytes:
        return self._made.randbytes(self._made.randrange(1, most))

    def _post(self, body: bytes, path: str = "/ask", extra: bytes = b"") -> bytes:
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        return head.encode() + extra + b"\r\n" + body

    def _noise(self) -> bytes:
        return self._bytes(4000) + self._made.choice((b"", b"\r\n\r\n"))

    def _line(self) -> bytes:
        version = self._made.choice(("HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "HTTP/", "", "http/1.1"))
        space = self._made.choice((" ", "  ", "\t", ""))
        target = self._made.choice(
            (*_ROUTES, "*", "http://evil.example/", "//evil.example", "\x00", "/" + "a" * 20_000)
        )
        return f"{self._made.choice(_METHODS)}{space}{target}{space}{version}\r\nHost: x\r\n\r\n".encode("latin-1")

    def _headers(self) -> bytes:
        count = self._made.choice((1, 10, 300))
        lines = b"".join(b"X-%d: %s\r\n" % (n, self._bytes(60).replace(b"\n", b"")) for n in range(count))
        odd = self._made.choice(
            (b"Host: a\r\nHost: b\r\n", b"Host: evil.example\r\nOrigin: null\r\n", b" folded: x\r\n", b": none\r\n",
             b"X-Forwarded-For: 1.2.3.4, ::1, x\r\n", b"X-Long: " + b"y" * 70_000 + b"\r\n",
             b"Accept: text/html;q=x\r\n",
             b"Expect: 100-continue\r\n", b"Upgrade: websocket\r\nConnection: upgrade\r\n", b"Range: bytes=9-1\r\n")
        )  # fmt: skip
        return f"GET {self._made.choice(_ROUTES)} HTTP/1.1\r\n".encode() + odd + lines + b"\r\n"

    def _lengths(self) -> bytes:
        given = self._made.choice(("-1", "0", "5", "99999999999999999999", "0x10", "5, 5", "", "1e3", "+7"))
        double = self._made.choice(("", "Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n"))
        head = f"POST /ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {given}\r\n"
        return f"{head}{double}\r\n".encode() + self._bytes(200)

    def _chunks(self) -> bytes:
        head = b"POST /ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        body = self._made.choice(
            (b"5\r\nhello\r\n0\r\n\r\n", b"ffffffffffffffff\r\n", b"-1\r\n", b"zz\r\n",
             b"5;x=" + b"y" * 9000 + b"\r\nhello\r\n",
             b"".join(b"1\r\n{\r\n" for _ in range(3000)) + b"0\r\n\r\n", b"5\r\nhel")
        )  # fmt: skip
        return head + body

    def _json(self) -> bytes:
        odd = self._made.choice(
            (b"", b"null", b"[]", b"1e999", b"{" * 5000, b"[" * 100_000, b'{"question": "\\ud800"}',
             b'{"question": NaN}',
             b'{"question": "x", "question": "y"}', b'{"question": ["x"]}', b'{"question": "x", "top_k": 1e400}',
             b'{"question": "x", "history": [' + b'{"role": "user", "content": "y"},' * 40 + b"]}",
             json.dumps({"question": "a" * self._made.randrange(900, 1100)}).encode(),
             json.dumps({"question": "\u202e\u0000 {{ 7*7 }} <script>", "post": "../../etc/passwd"}).encode(),
             json.dumps({"question": self._bytes(300).decode("latin-1")}).encode(),
             b'{"question": "' + b"a" * 1_500_000 + b'"}')
        )  # fmt: skip
        return self._post(odd, self._made.choice(("/ask", "/search", "/feedback")))

    def _encoded(self) -> bytes:
        text = '{"question": "When was the café opened?"}'
        codec = self._made.choice(("utf-16", "utf-32", "utf-8-sig", "latin-1", "utf-7"))
        if self._made.random() < 0.5:
            return self._post(text.encode(codec))
        return self._post(gzip.compress(text.encode() * 50), extra=b"Content-Encoding: gzip\r\n")

    def _path(self) -> bytes:
        odd = self._made.choice(
            ("/posts/..%2f..%2fetc%2fpasswd", "/posts/%00", "/posts/%ff%fe", "/posts/x/files/../../../../etc/passwd",
             "/widget/..%2f..%2fapp.py", "/assets/%2e%2e/base.html", "/posts/x%0d%0aSet-Cookie:%20a=b",
             "/posts/" + "%41" * 3000,
             "/suggestions?post=%0d%0aX: y", "/posts/x?q=" + "%f0%9f%98%80" * 500, "/?" + "a=b&" * 2000,
             "/%", "/posts/x?q=%zz")
        )  # fmt: skip
        return f"GET {odd} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n\r\n".encode()

    def _pipeline(self) -> bytes:
        one = self._made.choice(
            (b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n", self._post(b'{"question": "  "}'), self._path())
        )
        return one * self._made.randrange(2, 12)

    def _cut(self) -> bytes:
        whole = self._post(b'{"question": "When was the old boat repaired?"}')
        return whole[: self._made.randrange(1, len(whole))]

    def _foreign(self) -> bytes:
        return self._made.choice(
            (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"SSH-2.0-x\r\n", b"\r\n" * 50)
        )

    def _repeated(self) -> bytes:
        return self._post(b'{"question": "When was the old boat repaired?", "stream": true}')
