"""What front matter says of a post, under each generator's names for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

_DATED_NAME = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[-_](.+)")
_DATED_FOLDERS = re.compile(r"(?:^|/)(\d{4})[-/](\d{1,2})[-/](\d{1,2})/")
_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?")
_ZONE = re.compile(r"(?:Z|([+-]\d{2}):?(\d{2}))\s*$")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_WRITTEN = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%a, %d %b %Y %H:%M:%S %z", "%B %d %Y")
# Below these Zola keeps what it has no name for at the top.
_OF_ZOLA = ("taxonomies", "extra")
_TITLES = ("title", "name", "pagetitle")
# What menus call the post: a title where neither front matter nor a heading has a better one.
_LABELS = ("linkTitle", "linktitle", "sidebar_label")
_DATES = (
    "date", "publishDate", "publishdate", "publish_date", "pubDate", "pubdate", "pubDatetime", "pub_date",
    "datePublished", "date-published", "date_published", "published_date", "publishedDate", "published_at",
    "publishedAt", "publishedOn", "published_on", "published", "created", "created_at", "createdAt", "createdDate",
    "added", "posted",
)  # fmt: skip
_UPDATES = (
    "lastmod", "last_modified_at", "last_modified", "lastModified", "last_updated", "lastUpdated", "last-updated",
    "modDatetime", "updated", "updated_at", "updatedAt", "updatedDate", "updated_date", "modDate", "modified",
    "date-modified", "date_modified", "dateModified", "revised", "last_update",
)  # fmt: skip
_DESCRIPTIONS = ("description", "summary", "excerpt", "abstract", "subtitle")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Values for the fields of `Post` of the same names; `title` is "" where front matter has none.

    `label` is what menus call the post, or "".
    """

    title: str
    label: str
    date: str
    updated: str
    description: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    questions: tuple[str, ...]


def read(path: str, meta: Mapping[str, Any], people: Mapping[str, str]) -> Metadata:
    """:param people: the names behind the ids that the blog uses for its authors."""
    found = next((iso for key in _DATES if (iso := iso_date(meta.get(key)))), "")
    taxonomies = meta.get("taxonomies")
    tags = meta.get("tags") or meta.get("tag") or (taxonomies.get("tags") if isinstance(taxonomies, Mapping) else None)
    kinds = meta.get("categories") or _alone(meta.get("category"))
    return Metadata(
        title=next((text for key in _TITLES if (text := _text(meta.get(key)))), ""),
        label=next((text for key in _LABELS if (text := _text(meta.get(key)))), ""),
        date=found or _date_of_path(path),
        updated=_updated(meta),
        description=next((text for key in _DESCRIPTIONS if (text := _text(meta.get(key)))), ""),
        authors=tuple(_authors(meta, people)),
        tags=tuple(_words(tags or kinds or meta.get("keywords"))),
        questions=tuple(text for item in _listed(meta.get("questions")) if (text := _text(item))),
    )


def left_out(path: str, meta: Mapping[str, Any]) -> str:
    """Why the owner does not want this post found; "" when it is to be read."""
    status = _text(meta.get("status")).lower()
    if _true(meta.get("draft")) or status == "draft":
        return "draft"
    if _false(meta.get("published")) or status in {"hidden", "skip", "private"} or _never_rendered(meta):
        return "unpublished"
    if _true(meta.get("unlisted")):
        return "unlisted"
    search = meta.get("search")
    excluded = search.get("exclude") if isinstance(search, Mapping) else None
    if _true(excluded) or _false(search) or _text(search).lower() == "exclude":
        return "search: exclude"
    if _true(meta.get("search_exclude")) or _false(meta.get("in_search_index")) or _true(meta.get("noindex")):
        return "search: exclude"
    if _past(iso_date(meta.get("expiryDate") or meta.get("expirydate"))):
        return "expired"
    due = next((iso for key in ("publishDate", "publishdate", *_DATES) if (iso := iso_date(meta.get(key)))), "")
    return "future" if _ahead(due or _date_of_path(path)) else ""


def file_title(path: str, meta: Mapping[str, Any]) -> str:
    """A title from the last part of the post's address, or else from the name of its file."""
    for key in ("url", "permalink", "slug", "path"):
        name = PurePosixPath(_text(meta.get(key)).rstrip("/")).name
        if name and ":" not in name:
            return _spoken(PurePosixPath(name).stem if name.endswith((".html", ".htm")) else name)
    stem = _name(path)
    named = _DATED_NAME.match(stem)
    return _spoken(named[2] if named else stem)


def _name(path: str) -> str:
    """The name of the file without its suffix; of an index file, that of its folder."""
    pure = PurePosixPath(path)
    return pure.parent.name if pure.stem in {"index", "_index", "README"} and pure.parent.name else pure.stem


def iso_date(value: object) -> str:
    """The date, or date and time, in ISO 8601; "" for what is neither."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return iso_date(value.get("created"))
    text = _text(value)
    found = _DATE.match(text)
    try:
        if found:
            year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
            if found[4] is None:
                return date(year, month, day).isoformat()
            zone = _ZONE.search(text, found.end())
            iso = datetime(year, month, day, hour, minute, second).isoformat()
            return iso + (f"{zone[1] or '+00'}:{zone[2] or '00'}" if zone else "")
    except ValueError:
        return ""
    for form in _WRITTEN if 0 < len(text) < 40 else ():
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return ""


def _date_of_path(path: str) -> str:
    """The date that the name of the file begins with, or that the names of its folders are; "" for neither."""
    named = _DATED_NAME.match(_name(path))
    folders = _DATED_FOLDERS.search(path)
    return iso_date(named[1]) if named else iso_date("-".join(folders.groups())) if folders else ""


def _updated(meta: Mapping[str, Any]) -> str:
    """When the post was last changed, as its author says; Docusaurus and MkDocs have a mapping for it."""
    for key in _UPDATES:
        value = meta.get(key)
        if iso := iso_date(value.get("date") if isinstance(value, Mapping) else value):
            return iso
    dates = meta.get("date")
    return iso_date(dates.get("updated")) if isinstance(dates, Mapping) else ""


def _alone(value: object) -> object:
    """A single category, which may be several words."""
    return [value] if isinstance(value, str) and value.strip() else value


def _ahead(iso: str) -> bool:
    """Whether the moment is still to come. A date counts from its first minute anywhere on Earth."""
    moment = _moment(iso)
    return moment is not None and moment - timedelta(hours=14) > datetime.now(UTC)


def _past(iso: str) -> bool:
    moment = _moment(iso)
    return moment is not None and moment < datetime.now(UTC)


def _moment(iso: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(iso)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _never_rendered(meta: Mapping[str, Any]) -> bool:
    """Whether Hugo or Zola makes no page of it."""
    if _true(meta.get("headless")) or _false(meta.get("render")):
        return True
    build = meta.get("build") or meta.get("_build")
    return isinstance(build, Mapping) and _text(build.get("render")).lower() in {"never", "false"}


def _authors(meta: Mapping[str, Any], people: Mapping[str, str]) -> Iterable[str]:
    """Their names; where only ids are given that nothing names, these."""
    every = list(_named(meta, people))
    return [name for name, known in every if known] or [name for name, _ in every]


def _named(meta: Mapping[str, Any], people: Mapping[str, str]) -> Iterable[tuple[str, bool]]:
    """What stands for each author, and whether that is a name: a single word in lower case is an id."""
    tables = [meta, *(table for name in _OF_ZOLA if isinstance(table := meta.get(name), Mapping))]
    for value in (table.get(key) for table in tables for key in ("author", "authors")):
        written = _LINK.sub(r"\1", value) if isinstance(value, str) else ""
        items = re.split(r"\s*[;,]\s*(?:and\s+)?|\s+and\s+", written) if written else _listed(value)
        for item in items:
            name = _LINK.sub(r"\1", _text(item.get("name") if isinstance(item, Mapping) else item))
            if isinstance(item, Mapping) and not name and isinstance(item.get("name"), Mapping):
                parts = (_text(item["name"].get("given")), _text(item["name"].get("family")))
                name = " ".join(part for part in parts if part)
            if name in people:
                yield people[name], True
            elif name:
                yield name, isinstance(item, Mapping) or not re.fullmatch(r"[a-z0-9][\w.-]*", name)


def _words(value: object) -> Iterable[str]:
    if isinstance(value, str):
        value = value.split(",") if "," in value else value.split()
    return (text for item in _listed(value) if (text := _text(item)))


def _listed(value: object) -> list[Any]:
    if isinstance(value, list | tuple):
        return list(value)
    return [] if value is None else [value]


def _text(value: object) -> str:
    """A value as one line; "" for what is not a single value."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(str(value).split())


def _true(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.strip().lower() in {"true", "yes"})


def _false(value: object) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower() in {"false", "no"})


def _spoken(slug: str) -> str:
    """A slug as words: hyphens gone, the first letter upper case."""
    words = " ".join(re.sub(r"[-_]+", " ", slug).split())
    return words[:1].upper() + words[1:]
