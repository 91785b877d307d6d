"""Which version of Hugo builds the site, as far as the files beside its configuration say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

Version: TypeAlias = tuple[int, int]

_NUMBER = r"[\"'v\s]*(?:extended_)?(\d+)\.(\d+)"
# What hosts, builds and version managers call it, and the file that each reads.
_NAMED = re.compile(rf"(?i)\bhugo[_-]?version\b[\"']?\s*[:=]\s*{_NUMBER}")
_MANAGED = re.compile(rf"(?m)^\s*[\"']?(?:(?:aqua:)?gohugoio/)?hugo(?:-extended)?[\"']?\s*=?\s*{_NUMBER}")
_ALONE = re.compile(rf"\A{_NUMBER}")
_PACKAGES = ("hugo-extended", "hugo-bin")
_FILES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (".hvm", _ALONE),
    (".tool-versions", _MANAGED),
    ("mise.toml", _MANAGED),
    ("netlify.toml", _NAMED),
    ("vercel.json", _NAMED),
    (".gitlab-ci.yml", _NAMED),
    (".github/workflows/*.yml", _NAMED),
    (".github/workflows/*.yaml", _NAMED),
)
_MAX_BYTES = 200_000
# From here on, the id of a heading is made of its text, and no longer of its Markdown.
IDS_OF_TEXT: Version = (0, 144)


def hugo_version(folder: Path, settings: Mapping[str, Any]) -> Version | None:
    """The version, or one on the same side of `IDS_OF_TEXT`; None where nothing says, or the files contradict.

    :param folder: that of the configuration.
    """
    if _at(settings, "markup", "goldmark", "parser", "autoIDType") is not None:
        return IDS_OF_TEXT
    least = _read(_ALONE, str(_at(settings, "module", "hugoVersion", "min")))
    if least and least >= IDS_OF_TEXT:
        return least
    most = _read(_ALONE, str(_at(settings, "module", "hugoVersion", "max")))
    if most and most < IDS_OF_TEXT:
        return most
    found = set(_told(folder))
    sides = {version >= IDS_OF_TEXT for version in found}
    return max(found) if len(sides) == 1 else None


def _at(settings: object, *names: str) -> object:
    for name in names:
        settings = settings.get(name) if isinstance(settings, Mapping) else None
    return settings


def _told(folder: Path) -> Iterator[Version]:
    for pattern, form in _FILES:
        for file in sorted(folder.glob(pattern)):
            if version := _read(form, _text(file)):
                yield version
    try:
        package = json.loads(_text(folder / "package.json") or "{}")
    except ValueError:
        return
    for group in ("dependencies", "devDependencies"):
        listed = package.get(group) if isinstance(package, Mapping) else None
        for name in _PACKAGES:
            if isinstance(listed, Mapping) and (version := _read(_ALONE, str(listed.get(name, "")).lstrip("^~>= "))):
                yield version


def _read(form: re.Pattern[str], text: str) -> Version | None:
    found = form.search(text)
    return (int(found[1]), int(found[2])) if found else None


def _text(file: Path) -> str:
    try:
        if file.is_file() and file.stat().st_size <= _MAX_BYTES:
            return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        pass
    return ""
