"""Reads the configuration file of each site generator, without running any of it."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from index.types import Notice

GENERATORS = ("jekyll", "hugo", "zola", "mkdocs", "docusaurus", "gatsby", "pelican", "quarto", "commonmark", "plain")
_MAX_BYTES = 1_000_000
_DATA_FILES = ("toml", "yaml", "yml", "json")
_SCRIPTS = ("js", "ts", "mjs", "cjs", "mts")
_FILES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("mkdocs", ("mkdocs.yml", "mkdocs.yaml")),
    ("quarto", ("_quarto.yml", "_quarto.yaml")),
    ("docusaurus", tuple(f"docusaurus.config.{suffix}" for suffix in _SCRIPTS)),
    ("gatsby", tuple(f"gatsby-config.{suffix}" for suffix in _SCRIPTS)),
    ("pelican", ("pelicanconf.py",)),
    ("jekyll", ("_config.yml", "_config.yaml", "_config.toml")),
    ("zola", ("zola.toml", "config.toml")),
    (
        "hugo",
        (
            *(f"{name}.{suffix}" for name in ("hugo", "config") for suffix in _DATA_FILES),
            *(f"config/_default/{name}.{suffix}" for name in ("hugo", "config") for suffix in _DATA_FILES),
        ),
    ),
)
_STRING = re.compile(r"""(?m)(?:^|[\s{,])(\w+)\s*:\s*(?:'([^'\n]*)'|"([^"\n]*)"|`([^`$\n]*)`|(true|false)\b)""")


class _Loader(yaml.SafeLoader):
    """Safe YAML that passes over tags which only the generator knows, such as MkDocs' `!ENV`."""


def _tagged(loader: yaml.SafeLoader, tag: str, node: yaml.Node) -> object:
    """The default that MkDocs' `!ENV [NAME, default]` names; the tag for what only the generator can make."""
    if tag == "!ENV" and isinstance(node, yaml.SequenceNode) and len(node.value) > 1:
        return loader.construct_object(node.value[-1])
    return tag if "python/" in tag else None


_Loader.add_multi_constructor("", _tagged)


def find(folder: Path, generator: str | None) -> tuple[str, Path, Mapping[str, Any], Notice | None] | None:
    """The generator, its folder and its settings, from the first configuration file in this folder.

    The last is a notice where the file cannot be read, and no settings are known.

    :param generator: look for this generator's file only.
    """
    for name, files in _FILES:
        if generator not in {None, name}:
            continue
        for file in files:
            path = folder / file
            if path.is_file():
                settings, notice = _read(path)
                if file.startswith("config.") and "base_url" in settings and name == "hugo":
                    continue
                if file == "config.toml" and name == "zola" and "base_url" not in settings:
                    continue
                return name, folder, settings, notice
    return None


def read_yaml(path: Path) -> Mapping[str, Any]:
    """The values of a YAML file; none when it cannot be read."""
    return _read(path)[0] if path.is_file() else {}


def _read(path: Path) -> tuple[Mapping[str, Any], Notice | None]:
    line, problem = 0, ""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ValueError("it is too large")
        settings = _parse(path, path.read_text(encoding="utf-8", errors="replace"))
        if isinstance(settings, Mapping):
            return settings, None
        problem = "" if settings is None else "it holds no settings"
    except yaml.MarkedYAMLError as error:
        line, problem = error.problem_mark.line + 1 if error.problem_mark else 0, error.problem or "not understood"
    except SyntaxError as error:
        line, problem = error.lineno or 0, error.msg
    except OSError as error:
        problem = error.strerror or "not readable"
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        problem = (str(error).splitlines() or ["nested too deep"])[0]
    message = f"cannot be read, so that none of its settings counts: {problem}"
    return {}, Notice(path.name, line, "configuration", message) if problem else None


def _parse(path: Path, text: str) -> object:
    match path.suffix:
        case ".yml" | ".yaml":
            return yaml.load(text, _Loader)  # noqa: S506 - a safe loader
        case ".toml":
            return tomllib.loads(text)
        case ".json":
            return json.loads(text)
        case ".py":
            published = path.with_name("publishconf.py")
            later = published.read_text(encoding="utf-8", errors="replace") if published.is_file() else ""
            return {**dict(_assignments(text)), **dict(_assignments(later))}
        case _:
            return _script_strings(text)


def _assignments(text: str) -> Iterator[tuple[str, object]]:
    """The literal values that a Python file assigns to names."""
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            try:
                yield statement.targets[0].id, ast.literal_eval(statement.value)
            except ValueError:
                continue


def _script_strings(text: str) -> dict[str, object]:
    """The first literal string or truth value of each key in a JavaScript configuration.

    Keys inside the presets `docs: {…}` and `blog: {…}` are written `docs.key` and `blog.key`.
    """
    text = re.sub(r"/\*.*?\*/|(?<![:'\"])//[^\n]*", "", text, flags=re.DOTALL)
    found: dict[str, object] = {}
    for name in ("docs", "blog"):
        opening = re.search(rf"\b{name}\s*:\s*\{{", text)
        if opening:
            inner = _braced(text, opening.end())
            found.update({f"{name}.{key}": value for key, value in _pairs(inner)})
            text = text[: opening.start()] + text[opening.end() + len(inner) :]
    for key, value in _pairs(text):
        found.setdefault(key, value)
    return found


def _pairs(text: str) -> Iterator[tuple[str, object]]:
    for key, single, double, back, truth in _STRING.findall(text):
        yield key, (truth == "true") if truth else single or double or back


def _braced(text: str, start: int) -> str:
    depth = 1
    for at in range(start, len(text)):
        depth += (text[at] == "{") - (text[at] == "}")
        if not depth:
            return text[start:at]
    return text[start:]
