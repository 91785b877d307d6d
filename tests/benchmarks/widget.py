"""What the chat costs a reader: time to open, time to the first answer, bytes over the wire. In Chromium.

`python -m tests.benchmarks.widget` prints it for the posts in `content/`; `make bench` begins with it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from index import BuildSettings, build_index
from tests.benchmarks.processes import serving
from tests.benchmarks.questions import QUESTIONS

CHROMIUM = os.environ.get("ASKPOST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
_READERS = 7
# From the call to the frame that shows it.
_OPEN = """async () => {
    const chat = document.querySelector('ask-post');
    const started = performance.now();
    const shown = new Promise((resolve) => chat.addEventListener('ask:open', resolve, { once: true }));
    chat.open();
    await shown;
    await new Promise(requestAnimationFrame);
    return performance.now() - started;
}"""
_ASK = """async (question) => {
    const chat = document.querySelector('ask-post');
    const started = performance.now();
    await chat.ask(question);
    await new Promise(requestAnimationFrame);
    return performance.now() - started;
}"""


@dataclass(frozen=True, slots=True)
class Widget:
    """Medians over readers who come for the first time, on a service that is warm.

    `open_ms`: from the launcher to the open panel, which is fetched meanwhile. `answer_ms`: from the question to its
    answer on the screen. Bytes with headers: of the loader, of the panel, and of suggestions and the first answer.
    """

    open_ms: float
    answer_ms: float
    loader_bytes: float
    panel_bytes: float
    answer_bytes: float
    readers: int = _READERS

    @property
    def bytes(self) -> float:
        return self.loader_bytes + self.panel_bytes + self.answer_bytes


def main() -> None:
    """Print the figures, in one line."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        build_index(BuildSettings(Path("content"), index))
        found = measure(index)
    if found is None:
        print("The chat was not measured: there is no Chromium.")
        return
    print(
        f"The chat, medians of {found.readers} readers: open in {found.open_ms:.0f} ms, first answer in "
        f"{found.answer_ms:.0f} ms; over the wire, with headers, {found.bytes:,.0f} B: loader "
        f"{found.loader_bytes:,.0f}, panel {found.panel_bytes:,.0f}, suggestions and answer {found.answer_bytes:,.0f}"
    )


def measure(index: Path) -> Widget | None:
    """Open the chat and ask in a new browser profile for each reader; None without Chromium."""
    if not CHROMIUM:
        return None
    with serving(index) as service, sync_playwright() as playwright:
        for question in QUESTIONS[-3:]:
            service.ask(question)
        args = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=args)
        url = f"http://{service.connection.host}:{service.connection.port}/"
        # The first starts parts of the browser that the others find running.
        readers = [_reader(browser, url, question) for question in (QUESTIONS * _READERS)[: _READERS + 1]][1:]
        browser.close()
    return Widget(*(median(figures) for figures in zip(*readers, strict=True)))


def _reader(browser: Browser, url: str, question: str) -> tuple[float, float, int, int, int]:
    # On a phone's screen the panel is fetched when it is opened.
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    got = dict.fromkeys(("loader", "panel", "answer"), 0)
    paths: dict[str, str] = {}
    network = context.new_cdp_session(page)
    network.send("Network.enable")

    def requested(event: dict[str, Any]) -> None:
        paths[event["requestId"]] = event["request"]["url"].removeprefix(url)

    def received(event: dict[str, Any]) -> None:
        path = paths.get(event["requestId"], "")
        part = "loader" if path == "widget.js" else "panel" if path.startswith("widget/") else "answer"
        if part != "answer" or path.split("?")[0] in ("ask", "suggestions"):
            # Of a response its headers, of data its body: a stream's end is not told.
            got[part] += int(event.get("response", event)["encodedDataLength"])

    network.on("Network.requestWillBeSent", requested)
    network.on("Network.responseReceived", received)
    network.on("Network.dataReceived", received)
    page.goto(url, wait_until="networkidle")
    opened = page.evaluate(_OPEN)
    page.wait_for_load_state("networkidle")
    answered = page.evaluate(_ASK, question)
    page.wait_for_timeout(200)
    context.close()
    return opened, answered, got["loader"], got["panel"], got["answer"]


if __name__ == "__main__":
    main()
