"""A service of recorded replies: it serves the real widget and pages, and answers each question by its first word.

The states that the real service shows rarely (a limit, a start that takes long, a connection that breaks) are asked for
by name; `Service.asked` holds every body of `POST /ask` in order.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import jinja2
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response, StreamingResponse
from markupsafe import Markup

import service
from service.pages import with_title_apart
from service.pages.dress import dress
from service.pages.filters import FILTERS
from service.pages.searched import by_words
from service.schemas import PassageItem

ROOT = Path(__file__).parents[3]
# Of the installed package, which may be a wheel's.
WIDGET = Path(service.__file__).parent / "widget"
PAGES = WIDGET.parent / "pages"
REPLIES: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "replies.json").read_text("utf-8"))
BODIES = Path(__file__).parent / "posts"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
HOME = {"when": "/posts/roadmap", "elsewhere": "/posts/kitchen"}
OWN_CSP = "default-src 'self'"


class Service:
    """A fixture service at `url`, and what it got.

    `asked` and `rated` are bodies, `sought` the words that were searched for, `fetched` the paths of all requests.

    `starting` and `limited`: how often it answers 503 and 429; without `offers_more` it has no suggestions.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[dict[str, Any]] = []
        self.rated: list[dict[str, Any]] = []
        self.sought: list[str] = []
        self.fetched: list[str] = []
        self.starting = 0
        self.limited = 0
        self.offers_more = True


def problem(status: int, title: str, detail: str, **headers: str) -> JSONResponse:
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(body, status, {"Content-Type": "application/problem+json", **headers})


async def _stream(reply: dict[str, Any], breaks: bool) -> AsyncIterator[str]:
    def event(name: str, data: Any) -> str:
        return f"event: {name}\r\ndata: {json.dumps(data)}\r\n\r\n"

    yield ": ping\r\n\r\n"
    yield event("sources", {"citations": reply["citations"], "passages": reply["passages"]})
    for word in reply["answer"].split(" "):
        frame = event("answer", {"delta": word + " "})
        # Frames arrive in two pieces, as proxies send them.
        yield frame[:9]
        await asyncio.sleep(0.01)
        yield frame[9:]
        if breaks:
            raise ConnectionResetError
    yield event("done", reply)


def create(service: Service) -> FastAPI:
    app = FastAPI()
    pages = jinja2.Environment(loader=jinja2.FileSystemLoader(PAGES), autoescape=True, undefined=jinja2.StrictUndefined)
    pages.filters.update(FILTERS)

    @app.middleware("http")
    async def headers(request: Request, call_next: Any) -> Response:
        service.fetched.append(request.url.path)
        response: Response = await call_next(request)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Headers"] = "content-type"
        response.headers["Access-Control-Expose-Headers"] = "Retry-After"
        response.headers["Content-Security-Policy"] = OWN_CSP
        return response

    @app.options("/{path:path}")
    def preflight(path: str) -> Response:
        return Response()

    @app.post("/ask", response_model=None)
    async def ask(request: Request) -> Response:
        body = await request.json()
        service.asked.append(body)
        if service.starting:
            service.starting -= 1
            return problem(503, "Starting", "The service is loading its index.", **{"Retry-After": "1"})
        name = body["question"].split()[0].strip("?").lower()
        if name == "limit" and service.limited:
            service.limited -= 1
            return problem(429, "Too many questions", "Slow down.", **{"Retry-After": "2"})
        if name == "refused":
            return problem(422, "Bad field", "The question is not one.")
        if name == "crash":
            return problem(500, "Internal error", "")
        if name == "slow":
            await asyncio.sleep(6)
        if name == "hang":
            await asyncio.sleep(30)
        if body.get("post") == "unknown":
            return problem(404, "Unknown post", "There is no such post.")
        reply = REPLIES.get(name, REPLIES["when"])
        if name == "elsewhere" and body.get("post"):
            reply = REPLIES["bread"]
        reply = {**reply, "id": f"r{len(service.asked)}"}
        if name in {"stream", "break"}:
            return StreamingResponse(
                _stream({**REPLIES["when"], "id": "s"}, name == "break"), media_type="text/event-stream"
            )
        return JSONResponse(reply)

    @app.post("/search")
    async def search(request: Request) -> dict[str, Any]:
        service.sought.append((await request.json())["question"])
        return {"passages": REPLIES["bread"]["passages"]}

    @app.get("/suggestions", response_model=None)
    def suggestions() -> Response:
        if not service.offers_more:
            return problem(404, "Not found", "")
        return JSONResponse({"suggestions": ["When did it start?", "What topics do I need to learn?"]})

    @app.post("/feedback", response_model=None)
    async def feedback(request: Request) -> Response:
        service.rated.append(await request.json())
        return Response(status_code=204)

    def file(folder: Path, name: str) -> Response:
        path = folder / name
        return FileResponse(path, media_type=TYPES[path.suffix]) if path.is_file() else Response(status_code=404)

    @app.get("/widget.js", response_model=None)
    def loader() -> Response:
        return file(WIDGET, "widget.js")

    @app.get("/widget/{name}", response_model=None)
    def module(name: str) -> Response:
        return file(WIDGET, name)

    @app.get("/assets/{name}", response_model=None)
    def asset(name: str) -> Response:
        return file(PAGES / "assets", name)

    @app.get("/favicon.ico")
    def favicon() -> Response:
        return Response(status_code=204)

    def found(words: str, limit: int) -> list[PassageItem]:
        return [PassageItem.model_validate(passage) for passage in REPLIES["bread"]["passages"][:limit]]

    @app.get("/")
    def home(search: str = "") -> HTMLResponse:
        posts = [{**REPLIES[name]["citations"][0]["post"], "page": page} for name, page in HOME.items()]
        return HTMLResponse(
            pages.get_template("home.html").render(
                posts=posts, asked=None, searched=by_words(search, found), site_title="Notes on systems"
            )
        )

    @app.get("/posts/{post}")
    def show(post: str) -> HTMLResponse:
        path = BODIES / f"{post}.html"
        if not path.is_file():
            text = pages.get_template("problem.html").render(
                status=404, title="No such post", detail="There is no post of this name.", site_title="Notes on systems"
            )
            return HTMLResponse(text, 404)
        html = path.read_text("utf-8")
        headings = [
            {"text": "My journey", "anchor": "my-journey", "level": 2},
            {"text": "Machine learning system roadmap", "anchor": "machine-learning-system-roadmap", "level": 2},
            {"text": "Books", "anchor": "books", "level": 3},
        ]
        about = {
            **{
                "id": post,
                "title": f"The {post}",
                "date": "2022-05-01",
                "url": f"/posts/{post}",
                "page": f"/posts/{post}",
            },
            **{"authors": ["Tung Dao"], "description": "A post.", "headings": headings},
        }
        text = pages.get_template("post.html").render(
            post=about,
            asked=None,
            **with_title_apart(Markup(dress(html, post, ()))),
            site_title="Notes on systems",
        )
        return HTMLResponse(text)

    return app


def create_site(service_url: str) -> FastAPI:
    """An owner's site on another origin, with a strict policy that lets in the service and nothing else."""
    app = FastAPI()
    sites = Path(__file__).parent / "sites"

    @app.get("/favicon.ico")
    def favicon() -> Response:
        return Response(status_code=204)

    @app.get("/{name:path}", response_model=None)
    def page(name: str) -> Response:
        path = sites / f"{name.strip('/') or 'plain'}.html"
        if not path.is_file():
            return Response(status_code=404)
        html = path.read_text("utf-8").replace("SERVICE", service_url)
        policy = f"default-src 'self' {service_url}; style-src {service_url}; object-src 'none'"
        return HTMLResponse(html, headers={"Content-Security-Policy": policy})

    return app


@contextlib.contextmanager
def running(app: FastAPI, listener: socket.socket) -> Iterator[None]:
    """Serves the app on the listening socket until the block ends."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def listen() -> tuple[socket.socket, str]:
    """A socket on a free port of this machine, and its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    return listener, f"http://127.0.0.1:{listener.getsockname()[1]}"
