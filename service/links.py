"""Where a quote can be read: the post's address, the heading's anchor and a text fragment that marks the words.

Text fragments: WICG, URL Fragment Text Directives. A browser that does not know them goes to the anchor.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from index import PostCard

# A fragment longer than this is written as its first and last words.
_WHOLE_CHARS = 60
_EDGE_WORDS = 5


def post_url(post: PostCard) -> str:
    """The post's address on the owner's site, else on this service."""
    return post.url or f"/posts/{quote(post.id)}"


def section_url(post: PostCard, anchor: str) -> str:
    """The address of the section with this anchor, or of the post when the anchor is ""."""
    return f"{post_url(post)}#{quote(anchor)}" if anchor else post_url(post)


def quote_url(post: PostCard, anchor: str, text: str, start: int, end: int, cells: bool = False) -> str:
    """The address that opens the post at `text[start:end]`, marked.

    :param text: the whole text of the post.
    :param cells: the quote is a row of a table, whose cells are blocks of their own in the page.
    """
    return f"{post_url(post)}#{quote(anchor)}:~:text={_directive(text, start, end, cells)}"


def _directive(text: str, start: int, end: int, cells: bool) -> str:
    said = text[start:end]
    pieces = [piece for piece in re.split(r" \| |\n" if cells else r"\n", said) if piece.strip()] or [said]
    if len(pieces) == 1 and len(said) <= _WHOLE_CHARS:
        first, last = said, ""
    else:
        words = pieces[0].split(), pieces[-1].split()
        first, last = " ".join(words[0][:_EDGE_WORDS]), " ".join(words[1][-_EDGE_WORDS:])
        if len(pieces) == 1 and len(words[0]) < 2 * _EDGE_WORDS:
            first, last = said, ""
    prefix = _prefix(text, start, first)
    directive = f"{_encoded(prefix)}-," if prefix else ""
    return directive + _encoded(first) + (f",{_encoded(last)}" if last else "")


def _prefix(text: str, start: int, first: str) -> str:
    """The words before the quote, when a browser would else find the same words earlier in the page.

    They may be the end of the block before: each term of a directive must stand in one block, not all of them together.
    """
    if text.lower().find(first.lower(), 0, start + len(first) - 1) == -1:
        return ""
    before = text[:start].rstrip()
    return " ".join(before[before.rfind("\n") + 1 :].split()[-_EDGE_WORDS:])


def _encoded(words: str) -> str:
    # `-`, `,` and `&` have a meaning in the directive; quote() leaves the first alone.
    return quote(words, safe="").replace("-", "%2D")
