"""The address of a post on its owner's site, by the generator's rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from index.parse.addressed import (
    Addressed,
    as_folder,
    ascii_slug,
    date_parts,
    hugo_part,
    hyphened,
    names,
    page_of,
    slugged,
)
from index.parse.anchors import github
from index.parse.collections import collection_of
from index.parse.site import Site

_DATED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[-_](.+)")
_ORDERED = re.compile(r"^\d+(?:\s*[-_.]\s*)(?=\D)")
_JEKYLL_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}


def post_url(path: str, meta: Mapping[str, Any], title: str, iso: str, site: Site, generator: str) -> str:
    """The post's address; "" when the site's is not known.

    :param iso: the post's date, ISO 8601, or "".
    """
    if not site.url:
        return ""
    source = PurePosixPath(site.offset) / path if site.offset else PurePosixPath(path)
    day = _day(iso, site.settings.get("timezone") if generator == "jekyll" else None)
    post = Addressed(source, meta, title, day, site.settings)
    address = _RULES.get(generator, _plain)(post)
    if address.startswith(("http://", "https://")):
        return address
    return f"{site.url}/{re.sub(r'/{2,}', '/', address).lstrip('/')}".replace(" ", "%20")


def _day(iso: str, zone: object) -> date | None:
    """The day of a moment, in the time zone that the site is set to."""
    if len(iso) > len("2024-01-01T00:00:00") and isinstance(zone, str):
        with suppress(ValueError, KeyError, OSError):
            return datetime.fromisoformat(iso).astimezone(ZoneInfo(zone)).date()
    return date.fromisoformat(iso[:10]) if iso else None


def _plain(post: Addressed) -> str:
    given = post.given("url", "permalink", "path")
    if given:
        return given
    slug = post.given("slug")
    folder = post.source.with_name(slug) if slug else page_of(post.source)
    return as_folder(folder)


def _jekyll(post: Addressed) -> str:
    dated = _DATED.match(post.source.stem)
    in_posts = "_posts" in post.source.parts
    collection, settings = collection_of(post.source, post.settings)
    given = post.given("permalink")
    style = given or str(settings.get("permalink") or "") or post.setting("permalink", "date")
    pattern = _JEKYLL_STYLES.get(style, style)
    if collection and not given and not settings.get("permalink"):
        pattern = "/:collection/:path" + ("/" if style == "pretty" else ":output_ext")
    elif not in_posts and not given and not collection:
        page = post.source.with_suffix("")
        if page.name == "index":
            return as_folder(page.parent)
        return as_folder(page) if style == "pretty" else f"{page}.html"
    day = post.day or (date(int(dated[1]), int(dated[2]), int(dated[3])) if dated else None)
    slug = post.given("slug") or (dated[4] if dated else post.source.stem)
    categories = _jekyll_categories(post)
    below = post.source.relative_to(f"_{collection}") if collection else post.source
    values = {
        "categories": "/".join(categories),
        "slugified_categories": "/".join(hyphened(name) for name in categories),
        "collection": collection,
        "title": re.sub(r"[^\w.~!$&'()+,;=@]+", "-", slug).strip("-"),
        "slug": hyphened(slug),
        "name": hyphened(post.source.stem),
        "output_ext": ".html",
        "path": below.with_suffix("").as_posix(),
        "basename": post.source.stem,
        **date_parts(day),
    }
    return re.sub(r":([a-z_]+)", lambda name: values.get(name[1], name[0]), pattern)


def _jekyll_categories(post: Addressed) -> list[str]:
    """The folders above `_posts`, then what front matter names, each once."""
    parts = post.source.parts
    named = [post.given("category")] if "category" in post.meta else []
    found = [*parts[: parts.index("_posts") if "_posts" in parts else 0], *named, *names(post.meta.get("categories"))]
    return list(dict.fromkeys(name.lower() for name in found if name))


def _hugo(post: Addressed) -> str:
    given = post.given("url")
    if given:
        return given
    languages = post.settings.get("languages")
    roots = [lang.get("contentDir", "") for lang in languages.values()] if isinstance(languages, Mapping) else []
    below = post.below(*[root for root in roots if isinstance(root, str)], post.setting("contentDir"), "content")
    page = page_of(below, "index", "_index")
    slug = post.given("slug")
    dates = post.settings.get("frontmatter")
    dates = dates.get("date") if isinstance(dates, Mapping) else None
    dated = _DATED.match(page.name)
    if dated and not slug and isinstance(dates, list) and ":filename" in dates:
        slug = dated[4]
    patterns = post.settings.get("permalinks")
    patterns = patterns.get("page", patterns) if isinstance(patterns, Mapping) else {}
    section = below.parts[0] if len(below.parts) > 1 else ""
    pattern = patterns.get(section) if isinstance(patterns, Mapping) else None
    lower = post.settings.get("disablePathToLower") is not True
    if isinstance(pattern, str) and not below.name.startswith("_index"):
        values = {
            "section": section,
            "sections": "/".join(page.parts[:-1]),
            "slug": slug or post.title,
            "title": post.title,
            "filename": page.name,
            "slugorfilename": slug or page.name,
            "contentbasename": page.name,
            "slugorcontentbasename": slug or page.name,
            "monthname": post.day.strftime("%B").lower() if post.day else "",
            **date_parts(post.day),
        }
        text = re.sub(r":([a-z]+)", lambda name: hugo_part(values.get(name[1], name[0])), pattern)
        return as_folder(PurePosixPath(text.lower() if lower else text))
    address = page.with_name(slug) if slug and page.name else page
    text = hugo_part(address.as_posix())
    text = text.lower() if lower else text
    return f"{text}.html" if post.settings.get("uglyURLs") is True else as_folder(PurePosixPath(text))


def _zola(post: Addressed) -> str:
    given = post.given("path")
    if given:
        return as_folder(PurePosixPath(given))
    page = page_of(post.below("content"), "index", "_index")
    dated = re.match(r"\d{4}-\d{2}-\d{2}(?:T[^_-]*)?[-_](.+)", page.name)
    slug = post.given("slug") or slugged(dated[1] if dated else page.name)
    return as_folder(page.with_name(slug) if page.name else page)


def _mkdocs(post: Addressed) -> str:
    below = post.below(post.setting("docs_dir"), "docs")
    blog = _plugin(post.settings, "blog")
    home = PurePosixPath(str(blog.get("blog_dir", "blog")))
    if below.is_relative_to(home / "posts") and post.day:
        pattern = str(blog.get("post_url_format", "{date}/{slug}"))
        days = str(blog.get("post_url_date_format", "yyyy/MM/dd"))
        for letters, code in (("yyyy", "%Y"), ("MM", "%m"), ("dd", "%d")):
            days = days.replace(letters, post.day.strftime(code))
        categories = post.meta.get("categories")
        first = github(str(categories[0])) if isinstance(categories, list) and categories else ""
        slug = post.given("slug") or github(post.title)
        values = {"date": days, "slug": slug, "file": below.stem, "categories": first}
        return as_folder(home / re.sub(r"\{(\w+)\}", lambda name: values.get(name[1], name[0]), pattern).strip("/"))
    page = page_of(below, "index", "README")
    directories = post.settings.get("use_directory_urls") is not False
    if directories:
        return as_folder(page)
    name = page / "index" if below.stem in {"index", "README"} else page
    return f"{name}.html"


def _plugin(settings: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The settings of a plug-in of MkDocs; none where it has none."""
    plugins = settings.get("plugins")
    entries = plugins if isinstance(plugins, list) else [plugins]
    found = next((entry[name] for entry in entries if isinstance(entry, Mapping) and name in entry), None)
    return found if isinstance(found, Mapping) else {}


def _docusaurus(post: Addressed) -> str:
    slug = post.given("slug")
    path = post.source
    blog_at = next((n for n, part in enumerate(path.parts[:-1]) if part == "blog"), None)
    slash = "/" if post.settings.get("trailingSlash") is True else ""
    if blog_at is not None:
        base = post.setting("blog.routeBasePath", "blog").strip("/")
        inner = "/".join(path.parts[blog_at + 1 :])
        inner = re.sub(r"(?:/index)?\.mdx?$", "", inner)
        dated = re.match(r"(?:.*/)?(\d{4})[-/](\d{1,2})[-/](\d{1,2})[-/](.*)", inner)
        if dated:
            inner = f"{dated[1]}/{int(dated[2]):02}/{int(dated[3]):02}/{dated[4]}"
        return f"{base}/{slug.lstrip('/') or inner}{slash}"
    if path.is_relative_to("src/pages"):
        return as_folder(page_of(path.relative_to("src/pages"), "index")).rstrip("/") + slash
    docs_at = next((n for n, part in enumerate(path.parts[:-1]) if part == "docs"), -1)
    base = post.setting("docs.routeBasePath", "docs").strip("/") if docs_at >= 0 else ""
    parts = [_ORDERED.sub("", part) for part in path.with_suffix("").parts[docs_at + 1 :]]
    name = post.given("id") or parts[-1]
    folder = "/".join(parts[:-1])
    if slug:
        inner = slug if slug.startswith("/") else f"{folder}/{slug}"
    elif name.lower() in {"index", "readme"} or (len(parts) > 1 and name == parts[-2]):
        inner = folder
    else:
        inner = f"{folder}/{name}"
    return f"{base}/{inner.strip('/')}".rstrip("/") + slash


def _gatsby(post: Addressed) -> str:
    given = post.given("path", "url", "permalink")
    if given:
        return given
    below = post.below("src/pages", "content/blog", "content/posts", "content")
    slug = post.given("slug")
    if slug:
        return slug if slug.startswith("/") else as_folder(below.with_name(slug))
    return as_folder(page_of(below))


def _pelican(post: Addressed) -> str:
    below = post.below(post.setting("PATH"), "content")
    is_page = below.parts[0] == "pages" if len(below.parts) > 1 else False
    given = post.given("url")
    if given:
        return given
    pattern = post.setting("PAGE_URL", "pages/{slug}.html") if is_page else post.setting("ARTICLE_URL", "{slug}.html")
    stem = _DATED.match(below.stem)
    named = _named(post.setting("FILENAME_METADATA"), below.stem)
    by_name = post.setting("SLUGIFY_SOURCE") == "basename"
    slug = (
        post.given("slug")
        or named.get("slug")
        or ascii_slug((stem[4] if stem else below.stem) if by_name else post.title)
    )
    parent = below.parent.as_posix()
    category = post.given("category") or named.get("category") or ("" if parent == "." else below.parts[0])
    try:
        return pattern.format(
            slug=slug, date=post.day or date.min, category=ascii_slug(category), lang=post.given("lang")
        )
    except (KeyError, ValueError, AttributeError, IndexError):
        return f"{slug}.html"


def _named(pattern: str, stem: str) -> Mapping[str, str]:
    """What Pelican is told to read from the name of a file."""
    try:
        found = re.match(pattern, stem) if pattern else None
    except re.error:
        found = None
    return found.groupdict(default="") if found else {}


def _quarto(post: Addressed) -> str:
    page = page_of(post.source)
    return as_folder(page) if post.source.stem == "index" else f"{page}.html"


_RULES = {
    "jekyll": _jekyll,
    "hugo": _hugo,
    "zola": _zola,
    "mkdocs": _mkdocs,
    "docusaurus": _docusaurus,
    "gatsby": _gatsby,
    "pelican": _pelican,
    "quarto": _quarto,
}
