"""Jekyll's collections, and the front matter that its configuration gives to all posts of a kind or folder."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import PurePosixPath
from typing import Any


def collection_of(source: PurePosixPath, settings: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The collection that the post's folder is, "" for none, and its settings."""
    collections = settings.get("collections")
    name = source.parts[0].removeprefix("_")
    if source.parts[0] != f"_{name}" or name == "posts" or not isinstance(collections, Mapping | list):
        return "", {}
    own = collections.get(name) if isinstance(collections, Mapping) else {}
    return (name if name in collections else ""), own if isinstance(own, Mapping) else {}


def defaults(source: PurePosixPath, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The values that the post has unless its own front matter says otherwise; of two, the longer path's.

    :param source: the post's path below the folder of the configuration.
    """
    kind = "posts" if "_posts" in source.parts else collection_of(source, settings)[0] or "pages"
    entries = settings.get("defaults")
    fitting: list[tuple[int, Mapping[str, Any]]] = []
    for entry in entries if isinstance(entries, list) else []:
        scope, values = (entry.get("scope"), entry.get("values")) if isinstance(entry, Mapping) else (None, None)
        if not isinstance(scope, Mapping) or not isinstance(values, Mapping):
            continue
        path = str(scope.get("path") or "").strip("/")
        if scope.get("type") in {None, "", kind} and _lies_in(source, path):
            fitting.append((len(path), values))
    return {name: value for _, values in sorted(fitting, key=lambda fit: fit[0]) for name, value in values.items()}


def _lies_in(source: PurePosixPath, path: str) -> bool:
    """Whether the path begins with the other one, in which `*` stands for any name."""
    if "*" in path:
        return any(fnmatch(str(place), path) for place in (source, *source.parents))
    return source.as_posix().startswith(path)
