"""What the generator's parser is told to use beyond its default, by the configuration of MkDocs or Jekyll."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def extensions(generator: str, settings: Mapping[str, Any]) -> frozenset[str]:
    """The names of extensions of Python-Markdown, such as "pymdownx.smartsymbols", or of kramdown's switches."""
    if generator == "mkdocs":
        listed = settings.get("markdown_extensions")
        entries = listed if isinstance(listed, list) else [listed] if isinstance(listed, Mapping) else []
        return frozenset(str(name) for entry in entries for name in (entry if isinstance(entry, Mapping) else [entry]))
    switches = settings.get("kramdown") if generator == "jekyll" else None
    return (
        frozenset(str(name) for name, value in switches.items() if value is True)
        if isinstance(switches, Mapping)
        else frozenset()
    )
