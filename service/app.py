"""`create_app(settings)`: the routes."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import FileResponse, StreamingResponse
from fastapi.staticfiles import StaticFiles

from service import problems, reply, stream
from service.answer import Answerer
from service.answering import Answering
from service.config import OFF, Settings
from service.edge.access import Access
from service.edge.arrival import Arrival
from service.edge.head import Head
from service.edge.hosts import Hosts
from service.edge.observe import Observe
from service.edge.origins import Origins
from service.edge.proxied import Proxied
from service.feedback import Feedback
from service.library import Library
from service.metrics import MEDIA_TYPE, Metrics
from service.pages import Pages
from service.pages.asked import Asked, by_form
from service.pages.searched import by_words
from service.schemas import (
    AskReply,
    AskRequest,
    FeedbackRequest,
    PassageItem,
    PassageList,
    PostList,
    PostText,
    Problem,
    SearchRequest,
    Status,
    Suggestions,
)
from service.scope import post_in_scope

_HERE = Path(__file__).parent
_PROBLEMS: dict[int | str, dict[str, object]] = {
    status: {"model": Problem, "description": text, "content": {problems.MEDIA_TYPE: {}}}
    for status, text in {
        400: "The body is not JSON.",
        404: "There is no such post.",
        408: "The body was too slow.",
        413: "The body is too large.",
        422: "A field is wrong.",
        429: "Too much has been asked.",
        503: "The index is being loaded, too many ask at once, or nothing can be kept.",
    }.items()
}
_READS: dict[int | str, dict[str, object]] = {status: _PROBLEMS[status] for status in (429, 503)}
_STREAMED: dict[int | str, dict[str, object]] = {
    200: {"content": {stream.MEDIA_TYPE: {}}, "description": "The answer; as events when asked for as a stream."}
}
# Some proxies hold a stream back until it is whole.
_UNBUFFERED = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_COMPRESSED_BYTES, _COMPRESSION = 1_000, 5


def create_app(settings: Settings, library: Library | None = None) -> FastAPI:
    """The service; it begins to load the index when it starts, and answers 503 until it is ready.

    :param library: of these settings, that is being loaded already.
    """
    library = library or Library(settings, Metrics())
    metrics = library.metrics
    answering = Answering(settings, library, metrics)
    pages = Pages(settings)
    feedback = Feedback(settings.data)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        library.open()
        if settings.workers > 1:
            # Another worker answers meanwhile, so this one takes no request that it would have to turn away.
            await run_in_threadpool(library.wait)
        yield
        answering.close()
        library.close()

    app = FastAPI(
        title="askpost",
        summary="Answers questions about blog posts with quoted sentences.",
        docs_url=None,
        redoc_url=None,
        # A redirect would repeat the Host that it was asked by, whoever wrote it.
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.state.library = library
    problems.install(app, pages)
    _guard(app, settings, metrics, pages)

    def form(question: str | None, post: str | None, ready: Answerer) -> Asked | None:
        """What a page was asked by its form, when it was."""
        if question is None:
            return None
        return by_form(question, post, len(ready.cards), lambda asked, where: answering.reply(asked, where, ready))

    def passages(ready: Answerer, words: str, post: str | None, limit: int) -> list[PassageItem]:
        hits = ready.search(words, post, limit)
        return [reply.passage_item(hit, ready.cards[hit.passage.post]) for hit in hits]

    @app.post("/ask", responses=_PROBLEMS | _STREAMED, response_model=AskReply)
    async def ask(asked: AskRequest, request: Request) -> Response:
        """Answer a question with quotes from the posts, or say that they do not say."""
        if asked.stream or stream.MEDIA_TYPE in request.headers.get("accept", ""):
            answering.check(asked)
            events = stream.events(lambda: answering.ask(asked))
            return StreamingResponse(events, media_type=stream.MEDIA_TYPE, headers=_UNBUFFERED)
        return _json(await answering.ask(asked, request.is_disconnected))

    @app.post("/search", responses=_PROBLEMS, response_model=PassageList)
    async def search(asked: SearchRequest, request: Request) -> Response:
        """The passages nearest to a question, best first."""

        def found(ready: Answerer) -> bytes:
            items = passages(ready, asked.question, post_in_scope(asked.post, ready.cards), asked.top_k)
            return PassageList(passages=items).model_dump_json().encode()

        return _json(await answering.read(found, request.is_disconnected))

    @app.get("/suggestions", responses={404: _PROBLEMS[404], **_READS})
    async def suggestions(post: str | None = None) -> Suggestions:
        """A few questions that are answered: by the post with this id or URL, or by any."""
        return await answering.read(
            lambda ready: Suggestions(suggestions=list(ready.suggest(post_in_scope(post, ready.cards))))
        )

    @app.post("/feedback", responses={s: _PROBLEMS[s] for s in (400, 408, 413, 422, 429, 503)}, status_code=204)
    async def give_feedback(given: FeedbackRequest) -> Response:
        """Keep what a reader thought of a reply, or take it back."""
        await run_in_threadpool(feedback.give, given.id, given.rating, given.reason, given.note)
        return Response(status_code=204)

    @app.get("/posts", responses=_READS, response_model=PostList)
    async def posts() -> Response:
        """All posts with their headings."""

        def listed(ready: Answerer) -> bytes:
            items = [reply.post_item(card, headings) for card, headings in ready.headings()]
            return PostList(posts=items).model_dump_json().encode()

        return _json(await answering.read(listed))

    @app.get("/posts/{post}", responses={404: _PROBLEMS[404], **_READS}, response_model=PostText)
    async def post(post: str, request: Request, q: str | None = None) -> Response:
        """One post: its text as JSON, or the post as a page for a browser, where `q` asks without scripts."""
        as_page = "text/html" in request.headers.get("accept", "")

        def shown(ready: Answerer) -> Response:
            source = ready.source(_known(post, ready))
            if as_page:
                return pages.post(source, form(q, post, ready))
            return _json(reply.post_text(source).model_dump_json().encode())

        response = await answering.read(shown)
        response.headers["Vary"] = "Accept"
        return response

    @app.get("/posts/{post}/files/{path:path}", responses={404: _PROBLEMS[404], **_READS}, response_class=FileResponse)
    async def file(post: str, path: str) -> FileResponse:
        """An image of the content folder that the post shows."""

        def image(ready: Answerer) -> Path | None:
            # Only what the index names is looked for, so that no request chooses a path.
            names = [name for _, name in ready.source(_known(post, ready)).post.images]
            return _image(settings.content.resolve(), path) if path in names else None

        found = await answering.read(image)
        if found is None:
            raise HTTPException(404, f"The post {post!r} shows no image {path!r}.")
        return FileResponse(found, headers={"Content-Security-Policy": "default-src 'none'; sandbox"})

    @app.get("/", include_in_schema=False)
    async def home(q: str | None = None, search: str | None = None) -> Response:
        def shown(ready: Answerer) -> Response:
            cards = list(ready.cards.values())
            if len(cards) == 1:
                return pages.post(ready.source(cards[0].id), form(q, cards[0].id, ready))
            searched = by_words(search, lambda words, limit: passages(ready, words, None, limit))
            return pages.home(cards, form(q, None, ready), searched)

        return await answering.read(shown)

    @app.get("/livez", tags=["operation"])
    async def livez() -> Status:
        """Whether the process is up."""
        return Status(status="ok")

    @app.get("/readyz", tags=["operation"], responses={503: _PROBLEMS[503]})
    async def readyz() -> Status:
        """Whether questions are answered: 200 once a first one was. `detail` tells why a newer index is not used."""
        with library.using():
            return Status(status="ok", detail=library.warning or None)

    @app.get("/metrics", tags=["operation"], response_class=Response)
    async def read_metrics() -> Response:
        """Counters for Prometheus."""
        return Response(await run_in_threadpool(metrics.render), media_type=MEDIA_TYPE)

    @app.get("/docs", include_in_schema=False)
    async def docs() -> Response:
        return pages.docs(app.openapi())

    @app.get("/widget.js", include_in_schema=False)
    async def widget() -> FileResponse:
        return FileResponse(_HERE / "widget" / "widget.js", media_type="text/javascript")

    app.mount("/widget", StaticFiles(directory=_HERE / "widget"))
    app.mount("/assets", StaticFiles(directory=_HERE / "pages" / "assets"))
    return app


def _guard(app: FastAPI, settings: Settings, metrics: Metrics, pages: Pages) -> None:
    """Have each request pass the edge: what is added last sees it first."""
    app.add_middleware(GZipMiddleware, minimum_size=_COMPRESSED_BYTES, compresslevel=_COMPRESSION)
    app.add_middleware(Arrival, seconds=settings.request_seconds)
    if settings.rate_limit != OFF:
        # What only counting needs is not loaded where nothing is counted.
        from service.edge.rate_limit import RateLimit

        app.add_middleware(RateLimit, settings=settings, metrics=metrics, pages=pages)
    app.add_middleware(Access, settings=settings)
    app.add_middleware(Origins, allowed=settings.origins)
    if settings.hosts:
        app.add_middleware(Hosts, allowed=settings.hosts)
    app.add_middleware(Observe, metrics=metrics, trusts_ids=bool(settings.trusted_proxies))
    if settings.trusted_proxies:
        app.add_middleware(Proxied, trusted=settings.trusted_proxies)
    app.add_middleware(Head)


def _image(root: Path, name: str) -> Path | None:
    """The image below the folder; a link may lead out of it, and the service may not be allowed to read it."""
    try:
        found = (root / name).resolve()
        there = found.is_relative_to(root) and found.is_file()
    except (OSError, RuntimeError):
        # A folder that is closed to the service, or links in a circle.
        return None
    return found if there and os.access(found, os.R_OK) else None


def _json(body: bytes) -> Response:
    return Response(body, media_type="application/json")


def _known(post: str, ready: Answerer) -> str:
    if post not in ready.cards:
        raise HTTPException(404, f"There is no post {post!r}: GET /posts lists the ids.")
    return post
