"""What the generator's parser is told to use beyond its default, by the configuration of MkDocs or Jekyll."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def extensions(generator: str, settings: Mapping[str, Any]) -> frozenset[str]:
    """The names of extensions of Python-Markdown, such as "pymdownx.smartsymbols", and of plug-ins of MkDocs, such as
    "macros"; or of kramdown's switches.
    """
    if generator == "mkdocs":
        return frozenset((*_names(settings.get("markdown_extensions")), *_names(settings.get("plugins"))))
    switches = settings.get("kramdown") if generator == "jekyll" else None
    return frozenset(str(name) for name, value in _items(switches) if value is True)


def _names(listed: object) -> Iterator[str]:
    for entry in listed if isinstance(listed, list) else [listed]:
        yield from map(str, entry if isinstance(entry, Mapping) else [entry])


def _items(switches: object) -> Iterable[tuple[object, object]]:
    return switches.items() if isinstance(switches, Mapping) else ()
