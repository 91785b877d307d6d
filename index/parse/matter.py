"""Splits a file into its front matter (YAML, TOML, JSON, or Pelican's bare headers) and its body."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler
from yaml.reader import ReaderError

from index.errors import PostError

_MAX_CHARS = 200_000
_HEADER = re.compile(r"([A-Za-z][\w-]*):(?:[ \t]+(.*))?$")
_HEADERS = frozenset(
    {"title", "date", "slug", "author", "authors", "category", "tags", "status", "summary", "modified"}
)
# What the YAML parser was in the middle of when it gave up, and what has no end.
_BEGUN = re.compile("while scanning a (?:simple key|quoted scalar)|while parsing a flow ")
_COMMENT = re.compile(r"\s*<!?-{2,3}[ \t]*\n((?:\.\. [\w-]+:[^\n]*\n)+)\s*-->[ \t]*\n?")
_TOML_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class Source:
    """A file in two parts. `first_line` is the line of the file, from 1, on which the body begins.

    `form` is "yaml", "toml", "json", "headers", "comment" or "".
    """

    meta: Mapping[str, Any]
    body: str
    first_line: int
    form: str = ""


class _TomlHandler(BaseHandler):
    """TOML by the standard library, for which python-frontmatter would need one more package."""

    FM_BOUNDARY = re.compile(r"^\+{3}[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def load(self, fm: str, **kwargs: object) -> dict[str, Any]:
        """The values as a dictionary."""
        return tomllib.loads(fm)


_HANDLERS = (("yaml", YAMLHandler()), ("toml", _TomlHandler()), ("json", JSONHandler()))


def split(path: str, text: str) -> Source:
    """The parts of a post's text.

    :raises PostError: the front matter does not parse; the message names the line.
    """
    whole, lead = text, len(text) - len(text.lstrip())
    text = text[lead:] if lead and text[lead : lead + 3] in {"---", "+++"} else text
    for form, handler in _HANDLERS:
        if handler.detect(text):
            try:
                block, body = handler.split(text)
            except ValueError:
                if form == "yaml" and not re.match(r"-{3,}[ \t]*\n[\w-]+:(?:[ \t]|$)", text, re.MULTILINE):
                    break
                if form == "json":
                    break
                raise PostError(
                    f"{path}: line 1 opens front matter that is never closed; close it with a line of its own"
                ) from None
            # White space before and behind the line that opens it belongs to no block.
            first_line = whole.count("\n", 0, len(whole) - len(text) + _opening(handler, text)) + 1
            meta = _load(path, form, handler, block, first_line)
            if meta is None:
                break
            return Source(meta, body, whole.count("\n", 0, len(whole) - len(body)) + 1, form)
    return _comment(text) or _headers(text)


def _comment(text: str) -> Source | None:
    """A comment with lines such as `.. title: Boats` at the top, as Nikola writes it."""
    found = _COMMENT.match(text)
    if not found:
        return None
    fields = re.findall(r"^\.\. ([\w-]+):([^\n]*)$", found[1], re.MULTILINE)
    return Source(
        {name: value.strip() for name, value in fields},
        text[found.end() :],
        text.count("\n", 0, found.end()) + 1,
        "comment",
    )


def _opening(handler: BaseHandler, text: str) -> int:
    """Where the line that opens the front matter ends."""
    found = handler.FM_BOUNDARY and handler.FM_BOUNDARY.match(text)
    return found.end() if found else 0


def _load(path: str, form: str, handler: BaseHandler, block: str, first_line: int) -> Mapping[str, Any] | None:
    """The front matter's values; None when the block is not front matter but text between two rules.

    :param first_line: the line of the file on which the block begins.
    """
    above = first_line - 1
    try:
        if len(block) > _MAX_CHARS:
            raise ValueError(f"it is longer than {_MAX_CHARS:,} characters")
        meta: object = handler.load(block)
    except yaml.MarkedYAMLError as error:
        raise _broken(path, form, above + _yaml_line(error), error.problem or "not understood") from None
    except ReaderError as error:
        line = block.encode()[: error.position].count(b"\n") + 1
        raise _broken(path, form, above + line, error.reason) from None
    except json.JSONDecodeError as error:
        raise _broken(path, form, above + error.lineno, error.msg) from None
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        raise _broken(path, form, above + int(found[1]) if found else 1, str(error).split(" (")[0]) from None
    except (ValueError, yaml.YAMLError) as error:
        line = above + _impossible_line(block) if form == "yaml" else 1
        raise _broken(path, form, line, str(error).splitlines()[0]) from None
    except RecursionError:
        raise _broken(path, form, 1, "it is nested too deep") from None
    if meta is None:
        return {}
    return _in_lower_case(meta) if isinstance(meta, Mapping) else None


def _in_lower_case(meta: Mapping[str, Any]) -> Mapping[str, Any]:
    """With “Title” as “title” too, as Hugo takes it, unless there is such a one."""
    lowered = {name.lower(): value for name, value in meta.items() if isinstance(name, str)}
    return {**lowered, **meta}


def _yaml_line(error: yaml.MarkedYAMLError) -> int:
    """The block's line, from 1, to mend: for what was opened and never ended the one that opens it, since the parser
    sees the fault only further down.
    """
    begun = error.context_mark if error.context and _BEGUN.match(error.context) else None
    mark = begun or error.problem_mark
    return mark.line + 1 if mark else 1


def _impossible_line(block: str) -> int:
    """The block's line, from 1, of the first value that is read and yet is none, such as the 31st of June."""
    whole = yaml.compose(block, yaml.SafeLoader) if len(block) <= _MAX_CHARS else None
    if isinstance(whole, yaml.MappingNode):
        for key, value in whole.value:
            try:
                yaml.safe_load(yaml.serialize(value, Dumper=yaml.SafeDumper))
            except ValueError:
                return int(key.start_mark.line) + 1
    return 1


def _broken(path: str, form: str, line: int, problem: str) -> PostError:
    return PostError(f"{path}: line {line}: the {form.upper()} front matter does not parse: {problem}; mend that line")


def _headers(text: str) -> Source:
    """Header lines up to the first blank line, as Pelican and MultiMarkdown write them; else no front matter."""
    meta: dict[str, Any] = {}
    key = ""
    lines = text.split("\n")
    count = 0
    for count, line in enumerate(lines):  # noqa: B007
        header = _HEADER.match(line)
        if header:
            key = header[1].lower()
            meta[key] = (header[2] or "").strip()
        elif key and line.startswith(("    ", "\t")) and line.strip():
            meta[key] = f"{meta[key]} {line.strip()}".strip()
        else:
            break
    first = next(iter(meta), "")
    if first not in _HEADERS or (count < len(lines) and lines[count].strip() and len(meta) < 2):
        return Source({}, text, 1)
    if lines[count].strip() and _HEADER.match(lines[count]) is None and not ({"title", "date"} <= meta.keys()):
        return Source({}, text, 1)
    return Source(meta, "\n".join(lines[count:]), count + 1, "headers")
