"""On sites that Jekyll, Hugo, MkDocs Material and Docusaurus have built, on another origin than the service's.

Each has its own HTML for the same sentence: smart quotes, dashes, links and emphasis inside it, anchors in headings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from playwright.sync_api import Page, expect

from service.app import create_app
from service.config import Settings
from tests.indexes import Indexer
from tests.service.serving import eventually
from tests.service.widget.fixture_service import listen, running
from tests.service.widget.generators import GENERATORS, TITLES, Generator
from tests.service.widget.test_page_first import MARKED

pytestmark = [pytest.mark.browser, pytest.mark.model]

Ask = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Site:
    """A built site that is served, and the generator that made it."""

    url: str
    generator: Generator


@pytest.fixture(scope="module", params=GENERATORS, ids=lambda generator: generator.name)
def built(request: pytest.FixtureRequest, indexed: Indexer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site on one origin and askpost with its posts on another."""
    generator: Generator = request.param
    if not generator.there:
        pytest.skip(generator.missing)
    folder = tmp_path_factory.mktemp(generator.name)
    own, service_url = listen()
    beside, site_url = listen()
    pages = generator.build(folder / "site", site_url, service_url)
    content = folder / "site" / generator.content
    index = indexed(content, folder / "index")
    service = create_app(Settings(content=content, index=index, origins=(site_url,), data=folder / "data"))
    with running(service, own), running(_site(pages, service_url, generator), beside):
        eventually(lambda: httpx.get(f"{service_url}/readyz").status_code == 200)
        yield Site(site_url, generator)


def _site(pages: Path, service_url: str, generator: Generator) -> FastAPI:
    app = FastAPI()

    @app.middleware("http")
    async def policy(request: Request, call_next: Callable[[Request], object]) -> Response:
        response: Response = await call_next(request)  # type: ignore[misc]
        # The themes of the other two bring scripts and styles within the page.
        if generator.name in {"jekyll", "hugo"}:
            response.headers["Content-Security-Policy"] = f"default-src 'self' {service_url}"
        return response

    app.mount("/", StaticFiles(directory=pages, html=True))
    return app


def test_a_sentence_is_marked_in_the_generators_own_html(
    page: Page, built: Site, ask: Ask, complaints: list[str]
) -> None:
    page.goto(built.url + built.generator.path("tide-log"))
    ask("What does the gauge read when the sill is covered?")
    quote = page.locator("blockquote", has_text="when the sill is just covered")
    expect(quote).to_be_visible(timeout=20_000)
    page.locator("ask-post figure", has=quote).locator("figcaption a, .mark").first.click()
    expect(page.get_by_role("region", name="Marked on this page")).to_be_visible()
    marked = page.evaluate(MARKED)
    assert marked.startswith("The gauge at Millbrook quay reads")
    assert marked.endswith("moved it.")
    expect(page.get_by_role("link", name="Millbrook quay")).to_be_in_viewport()
    assert page.url == f"{built.url}{built.generator.path('tide-log')}#the-gauge"
    assert [text for text in complaints if "favicon" not in text and "404" not in text] == []


def test_another_post_answers_and_its_link_leads_to_the_section_on_the_site(page: Page, built: Site, ask: Ask) -> None:
    page.goto(built.url + built.generator.path("tide-log"))
    ask("What does the lamp burn?")
    said = page.get_by_role("log").get_by_text("This page does not say, but another post does.")
    expect(said).to_be_visible(timeout=20_000)
    link = page.locator("ask-post figcaption a, ask-post .mark").first
    href = link.get_attribute("href")
    assert href is not None
    expect(link).to_have_attribute(
        "href",
        f"{built.url}{built.generator.path('paraffin-lamp')}#fuel:~:text=" + href.partition(":~:text=")[2],
    )
    link.click()
    expect(page.locator("h1, h2").filter(has_text=TITLES["paraffin-lamp"]).first).to_be_visible()
    assert page.evaluate("document.getElementById('fuel')?.textContent.includes('Fuel')")
    # The conversation goes along.
    page.get_by_role("button", name="Ask this blog").click()
    expect(page.locator("ask-post blockquote").first).to_contain_text("paraffin")


def test_where_the_site_changes_pages_without_loading_them_the_chat_stays_and_asks_the_new_page(
    page: Page, built: Site, ask: Ask
) -> None:
    if built.generator.name not in {"mkdocs", "docusaurus"}:
        pytest.skip(f"{built.generator.name} makes pages that load")
    page.set_viewport_size({"width": 1400, "height": 800})
    page.goto(built.url + built.generator.path("tide-log"))
    page.evaluate("window.loaded = 'once'")
    ask("When was the log started?")
    expect(page.locator("ask-post .tools")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name=TITLES["paraffin-lamp"]).first.click()
    page.wait_for_url(built.url + built.generator.path("paraffin-lamp"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLES["paraffin-lamp"])
    assert page.evaluate("window.loaded") == "once"
    expect(page.get_by_role("dialog")).to_be_visible()
    ask("What does the lamp burn?")
    expect(page.locator("ask-post blockquote", has_text="paraffin")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("another post does")).to_have_count(0)
