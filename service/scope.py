"""Which post a request is about: an id or an address → the id of one post, or all."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from index import PostCard


class UnknownPostError(LookupError):
    """There is no post with this id."""


def post_in_scope(given: str | None, cards: Mapping[str, PostCard]) -> str | None:
    """The id of the post that is meant; None means all posts, as does an address that is none of theirs.

    :param given: an id, the post's address on its site, or its page on this service.
    :raises UnknownPostError: when it is not an address, and no post has this id.
    """
    if given is None or given in cards:
        return given
    if "/" not in given:
        raise UnknownPostError(f"There is no post {given!r}: GET /posts lists the ids.")
    wanted = _address(given)
    for card in cards.values():
        if card.url and _address(card.url) == wanted:
            return card.id
    page = wanted[1].removeprefix("/posts/")
    return page if page in cards else None


def _address(url: str) -> tuple[str, str]:
    """Host and path, without what does not tell posts apart: scheme, query, fragment, `www.`, `index.html`."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    host = (parts.hostname or "").removeprefix("www.")
    return host, unquote(parts.path).removesuffix("index.html").rstrip("/") or "/"
