"""End to end: the given post, indexed by the real model, served by the real service, read in a real browser."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from service.app import create_app
from service.config import Settings
from tests.indexes import Indexer
from tests.service.widget.fixture_service import ROOT, listen, running

pytestmark = [pytest.mark.browser, pytest.mark.model]

Ask = Callable[[str], None]
MARKED = "[...(CSS.highlights.get('ask-post-quote') ?? [])].map(String).join('|')"


@pytest.fixture(scope="module")
def url(indexed: Indexer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the service on the given post, once it is ready."""
    content = ROOT / "content"
    index = indexed(content, tmp_path_factory.mktemp("given") / "index")
    listener, url = listen()
    with running(create_app(Settings(content=content, index=index)), listener):
        until = time.monotonic() + 60
        while httpx.get(f"{url}/readyz").status_code != 200:
            assert time.monotonic() < until, "the service never became ready"
            time.sleep(0.1)
        yield url


def test_a_reader_asks_and_is_led_to_the_sentence(page: Page, url: str, ask: Ask, complaints: list[str]) -> None:
    page.goto(f"{url}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Machine learning system roadmap")
    ask("When did the author start with computer vision?")
    quote = page.locator("blockquote p", has_text="In the same year 2016, I had a subject named Computer Vision")
    expect(quote).to_be_visible()
    page.locator("figcaption a, .mark").first.click()
    expect(page.get_by_role("region", name="Marked on this page")).to_be_visible()
    marked = page.evaluate(MARKED)
    assert marked
    assert marked in page.locator(".prose").inner_text()
    assert page.url.endswith("#my-journey")
    expect(page.locator(".prose p", has_text="In the same year 2016")).to_be_in_viewport()
    # A service that offers no suggestions answers 404, which the browser reports of its own accord.
    assert [text for text in complaints if "404" not in text] == []


def test_a_list_is_given_whole(page: Page, url: str, ask: Ask) -> None:
    page.goto(f"{url}/")
    ask("what topics do I need to learn?")
    items = page.locator("blockquote li")
    expect(items).to_have_count(7)
    expect(items.first).to_contain_text("Machine learning")
    expect(items.last).to_contain_text("Machine learning system design")


def test_what_the_post_does_not_say_is_declined_with_sections_to_go_on_from(page: Page, url: str, ask: Ask) -> None:
    page.goto(f"{url}/")
    ask("how do I bake bread")
    expect(page.locator(".sections a").first).to_be_visible()
    expect(page.locator("blockquote")).to_have_count(0)
    expect(page.get_by_text("The rest of the blog")).to_have_count(0)


def test_on_a_phone_the_sheet_answers_and_makes_way(page: Page, url: str, ask: Ask) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{url}/")
    ask("When did the author start with computer vision?")
    page.locator("figcaption a, .mark").first.click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(".prose p", has_text="In the same year 2016")).to_be_focused()


def test_an_unknown_post_is_said_on_a_page(page: Page, url: str) -> None:
    response = page.goto(f"{url}/posts/nowhere")
    assert response is not None
    assert response.status == 404
    expect(page.get_by_role("main")).to_contain_text("nowhere")
