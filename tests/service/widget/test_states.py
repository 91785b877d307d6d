"""Waiting and going wrong: each says what happens and keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.service.widget.conftest import one_look
from tests.service.widget.fixture_service import Service

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("look")]

Ask = Callable[[str], None]
Opened = Callable[[], Locator]


@pytest.fixture(autouse=True)
def home(page: Page, service: Service, look: str) -> None:
    page.goto(f"{service.url}/")


def test_a_slow_answer_is_said_to_be_slow_and_can_be_stopped(page: Page, ask: Ask) -> None:
    ask("hang for long")
    expect(page.get_by_role("log").get_by_text("Looking through the posts…")).to_be_visible()
    expect(page.get_by_role("log").get_by_text("Still looking.")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("log").get_by_text("Stopped.")).to_be_visible()
    expect(page.get_by_label("Your question")).to_have_value("hang for long")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()


def test_stop_stops_and_sends_nothing_whatever_is_typed_meanwhile(page: Page, service: Service, ask: Ask) -> None:
    ask("hang for long")
    page.get_by_label("Your question").fill("second thoughts")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("log").get_by_text("Stopped.")).to_be_visible()
    expect(page.get_by_label("Your question")).to_have_value("second thoughts")
    expect(page.locator(".turn")).to_have_count(1)
    assert len(service.asked) == 1


@one_look
def test_a_later_question_drops_the_earlier_one(page: Page, ask: Ask) -> None:
    ask("slow one")
    ask("When did it start?")
    expect(page.locator("blockquote")).to_have_count(1)
    expect(page.locator(".turn").first).to_contain_text("Stopped.")
    expect(page.get_by_label("Your question")).to_have_value("")


def test_while_the_service_starts_it_is_asked_again_by_itself(page: Page, service: Service, ask: Ask) -> None:
    service.starting = 2
    ask("When did it start?")
    expect(page.get_by_text("The service is starting or busy. Trying again in 1 s…").first).to_be_visible()
    expect(page.locator("blockquote")).to_be_visible()
    assert len(service.asked) == 3


def test_a_limit_counts_down_and_then_lets_the_reader_ask_again(page: Page, service: Service, ask: Ask) -> None:
    service.limited = 1
    ask("limit me")
    expect(page.get_by_role("log").get_by_text("The next one is possible in 2 s.")).to_be_visible()
    retry = page.get_by_role("button", name="Try again")
    expect(retry).to_be_disabled()
    expect(page.get_by_label("Your question")).to_have_value("limit me")
    expect(retry).to_be_enabled()
    expect(page.get_by_role("log").get_by_text("You can ask again now.")).to_be_visible()
    expect(page.get_by_role("status").last).to_have_text("You can ask again now.")
    retry.click()
    expect(page.locator("blockquote")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.get_by_label("Your question")).to_have_value("")


def test_offline_is_told_from_a_service_that_is_gone(page: Page, ask: Ask, opened: Opened) -> None:
    opened()
    page.context.set_offline(True)
    ask("When did it start?")
    expect(page.get_by_role("log").get_by_text("You are offline. Your question is kept.")).to_be_visible()
    page.context.set_offline(False)
    page.route("**/ask", lambda route: route.abort("connectionrefused"))
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("log").get_by_text("The service cannot be reached. Your question is kept.")).to_be_visible()
    expect(page.get_by_label("Your question")).to_have_value("When did it start?")
    page.unroute("**/ask")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("blockquote")).to_be_visible()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("refused", "The service cannot take this question. The question is not one."),
        ("crash", "Something went wrong on the server. Your question is kept."),
    ],
)
def test_a_problem_of_the_service_is_said_in_words(page: Page, ask: Ask, question: str, said: str) -> None:
    ask(question)
    expect(page.get_by_role("log").get_by_text(said)).to_be_visible()
    expect(page.get_by_label("Your question")).to_have_value(question)


def test_what_is_typed_while_a_question_fails_is_not_replaced(page: Page, ask: Ask) -> None:
    def fail_late(route: Route) -> None:
        page.wait_for_timeout(500)
        route.abort()

    page.route("**/ask", fail_late)
    ask("first")
    page.get_by_label("Your question").fill("second thoughts")
    expect(page.locator(".error")).to_be_visible()
    expect(page.get_by_label("Your question")).to_have_value("second thoughts")


def test_a_blank_question_is_not_sent_and_a_long_one_is_counted(page: Page, service: Service, ask: Ask) -> None:
    ask("   ")
    field = page.get_by_label("Your question")
    field.fill("x" * 950)
    expect(page.get_by_text("50 characters left")).to_be_visible()
    field.press_sequentially("y" * 60)
    assert len(field.input_value()) == 1000
    assert service.asked == []


def test_an_answer_streams_and_is_replaced_by_its_quotes(page: Page, ask: Ask, opened: Opened) -> None:
    opened()
    page.evaluate("""() => {
        window.seen = [];
        document.querySelector('ask-post').addEventListener('ask:answer', () => window.seen.push('done'));
        const log = document.querySelector('ask-post').shadowRoot.querySelector('.log');
        new MutationObserver(() => window.seen.push(log.textContent)).observe(log, {childList: true, subtree: true});
    }""")
    ask("stream it")
    expect(page.locator("blockquote")).to_be_visible()
    seen = page.evaluate("window.seen")
    partial = [text for text in seen if "In 2016: “In the same" in text and "had to learn" not in text]
    assert partial, "the words of the answer came one by one"
    expect(page.get_by_role("link", name="Machine learning system roadmap › My journey")).to_be_visible()


def test_a_service_that_goes_away_in_mid_answer_leaves_what_came(page: Page, ask: Ask) -> None:
    ask("break it")
    expect(page.locator(".error")).to_contain_text("The connection broke off before the answer was complete.")
    expect(page.locator(".turn .words")).to_have_text("In")
    expect(page.get_by_label("Your question")).to_have_value("break it")


@one_look
def test_answers_can_be_copied_with_their_sources(page: Page, service: Service, ask: Ask) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask("When did it start?")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("log").get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("When did it start?\n\nIn 2016: “In the same year")
    assert copied.endswith(
        f"[1] Machine learning system roadmap › My journey {service.url}/posts/roadmap#my-journey:~:text=In"
    )


def test_a_copy_that_the_browser_refuses_is_said(page: Page, ask: Ask, complaints: list[str]) -> None:
    page.evaluate("() => { Clipboard.prototype.writeText = async () => { throw new DOMException('no'); } }")
    ask("When did it start?")
    page.get_by_role("button", name="Copy").click()
    said = "Not copied. Please select the text."
    expect(page.get_by_role("log").get_by_text(said)).to_be_visible()
    expect(page.get_by_role("status").last).to_have_text(said)
    assert complaints == []


def test_the_conversation_outlives_the_page_and_can_be_cleared(
    page: Page, service: Service, ask: Ask, opened: Opened
) -> None:
    for count, question in enumerate(["When did it start?", "bread", "which", "What topics?"], 1):
        ask(question)
        expect(page.locator(".tools")).to_have_count(count)
    page.get_by_label("Your question").fill("half a thou")
    page.goto(f"{service.url}/posts/kitchen")
    opened()
    expect(page.locator("blockquote").filter(has_text="2016")).to_be_visible()
    expect(page.get_by_label("Your question")).to_have_value("half a thou")
    expect(page.get_by_role("button", name="Copy").last).to_be_in_viewport()
    page.get_by_role("button", name="Clear the conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    page.reload()
    opened()
    expect(page.get_by_role("button", name="What topics do I need to learn?")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)


def test_thumbs_rate_say_why_and_take_it_back(page: Page, service: Service, ask: Ask) -> None:
    ask("When did it start?")
    up = page.get_by_role("button", name="Helpful", exact=True)
    down = page.get_by_role("button", name="Not helpful")
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    up.click()
    expect(up).to_have_attribute("aria-pressed", "false")
    down.click()
    page.get_by_label("It is not what I asked").check()
    page.get_by_label("A note to the author (optional)").fill("I meant the year.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("log").get_by_text("Thank you.")).to_be_visible()
    assert service.rated == [
        {"id": "r1", "rating": "up"},
        {"id": "r1", "rating": None},
        {"id": "r1", "rating": "down"},
        {"id": "r1", "rating": "down", "reason": "not_what_i_asked", "note": "I meant the year."},
    ]


def test_the_form_that_asks_what_was_wrong_comes_into_view(page: Page, ask: Ask) -> None:
    ask("which")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": 500})  # type: ignore[index]
    expect(page.locator(".tools")).to_be_visible()
    page.get_by_role("button", name="Not helpful").click()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_in_viewport(ratio=1)


@one_look
def test_where_there_are_no_suggestions_none_are_spoken_of(page: Page, service: Service, opened: Opened) -> None:
    service.offers_more = False
    page.reload()
    opened()
    expect(page.get_by_text("Ask a question. The answer is quoted from the posts")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("You could ask")).to_have_count(0)
    expect(page.locator(".chip")).to_have_count(0)


@one_look
def test_a_rating_that_is_not_taken_is_taken_back_and_a_note_is_kept(page: Page, service: Service, ask: Ask) -> None:
    ask("When did it start?")
    up = page.get_by_role("button", name="Helpful", exact=True)
    down = page.get_by_role("button", name="Not helpful")
    page.route("**/feedback", lambda route: route.abort())
    up.click()
    expect(page.get_by_role("log").get_by_text("Not sent.")).to_be_visible()
    expect(page.get_by_role("status").last).to_have_text("Not sent.")
    expect(up).to_have_attribute("aria-pressed", "false")
    page.unroute("**/feedback")
    down.click()
    expect(page.get_by_role("log").get_by_text("Not sent.")).to_be_hidden()
    page.route("**/feedback", lambda route: route.fulfill(status=503))
    page.get_by_label("A note to the author (optional)").fill("I meant the year.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("log").get_by_text("Not sent.")).to_be_visible()
    expect(page.get_by_label("A note to the author (optional)")).to_have_value("I meant the year.")
    expect(down).to_have_attribute("aria-pressed", "true")
    page.unroute("**/feedback")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("log").get_by_text("Thank you.")).to_be_visible()
    assert service.rated == [
        {"id": "r1", "rating": "down"},
        {"id": "r1", "rating": "down", "note": "I meant the year."},
    ]
