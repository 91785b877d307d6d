"""The pages: the list of posts, a post with the chat beside it, the reference of the API, and errors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from index import PostCard
from service.config import Settings
from service.evidence import Source
from service.links import post_url
from service.pages.asked import Asked
from service.pages.dress import dress
from service.pages.filters import FILTERS
from service.pages.searched import Searched

# Nothing but this service's own files, and no script or style within the page.
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Vary": "Accept",
}
_UNTITLED_BLOG = "askpost"
_TITLE = re.compile(r"\s*<h1\b.*?</h1>", re.DOTALL)


def with_title_apart(html: Markup) -> dict[str, Markup]:
    """`html` without the title that it begins with, and that as `title`, or an empty one where the post has none."""
    found = _TITLE.match(html)
    end = found.end() if found else 0
    return {"title": html[:end], "html": html[end:]}


class Pages:
    """Renders pages from the templates of this folder."""

    def __init__(self, settings: Settings) -> None:
        self._environment = Environment(
            loader=PackageLoader("service", "pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._environment.filters.update(FILTERS)
        self._site_title = settings.site_title

    def home(self, cards: Sequence[PostCard], asked: Asked | None = None, searched: Searched | None = None) -> Response:
        """All posts, the newest first; before them what was found, beside them what was asked without scripts."""
        newest_first = sorted(cards, key=lambda card: card.date, reverse=True)
        return self._page("home.html", posts=[_item(card) for card in newest_first], asked=asked, searched=searched)

    def post(self, source: Source, asked: Asked | None = None) -> Response:
        """The rendered post with the chat beside it, or what was asked without scripts."""
        post = source.post
        about = {
            **_item(source.card),
            "authors": post.authors,
            "description": post.description,
            "headings": post.headings,
        }
        html = Markup(dress(post.html, post.id, post.images))  # noqa: S704 - sanitised by index.parse
        return self._page(
            "post.html",
            post=about,
            asked=asked,
            **with_title_apart(html),
            site_title=self._site_title or post.title,
        )

    def docs(self, api: Mapping[str, Any]) -> Response:
        """The reference of the HTTP API."""
        return self._page("docs.html", api=api)

    def problem(self, status: int, detail: str, headers: Mapping[str, str]) -> Response:
        """An error, for a reader."""
        page = self._page("problem.html", status=status, title=HTTPStatus(status).phrase, detail=detail)
        page.status_code = status
        page.headers.update(headers)
        return page

    def _page(self, template: str, **context: Any) -> Response:
        given = {"site_title": self._site_title or _UNTITLED_BLOG, **context}
        page = HTMLResponse(self._environment.get_template(template).render(given), headers=_HEADERS)
        if context.get("asked") or context.get("searched"):
            # What a reader asked or looked for stays in no cache.
            page.headers["Cache-Control"] = "no-store"
        return page


def _item(card: PostCard) -> dict[str, str]:
    return {
        "id": card.id,
        "title": card.title,
        "url": post_url(card),
        "date": card.date,
        "path": card.path,
        "page": f"/posts/{quote(card.id)}",
    }
