"""The id of each heading, as the generator's own slugger makes it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from index.parse.render import INLINE_NOTE
from index.parse.tree import HEADINGS, SOURCE, Node

_NOTE = re.compile(r"^fnref\d*:")
_Slug: TypeAlias = Callable[[str], str]
_Number: TypeAlias = Callable[[str, dict[str, int]], str]


def set_anchors(root: Node, generator: str, settings: Mapping[str, Any]) -> None:
    """Give every heading its id: the author's own first, duplicates numbered as the generator does it.

    :param settings: the generator's configuration, which may name another slugger.
    """
    slug, numbered = _slugger(generator, settings)
    made = _are_made(generator, settings)
    from_source = slug is kramdown or generator in {"hugo", "gatsby"}
    headings = [node for node in root.walk() if node.tag in HEADINGS]
    taken = {node.attributes["id"]: 1 for node in headings if node.attributes.get("id")}
    for node in headings:
        source = node.attributes.pop(SOURCE, None)
        text = _text(node, generator)
        if source is not None and from_source:
            text = source
        if node.attributes.get("id") == "":
            # The author's own HTML, which gets no id from the generator.
            del node.attributes["id"]
        elif "id" not in node.attributes and made:
            node.attributes["id"] = numbered(slug(text.replace("\n", " ").strip()), taken)
        if generator == "docusaurus" and node.tag == "h1":
            # It is counted, and shown without its id.
            node.attributes.pop("id", None)


def _are_made(generator: str, settings: Mapping[str, Any]) -> bool:
    """Whether headings get ids that their author did not give."""
    match generator:
        case "pelican" if settings:
            # Not by default: it takes an extension or a plug-in for a table of contents.
            return "toc" in f"{settings.get('MARKDOWN')} {settings.get('PLUGINS')}"
        case "jekyll":
            return _at(settings, "kramdown", "auto_ids") is not False
        case "hugo":
            parser = _at(settings, "markup", "goldmark", "parser")
            return False not in (_at(parser, "autoHeadingID"), _at(parser, "autoID"))
        case _:
            return True


def _text(node: Node, generator: str) -> str:
    """The heading's text with the names of emoji, and without footnotes, of which pandoc's ids have the label."""
    text = ""
    for child in node.children:
        if isinstance(child, str):
            text += child
        elif SOURCE in child.attributes:
            text += child.attributes.pop(SOURCE)
        elif "footnote-ref" not in child.classes:
            text += _text(child, generator)
        elif generator == "quarto":
            label = _NOTE.sub("", child.attributes.get("id", ""))
            text += "" if label.startswith(INLINE_NOTE) else label
    return text


def _slugger(generator: str, settings: Mapping[str, Any]) -> tuple[_Slug, _Number]:
    match generator:
        case "jekyll" if str(_at(settings, "kramdown", "input") or "GFM") != "GFM":
            return kramdown, _counted
        case "hugo":
            parser = _at(settings, "markup", "goldmark", "parser")
            kind = _at(parser, "autoIDType") or _at(parser, "autoHeadingIDType") or ""
            if kind == "github-ascii":
                return lambda text: goldmark(_ascii(text)), _hyphenated
        case "mkdocs" if re.search(
            r"pymdownx\.slugs\.(?:slugify|uslugify)\b", str(settings.get("markdown_extensions"))
        ):
            return github, _underscored
        case "zola" if _at(settings, "slugify", "anchors") == "safe":
            return lambda text: re.sub(r"[\s_]+", "_", re.sub(r"[^\w\s.-]", "", text)).strip("_"), _hyphenated
        case _:
            pass
    return SLUGGERS.get(generator, (python_markdown, _underscored))


def _at(settings: object, *names: str) -> object:
    """The value at this place of nested settings, None where there is none."""
    for name in names:
        settings = settings.get(name) if isinstance(settings, Mapping) else None
    return settings


def python_markdown(text: str) -> str:
    """MkDocs and Python-Markdown's `toc`: ASCII only."""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", _ascii(text)).strip().lower())


def github(text: str) -> str:
    """Docusaurus, Gatsby and GitHub: letters of any script, a hyphen for every space."""
    return _words(text, "LMNP").replace(" ", "-").lower()


def goldmark(text: str) -> str:
    """Hugo's default, `github`: of the text with its typography, so that a dash of whatever kind leaves no sign."""
    return _words(text, "LNP").replace(" ", "-").lower() or "heading"


def kramdown_gfm(text: str) -> str:
    """Jekyll: kramdown with `input: GFM`, its default; "" where no letter or digit is left."""
    return _words(text, "LMNP").replace(" ", "-").lower()


def kramdown(text: str) -> str:
    """kramdown's own: of the heading's Markdown, ASCII only, once all before the first letter is gone."""
    text = re.sub(r"[^a-zA-Z0-9 -]", "", re.sub(r"^[^a-zA-Z]+", "", text))
    return text.replace(" ", "-").lower() or "section"


def pandoc(text: str) -> str:
    """Quarto: pandoc's `auto_identifiers`; nothing before the first letter."""
    text = re.sub(r"[^\w\s.-]", "", text.lower())
    return re.sub(r"^[^a-z\u00aa-\U0010ffff]+", "", re.sub(r"\s+", "-", text.strip())) or "section"


def zola(text: str) -> str:
    """Zola: ASCII only, one hyphen for whatever is not a letter or digit."""
    return re.sub(r"[^a-z0-9]+", "-", _ascii(text).lower()).strip("-")


def _words(text: str, classes: str) -> str:
    """The text's letters, digits, underscores, hyphens and spaces.

    :param classes: the initials of the Unicode classes that are kept; of numbers only digits, of signs only connectors.
    """
    return "".join(
        sign for sign in text if sign in "- " or ((kind := unicodedata.category(sign))[0] in classes
        and (kind[0] not in "NP" or kind in {"Nd", "Pc"}))
    )  # fmt: skip


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _counted(slug: str, taken: dict[str, int]) -> str:
    """`a`, `a-1`, `a-2`, whether or not another heading has that id."""
    taken[slug] = taken.get(slug, -1) + 1
    return f"{slug}-{taken[slug]}" if slug and taken[slug] else slug


def _hyphenated(slug: str, taken: dict[str, int]) -> str:
    """`a`, `a-1`, `a-2`."""
    if slug not in taken:
        taken[slug] = 1
        return slug
    while f"{slug}-{taken[slug]}" in taken:
        taken[slug] += 1
    unique = f"{slug}-{taken[slug]}"
    taken[unique] = 1
    return unique


def _underscored(slug: str, taken: dict[str, int]) -> str:
    """`a`, `a_1`, `a_2`; an empty slug is `_1`."""
    counted = re.fullmatch(r"(.*)_([0-9]{1,9})", slug)
    stem, number = (counted[1], int(counted[2])) if counted else (slug, 0)
    if slug in taken or not slug:
        number = max(number, taken.get(stem, 1) - 1)
        while slug in taken or not slug:
            number += 1
            slug = f"{stem}_{number}"
        taken[stem] = number + 1
    taken.setdefault(slug, 1)
    return slug


SLUGGERS: dict[str, tuple[_Slug, _Number]] = {
    "docusaurus": (github, _hyphenated),
    "gatsby": (github, _hyphenated),
    "commonmark": (github, _hyphenated),
    "hugo": (goldmark, _hyphenated),
    "jekyll": (kramdown_gfm, _counted),
    "quarto": (pandoc, _hyphenated),
    "zola": (zola, _hyphenated),
}
