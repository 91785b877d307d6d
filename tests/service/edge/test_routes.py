"""Which routes there are, and that none leads to other files or changes what is indexed."""

from __future__ import annotations

import shutil
from pathlib import Path

import httpx
import pytest

from service.config import Settings
from tests.indexes import Indexer
from tests.service.serving import problem, serving

# Whoever adds a route states here what it may do.
ROUTES = {
    ("POST", "/ask"), ("POST", "/search"), ("POST", "/feedback"), ("GET", "/suggestions"), ("GET", "/posts"),
    ("GET", "/posts/{post}"), ("GET", "/posts/{post}/files/{path}"), ("GET", "/livez"), ("GET", "/readyz"),
    ("GET", "/metrics"),
}  # fmt: skip
FOREIGN = "https://evil.example"


def test_these_routes_there_are_and_none_that_indexes(plain: httpx.Client) -> None:
    paths = plain.get("/openapi.json").json()["paths"]
    assert {(method.upper(), path) for path, methods in paths.items() for method in methods} == ROUTES


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
@pytest.mark.parametrize("path", ["/", "/posts", "/posts/x", "/index", "/reload", "/admin", "/widget.js", "/metrics"])
def test_nothing_can_be_written(plain: httpx.Client, method: str, path: str) -> None:
    assert plain.request(method, path, json={}).status_code in (404, 405)


@pytest.mark.parametrize(
    ("method", "path"), [*sorted(ROUTES), ("GET", "/"), ("GET", "/docs"), ("GET", "/openapi.json"), ("GET", "/nowhere")]
)
def test_a_site_that_is_not_listed_gets_nothing_from_any_route(plain: httpx.Client, method: str, path: str) -> None:
    asked = plain.request(method, path, headers={"Origin": FOREIGN})
    preflight = plain.options(path, headers={"Origin": FOREIGN, "Access-Control-Request-Method": method})
    for reply in (asked, preflight):
        problem(reply, 403)
        assert not [name for name in reply.headers if name.startswith("access-control-")]


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../__init__.py", "/assets/%2e%2e/__init__.py", "/assets/..%2f__init__.py",
        "/assets/%2e%2e%2f%2e%2e%2fapp.py",
        "/widget/../app.py", "/widget/..%2f..%2fpyproject.toml", "/widget//etc/passwd", "/widget/%2fetc%2fpasswd",
        "/assets/..%5c..%5capp.py", "/assets/%00", "/posts/..%2f..%2fetc%2fpasswd", "/posts/%2e%2e/files/x",
    ],
)  # fmt: skip
def test_no_path_leads_out(plain: httpx.Client, path: str) -> None:
    # Sent as it stands: the client would tidy it.
    with httpx.Client(base_url=plain.base_url) as raw:
        request = raw.build_request("GET", "/")
        request.url = request.url.copy_with(raw_path=path.encode())
        reply = raw.send(request)
    assert reply.status_code in (404, 503)
    assert "import" not in reply.text
    assert "root:" not in reply.text


def test_a_picture_that_links_out_of_the_folder_is_not_served(tmp_path: Path, blog: Path, indexed: Indexer) -> None:
    secret = tmp_path / "secret.png"
    shutil.copy(blog / "images" / "skiff.png", secret)
    index = indexed(blog, tmp_path / "index")
    with serving(Settings(content=blog, index=index, data=tmp_path / "data")) as api:
        address = "/posts/learning-to-row/files/images/skiff.png"
        assert api.get(address).status_code == 200
        (blog / "images" / "skiff.png").unlink()
        (blog / "images" / "skiff.png").symlink_to(secret)
        problem(api.get(address), 404)
        (blog / "images").rename(tmp_path / "elsewhere")
        (blog / "images").symlink_to(tmp_path / "elsewhere")
        problem(api.get(address), 404)


def test_a_picture_that_may_not_be_read_is_not_there(
    tmp_path: Path, blog: Path, model_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "/posts/learning-to-row/files/images/skiff.png"
    image = blog / "images" / "skiff.png"
    with serving(Settings(content=blog, index=model_index)) as api:
        assert api.get(address).status_code == 200
        # Whoever runs the tests may be one who may read anything.
        with monkeypatch.context() as patched:
            patched.setattr("os.access", lambda path, *_, **__: path != image.resolve())
            problem(api.get(address), 404)
        image.unlink()
        image.symlink_to(image)
        problem(api.get(address), 404)


@pytest.mark.parametrize("path", ["/", "/livez", "/readyz", "/posts", "/widget.js"])
def test_head_is_answered_as_get_is_without_the_body(plain: httpx.Client, path: str) -> None:
    whole, head = plain.get(path), plain.head(path)
    assert head.status_code == whole.status_code
    assert head.content == b""
    assert head.headers["content-type"] == whole.headers["content-type"]
    # The connection is good for the next request.
    assert plain.get("/livez").status_code == 200
    assert plain.head("/ask").status_code == 405
