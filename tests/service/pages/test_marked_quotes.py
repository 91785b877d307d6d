"""Chromium opens the links of every sentence of the tests' posts, and marks these sentences and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from index import Post, PostCard, Sentence
from index.chunk import chunk
from index.discover import find_posts
from index.parse import parse_post, read_site
from service.config import Settings
from service.evidence import Source
from service.fragments import directive
from service.pages import Pages
from tests.service.pages.marked import SCALE, bare, marked

TESTS = Path(__file__).parents[2]
BLOGS = [*sorted((TESTS / "eval" / "posts").iterdir()), TESTS / "index" / "parse" / "posts", TESTS / "blog"]
POSTS = [(blog, path) for blog in BLOGS for path in find_posts(blog).paths]
# So many texts are marked at once; a browser leaves some out where an address names many more.
_TOGETHER = 10

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(device_scale_factor=SCALE)
    context.route("**/*", lambda route: route.abort())
    yield context
    context.close()


@pytest.fixture(scope="module")
def tab(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="module")
def looker(browser: Browser) -> Page:
    return browser.new_page()


@pytest.mark.parametrize(("blog", "path"), POSTS, ids=[f"{blog.name}-{path}" for blog, path in POSTS])
def test_the_sentence_that_a_link_names_is_marked(blog: Path, path: str, tab: Page, looker: Page) -> None:
    post = parse_post(path, (blog / path).read_bytes(), read_site(blog)).post
    if post is None:
        pytest.skip("left out: it has no page")
    html = page_of(post)
    sentences = [sentence for passage in chunk(post) for sentence in passage.sentences]
    linked = [(sentence, found) for sentence in sentences if (found := directive(post, sentence.start, sentence.end))]
    assert len(linked) > 0.9 * len(sentences)
    # Never neighbours, so that what is marked beyond a sentence shows.
    for half in (linked[::4], linked[2::4]):
        for first in range(0, len(half), _TOGETHER):
            some = half[first : first + _TOGETHER]
            seen = marked(tab, looker, html, [found for _, found in some], [said(post, own) for own, _ in some])
            for sentence, found in some:
                assert said(post, sentence) in seen, (
                    f"{found} does not mark {post.text[sentence.start : sentence.end]!r}"
                )
            assert len(seen) <= sum(len(bare(post.text[s.start : s.end])) for s, _ in some), some


def said(post: Post, sentence: Sentence) -> str:
    """What has to be marked: all of the sentence but its full stop, which a footnote's number may stand before.

    A word that such a number is glued to is not found; of a table's header the last cell will do, since its first may
    be the first word of a heading, too.
    """
    text = post.text[sentence.start : sentence.end]
    if (sentence.end, sentence.end) in post.gaps:
        text = text.rpartition(" ")[0]
    if sentence.kind == "row" and sentence.header is None:
        text = text.rpartition(" | ")[2]
    return bare(text).rstrip(".!?,;:)")


def page_of(post: Post) -> str:
    """The page that the service shows the post in, without its scripts."""
    card = PostCard(post.id, post.path, post.title, post.url, post.date)
    return bytes(Pages(Settings()).post(Source(card, post)).body).decode()
