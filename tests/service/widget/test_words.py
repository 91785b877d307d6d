"""Every language says everything, with the same places to fill in."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.service.widget.fixture_service import WIDGET, Service

LANGUAGES = ["vi", "de", "es", "fr", "ar", "ja"]
ENTRY = re.compile(r"^  (\w+): '(.*)',$", re.M)


def entries(name: str) -> dict[str, str]:
    return dict(ENTRY.findall((WIDGET / name).read_text("utf-8")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_all_words_and_places(language: str) -> None:
    english = entries("words.js")
    words = entries(f"words-{language}.js")
    assert len(english) > 40
    assert list(words) == list(english)
    for name, text in words.items():
        assert text, name
        assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", english[name]), name


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_panel_speaks_the_language_of_the_page(page: Page, service: Service, site: str, language: str) -> None:
    words = entries(f"words-{language}.js")
    page.goto(f"{site}/plain")
    page.locator("ask-post").evaluate("(element, lang) => { element.lang = lang; element.open(); }", f"{language}-XX")
    expect(page.get_by_role("dialog", name=words["title"])).to_be_visible()
    page.get_by_role("textbox", name=words["label"]).fill("bread")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").get_by_text(words["closest"])).to_be_visible()
