"""The element as an owner uses it: attributes, properties, events, methods, looks, words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.service.widget import spoken
from tests.service.widget.conftest import one_look, phones
from tests.service.widget.fixture_service import Service

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("look")]

Ask = Callable[[str], None]


@one_look
def test_attributes_are_mirrored_as_properties(page: Page, service: Service, site: str) -> None:
    page.goto(f"{site}/plain")
    element = page.locator("ask-post")
    element.wait_for(state="attached")
    assert element.evaluate("e => [e.api, e.post, e.mode, e.theme]") == [f"{service.url}/", "auto", "launcher", "auto"]
    element.evaluate("e => Object.assign(e, {api: 'https://ask.example', post: null, mode: 'inline', theme: 'dark'})")
    assert element.evaluate("e => [e.getAttribute('api'), e.getAttribute('post'), e.getAttribute('mode')]") == [
        "https://ask.example",
        None,
        "inline",
    ]


@one_look
def test_data_attributes_of_the_script_tag_become_the_elements(page: Page, site: str) -> None:
    page.goto(f"{site}/german")
    expect(page.get_by_role("button", name="Diesen Blog fragen")).to_be_visible()
    assert page.locator("ask-post").evaluate("e => [e.post, e.lang, e.theme]") == ["roadmap", "de", "dark"]


@one_look
def test_events_tell_of_opening_answers_ratings_and_errors(page: Page, site: str, ask: Ask) -> None:
    page.goto(f"{site}/plain")
    page.evaluate("""() => {
        window.told = [];
        for (const name of ['ask:open', 'ask:answer', 'ask:feedback', 'ask:error']) {
            document.addEventListener(name, ({detail}) => window.told.push(
                [name, detail.question ?? detail.rating ?? '', detail.reply?.answered ?? detail.error?.kind ?? '']));
        }
    }""")
    ask("When did it start?")
    page.get_by_role("button", name="Helpful", exact=True).click()
    expect(page.locator("blockquote")).to_be_visible()
    ask("crash")
    expect(page.locator(".error")).to_be_visible()
    assert page.evaluate("window.told") == [
        ["ask:open", "", ""],
        ["ask:answer", "When did it start?", True],
        ["ask:feedback", "up", ""],
        ["ask:error", "crash", "failed"],
    ]


def test_methods_open_ask_and_close(page: Page, site: str) -> None:
    page.goto(f"{site}/plain")
    element = page.locator("ask-post")
    element.wait_for(state="attached")
    reply = element.evaluate("e => e.ask('When did it start?')")
    assert reply["answered"] is True
    expect(page.get_by_role("dialog")).to_be_visible()
    element.evaluate("e => e.close()")
    expect(page.get_by_role("dialog")).to_be_hidden()
    element.evaluate("e => e.open()")
    expect(page.get_by_label("Your question")).to_be_focused()
    assert element.evaluate("e => e.ask('crash')") is None


@one_look
def test_fetch_can_be_replaced(page: Page, service: Service, site: str) -> None:
    page.goto(f"{site}/plain")
    element = page.locator("ask-post")
    element.wait_for(state="attached")
    answer = element.evaluate("""async e => {
        e.fetch = async () => Response.json({answered: false, reason: 'unclear', answer: 'Mine.', passages: []});
        return (await e.ask('anything')).answer;
    }""")
    assert answer == "Mine."
    assert service.asked == []


def test_an_inline_element_is_a_region_with_the_owners_words(page: Page, site: str, complaints: list[str]) -> None:
    page.goto(f"{site}/inline")
    region = page.get_by_role("region", name="Ask Ada")
    expect(region).to_be_visible()
    expect(region.get_by_label("Your question")).to_have_attribute("placeholder", "Go on")
    expect(page.get_by_role("button", name="Close")).to_be_hidden()
    assert complaints == []


def test_a_change_of_mode_keeps_the_conversation(page: Page, site: str) -> None:
    page.goto(f"{site}/inline")
    page.locator("ask-post").evaluate("e => e.ask('When did it start?')")
    expect(page.locator("blockquote")).to_be_visible()
    page.locator("ask-post").evaluate("e => e.mode = 'launcher'")
    expect(page.locator("blockquote")).to_be_hidden()
    page.get_by_role("button", name="Ask this blog").click()
    expect(page.get_by_role("dialog").locator("blockquote")).to_be_visible()


def test_variables_and_parts_dress_it(page: Page, service: Service, ask: Ask) -> None:
    page.goto(f"{service.url}/")
    page.evaluate("""() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('ask-post { --ask-accent: rgb(120, 0, 80) } ask-post::part(quote) { font-style: italic }');
        document.adoptedStyleSheets = [sheet];
    }""")
    ask("When did it start?")
    # The panel's own sheet may still be on its way.
    expect(page.locator(".send")).to_have_css("background-color", "rgb(120, 0, 80)")
    expect(page.locator("blockquote")).to_have_css("font-style", "italic")


@pytest.mark.parametrize(("path", "theme"), [("plain", "light"), ("dark", "dark")])
def test_it_looks_as_light_or_dark_as_the_page_around(page: Page, site: str, ask: Ask, path: str, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "light" else "light")
    page.goto(f"{site}/{path}")
    page.get_by_role("button", name="Ask this blog").click()
    expect(page.locator(".panel")).to_have_attribute("data-theme", theme)
    page.evaluate("document.body.bgColor = '%s'" % ("#000000" if theme == "light" else "#ffffff"))
    expect(page.locator(".panel")).to_have_attribute("data-theme", "dark" if theme == "light" else "light")


def test_a_right_to_left_page_gets_a_right_to_left_panel(page: Page, site: str) -> None:
    page.goto(f"{site}/arabic")
    launcher = page.get_by_role("button", name="اسأل المدونة")
    box = launcher.bounding_box()
    assert box is not None
    assert box["x"] < 100
    launcher.click()
    panel = page.locator(".panel")
    expect(panel).to_have_attribute("dir", "rtl")
    page.get_by_label("سؤالك").fill("When did it start?")
    page.keyboard.press("Enter")
    quote = page.locator("blockquote")
    expect(quote).to_be_visible()
    for english in [quote, page.locator(".question bdi")]:
        assert english.evaluate("element => getComputedStyle(element).direction") == "ltr"
    assert page.get_by_label("سؤالك").evaluate("field => getComputedStyle(field).direction") == "rtl"


@pytest.mark.parametrize("lang", ["de_DE", "DE-at", "de"])
@one_look
def test_a_language_that_the_page_writes_in_its_own_way_is_understood(
    page: Page, site: str, lang: str, complaints: list[str]
) -> None:
    page.goto(f"{site}/plain")
    page.evaluate("lang => { document.documentElement.lang = lang }", lang)
    page.locator("ask-post").evaluate("e => e.ask('When did it start?')")
    expect(page.get_by_role("dialog", name="Diesen Blog fragen")).to_be_visible()
    expect(page.locator("figcaption time")).to_have_text("01.05.2022")
    assert complaints == []


@one_look
def test_what_the_posts_say_is_in_the_language_of_the_page_whatever_the_panel_speaks(
    page: Page, site: str, opened: Callable[[], Locator]
) -> None:
    page.goto(f"{site}/plain")
    page.evaluate("document.documentElement.lang = 'it'")
    page.locator("ask-post").evaluate("e => e.ask('When did it start?')")
    expect(page.locator("blockquote")).to_be_visible()
    spoken_in = "element => element.closest('[lang]').lang"
    for said in ["blockquote", ".source bdi", ".question bdi"]:
        assert page.locator(said).first.evaluate(spoken_in) == "it", said
    assert page.get_by_role("button", name="Copy").evaluate(spoken_in) == "en"


@one_look
def test_an_owner_may_bring_a_language_that_is_not_included(page: Page, site: str) -> None:
    page.goto(f"{site}/plain")
    element = page.locator("ask-post")
    element.evaluate("e => { e.lang = 'he'; e.words = {title: 'שאלו את הבלוג'}; return e.open(); }")
    expect(page.locator(".panel")).to_have_attribute("lang", "en")
    element.evaluate("e => { e.words = {title: 'שאלו את הבלוג', intro: 'שאלו שאלה.'}; }")
    expect(page.locator(".panel")).to_have_attribute("lang", "he")
    expect(page.locator(".panel")).to_have_attribute("dir", "rtl")


@one_look
def test_enter_that_ends_a_composition_does_not_send(
    page: Page, service: Service, opened: Callable[[], Locator]
) -> None:
    page.goto(f"{service.url}/")
    field = opened()
    field.fill("こんにち")
    field.evaluate(
        "f => f.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    )
    expect(field).to_have_value("こんにち")
    assert service.asked == []


def test_a_panel_that_cannot_be_fetched_is_said_and_tried_again(page: Page, site: str) -> None:
    page.goto(f"{site}/plain")
    page.route("**/widget/panel.js*", lambda route: route.abort())
    page.get_by_role("button", name="Ask this blog").click()
    again = page.get_by_role("button", name="Not reachable. Try again")
    expect(again).to_be_visible()
    assert any("Not reachable" in line and "live=polite" in line for line in spoken.tree(page))
    page.unroute("**/widget/panel.js*")
    again.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_while_the_panel_is_on_its_way_the_button_shows_it(page: Page, site: str) -> None:
    held: list[Route] = []
    page.route("**/widget/panel.js*", lambda route: held.append(route))
    page.goto(f"{site}/plain")
    button = page.get_by_role("button", name="Ask this blog", exact=True)
    button.click()
    after = "button => getComputedStyle(button, '::after').content"
    expect(button).to_have_attribute("aria-busy", "true")
    assert "…" in button.evaluate(after)
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_be_visible()
    assert "…" not in button.evaluate(after)


def test_in_the_page_too_a_panel_that_cannot_be_fetched_is_said(page: Page, site: str) -> None:
    page.route("**/widget/panel.js*", lambda route: route.abort())
    page.goto(f"{site}/inline")
    again = page.get_by_role("button", name="Not reachable. Try again")
    expect(again).to_be_visible()
    place, button = page.locator("ask-post").bounding_box(), again.bounding_box()
    assert place is not None
    assert button is not None
    assert place["y"] <= button["y"] <= place["y"] + place["height"] - button["height"]
    page.unroute("**/widget/panel.js*")
    again.click()
    expect(page.get_by_label("Your question")).to_be_focused()
    expect(page.locator(".launcher")).to_be_hidden()


@phones
def test_words_of_any_length_stay_within(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(f"{site}/plain")
    words = dict.fromkeys(("launcher", "title"), "Donaudampfschifffahrtsgesellschaftskapitän")
    page.locator("ask-post").evaluate("(element, words) => { element.words = words }", words)
    launcher = page.get_by_role("button", name=words["launcher"])
    assert launcher.evaluate("button => button.scrollWidth - button.clientWidth") <= 0
    launcher.click()
    expect(page.get_by_role("heading", name=words["title"])).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Close")).to_be_in_viewport(ratio=1)
