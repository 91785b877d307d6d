"""Answers kept for whoever asks the same: as the bytes of the reply, and only those of the live index."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence


class Kept:
    """The latest replies, at most `size`; the one not asked for longest goes first. Use it on one thread."""

    def __init__(self, size: int) -> None:
        """:param size: 0 keeps none."""
        self._size = size
        self._replies: OrderedDict[bytes, bytes] = OrderedDict()

    def __len__(self) -> int:
        return len(self._replies)

    def get(self, key: bytes) -> bytes | None:
        """The reply, or None."""
        found = self._replies.get(key)
        if found is not None:
            self._replies.move_to_end(key)
        return found

    def put(self, key: bytes, reply: bytes) -> None:
        """Keep the reply."""
        if self._size == 0:
            return
        self._replies[key] = reply
        self._replies.move_to_end(key)
        if len(self._replies) > self._size:
            self._replies.popitem(last=False)


def key_of(generation: str, post: str | None, question: str, history: Sequence[str], *shown: object) -> bytes:
    """What tells one reply from another.

    :param shown: what else changes the reply.
    """
    parts = (generation, repr(post), question, *history, repr(shown))
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.digest()
