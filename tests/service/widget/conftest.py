"""A fixture service and an owner's site beside it, both real servers, opened in Debian's or any other Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.service.widget.fixture_service import Service, create, create_site, listen, running

# Other tests run beside these, and five seconds, which is usual, may be short.
expect.set_options(timeout=15_000)

CHROMIUM = os.environ.get("ASKPOST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def launch_args() -> dict[str, Any]:
    """How to start the browser; in containers, which run as root, its own sandbox refuses to start."""
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox"] if os.geteuid() == 0 else []}


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    if not CHROMIUM:
        pytest.skip("no Chromium: install it (Debian: apt install chromium) or name it in ASKPOST_CHROMIUM")
    return launch_args()


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: addresses are whole here. (The plugin's own fixture of this name warns under pytest 9, and so fails.)"""


@pytest.fixture(scope="session")
def served() -> Iterator[tuple[Service, str]]:
    own, own_url = listen()
    site, site_url = listen()
    service = Service(own_url)
    with running(create(service), own), running(create_site(own_url), site):
        yield service, site_url


@pytest.fixture
def service(served: tuple[Service, str]) -> Service:
    """The fixture service, as if it had just started."""
    service, _ = served
    service.__init__(service.url)  # type: ignore[misc]
    return service


@pytest.fixture
def site(served: tuple[Service, str]) -> str:
    """Address of the owner's site, which is another origin than the service's."""
    return served[1]


@pytest.fixture(autouse=True)
def impatience(request: pytest.FixtureRequest) -> None:
    """Nothing here takes longer than ten seconds."""
    if "page" in request.fixturenames:
        request.getfixturevalue("page").set_default_timeout(10_000)


SIZES: dict[str, ViewportSize] = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LOOKS = {f"{size}-{scheme}": (SIZES[size], scheme) for size in SIZES for scheme in SCHEMES}

# Each size and each scheme once.
EACH_LOOK = ["desktop-light", "phone-dark"]

# For what is sent, stored or said in the same way in every look.
one_look = pytest.mark.parametrize("look", ["phone-dark"], indirect=True)
phones = pytest.mark.parametrize("look", ["phone-light", "phone-dark"], indirect=True)


@pytest.fixture(params=EACH_LOOK)
def look(request: pytest.FixtureRequest, page: Page) -> str:
    """The page in each size and in each colour scheme, one after another; the name of the look."""
    size, scheme = LOOKS[request.param]
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    return str(request.param)


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains of: errors, warnings and violations of the policy; a test may expect none."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def opened(page: Page) -> Callable[[], Locator]:
    """Opens the panel when it is closed; the field for the question."""

    def do() -> Locator:
        field = page.get_by_label("Your question")
        launcher = page.get_by_role("button", name="Ask this blog")
        field.or_(launcher).first.wait_for()
        if launcher.is_visible():
            launcher.click()
        field.wait_for()
        return field

    return do


@pytest.fixture
def ask(page: Page, opened: Callable[[], Locator]) -> Callable[[str], None]:
    """Opens the panel when it is closed, types the question and sends it with Enter."""

    def do(question: str) -> None:
        field = opened()
        field.fill(question)
        field.press("Enter")

    return do
