"""A hostile post on the real pages: with the policy of the pages nothing is even tried, and without it nothing runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from service.config import Settings
from tests.indexes import Indexer
from tests.service.serving import serving

pytestmark = [pytest.mark.browser, pytest.mark.model]

Ask = Callable[[str], None]
WORD = "x" * 10_000
POST = """\
---
title: '"><script>window.hacked=1</script> {{7*7}} \u202etxt.exe'
author: '<img src=x onerror=window.hacked=2>'
description: '"><script>window.hacked=3</script>'
date: 2024-01-01
url: javascript:window.hacked=4
---

The harbour master counts <script>window.hacked=5</script> eleven boats <img src=x onerror=window.hacked=6> each night.

## <img src=x onerror=window.hacked=7> {{7*7}} ${7*7} {% raw %}

[Click me](javascript:window.hacked=8), [me](data:text/html,<script>window.hacked=9</script>) or
<a href="JaVaScRiPt:window.hacked=10" onclick="window.hacked=11">me</a>, and <https://example.org>.

<svg onload="window.hacked=12"><circle/></svg><iframe srcdoc="<script>parent.hacked=13</script>"></iframe>
<details open ontoggle="window.hacked=14"><summary>More</summary>The ferry costs {{7*7}} pounds, says #{7*7}.</details>
<form action="https://evil.example"><input name="q" autofocus onfocus="window.hacked=15"><button>Go</button></form>
<style>* { display: none !important }</style><base href="https://evil.example/"><math><mtext></form><form></math>
<meta http-equiv="refresh" content="0;url=https://evil.example">

The pilot writes \u202edlrow\u202c and [also](  java\tscript:window.hacked=16 ) a word of ten thousand letters:

WORD

```"><script>window.hacked=17</script>
</code></pre><script>window.hacked=18</script>
```

```python
"</span><script>window.hacked=19</script>"
```
""".replace("WORD", WORD)


@pytest.fixture(scope="module")
def hostile(indexed: Indexer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("hostile")
    content = folder / "content"
    content.mkdir()
    (content / "hostile.md").write_text(POST, "utf-8")
    (content / "other.md").write_text("# Other\n\nAn otter sleeps in the water.\n", "utf-8")
    index = indexed(content, folder / "index")
    settings = Settings(content=content, index=index, data=folder / "data", site_title="<b>{{7*7}}</b>")
    with serving(settings) as client:
        yield client


@pytest.fixture(params=["policy", "no policy"])
def reader(request: pytest.FixtureRequest, browser: Browser, hostile: httpx.Client) -> Iterator[Page]:
    """A reader's page on the service; once where the browser passes over the Content-Security-Policy."""
    context = browser.new_context(base_url=str(hostile.base_url), bypass_csp=request.param == "no policy")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def unharmed(page: Page) -> None:
    page.wait_for_timeout(100)
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("document.baseURI.startsWith(location.origin)")
    assert (
        page.evaluate("""() => [...document.querySelectorAll('*')].flatMap(element => [...element.attributes])
        .filter(({name}) => name.startsWith('on') || name === 'style' || name === 'srcdoc').map(({name}) => name)""")
        == []
    )
    scripts = page.evaluate("[...document.scripts].map(script => new URL(script.src).pathname)")
    assert set(scripts) <= {"/assets/page.js", "/assets/search.js", "/widget.js"}
    links = page.evaluate("[...document.links].map(link => link.protocol)")
    assert set(links) <= {"http:", "https:", "mailto:"}


@pytest.mark.parametrize(
    "path", ["/", "/posts/hostile", "/posts/hostile?q=How+many+boats+does+the+harbour+master+count?"]
)
@pytest.mark.parametrize("width", [320, 1280])
def test_a_hostile_post_is_text_on_every_page(reader: Page, path: str, width: int) -> None:
    complaints: list[str] = []
    reader.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    reader.set_viewport_size({"width": width, "height": 700})
    reader.goto(path)
    reader.locator("ask-post .launcher:visible, ask-post .panel:visible").first.wait_for()
    unharmed(reader)
    assert reader.evaluate("document.documentElement.scrollWidth") <= width
    assert "49" not in reader.locator("main").inner_text()
    assert complaints == []


def test_title_and_code_show_as_they_are_written(reader: Page) -> None:
    reader.goto("/posts/hostile")
    expect(reader.get_by_role("heading", level=1)).to_contain_text('"><script>window.hacked=1</script> {{7*7}}')
    expect(reader.locator("pre", has_text="window.hacked=18")).to_contain_text("</code></pre><script>")
    expect(reader.locator("pre", has_text="window.hacked=19")).to_contain_text(
        '"</span><script>window.hacked=19</script>"'
    )
    expect(reader.locator(".prose form, .prose input, .prose iframe, .prose svg, .prose style")).to_have_count(0)


def test_its_sentences_are_quoted_as_text(reader: Page) -> None:
    reader.goto("/posts/hostile")
    for question in ["How many boats does the harbour master count?", "What does the ferry cost?"]:
        reader.get_by_label("Your question").fill(question)
        reader.keyboard.press("Enter")
        reader.locator("ask-post .tools").last.wait_for()
    expect(reader.locator("ask-post blockquote", has_text="eleven boats")).to_be_visible()
    assert reader.locator("ask-post img, ask-post script, ask-post iframe").count() == 0
    hrefs = reader.locator("ask-post a").evaluate_all("links => links.map(link => link.protocol)")
    assert set(hrefs) == {"http:"}
    unharmed(reader)


def test_a_hostile_question_is_text(reader: Page) -> None:
    question = '<img src=x onerror=window.hacked=20> "><script>window.hacked=21</script> ${7*7} \u202eabc ' + "y" * 900
    reader.goto("/")
    reader.get_by_label("Your question").fill(question)
    reader.keyboard.press("Enter")
    reader.locator("ask-post .tools, ask-post .error").last.wait_for()
    expect(reader.locator("ask-post .question")).to_contain_text("<img src=x onerror=window.hacked=20>")
    assert reader.locator("ask-post .log").evaluate("log => log.scrollWidth - log.clientWidth") <= 0
    unharmed(reader)
