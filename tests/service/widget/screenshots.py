"""Pictures of the states, phone and desktop, light and dark: `python -m tests.service.widget.screenshots FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from tests.service.widget.conftest import CHROMIUM, launch_args
from tests.service.widget.fixture_service import Service, create, listen, running

SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
STATES = {
    "closed": None,
    "open": "",
    "loading": "hang",
    "answered": "When did the author start with computer vision?",
    "list": "What topics do I need to learn?",
    "declined": "bread recipe?",
    "error": "crash",
}


def main(folder: Path) -> None:
    """Write one PNG for each state, size and colour scheme into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    listener, url = listen()
    with running(create(Service(url)), listener), sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_args())
        for size in SIZES:
            for scheme in SCHEMES:
                for state in STATES:
                    _picture(browser, url, state, size, scheme, folder / f"{state}-{size}-{scheme}.png")
        browser.close()


def _picture(browser: Browser, url: str, state: str, size: str, scheme: Literal["light", "dark"], path: Path) -> None:
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{url}/posts/roadmap")
    _bring_about(page, STATES[state])
    page.screenshot(path=path)
    page.close()


def _bring_about(page: Page, question: str | None) -> None:
    launcher = page.get_by_role("button", name="Ask this blog")
    field = page.get_by_label("Your question")
    field.or_(launcher).first.wait_for()
    if question is None:
        return
    if launcher.is_visible():
        launcher.click()
    if question:
        field.fill(question)
        field.press("Enter")
    done = ".waiting" if question == "hang" else ".tools, .error" if question else ".chip"
    page.locator(done).first.wait_for()


if __name__ == "__main__":
    if not CHROMIUM:
        sys.exit("no Chromium: install it (Debian: apt install chromium) or name it in ASKPOST_CHROMIUM")
    main(Path(sys.argv[1]))
