"""The site that the posts belong to: its generator, its address, and what links need to know of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.errors import ContentError
from index.parse import config
from index.parse.versions import Version, hugo_version
from index.types import Notice

_LEVELS_UP = 3
_PEOPLE_FILES = (".authors.yml", "authors.yml", "_data/authors.yml", "blog/.authors.yml", "blog/authors.yml")


@dataclass(frozen=True, slots=True)
class Site:
    """What is known of the site.

    `root`: the content folder. `generator`: a name of `GENERATORS`, or "" to find it for each post from its constructs.
    `url`: the site's address without a closing slash, or "". `settings`: the generator's configuration. `offset`: the
    POSIX path from the folder of that configuration to `root`, or "". `people`: author ids with their names. `notices`
    tell of a configuration that cannot be read. `version` is Hugo's, as far as it is known.
    """

    root: Path
    generator: str = ""
    url: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    offset: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    version: Version | None = None


def read_site(content: Path, generator: str | None = None, site_url: str | None = None) -> Site:
    """The site, from its configuration in the content folder or up to three folders above it.

    :param generator: a name of `GENERATORS`, instead of the one whose configuration is found.
    :param site_url: the site's address, instead of the one in the configuration.
    :raises ContentError: the generator is unknown, or the address is not one of http or https.
    """
    if generator and generator not in config.GENERATORS:
        raise ContentError(f"{generator} is not a generator that is known; use one of {', '.join(config.GENERATORS)}")
    if site_url and not site_url.startswith(("http://", "https://")):
        raise ContentError(f"the site address {site_url} is not a web address; write it with https://")
    root = content.resolve()
    found = next((hit for folder in _folders(root) if (hit := config.find(folder, generator or None))), None)
    name, folder, settings, notice = found or ("", root, {}, None)
    return Site(
        root=root,
        generator=generator or name,
        url=(site_url or _address(name, settings)).rstrip("/"),
        settings=settings,
        offset=root.relative_to(folder).as_posix().removeprefix("."),
        people=_people({root, folder, folder / "docs"}),
        notices=(notice,) if notice else (),
        version=hugo_version(folder, settings) if name == "hugo" else None,
    )


def _folders(root: Path) -> list[Path]:
    """The content folder and those above it, up to the one that holds the repository."""
    folders = [root, *root.parents][: _LEVELS_UP + 1]
    for number, folder in enumerate(folders):
        if (folder / ".git").exists():
            return folders[: number + 1]
    return folders


def _address(generator: str, settings: Mapping[str, Any]) -> str:
    match generator:
        case "jekyll":
            host = _text(settings.get("url"))
            base = _text(settings.get("baseurl")).strip("/")
            address = f"{host.rstrip('/')}/{base}" if base and host else host
        case "hugo":
            address = _text(settings.get("baseURL") or settings.get("baseurl"))
        case "zola":
            address = _text(settings.get("base_url"))
        case "mkdocs":
            address = _text(settings.get("site_url"))
        case "docusaurus":
            base = _text(settings.get("baseUrl")).strip("/")
            address = f"{_text(settings.get('url')).rstrip('/')}/{base}"
        case "gatsby":
            address = _text(settings.get("siteUrl"))
        case "pelican":
            address = _text(settings.get("SITEURL"))
        case "quarto":
            website = settings.get("website") or settings.get("book") or {}
            address = _text(website.get("site-url")) if isinstance(website, Mapping) else ""
        case _:
            address = ""
    return address if address.startswith(("http://", "https://")) else ""


def _people(folders: set[Path]) -> dict[str, str]:
    """The names of authors by their ids, from the files in which MkDocs, Docusaurus and Jekyll keep them."""
    people: dict[str, str] = {}
    for folder in sorted(folders):
        for file in _PEOPLE_FILES:
            listed = config.read_yaml(folder / file)
            authors = listed.get("authors", listed)
            for key, person in authors.items() if isinstance(authors, Mapping) else ():
                name = person.get("name") if isinstance(person, Mapping) else person
                if isinstance(name, str):
                    people[str(key)] = name
    return people


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
