"""The open page is asked first, then the blog; citations of the open page are shown in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.service.widget.conftest import one_look, phones
from tests.service.widget.fixture_service import Service

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("look")]

Ask = Callable[[str], None]
Opened = Callable[[], Locator]
MARKED = "[...(CSS.highlights.get('ask-post-quote') ?? [])].map(String).join('|').replace(/\\s+/g, ' ')"


def follow(page: Page) -> None:
    page.get_by_role("link", name="Machine learning system roadmap › My journey").first.click()


def test_where_the_page_declines_the_blog_is_asked_and_it_is_said(page: Page, service: Service, ask: Ask) -> None:
    page.goto(f"{service.url}/posts/roadmap")
    ask("elsewhere")
    expect(page.get_by_role("log").get_by_text("This page does not say, but another post does.")).to_be_visible()
    expect(page.get_by_role("link", name="A kitchen sink of Markdown › Tables › A quote")).to_be_visible()
    expect(page.get_by_role("status").last).to_contain_text("another post does. “What a reader cannot check")
    assert [body.get("post") for body in service.asked] == ["roadmap", None]


def test_where_both_decline_it_is_said_once(page: Page, service: Service, ask: Ask) -> None:
    page.goto(f"{service.url}/posts/roadmap")
    ask("bread?")
    expect(page.get_by_role("log").get_by_text("The rest of the blog does not say it either.")).to_be_visible()
    assert [body.get("post") for body in service.asked] == ["roadmap", None]


@one_look
def test_where_the_blog_cannot_be_asked_the_page_s_own_reply_stays(page: Page, service: Service, ask: Ask) -> None:
    page.route(
        "**/ask", lambda route: route.abort() if "post" not in route.request.post_data_json else route.fallback()
    )
    page.goto(f"{service.url}/posts/roadmap")
    ask("bread?")
    expect(page.get_by_role("log").get_by_text("The post does not say.", exact=True)).to_be_visible()
    expect(page.locator(".error")).to_have_count(0)


@one_look
def test_a_blog_of_one_post_has_no_rest_to_speak_of(page: Page, service: Service, ask: Ask) -> None:
    page.goto(f"{service.url}/posts/roadmap")
    ask("weather?")
    expect(page.get_by_role("log").get_by_text("The posts here are not about that.")).to_be_visible()
    expect(page.get_by_text("The rest of the blog")).to_have_count(0)


@one_look
def test_a_greeting_is_not_asked_twice(page: Page, service: Service, ask: Ask) -> None:
    page.goto(f"{service.url}/posts/roadmap")
    ask("hello")
    expect(page.get_by_role("log").get_by_text("Hello! Ask something about the posts.")).to_be_visible()
    assert len(service.asked) == 1


@one_look
def test_a_post_that_the_index_does_not_know_gets_the_blogs_answer(page: Page, service: Service, site: str) -> None:
    page.goto(f"{site}/inline")
    page.locator("ask-post").evaluate("element => element.post = 'unknown'")
    page.locator("ask-post").evaluate("element => element.ask('When did it start?')")
    expect(page.locator("blockquote")).to_be_visible()
    assert [body.get("post") for body in service.asked] == ["unknown", None]


def test_a_citation_of_the_open_page_scrolls_to_the_sentence_and_marks_it(
    page: Page, service: Service, ask: Ask
) -> None:
    page.goto(f"{service.url}/posts/roadmap")
    ask("When did it start?")
    follow(page)
    expect(page.get_by_role("region", name="Marked on this page")).to_be_visible()
    assert page.evaluate(MARKED).startswith("In the same year 2016, I had a subject named Computer Vision")
    assert page.url == f"{service.url}/posts/roadmap#my-journey"
    page.get_by_role("button", name="Clear the mark").click()
    assert page.evaluate(MARKED) == ""


def test_a_short_item_is_marked_in_its_list_and_not_in_the_heading_before(
    page: Page, service: Service, ask: Ask, opened: Opened
) -> None:
    page.goto(f"{service.url}/posts/roadmap")
    ask("What topics?")
    for number, item in [(1, "Machine learning"), (6, "System design"), (7, "Machine learning system design")]:
        opened()
        page.get_by_role("link", name=f"Source {number}").click()
        marked = "[...CSS.highlights.get('ask-post-quote')][0].startContainer.parentElement"
        assert page.evaluate(f"[{marked}.localName, {marked}.textContent]") == ["li", item]


@phones
def test_on_a_phone_the_sheet_makes_way_for_the_sentence(page: Page, service: Service, ask: Ask) -> None:
    page.goto(f"{service.url}/posts/roadmap")
    ask("When did it start?")
    follow(page)
    expect(page.get_by_role("dialog")).to_be_hidden()
    sentence = page.locator("p", has_text="In the same year 2016").first
    expect(sentence).to_be_focused()
    expect(sentence).to_be_in_viewport()
    page.get_by_role("button", name="Back to the answer").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.locator("blockquote")).to_be_visible()
    follow(page)
    # Which comes a moment later, and would take the key from the button.
    expect(sentence).to_be_focused()
    page.get_by_role("button", name="Clear the mark").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Marked on this page")).to_be_hidden()
    expect(page.get_by_role("button", name="Ask this blog")).to_be_focused()


def test_a_sites_own_html_of_the_sentence_is_found_and_back_returns(page: Page, site: str, ask: Ask) -> None:
    page.goto(f"{site}/same")
    ask("When did it start?")
    page.mouse.move(5, 5)
    follow(page)
    expect(page.get_by_role("region", name="Marked on this page")).to_be_visible()
    marked = page.evaluate(MARKED)
    assert marked.startswith("In the same year 2016, I had a subject named")
    assert marked.endswith("which I don’t even know why I had to learn.")
    expect(page.locator("main p", has_text="The first time")).to_be_in_viewport()
    page.go_back()
    page.wait_for_function("scrollY === 0")
    assert page.evaluate(MARKED) == ""
    assert page.url == f"{site}/same"


@pytest.mark.parametrize(
    ("shown", "quoted"),
    [
        ("Oars<sup id='fnref:2'><a href='#fn:2'>2</a></sup> are long.", "Oars are long."),
        ("She said: &ldquo;Don&rsquo;t row&hellip;&rdquo; &ndash; and went.", 'She said: "Don\'t row..." -- and went.'),
        ("The <a href='#x'>old <code>skiff</code></a> lea<wbr>ked,<br>of&shy;ten.", "The old skiff leaked, often."),
        ("An e&#xFB03;cient cafe&#x301; in&nbsp;<em>Zu&#x308;</em>rich", "An efficient café in Zürich"),
        ("It cost <span>2</span>40&nbsp;<span aria-hidden='true'>#</span>euros.", "It cost 240 euros."),
    ],
    ids=["footnote", "smart quotes", "broken words", "letters", "spans"],
)
def test_a_short_sentence_is_found_however_the_site_writes_it(page: Page, site: str, shown: str, quoted: str) -> None:
    page.goto(f"{site}/same")
    found = page.evaluate(
        """async ([shown, quoted]) => {
            const paragraph = document.createElement('p');
            paragraph.innerHTML = `Before. ${shown} After.`;
            document.querySelector('main').append(paragraph);
            const service = new URL(document.querySelector('script').src).origin;
            const { showQuote } = await import(`${service}/widget/mark.js`);
            return showQuote({ text: quoted, anchor: 'my-journey' }) === null;
        }""",
        [shown, quoted],
    )
    assert found is False
    marked = page.evaluate(MARKED)
    assert marked
    assert not marked.startswith("Before")
    assert "After" not in marked
    expect(page.locator("main p").last).to_be_in_viewport()


def test_without_highlights_the_link_is_followed_to_its_text_fragment(page: Page, service: Service, ask: Ask) -> None:
    page.add_init_script("delete CSS.highlights")
    page.goto(f"{service.url}/posts/roadmap")
    ask("When did it start?")
    follow(page)
    page.wait_for_url("**/posts/roadmap#my-journey**")
    expect(page.get_by_role("region", name="Marked on this page")).to_be_hidden()


def test_a_citation_of_another_page_is_followed(page: Page, service: Service, ask: Ask, opened: Opened) -> None:
    page.goto(f"{service.url}/posts/kitchen")
    ask("When did it start?")
    follow(page)
    page.wait_for_url("**/posts/roadmap**")
    opened()
    expect(page.locator("blockquote").filter(has_text="2016")).to_be_visible()
