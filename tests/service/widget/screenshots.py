"""`make screenshots`: pictures of the pages and of each state of the chat, phone and desktop, light and dark.

Posts, answers and service are real; only a slow and a broken connection are made up.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Literal

import httpx
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from index import BuildSettings, build_index
from service.app import create_app
from service.config import Settings
from service.indexing import checker
from tests.service.serving import eventually
from tests.service.widget.conftest import CHROMIUM, launch_args
from tests.service.widget.fixture_service import ROOT, listen, running

SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
# Where there is more room the chat stands beside the post, and is never closed.
WINDOW = {**SIZES, "desktop": (1000, 800)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
POST = "posts/machine-learning-system-roadmap"
ROWING = "posts/learning-to-row"
ANSWERED = "When did the author start with computer vision?"
# Text on plain ground needs no more, and the pictures stay a third of the size.
_COLOURS, _COMMON = 40, 28
_SOURCES = (ROOT / "content", ROOT / "tests" / "blog", ROOT / "tests" / "sites" / "posts")


@dataclass(frozen=True, slots=True)
class State:
    """What is shown: a page, and what a reader has done there. Without `scripts` the form of the page asks."""

    path: str = POST
    act: Callable[[Page], None] = lambda page: None
    scripts: bool = True
    sizes: Mapping[str, tuple[int, int]] = field(default_factory=lambda: SIZES)


def main(folder: Path) -> None:
    """Write one PNG for each state, size and colour scheme into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        content, index = Path(work) / "content", Path(work) / "index"
        for source in _SOURCES:
            shutil.copytree(source, content, dirs_exist_ok=True)
        for name, post in _WITH_MATTER.items():
            file = content / f"{name}.md"
            file.write_text(post + file.read_text("utf-8"), "utf-8")
        _skiff(content / "images" / "skiff.png")
        build_index(BuildSettings(content, index), checker=checker)
        settings = Settings(
            content=content, index=index, data=Path(work), site_title="Notes on systems and boats", rate_limit="off"
        )
        service = create_app(settings)
        listener, url = listen()
        with running(service, listener), sync_playwright() as playwright:
            eventually(lambda: httpx.get(f"{url}/readyz").status_code == 200)
            browser = playwright.chromium.launch(**launch_args())
            for name, state in STATES.items():
                for size, scheme in product(state.sizes, SCHEMES):
                    _picture(browser, url, state, size, scheme, folder / f"{name}-{size}-{scheme}.png")
                print(name, file=sys.stderr)
            browser.close()


_WITH_MATTER = {
    "tide-log": "---\ntitle: A log of the tide\ndate: 2024-03-02\nauthor: Ada Quill\n---\n\n",
    "paraffin-lamp": "---\ntitle: A paraffin lamp\ndate: 2024-11-17\n---\n\n",
}


def _skiff(path: Path) -> None:
    """Draw a boat on the water in place of the single dot that the tests' post shows."""
    picture = Image.new("RGB", (960, 360), "#dbe6ea")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 220, 960, 360), fill="#8fb3bd")
    pen.line((430, 120, 640, 310), fill="#5b4a3a", width=8)
    pen.polygon([(230, 190), (730, 190), (660, 265), (310, 265)], fill="#8a5a34")
    pen.line((230, 190, 730, 190), fill="#5f3c21", width=10)
    picture.save(path)


def _picture(browser: Browser, url: str, state: State, size: str, scheme: Literal["light", "dark"], path: Path) -> None:
    width, height = state.sizes[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        reduced_motion="reduce",
        java_script_enabled=state.scripts,
    )
    page = context.new_page()
    page.goto(f"{url}/{state.path}")
    if state.scripts:
        page.get_by_label("Your question").or_(_launcher(page)).first.wait_for()
    state.act(page)
    page.wait_for_timeout(100)
    page.screenshot(path=path)
    page.unroute_all(behavior="ignoreErrors")
    context.close()
    _reduce(path)


def _reduce(path: Path) -> None:
    """Write the picture with few colours: the commonest as they are, of the others those that cover most."""
    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    found = sorted(picture.getcolors(picture.width * picture.height) or [], reverse=True)
    common = [value for _, colour in found[:_COMMON] if isinstance(colour, tuple) for value in colour]
    others = picture.quantize(_COLOURS - _COMMON, Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([*common, *others])
    picture.quantize(palette=palette, dither=Image.Dither.NONE).save(path, optimize=True)


def _launcher(page: Page) -> Locator:
    return page.get_by_role("button", name="Ask this blog")


def _open(page: Page) -> None:
    if _launcher(page).is_visible():
        _launcher(page).click()
    page.locator(".chip, .turn").first.wait_for()


def _asking(question: str, until: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        _open(page)
        page.get_by_label("Your question").fill(question)
        page.get_by_label("Your question").press("Enter")
        page.locator(until).last.wait_for()

    return act


def _follow(page: Page) -> None:
    _asking(ANSWERED, ".tools")(page)
    page.locator("ask-post .mark, ask-post figcaption a").first.click()


def _rate(page: Page) -> None:
    _asking(ANSWERED, ".tools")(page)
    page.get_by_role("button", name="Not helpful").click()
    page.get_by_label("It is not what I asked").check()


def _loading(page: Page) -> None:
    page.route("**/ask", lambda route: route.request.frame.page.wait_for_timeout(2_000) or route.abort())
    _asking(ANSWERED, ".waiting")(page)


def _error(page: Page) -> None:
    page.route("**/ask", lambda route: route.abort("connectionrefused"))
    _asking(ANSWERED, ".error")(page)


def _follow_up(page: Page) -> None:
    _asking("What happened in 2017?", ".tools")(page)
    page.get_by_label("Your question").fill("And in 2018?")
    page.get_by_label("Your question").press("Enter")
    page.locator(".turn").nth(1).locator(".tools").wait_for()


STATES = {
    "list": State(path=""),
    "search": State(path="?search=oars"),
    "closed": State(sizes=WINDOW),
    "open": State(act=_open),
    "loading": State(act=_loading),
    "answered": State(act=_asking(ANSWERED, ".tools")),
    "topics": State(act=_asking("What topics do I need to learn?", ".tools")),
    "table": State(path=ROWING, act=_asking("How long are the oars of somebody up to 170 cm?", ".tools")),
    "elsewhere": State(path=ROWING, act=_asking("What is an espresso?", ".tools")),
    "follow-up": State(act=_follow_up),
    "marked": State(act=_follow),
    "declined": State(act=_asking("How do I bake bread?", ".tools")),
    "rated": State(act=_rate),
    "error": State(act=_error),
    "code": State(path="posts/tide-log#the-gauge"),
    "no-scripts": State(path=f"{POST}?q=What+topics+do+I+need+to+learn%3F#ask", scripts=False),
}


if __name__ == "__main__":
    if not CHROMIUM:
        sys.exit("no Chromium: install it (Debian: apt install chromium) or name it in ASKPOST_CHROMIUM")
    main(Path(sys.argv[1]))
