"""Where a quote can be read: the post's address, the heading's anchor and a text fragment that marks the words.

A browser that does not know text fragments goes to the anchor.
"""

from __future__ import annotations

from urllib.parse import quote

from index import Post, PostCard
from service.fragments import directive


def post_url(post: PostCard) -> str:
    """The post's address on the owner's site, else on this service."""
    return post.url or f"/posts/{quote(post.id)}"


def section_url(post: PostCard, anchor: str) -> str:
    """The address of the section with this anchor, or of the post when the anchor is ""."""
    return f"{post_url(post)}#{quote(anchor)}" if anchor else post_url(post)


def quote_url(card: PostCard, anchor: str, post: Post, start: int, end: int) -> str:
    """The address that opens the post at `post.text[start:end]`, marked."""
    marked = directive(post, start, end)
    return f"{post_url(card)}#{quote(anchor)}:~:text={marked}" if marked else section_url(card, anchor)
