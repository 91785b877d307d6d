"""The form that asks without scripts: `?q=` on a post and on the list, on the real service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from service.pages.asked import by_form
from service.schemas import AskReply, AskRequest
from tests.service.pages.test_pages import AXE
from tests.service.widget.conftest import EACH_LOOK, LOOKS

pytestmark = [pytest.mark.browser, pytest.mark.model]

PAGE = {"Accept": "text/html"}
WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 800}


@pytest.fixture(params=EACH_LOOK)
def plain(request: pytest.FixtureRequest, browser: Browser, api: httpx.Client) -> Iterator[Page]:
    """A page with scripts off, in each size and each scheme."""
    size, scheme = LOOKS[request.param]
    context = browser.new_context(
        java_script_enabled=False, base_url=str(api.base_url), viewport=size, color_scheme=scheme
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def test_a_question_is_asked_and_answered_on_the_posts_page(plain: Page, api: httpx.Client) -> None:
    plain.goto("/posts/learning-to-row")
    to_ask = plain.get_by_role("link", name="Ask about this post")
    # Where there is room the form stands beside the post.
    if to_ask.is_visible():
        to_ask.click()
    field = plain.get_by_label("Ask a question")
    expect(field).to_be_in_viewport()
    field.fill("How long are the oars of somebody up to 170 cm?")
    plain.get_by_role("button", name="Ask").click()
    reply = plain.locator(".reply")
    expect(reply).to_be_in_viewport()
    expect(reply.get_by_role("heading")).to_have_text("How long are the oars of somebody up to 170 cm?")
    expect(reply.get_by_role("row").last).to_contain_text("up to 170 cm2.60 m")
    expect(plain.get_by_label("Ask a question")).to_have_value("How long are the oars of somebody up to 170 cm?")
    link = reply.locator("figcaption a")
    expect(link).to_have_text("How I learned to row › Which oars to buy")
    link.click()
    expect(plain.get_by_role("heading", name="Which oars to buy")).to_be_in_viewport()
    expect(reply).to_have_count(1)


def test_the_list_is_searched_by_its_form(plain: Page) -> None:
    plain.goto("/")
    plain.get_by_label("Search the posts").fill("which oars to buy")
    plain.get_by_role("button", name="Search").click()
    expect(plain).to_have_title("which oars to buy · askpost")
    expect(plain.get_by_label("Search the posts")).to_have_value("which oars to buy")
    first = plain.locator(".found li").first
    expect(first.get_by_role("link")).to_have_text("How I learned to row › Which oars to buy")
    expect(plain.get_by_role("status")).to_have_text("5 passages")
    plain.wait_for_load_state()
    assert "up to 170 cm | 2.60 m" in first.inner_text().split("\n")
    expect(plain.locator(".posts a")).to_have_count(3)
    first.get_by_role("link").click()
    expect(plain.get_by_role("heading", name="Which oars to buy")).to_be_in_viewport()


def test_with_scripts_and_without_the_same_is_found(plain: Page, page: Page, api: httpx.Client) -> None:
    found = []
    for reader in (plain, page):
        reader.goto(f"{api.base_url}/")
        reader.get_by_label("Search the posts").fill("which oars to buy")
        reader.keyboard.press("Enter")
        expect(reader.get_by_role("status").first).to_have_text("5 passages")
        # Until the style sheet is there, what is read has no lines.
        reader.wait_for_load_state()
        found.append(reader.locator(".found").inner_text().split("\n"))
    assert [line.strip() for line in found[0] if line.strip()] == [line.strip() for line in found[1] if line.strip()]


@pytest.mark.parametrize(("words", "said"), [("", ""), ("%20", ""), ("x" * 1001, "at most 1,000 characters")])
def test_what_is_nothing_to_search_for_is_not_searched_for(api: httpx.Client, words: str, said: str) -> None:
    page = api.get(f"/?search={words}", headers=PAGE)
    assert page.status_code == 200
    assert '<ol class="found" hidden>' in page.text
    assert said in page.text


def test_what_is_searched_for_is_text(api: httpx.Client) -> None:
    page = api.get("/", params={"search": '"><script>window.hacked=1</script>{{7*7}}'}, headers=PAGE)
    assert "<script>window" not in page.text
    assert "{{7*7}}" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "noindex" in page.text


def test_a_list_keeps_its_shape_and_each_item_its_link(plain: Page) -> None:
    plain.goto("/posts/learning-to-row?q=What+skills+does+a+beginner+need?")
    items = plain.locator(".reply li")
    expect(items.first).to_contain_text("Feathering the blade")
    marks = plain.locator(".reply .mark")
    # The lead-in above the list has one too.
    assert marks.count() - 1 == items.count() > 3
    expect(marks.first).to_have_attribute("aria-label", "Source 1")


def test_where_the_post_does_not_say_another_one_is_asked(plain: Page) -> None:
    plain.goto("/posts/learning-to-row?q=What+is+an+espresso?")
    expect(plain.get_by_text("This page does not say, but another post does.")).to_be_visible()
    plain.locator(".reply figcaption a").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Notes on espresso")


def test_a_declined_question_helps_on(plain: Page) -> None:
    plain.goto("/?q=How+do+I+bake+bread?")
    reply = plain.locator(".reply")
    expect(reply.get_by_text("The posts here are not about that.")).to_be_visible()
    expect(reply.get_by_role("heading", name="Closest sections")).to_be_visible()
    suggestion = reply.get_by_role("list").last.get_by_role("link").first
    question = suggestion.inner_text()
    suggestion.click()
    expect(plain.locator(".reply blockquote").first).to_be_visible()
    expect(plain.get_by_label("Ask a question")).to_have_value(question)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("", "Write a few words first."),
        ("%20%20", "Write a few words first."),
        ("x" * 1001, "at most 1,000 characters"),
    ],
)
def test_what_is_no_question_is_said_and_not_asked(api: httpx.Client, question: str, said: str) -> None:
    for path in ("/", "/posts/learning-to-row"):
        page = api.get(f"{path}?q={question}", headers=PAGE)
        assert page.status_code == 200
        assert said in page.text
        assert 'class="reply"' not in page.text


def test_a_question_is_text_whatever_it_holds(plain: Page, api: httpx.Client) -> None:
    hostile = '"><script>window.hacked=1</script><img src=x onerror=alert(1)>{{7*7}}\u202e javascript:alert(1)'
    response = api.get("/posts/learning-to-row", params={"q": hostile}, headers=PAGE)
    assert "<script>window" not in response.text
    assert "<img src=x" not in response.text
    plain.goto(str(response.url))
    expect(plain.locator(".reply h3")).to_have_text(hostile)
    expect(plain.get_by_label("Ask a question")).to_have_value(hostile)


def test_an_answer_is_kept_by_no_cache_and_found_by_no_search_engine(api: httpx.Client) -> None:
    asked = api.get("/posts/learning-to-row?q=What+is+a+catch?", headers=PAGE)
    assert asked.headers["cache-control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in asked.text
    assert "noindex" not in api.get("/posts/learning-to-row", headers=PAGE).text


def test_with_scripts_the_chat_takes_the_question_over(page: Page, api: httpx.Client) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{api.base_url}/posts/learning-to-row?q=What+is+a+catch?#ask")
    expect(page.get_by_role("dialog").locator("blockquote")).to_contain_text("A catch is the moment")
    expect(page.locator("#ask")).to_be_hidden()
    assert page.url == f"{api.base_url}/posts/learning-to-row"


def test_the_form_comes_when_the_widget_does_not(page: Page, api: httpx.Client) -> None:
    page.route("**/widget.js", lambda route: route.abort())
    page.goto(f"{api.base_url}/posts/learning-to-row")
    expect(page.locator("#ask")).to_be_hidden()
    page.get_by_label("Ask a question").fill("What is a catch?")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator(".reply blockquote")).to_contain_text("A catch is the moment")


@pytest.mark.parametrize("question", [None, "What+is+a+catch?", "How+do+I+bake+bread?", "Which+oars+to+buy?", ""])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, {"width": 320, "height": 640}], ids=["wide", "narrow"])
def test_axe_finds_nothing_and_nothing_sticks_out(
    page: Page, api: httpx.Client, question: str | None, scheme: Any, size: Any
) -> None:
    # With an element that does nothing the page is as without scripts, and axe can run.
    page.route("**/page.js", lambda route: route.abort())
    plain_element = "customElements.define('ask-post', class extends HTMLElement {})"
    page.route("**/widget.js", lambda route: route.fulfill(body=plain_element, content_type="text/javascript"))
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    page.goto(f"{api.base_url}/posts/learning-to-row" + (f"?q={question}" if question is not None else ""))
    page.get_by_label("Ask a question").wait_for()
    assert [violation["id"] for violation in Axe().run(page, options=AXE).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_the_rest_is_spoken_of_only_where_this_post_might_have_said_it(api: httpx.Client) -> None:
    def declining(reason: str) -> Callable[[AskRequest, str | None], AskReply]:
        body = api.post("/ask", json={"question": "How do I bake bread?"}).json()
        return lambda asked, where: AskReply.model_validate({**body, "reason": reason})

    assert by_form("why?", "a", 2, declining("not_in_post")).scope == "nowhere"
    assert by_form("why?", "a", 2, declining("off_topic")).scope == "here"
    assert by_form("why?", "a", 1, declining("not_in_post")).scope == "here"
