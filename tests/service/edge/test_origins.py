"""Who may ask from a page: the service's own pages and the listed sites."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from service.config import Settings
from tests.conftest import BLOG
from tests.service.serving import serving

BLOG_SITE = "https://blog.example"
ASK = {"question": "How much did the skiff cost?"}


@pytest.fixture(scope="module")
def listed(model_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    settings = Settings(content=BLOG, index=model_index, data=tmp_path_factory.mktemp("data"), origins=(BLOG_SITE,))
    with serving(settings) as client:
        yield client


def test_a_listed_site_may_ask(listed: httpx.Client) -> None:
    reply = listed.post("/ask", json=ASK, headers={"Origin": BLOG_SITE})
    assert reply.status_code == 200
    assert reply.headers["access-control-allow-origin"] == BLOG_SITE
    assert "retry-after" in reply.headers["access-control-expose-headers"].lower()
    assert "origin" in reply.headers["vary"].lower()


def test_its_preflight_is_answered(listed: httpx.Client) -> None:
    asked = {"Origin": BLOG_SITE, "Access-Control-Request-Method": "POST"}
    reply = listed.options("/ask", headers=asked)
    assert reply.status_code == 204
    assert "content-type" in reply.headers["access-control-allow-headers"]


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "https://blog.example.evil.example"])
@pytest.mark.parametrize("path", ["/ask", "/search", "/feedback"])
def test_another_site_may_not(listed: httpx.Client, origin: str, path: str) -> None:
    reply = listed.post(path, json=ASK, headers={"Origin": origin})
    assert reply.status_code == 403
    assert reply.headers["content-type"] == "application/problem+json"
    assert "access-control-allow-origin" not in reply.headers


@pytest.mark.parametrize(
    "path", ["/", "/posts", "/posts/learning-to-row", "/suggestions", "/readyz", "/metrics", "/docs"]
)
@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
def test_nothing_of_the_blog_is_read_from_another_site(listed: httpx.Client, path: str, origin: str) -> None:
    reply = listed.get(path, headers={"Origin": origin, "Accept": "text/html"})
    assert reply.status_code == 403
    assert "access-control-allow-origin" not in reply.headers


def test_every_route_of_the_api_is_kept_from_another_site(listed: httpx.Client) -> None:
    paths = listed.get("/openapi.json").json()["paths"]
    assert len(paths) > 8
    for path, methods in paths.items():
        for method in methods:
            reply = listed.request(method, path, headers={"Origin": "https://elsewhere.example"}, json=ASK)
            assert reply.status_code == 403, f"{method} {path}"


def test_the_preflight_of_another_site_is_refused(listed: httpx.Client) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    reply = listed.options("/ask", headers=asked)
    assert reply.status_code == 403
    assert not [name for name in reply.headers if name.startswith("access-control")]


def test_a_service_without_a_list_grants_no_other_site(api: httpx.Client) -> None:
    assert api.post("/ask", json=ASK, headers={"Origin": BLOG_SITE}).status_code == 403
    assert api.options("/ask", headers={"Origin": BLOG_SITE}).status_code == 403


def test_no_credentials_are_ever_granted(listed: httpx.Client) -> None:
    for reply in (listed.post("/ask", json=ASK, headers={"Origin": BLOG_SITE}), listed.get("/widget.js")):
        assert "access-control-allow-credentials" not in reply.headers
        assert "set-cookie" not in reply.headers


def test_without_an_origin_or_from_its_own_pages_anyone_may(listed: httpx.Client) -> None:
    assert listed.post("/ask", json=ASK).status_code == 200
    own = str(listed.base_url).rstrip("/")
    assert listed.post("/ask", json=ASK, headers={"Origin": own}).status_code == 200


def test_any_page_may_load_the_widget(listed: httpx.Client) -> None:
    reply = listed.get("/widget.js", headers={"Origin": "https://elsewhere.example"})
    assert reply.status_code == 200
    assert reply.headers["access-control-allow-origin"] == "*"
