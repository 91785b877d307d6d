"""Texts that would like to be more than text show as text and run nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.service.widget.conftest import one_look
from tests.service.widget.fixture_service import Service

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("look")]

Ask = Callable[[str], None]


def test_a_hostile_reply_is_text(page: Page, service: Service, site: str, ask: Ask, complaints: list[str]) -> None:
    page.goto(f"{site}/plain")
    ask("hostile <img src=x onerror=window.hacked=1> ${7*7} {{7*7}}")
    log = page.get_by_role("log")
    expect(log.locator("blockquote p").first).to_have_text("<img src=x onerror=window.hacked=1> 1")
    expect(log.get_by_text("<script>window.hacked=1</script> {{constructor}}")).to_be_visible()
    expect(log.get_by_text("hostile <img src=x onerror=window.hacked=1> ${7*7} {{7*7}}")).to_be_visible()
    assert page.locator("ask-post img, ask-post script, ask-post b").count() == 0
    hrefs = page.locator("ask-post a").evaluate_all("links => links.map(link => link.href)")
    assert hrefs == [f"{service.url}//evil.example/x"], "an address that begins with a slash stays on the service"
    assert page.evaluate("window.hacked") is None
    assert complaints == []


def test_hostile_suggestions_are_buttons_with_their_text(page: Page, service: Service, site: str, ask: Ask) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site}/plain")
    ask("hostile-declined")
    expect(page.get_by_role("button", name="<img src=x onerror=window.hacked=1>")).to_be_visible()
    assert page.locator(".log").evaluate("log => log.scrollWidth - log.clientWidth") <= 0
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize(
    "reply",
    [
        "{}",
        '{"answered": true}',
        '{"answer": "Yes.", "citations": 7}',
        '{"answer": 5, "parts": 7, "citations": [{"n": 1}]}',
        "[]",
        "null",
        "not json",
    ],
)
@one_look
def test_a_reply_out_of_shape_never_leaves_the_reader_waiting(
    page: Page, service: Service, ask: Ask, opened: Callable[[], Locator], reply: str
) -> None:
    page.route("**/ask", lambda route: route.fulfill(body=reply, content_type="application/json"))
    page.goto(f"{service.url}/")
    ask("anything")
    expect(page.locator(".tools, .error").first).to_be_visible()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    page.reload()
    opened()


@one_look
def test_tampered_storage_is_ignored(page: Page, service: Service, ask: Ask) -> None:
    page.goto(f"{service.url}/")
    page.evaluate(
        'sessionStorage.setItem(`ask-post ${location.origin}/`, \'{"turns": [{"question": 1, "reply": []}]}\')'
    )
    page.evaluate("addEventListener('pagehide', event => event.stopImmediatePropagation(), true)")
    page.reload()
    ask("When did it start?")
    expect(page.locator("blockquote")).to_be_visible()
