"""What the names in template tags stand for: front matter, configuration, and what the post itself assigns."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from index.parse.metadata import iso_date

_STEP = re.compile(r"\.?([\w-]+)|\[\s*(?:\"([^\"]*)\"|'([^']*)'|(\d+))\s*\]")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_WORDS: Mapping[str, object] = {"true": True, "false": False, "nil": None, "null": None, "empty": "", "blank": ""}
# What Jekyll adds to front matter and configuration when it builds the page.
_MADE = {
    "page": frozenset(
        (
            *("content", "excerpt", "url", "date", "id", "categories", "tags", "dir", "name", "path", "next"),
            *("previous", "collection", "output", "slug", "ext"),
        )
    ),
    "site": frozenset(
        (
            *("time", "pages", "posts", "related_posts", "static_files", "html_pages", "html_files", "collections"),
            *("data", "documents", "categories", "tags", "github"),
        )
    ),
}
_MADE_BY_MKDOCS = frozenset({"page", "config"})
_ELSEWHERE = frozenset({"site", "include", "layout", "content", "paginator", "forloop", "tablerowloop", "theme"})
_ARGUMENT = r"\"[^\"]*\"|'[^']*'|[^\s,|]+"
_FILTER = re.compile(rf"\s*\|\s*(\w+)\s*(?::\s*((?:{_ARGUMENT})(?:\s*,\s*(?:{_ARGUMENT}))*))?\s*")
_FILTERS: Mapping[str, Callable[..., str]] = {
    "upcase": str.upper,
    "downcase": str.lower,
    "capitalize": str.capitalize,
    "strip": str.strip,
    "lstrip": str.lstrip,
    "rstrip": str.rstrip,
    "append": lambda text, other: text + other,
    "prepend": lambda text, other: other + text,
    "replace": lambda text, old, new="": text.replace(old, new),
    "replace_first": lambda text, old, new="": text.replace(old, new, 1),
    "remove": lambda text, old: text.replace(old, ""),
    "default": lambda text, other: text or other,
    "escape": str,
    "xml_escape": str,
    "markdownify": str,
    "strip_html": str,
    "smartify": str,
    "relative_url": str,
    "absolute_url": str,
    "size": lambda text: str(len(text)),
    "slugify": lambda text: re.sub(r"[\W_]+", "-", text).strip("-").lower(),
    "plus": lambda text, other: str(_number(text) + _number(other)),
    "minus": lambda text, other: str(_number(text) - _number(other)),
    "times": lambda text, other: str(_number(text) * _number(other)),
}


class Unknown:
    """Stands for a value that is known only when the page is built."""


UNKNOWN = Unknown()


class Values:
    """The values of one post. What it assigns goes before what it was given."""

    def __init__(self, given: Mapping[str, object] | None = None, *, liquid: bool = False) -> None:
        """:param given: by root, such as "page" and "site".
        :param liquid: whether another name stands for nothing, as it does for Jekyll.
        """
        self._given, self._liquid = dict(given or {}), liquid
        self._own: dict[str, object] = {}

    def assign(self, name: str, value: object) -> None:
        """Let the name stand for the value from here on."""
        self._own[name] = value

    def get(self, name: str) -> object:
        """What a name or literal stands for: None where the page would have nothing, `UNKNOWN` where that is open."""
        name = name.strip()
        literal = _QUOTED.fullmatch(name)
        if literal:
            return literal[1] if literal[1] is not None else literal[2]
        if _NUMBER.fullmatch(name):
            return float(name) if "." in name else int(name)
        if name in _WORDS:
            return _WORDS[name]
        if name in self._own:
            return self._own[name]
        if name == "jekyll.environment" and self._liquid:
            return "production"
        steps = [part or double or single or number for part, double, single, number in _STEP.findall(name)]
        return self._follow(steps) if steps else UNKNOWN

    def _follow(self, steps: list[str]) -> object:
        root, *rest = steps
        value: object = self._own.get(root, self._given.get(root, UNKNOWN))
        if isinstance(value, Unknown):
            # Where front matter and configuration are all there is, another name stands for nothing.
            known = self._liquid and root not in self._own and root not in _ELSEWHERE and root != "jekyll"
            return None if known else UNKNOWN
        for depth, step in enumerate(rest):
            if isinstance(value, Mapping):
                made = step in _MADE.get(root, ()) if self._liquid else root in _MADE_BY_MKDOCS
                if step not in value and not depth and made:
                    return UNKNOWN
                value = value.get(step, len(value) if step == "size" else None)
            elif isinstance(value, list) and step.isdecimal():
                value = value[int(step)] if int(step) < len(value) else None
            elif isinstance(value, list | str) and step == "size":
                value = len(value)
            else:
                return UNKNOWN if isinstance(value, Unknown) else None
        return value

    def text(self, expression: str) -> str | None:
        """What `name | filter: argument` shows; None where that is not known."""
        head = re.match(rf"\s*({_ARGUMENT})", expression)
        if head is None:
            return None
        value, at = self.get(head[1]), head.end()
        while found := _FILTER.match(expression, at):
            value, at = self._filtered(value, found[1], found[2] or ""), found.end()
        return _shown(value) if not expression[at:].strip() else None

    def _filtered(self, value: object, name: str, arguments: str) -> object:
        given = [_shown(self.get(argument)) for argument in re.findall(_ARGUMENT, arguments)]
        if name == "date" and given and given[0]:
            moment = value if isinstance(value, date) else _moment(value)
            return UNKNOWN if moment is None else moment.strftime(given[0])
        shown = _shown(value)
        if shown is None or name not in _FILTERS or None in given:
            return UNKNOWN
        try:
            return _FILTERS[name](shown, *given)
        except (TypeError, ValueError):
            return UNKNOWN


def _moment(value: object) -> date | None:
    """The date, or date and time, that a text of front matter names."""
    iso = iso_date(value) if isinstance(value, str) else ""
    return datetime.fromisoformat(iso) if iso else None


def _number(text: str) -> int | float:
    return int(text) if re.fullmatch(r"-?\d{1,15}", text) else float(text[:30])


def _shown(value: object) -> str | None:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int | float) else None
