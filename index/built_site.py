"""Checks the links of an index against the site that the generator has built: does each page and anchor exist?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from index.errors import ContentError
from index.parse import read_site
from index.settings import BuildSettings
from index.store import open_index
from index.types import Heading, PostCard

_PAGE_SUFFIXES = frozenset({".html", ".htm"})


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A link of the index that leads nowhere: `path` is the post's, `url` the link's, `why` one clause."""

    path: str
    url: str
    why: str


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """How many links were looked at, and those that lead nowhere. A post without an address is one of them."""

    links: int
    unresolved: tuple[Unresolved, ...]


def check_site(settings: BuildSettings, built: Path) -> SiteCheck:
    """Look for the page of each indexed post in the built site, and in the page for the anchor of each heading.

    :param built: the folder that the generator has written.
    :raises ContentError: when there is no such folder, or it holds no page.
    :raises IndexMissingError: when there is no index.
    """
    if not built.is_dir():
        raise ContentError(f"There is no folder {built}: build the site, then name the folder it is written to.")
    if not any(path.suffix in _PAGE_SUFFIXES for path in built.rglob("*")):
        raise ContentError(f"The folder {built} holds no HTML page: name the folder that the built site is in.")
    site = read_site(settings.content, settings.generator, settings.site_url)
    generation = open_index(settings.index)
    try:
        links, unresolved = 0, []
        for card, headings in generation.headings():
            links += 1 + len(headings)
            unresolved += _unresolved(card, headings, built, urlsplit(site.url).path)
    finally:
        generation.close()
    return SiteCheck(links, tuple(unresolved))


def _unresolved(card: PostCard, headings: tuple[Heading, ...], built: Path, mount: str) -> list[Unresolved]:
    if not card.url:
        return [Unresolved(card.path, "", "no address: set site_url"), *_without(card, headings, "no address")]
    page = _page(built, card.url, mount)
    if page is None:
        return [Unresolved(card.path, card.url, "no such page"), *_without(card, headings, "no such page")]
    targets = _targets(page)
    # A heading whose generator gives it no id is linked by its page.
    lost = [heading for heading in headings if heading.anchor and heading.anchor not in targets]
    return _without(card, lost, "no such anchor")


def _without(card: PostCard, headings: Sequence[Heading], why: str) -> list[Unresolved]:
    url = f"{card.url}#" if card.url else "#"
    return [Unresolved(card.path, url + heading.anchor, f"{why}, for {heading.text!r}") for heading in headings]


def _page(built: Path, url: str, mount: str) -> Path | None:
    """The file that a web server shows for the address.

    :param mount: the path of the site's own address, which is no folder of the built site.
    """
    path = unquote(urlsplit(url).path)
    parts = [part for part in path.removeprefix(unquote(mount)).split("/") if part not in {"", ".", ".."}]
    base = built.joinpath(*parts)
    files = [base / "index.html"]
    if parts and not path.endswith("/"):
        files = [base, base.with_name(f"{base.name}.html"), *files]
    return next((file for file in files if file.is_file()), None)


def _targets(page: Path) -> set[str]:
    found = _Targets()
    found.feed(page.read_text(encoding="utf-8", errors="replace"))
    found.close()
    return found.names


class _Targets(HTMLParser):
    """Collects what a fragment can lead to: any id, and the name of an anchor."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.update(value for name, value in attrs if value and (name == "id" or (tag == "a" and name == "name")))
