"""The chain that every reader goes through: open, ask, read the quote, follow it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.service.widget.conftest import one_look
from tests.service.widget.fixture_service import Service

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("look")]

CV = "In the same year 2016, I had a subject named Computer Vision which I don't even know why I had to learn."


def test_a_quote_stands_apart_with_a_link_to_its_section(
    page: Page, service: Service, ask: Callable[[str], None]
) -> None:
    page.goto(f"{service.url}/")
    ask("When did it start?")
    expect(page.locator("blockquote")).to_have_text(CV)
    expect(page.get_by_text("In 2016:", exact=True)).to_be_visible()
    link = page.get_by_role("link", name="Machine learning system roadmap › My journey")
    expect(link).to_have_attribute("href", f"{service.url}/posts/roadmap#my-journey:~:text=In")
    expect(page.locator("figcaption time")).to_have_text("May 1, 2022")


def test_list_items_stand_in_a_list_with_a_link_each(page: Page, service: Service, ask: Callable[[str], None]) -> None:
    page.goto(f"{service.url}/")
    ask("What topics?")
    expect(page.locator("blockquote li")).to_have_count(7)
    expect(page.get_by_role("link", name="Source 7")).to_be_visible()
    expect(page.locator("figcaption")).to_have_count(1)


def test_rows_code_and_facts_keep_their_shape(page: Page, service: Service, ask: Callable[[str], None]) -> None:
    page.goto(f"{service.url}/")
    ask("which")
    expect(page.locator("blockquote tr")).to_have_count(2)
    expect(page.locator("blockquote td").nth(2)).to_have_text("--host")
    expect(page.locator("blockquote pre code")).to_contain_text("    return None", use_inner_text=True)
    expect(page.locator("blockquote p")).to_have_text("2022-05-01")


def test_a_declined_answer_helps_on(page: Page, service: Service, ask: Callable[[str], None]) -> None:
    page.goto(f"{service.url}/")
    ask("bread?")
    expect(page.get_by_role("log").get_by_text("The post does not say.", exact=True)).to_be_visible()
    expect(page.locator(".sections a")).to_have_text(
        [
            "Machine learning system roadmap › My journey",
            "Machine learning system roadmap",
            "A kitchen sink of Markdown › Tables › A quote",
        ]
    )
    page.get_by_role("button", name="What topics do I need to learn?").click()
    expect(page.locator("blockquote li")).to_have_count(7)
    assert service.asked[-1]["question"] == "What topics do I need to learn?"


def test_a_follow_up_takes_the_turns_along_and_says_what_it_was_taken_for(
    page: Page, service: Service, ask: Callable[[str], None]
) -> None:
    page.goto(f"{service.url}/")
    ask("When did it start?")
    expect(page.locator("blockquote")).to_have_count(1)
    ask("why")
    expect(page.get_by_text("Taken to mean: “Why did the author learn Computer Vision?”")).to_be_visible()
    assert [turn["role"] for turn in service.asked[1]["history"]] == ["user", "assistant"]
    assert service.asked[1]["history"][1]["content"] == f"In 2016: “{CV}” [1]"
    page.get_by_role("button", name="Ask it as written").click()
    # The turn is there before the question has arrived; its tools come with the answer.
    expect(page.locator(".tools")).to_have_count(3)
    assert service.asked[2]["history"] == []
    assert service.asked[2]["literal"] is True


@one_look
def test_the_launcher_fetches_nothing_before_it_is_opened(page: Page, service: Service) -> None:
    page.goto(f"{service.url}/posts/roadmap", wait_until="networkidle")
    assert not [path for path in service.fetched if path.startswith("/widget/")]
    page.get_by_role("button", name="Ask this blog").click()
    expect(page.get_by_role("dialog", name="Ask this blog")).to_be_visible()
    assert "/widget/panel.js" in service.fetched


def test_escape_closes_and_gives_the_focus_back(page: Page, site: str) -> None:
    page.goto(f"{site}/plain")
    launcher = page.get_by_role("button", name="Ask this blog")
    launcher.focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("Your question")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    expect(launcher).to_be_focused()


def test_one_script_tag_works_on_another_origin_under_its_policy(
    page: Page, service: Service, site: str, ask: Callable[[str], None], complaints: list[str]
) -> None:
    page.goto(f"{site}/plain")
    ask("When did it start?")
    expect(page.locator("blockquote")).to_have_text(CV)
    assert service.asked[0]["post"] == "https://owner.example/my-post/"
    assert page.locator("figcaption a").get_attribute("href").startswith(f"{service.url}/posts/roadmap#")  # type: ignore[union-attr]
    assert complaints == []
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length") == 0


@one_look
def test_a_conversation_leaves_no_cookie_no_storage_but_the_tabs_and_asks_no_third_party(
    page: Page, service: Service, site: str, ask: Callable[[str], None]
) -> None:
    origins: set[str] = set()
    page.on("request", lambda request: origins.add("/".join(request.url.split("/")[:3])))
    page.goto(f"{site}/plain")
    ask("When did it start?")
    page.get_by_role("button", name="Helpful", exact=True).click()
    ask("bread?")
    expect(page.locator(".tools")).to_have_count(2)
    page.goto(f"{site}/plain")
    assert origins == {site, service.url}
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]
    assert page.evaluate("indexedDB.databases().then(all => all.length)") == 0
    assert page.evaluate("Object.keys(sessionStorage)") == [f"ask-post {service.url}/"]


def test_the_pages_raise_no_complaint(
    page: Page,
    service: Service,
    ask: Callable[[str], None],
    opened: Callable[[], Locator],
    complaints: list[str],
) -> None:
    page.goto(f"{service.url}/posts/roadmap")
    ask("When did it start?")
    expect(page.locator("blockquote")).to_have_text(CV)
    page.goto(f"{service.url}/")
    opened()
    expect(page.locator("blockquote")).to_have_text(CV)
    assert complaints == []
