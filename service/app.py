"""`create_app(settings)`: the routes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import FileResponse, StreamingResponse
from fastapi.staticfiles import StaticFiles

from service import problems, reply, stream
from service.answer import Answerer
from service.body_limit import BodyLimit
from service.config import Settings
from service.feedback import Feedback
from service.library import Library
from service.metrics import MEDIA_TYPE, Metrics
from service.origins import Origins
from service.pages import Pages
from service.pages.asked import Asked, by_form
from service.schemas import (
    AskReply,
    AskRequest,
    FeedbackRequest,
    PassageList,
    PostList,
    PostText,
    Problem,
    SearchRequest,
    Status,
    Suggestions,
)
from service.scope import UnknownPostError, post_in_scope

_HERE = Path(__file__).parent
_PROBLEMS: dict[int | str, dict[str, object]] = {
    status: {"model": Problem, "description": text, "content": {problems.MEDIA_TYPE: {}}}
    for status, text in {
        400: "The body is not JSON.",
        404: "There is no such post.",
        413: "The body is too large.",
        422: "A field is wrong.",
        503: "The index is being loaded.",
    }.items()
}
_STREAMED: dict[int | str, dict[str, object]] = {
    200: {"content": {stream.MEDIA_TYPE: {}}, "description": "The answer; as events when asked for as a stream."}
}
# Some proxies hold a stream back until it is whole.
_UNBUFFERED = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_COMPRESSED_BYTES = 500
_REVALIDATED = ("/widget", "/assets/")


def _answerer(request: Request) -> Answerer:
    library: Library = request.app.state.library
    return library.answerer


Ready = Annotated[Answerer, Depends(_answerer)]


def create_app(settings: Settings) -> FastAPI:
    """The service; it begins to load the index when it starts, and answers 503 until it is ready."""
    library = Library(settings)
    metrics = Metrics()
    pages = Pages(settings)
    feedback = Feedback(settings.data)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        library.open()
        yield
        library.close()

    app = FastAPI(
        title="askpost",
        summary="Answers questions about blog posts with quoted sentences.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.library = library
    problems.install(app, pages)
    app.add_middleware(BodyLimit)
    app.add_middleware(Origins, allowed=settings.origins)
    app.add_middleware(GZipMiddleware, minimum_size=_COMPRESSED_BYTES)

    @app.middleware("http")
    async def count(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        route = request.scope.get("route")
        metrics.requested(getattr(route, "path", "unknown"), response.status_code)
        response.headers["X-Content-Type-Options"] = "nosniff"
        if request.url.path.startswith(_REVALIDATED):
            # The modules must match each other, and their tags tell cheaply whether they still do.
            response.headers["Cache-Control"] = "no-cache"
        return response

    def replied(asked: AskRequest, post: str | None, ready: Answerer) -> AskReply:
        history = [turn.content for turn in asked.history if turn.role == "user"]
        made = ready.ask(asked.question, post, history)
        metrics.answered(made.question.kind, made.reason, made.took_ms)
        return reply.ask_reply(made, ready.source, asked.top_k, asked.explain)

    def form(question: str | None, post: str | None, ready: Answerer) -> Asked | None:
        """What a page was asked by its form, when it was."""
        if question is None:
            return None
        return by_form(question, post, len(ready.cards), lambda asked, where: replied(asked, where, ready))

    @app.post("/ask", responses=_PROBLEMS | _STREAMED, response_model=AskReply)
    def ask(asked: AskRequest, request: Request, ready: Ready) -> AskReply | StreamingResponse:
        """Answer a question with quotes from the posts, or say that they do not say."""
        post = _scope(asked.post, ready)

        def answer() -> AskReply:
            return replied(asked, post, ready)

        if asked.stream or stream.MEDIA_TYPE in request.headers.get("accept", ""):
            return StreamingResponse(stream.events(answer), media_type=stream.MEDIA_TYPE, headers=_UNBUFFERED)
        return answer()

    @app.post("/search", responses=_PROBLEMS)
    def search(asked: SearchRequest, ready: Ready) -> PassageList:
        """The passages nearest to a question, best first."""
        hits = ready.search(asked.question, _scope(asked.post, ready), asked.top_k)
        return PassageList(passages=[reply.passage_item(hit, ready.source(hit.passage.post).card) for hit in hits])

    @app.get("/suggestions", responses={404: _PROBLEMS[404], 503: _PROBLEMS[503]})
    def suggestions(ready: Ready, post: str | None = None) -> Suggestions:
        """A few questions that are answered: by the post with this id or URL, or by any."""
        return Suggestions(suggestions=list(ready.suggest(_scope(post, ready))))

    @app.post("/feedback", responses={status: _PROBLEMS[status] for status in (400, 413, 422)}, status_code=204)
    def give_feedback(given: FeedbackRequest) -> Response:
        """Keep what a reader thought of a reply, or take it back."""
        feedback.give(given.id, given.rating, given.reason, given.note)
        return Response(status_code=204)

    @app.get("/posts", responses={503: _PROBLEMS[503]})
    def posts(ready: Ready) -> PostList:
        """All posts with their headings."""
        return PostList(posts=[reply.post_item(card, headings) for card, headings in ready.headings()])

    @app.get("/posts/{post}", responses={404: _PROBLEMS[404], 503: _PROBLEMS[503]}, response_model=PostText)
    def post(
        post: str, request: Request, response: Response, ready: Ready, q: str | None = None
    ) -> PostText | Response:
        """One post: its text as JSON, or the post as a page for a browser, where `q` asks without scripts."""
        response.headers["Vary"] = "Accept"
        source = ready.source(_known(post, ready))
        return pages.post(source, form(q, post, ready)) if _wants_page(request) else reply.post_text(source)

    @app.get("/posts/{post}/files/{path:path}", responses={404: _PROBLEMS[404]}, response_class=FileResponse)
    def file(post: str, path: str, ready: Ready) -> FileResponse:
        """An image of the content folder that the post shows."""
        source = ready.source(_known(post, ready))
        root = settings.content.resolve()
        # Only what the index names is looked for, so that no request chooses a path; a link may still lead out.
        found = (root / path).resolve() if any(path == image for _, image in source.post.images) else None
        if found is None or not found.is_relative_to(root) or not found.is_file():
            raise HTTPException(404, f"The post {post!r} shows no image {path!r}.")
        return FileResponse(found, headers={"Content-Security-Policy": "default-src 'none'; sandbox"})

    @app.get("/", include_in_schema=False)
    def home(ready: Ready, q: str | None = None) -> Response:
        cards = list(ready.cards.values())
        if len(cards) == 1:
            return pages.post(ready.source(cards[0].id), form(q, cards[0].id, ready))
        return pages.home(cards, form(q, None, ready))

    @app.get("/livez", tags=["operation"])
    def livez() -> Status:
        """Whether the process is up."""
        return Status(status="ok")

    @app.get("/readyz", tags=["operation"], responses={503: _PROBLEMS[503]})
    def readyz(ready: Ready) -> Status:
        """Whether questions are answered: 200 once a first one has been."""
        return Status(status="ok")

    @app.get("/metrics", tags=["operation"], response_class=Response)
    def read_metrics() -> Response:
        """Counters for Prometheus."""
        return Response(metrics.render(), media_type=MEDIA_TYPE)

    @app.get("/docs", include_in_schema=False)
    def docs() -> Response:
        return pages.docs(app.openapi())

    @app.get("/widget.js", include_in_schema=False)
    def widget() -> FileResponse:
        return FileResponse(_HERE / "widget" / "widget.js", media_type="text/javascript")

    app.mount("/widget", StaticFiles(directory=_HERE / "widget"))
    app.mount("/assets", StaticFiles(directory=_HERE / "pages" / "assets"))
    return app


def _scope(given: str | None, ready: Answerer) -> str | None:
    try:
        return post_in_scope(given, ready.cards)
    except UnknownPostError as error:
        raise HTTPException(404, str(error)) from error


def _known(post: str, ready: Answerer) -> str:
    if post not in ready.cards:
        raise HTTPException(404, f"There is no post {post!r}: GET /posts lists the ids.")
    return post


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")
