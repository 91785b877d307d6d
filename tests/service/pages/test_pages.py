"""The pages: readable on any screen, without scripts, on paper; the chat beside the post or in a sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.service.widget.fixture_service import Service

pytestmark = pytest.mark.browser

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = ["", "?search=learning", "posts/roadmap", "posts/kitchen", "posts/nowhere"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 768, 1280, 1920])
def test_nothing_sticks_out(page: Page, service: Service, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{service.url}/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(page: Page, service: Service, path: str) -> None:
    page.goto(f"{service.url}/{path}")
    found = Axe().run(page, options=AXE)
    assert [violation["id"] for violation in found.response["violations"]] == []


def test_lines_have_a_readable_length(page: Page, service: Service) -> None:
    page.set_viewport_size({"width": 1920, "height": 900})
    page.goto(f"{service.url}/posts/roadmap")
    per_line = (
        page.locator(".prose p")
        .nth(1)
        .evaluate("""paragraph => {
        const range = document.createRange();
        range.selectNodeContents(paragraph);
        const lines = new Set([...range.getClientRects()].map(rect => Math.round(rect.bottom / 10)));
        return paragraph.textContent.length / lines.size;
    }""")
    )
    assert 45 <= per_line <= 85


def test_the_chat_stands_beside_the_post_where_there_is_room_else_in_a_sheet(page: Page, service: Service) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{service.url}/posts/roadmap")
    panel = page.get_by_role("region", name="Ask this blog")
    expect(panel).to_be_visible()
    box, post = panel.bounding_box(), page.locator("article").bounding_box()
    assert box is not None
    assert post is not None
    assert box["x"] >= post["x"] + post["width"]
    assert box["y"] + box["height"] <= 800
    page.set_viewport_size({"width": 700, "height": 800})
    expect(panel).to_be_hidden()
    page.get_by_role("button", name="Ask this blog").click()
    expect(page.get_by_role("dialog", name="Ask this blog")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280, 1920])
@pytest.mark.parametrize("path", ["posts/roadmap", "posts/nowhere"])
def test_the_name_of_the_blog_and_the_text_stand_in_one_column(
    page: Page, service: Service, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{service.url}/{path}")
    lefts = page.locator(".site a, h1").evaluate_all(
        "all => all.map(one => Math.round(one.getBoundingClientRect().left))"
    )
    assert len(lefts) == 2
    assert lefts[0] == lefts[1] < width / 2


@pytest.mark.usefixtures("look")
def test_the_skip_link_leads_to_the_content(page: Page, service: Service) -> None:
    page.goto(f"{service.url}/posts/roadmap")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


@pytest.mark.usefixtures("look")
def test_a_post_has_its_title_its_headings_and_one_h1(page: Page, service: Service) -> None:
    page.goto(f"{service.url}/posts/roadmap")
    expect(page).to_have_title("The roadmap · Notes on systems")
    expect(page.get_by_role("heading", level=1)).to_have_text("The roadmap")
    page.get_by_text("On this page").click()
    page.get_by_role("navigation").get_by_role("link", name="My journey").click()
    expect(page.locator("#my-journey")).to_be_in_viewport()
    # It has its own, which stands before byline and contents as well.
    page.goto(f"{service.url}/posts/kitchen")
    expect(page.get_by_role("heading", level=1)).to_have_text("The kitchen")
    expect(page.locator("header.about #the-kitchen + *, header.about :has(> #the-kitchen) + .byline")).to_have_count(1)


@pytest.mark.usefixtures("look")
def test_printed_it_is_the_post_alone(page: Page, service: Service, opened: Callable[[], Locator]) -> None:
    page.goto(f"{service.url}/posts/roadmap")
    opened()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="The roadmap")).to_be_visible()
    for gone in [".site", "nav", "aside", "ask-post", ".skip"]:
        expect(page.locator(gone)).to_be_hidden()


def test_it_prints_dark_on_white_whatever_the_screen_shows(page: Page, service: Service) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{service.url}/posts/kitchen")
    shown = "getComputedStyle(document.documentElement).getPropertyValue"
    assert page.evaluate(f"[{shown}('--bg'), {shown}('--fg'), {shown}('--hl-keyword')]") == ["#fff", "#000", "#8a2a6b"]


@pytest.mark.usefixtures("look")
def test_forced_colours_keep_the_edges_of_code(page: Page, service: Service) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{service.url}/posts/kitchen")
    edge = page.locator(".prose pre").first.evaluate(
        "pre => [getComputedStyle(pre).borderTopWidth, getComputedStyle(pre).borderTopColor]"
    )
    assert edge[0] == "1px"
    assert edge[1] != "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_of_code_are_readable(page: Page, service: Service, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{service.url}/posts/kitchen")
    contrasts = page.evaluate("""() => {
        const style = getComputedStyle(document.documentElement);
        const light = (name) => {
            const hex = style.getPropertyValue(name).trim();
            const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
                .map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        };
        const ground = light('--soft');
        return ['keyword', 'string', 'number', 'name', 'comment', 'inserted', 'deleted'].map((name) => {
            const both = [light(`--hl-${name}`), ground].sort((a, b) => b - a);
            return [name, (both[0] + 0.05) / (both[1] + 0.05)];
        });
    }""")
    assert len(contrasts) == 7
    assert [name for name, contrast in contrasts if contrast < 4.5] == []


def test_code_and_tables_scroll_by_themselves_and_by_keyboard(page: Page, service: Service) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{service.url}/posts/kitchen")
    for box in [page.locator("pre"), page.locator(".table")]:
        assert box.evaluate("box => box.scrollWidth > box.clientWidth && box.tabIndex === 0")


def test_a_post_reads_without_scripts(browser: Browser, service: Service) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{service.url}/posts/roadmap")
    expect(page.get_by_role("heading", name="My journey")).to_be_visible()
    expect(page.get_by_label("Ask a question")).to_be_visible()
    context.close()


@pytest.mark.usefixtures("look")
def test_the_list_links_its_posts_and_searches_them_while_one_types(
    page: Page, service: Service, complaints: list[str]
) -> None:
    page.goto(f"{service.url}/")
    expect(page.locator(".posts a")).to_have_text(["Machine learning system roadmap", "A kitchen sink of Markdown"])
    field = page.get_by_label("Search the posts")
    field.press_sequentially("machine learning")
    first = page.locator(".found a").first
    expect(first).to_have_text("Machine learning system roadmap › My journey")
    expect(first).to_have_attribute("href", f"{service.url}/posts/roadmap#my-journey")
    expect(page.get_by_role("status").first).to_have_text("4 passages")
    assert page.url == f"{service.url}/?search=machine+learning"
    assert service.sought[-1] == "machine learning"
    assert len(service.sought) < 5, "a letter is no search"
    sought = len(service.sought)
    field.fill("")
    expect(page.locator(".found")).to_be_hidden()
    assert page.url == f"{service.url}/"
    field.fill("machine learning")
    field.press("Enter")
    expect(first).to_be_visible()
    assert len(service.sought) == sought, "what is known is not asked for again"
    assert complaints == []


@pytest.mark.usefixtures("look")
def test_a_search_that_cannot_be_made_is_said(page: Page, service: Service) -> None:
    page.goto(f"{service.url}/")
    page.route("**/search", lambda route: route.abort())
    page.get_by_label("Search the posts").fill("machine learning")
    expect(page.get_by_text("The search cannot be reached just now.")).to_be_visible()
    page.unroute("**/search")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".found a").first).to_be_visible()
