"""The id of each heading, as the generator's own slugger makes it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from index.parse.tree import HEADINGS, Node


def set_anchors(root: Node, generator: str) -> None:
    """Give every heading its id: the author's own first, duplicates numbered as the generator does it."""
    slug, numbered = SLUGGERS.get(generator, (python_markdown, _underscored))
    headings = [node for node in root.walk() if node.tag in HEADINGS]
    taken = {node.attributes["id"]: 1 for node in headings if node.attributes.get("id")}
    for node in headings:
        if not node.attributes.get("id"):
            node.attributes["id"] = numbered(slug(" ".join(node.text().split())), taken)


def python_markdown(text: str) -> str:
    """MkDocs and Python-Markdown's `toc`: ASCII only."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_only).strip().lower())


def github(text: str) -> str:
    """Docusaurus, Gatsby and GitHub: letters of any script, a hyphen for every space."""
    return re.sub(r"[^\w\- ]", "", text.lower(), flags=re.UNICODE).replace(" ", "-")


def goldmark(text: str) -> str:
    """Hugo's default, `github`."""
    return re.sub(r"[^\w\- ]", "", _typed(text).strip().lower()).replace(" ", "-")


def kramdown(text: str) -> str:
    """Jekyll: GitHub's way, once all before the first letter is gone, as kramdown's own generator does it."""
    text = re.sub(r"[^\w\- ]", "", re.sub(r"^[^a-zA-Z]+", "", _typed(text)))
    return text.replace(" ", "-").lower() or "section"


def pandoc(text: str) -> str:
    """Quarto: pandoc's `auto_identifiers`; nothing before the first letter."""
    text = re.sub(r"[^\w\s.-]", "", text.lower())
    return re.sub(r"^[^a-z\u00aa-\U0010ffff]+", "", re.sub(r"\s+", "-", text.strip())) or "section"


def zola(text: str) -> str:
    """Zola: ASCII only, one hyphen for whatever is not a letter or digit."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")


def _typed(text: str) -> str:
    """The text with dashes as they were typed: these generators make ids before typography."""
    return text.replace("—", "---").replace("–", "--")


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


SLUGGERS: dict[str, tuple[Callable[[str], str], Callable[[str, dict[str, int]], str]]] = {
    "docusaurus": (github, _hyphenated),
    "gatsby": (github, _hyphenated),
    "commonmark": (github, _hyphenated),
    "hugo": (goldmark, _hyphenated),
    "jekyll": (kramdown, _hyphenated),
    "quarto": (pandoc, _hyphenated),
    "zola": (zola, _hyphenated),
}
