"""For everybody: axe in each state, the keyboard alone, what a screen reader hears, zoom, colours and motion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.service.widget import spoken
from tests.service.widget.conftest import one_look, phones
from tests.service.widget.fixture_service import Service

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("look")]

Ask = Callable[[str], None]
Opened = Callable[[], Locator]
STATES = {
    "closed": None,
    "open": "",
    "loading": "hang",
    "answered": "When did it start?",
    "list": "What topics?",
    "shapes": "which",
    "declined": "bread?",
    "elsewhere": "elsewhere",
    "error": "crash",
    "limited": "limit",
    "rated": "When did it start?",
    "marked": "When did it start?",
    "understood": "why",
    "stopped": "hang",
}
# What is clicked in the state, where something is.
CLICKED = {
    "rated": "button[title='Not helpful']",
    "marked": "figcaption a",
    "stopped": "button[title='Stop']",
}


def violations(page: Page) -> list[str]:
    tags = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found: dict[str, Any] = Axe().run(page, options=tags).response
    return [
        f"{rule['id']}: {node['html']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(page: Page, service: Service, ask: Ask, state: str) -> None:
    service.limited = 1
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{service.url}/posts/roadmap")
    question = STATES[state]
    if question is not None:
        ask(question or " ")
        if question:
            done = ".waiting" if state in {"loading", "stopped"} else ".tools, .error"
            expect(page.locator(done).first).to_be_visible()
            if state in CLICKED:
                page.locator(f"ask-post {CLICKED[state]}").first.click()
        else:
            expect(page.locator(".chip").first).to_be_visible()
    assert violations(page) == []


def test_axe_finds_nothing_on_an_owners_page(page: Page, site: str, ask: Ask, opened: Opened) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}/same")
    page.get_by_role("button", name="Ask this blog").wait_for()
    assert violations(page) == []
    opened()
    expect(page.locator(".chip").first).to_be_visible()
    assert violations(page) == []
    for question in ["crash", "bread?", "When did it start?"]:
        ask(question)
        expect(page.locator(".turn").last.locator(".tools, .error")).to_be_visible()
        assert violations(page) == []
    page.locator("figcaption a").click()
    expect(page.get_by_role("region", name="Marked on this page")).to_be_visible()
    assert violations(page) == []


def test_a_whole_conversation_by_keyboard_alone(page: Page, site: str, service: Service) -> None:
    page.goto(f"{site}/plain")
    page.get_by_role("button", name="Ask this blog").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type("When did")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("it start?")
    page.keyboard.press("Enter")
    expect(page.locator("blockquote")).to_be_visible()
    assert service.asked[0]["question"] == "When did\nit start?"
    expect(page.get_by_label("Your question")).to_be_focused()
    expect(page.get_by_role("dialog")).to_match_aria_snapshot(
        """
        - dialog "Ask this blog":
          - heading "Ask this blog" [level=2]
          - button "Clear the conversation"
          - button "Close"
          - log "Conversation":
            - paragraph: "You asked: When did it start?"
            - paragraph: "In 2016:"
            - figure /My journey/:
              - blockquote:
                - paragraph: /In the same year 2016/
              - link "Machine learning system roadmap › My journey"
              - time: May 1, 2022
            - group: Related sections
            - button "Copy"
            - button "Helpful"
            - button "Not helpful"
          - text: Your question
          - textbox "Your question"
          - button "Ask"
          - status: /In 2016/
        """
    )
    reached = []
    for _ in range(7):
        page.keyboard.press("Shift+Tab")
        reached.append(page.evaluate("document.querySelector('ask-post').shadowRoot.activeElement.textContent.trim()"))
    assert any(text.startswith("Machine learning system roadmap") for text in reached)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Ask this blog")).to_be_focused()


@one_look
def test_a_follow_up_a_rating_and_a_citation_by_keyboard_as_a_screen_reader_says_them(
    page: Page, service: Service
) -> None:
    def press_on(name: str, key: str = "Enter") -> None:
        for _ in range(40):
            page.keyboard.press("Shift+Tab")
            if name in spoken.focused(page):
                page.keyboard.press(key)
                return
        raise AssertionError(f"the keyboard does not reach {name}")

    page.set_viewport_size({"width": 700, "height": 700})
    page.goto(f"{service.url}/posts/roadmap")
    page.get_by_role("button", name="Ask this blog").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your question")).to_be_focused()
    assert spoken.focused(page) == 'textbox "Your question"'
    spoken.listen(page)

    page.keyboard.type("When did it start?")
    page.keyboard.press("Enter")
    expect(page.locator("blockquote")).to_have_count(1)
    first = spoken.heard(page)
    assert len(first) == 1, "announced once"
    assert first[0].startswith("In 2016: “In the same year 2016")

    page.keyboard.type("why")
    page.keyboard.press("Enter")
    expect(page.locator(".tools")).to_have_count(2)
    assert len(spoken.heard(page)) == 1
    lines = spoken.tree(page)
    start = lines.index('StaticText "why"')
    assert lines[start + 1 : start + 3] == [
        'StaticText "Taken to mean: “Why did the author learn Computer Vision?”"',
        'button "Ask it as written"',
    ]
    assert any(line.startswith('log "Conversation"') for line in lines)
    assert any(line.startswith("blockquote") for line in lines)
    assert any(line.startswith('link "Machine learning system roadmap') for line in lines)

    press_on("Ask it as written")
    expect(page.locator(".tools")).to_have_count(3)
    assert service.asked[2]["history"] == []

    press_on("Not helpful")
    page.keyboard.press("Tab")
    assert spoken.focused(page).startswith('radio "It is incorrect"')
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert spoken.focused(page) == 'textbox "A note to the author (optional)"'
    page.keyboard.type("It was 2017.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").get_by_text("Thank you.")).to_be_focused()
    assert service.rated[-1]["reason"] == "incorrect"
    assert service.rated[-1]["note"] == "It was 2017."
    assert 'button "Not helpful" [pressed=true]' in spoken.tree(page)

    press_on("Machine learning system roadmap › My journey")
    expect(page.get_by_role("region", name="Marked on this page")).to_be_visible()
    assert spoken.heard(page)[-1] == "Marked on this page"
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert spoken.focused(page) == 'button "Ask this blog" [live=polite]'


def test_errors_are_announced_and_the_button_that_helps_is_next(
    page: Page, service: Service, ask: Ask, opened: Opened
) -> None:
    page.goto(f"{service.url}/")
    opened()
    spoken.listen(page)
    ask("crash")
    expect(page.locator(".error")).to_be_visible()
    assert spoken.heard(page) == ["Something went wrong on the server. Your question is kept."]
    page.keyboard.press("Shift+Tab")
    assert spoken.focused(page) == 'button "Try again"'


@one_look
@pytest.mark.parametrize("question", ["which", "bread?", "When did it start?"])
def test_at_200_percent_everything_stays_in_reach(page: Page, service: Service, ask: Ask, question: str) -> None:
    # A window of 1280 by 800 at 200 % is one of 640 by 400 with twice the pixels; text alone doubled is the other way.
    page.set_viewport_size({"width": 640, "height": 400})
    page.goto(f"{service.url}/posts/roadmap")
    ask(question)
    expect(page.locator(".tools")).to_be_visible()
    if question == "bread?":
        page.evaluate("document.adoptedStyleSheets = [new CSSStyleSheet()]")
        page.evaluate("document.adoptedStyleSheets[0].replaceSync('html { font-size: 200% }')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    assert page.locator(".log").evaluate("log => log.scrollWidth - log.clientWidth") <= 0
    for name in ["Close", "Ask"]:
        expect(page.get_by_role("button", name=name, exact=True)).to_be_in_viewport(ratio=1)
    assert page.locator(".log").evaluate("log => log.clientHeight") >= 100


def test_the_finished_answer_is_announced_once_and_the_log_is_silent(
    page: Page, service: Service, ask: Ask, opened: Opened
) -> None:
    page.goto(f"{service.url}/")
    opened()
    page.evaluate("""() => {
        const status = document.querySelector('ask-post').shadowRoot.querySelector('[role=status]');
        window.heard = [];
        new MutationObserver(() => status.textContent && window.heard.push(status.textContent))
            .observe(status, {childList: true});
    }""")
    ask("stream it")
    expect(page.locator("blockquote")).to_be_visible()
    page.wait_for_timeout(200)
    heard = page.evaluate("window.heard")
    assert len(heard) == 1
    assert heard[0].startswith("In 2016: “In the same year 2016")
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "off")


def test_the_page_loads_without_moving_the_focus(page: Page, service: Service) -> None:
    page.goto(f"{service.url}/posts/roadmap")
    launcher = page.get_by_role("button", name="Ask this blog")
    page.get_by_label("Your question").or_(launcher).wait_for()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.activeElement === document.body && scrollY === 0")


def test_the_focus_is_never_lost_with_a_button_that_goes_away(
    page: Page, service: Service, ask: Ask, opened: Opened
) -> None:
    page.goto(f"{service.url}/")
    opened()
    chip = page.get_by_role("button", name="What topics do I need to learn?")
    chip.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_be_focused()
    ask("crash")
    retry = page.get_by_role("button", name="Try again")
    retry.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_be_focused()


@phones
def test_the_sheet_keeps_the_focus_in(page: Page, service: Service, ask: Ask) -> None:
    page.goto(f"{service.url}/posts/roadmap")
    ask("When did it start?")
    for _ in range(14):
        page.keyboard.press("Tab")
        assert page.evaluate("['ASK-POST', 'BODY'].includes(document.activeElement.tagName)")


def test_the_keyboard_on_the_screen_covers_neither_window_nor_sheet(page: Page, site: str, ask: Ask) -> None:
    page.goto(f"{site}/plain")
    ask("When did it start?")
    page.evaluate("""() => {
        for (const [name, value] of [['height', 400], ['offsetTop', 0]]) {
            Object.defineProperty(visualViewport, name, {get: () => value});
        }
        visualViewport.dispatchEvent(new Event('resize'));
    }""")
    box = page.get_by_label("Your question").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 400
    closing = page.get_by_role("button", name="Close").bounding_box()
    assert closing is not None
    assert closing["y"] >= 0
    assert page.get_by_label("Your question").evaluate("field => parseFloat(getComputedStyle(field).fontSize)") >= 16


@one_look
@pytest.mark.parametrize("question", ["which", "bread?", "hostile"])
def test_nothing_sticks_out_at_320_pixels(page: Page, service: Service, ask: Ask, question: str) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(f"{service.url}/posts/kitchen")
    ask(question)
    expect(page.locator(".tools")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator(".log").evaluate("log => log.scrollWidth - log.clientWidth") <= 0


def test_targets_are_large_enough(page: Page, service: Service, ask: Ask) -> None:
    page.goto(f"{service.url}/posts/roadmap")
    ask("bread?")
    expect(page.locator(".tools")).to_be_visible()
    for target in page.locator("ask-post button:visible, ask-post summary:visible").all():
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24, target.text_content()


def test_motion_stops_where_it_is_not_wanted(page: Page, service: Service, ask: Ask) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{service.url}/")
    ask("hang")
    assert page.locator(".pulse").evaluate("dot => getComputedStyle(dot).animationName") == "none"


def test_forced_colours_keep_the_edges(page: Page, service: Service, ask: Ask) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{service.url}/")
    ask("bread?")
    chip = page.locator(".chip").last
    expect(chip).to_be_visible()
    widths = page.locator(".send, .chip").evaluate_all("all => all.map(one => getComputedStyle(one).borderTopWidth)")
    colours = page.locator(".send, .chip").evaluate_all("all => all.map(one => getComputedStyle(one).borderTopColor)")
    assert set(widths) == {"1px"}
    assert "rgba(0, 0, 0, 0)" not in colours
