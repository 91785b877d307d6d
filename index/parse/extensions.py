"""Which extensions of Python-Markdown MkDocs is told to use, by its configuration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def extensions(settings: Mapping[str, Any]) -> frozenset[str]:
    """Their names, such as "pymdownx.smartsymbols"."""
    listed = settings.get("markdown_extensions")
    entries = listed if isinstance(listed, list) else [listed] if isinstance(listed, Mapping) else []
    return frozenset(str(name) for entry in entries for name in (entry if isinstance(entry, Mapping) else [entry]))
