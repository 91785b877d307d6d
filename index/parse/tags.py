"""What template tags have in common: their arguments, and what is put in their place."""

from __future__ import annotations

import re

from index.parse.lexer import Lexer
from index.parse.stash import Role, Verbatim

_ARGUMENT = re.compile(
    r"""(?:([\w:.-]+)\s*[=:]\s*)?(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|`([^`]*)`|\{([^{}]*)\}|([^\s"'`{},()]+))"""
)
_TAG_LINE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<[^>]*>")
_CAPTIONS = ("caption", "cap", "figcaption")
_TITLES = ("title", "summary", "header", "heading", "label", "name", "tabName", "tab")
MAX_CHARS = 5_000


class Arguments:
    """The arguments of a tag. `words` are those without a name, `values` those with one; escapes are undone."""

    def __init__(self, text: str) -> None:
        self.words: list[str] = []
        self.values: dict[str, str] = {}
        for name, double, single, back, braced, bare in _ARGUMENT.findall(text):
            value = re.sub(r"\\(.)", r"\1", double or single) or back or braced.strip("\"'` ") or bare
            if name:
                self.values.setdefault(name, value)
            else:
                self.words.append(value)

    def caption(self) -> str:
        """The text that is shown below a picture, as Markdown."""
        return next((self.values[name] for name in _CAPTIONS if self.values.get(name)), "")

    def title(self) -> str:
        """The text that is shown above what the tag encloses, as Markdown."""
        return next((self.values[name] for name in _TITLES if self.values.get(name)), "")


def drop(lexer: Lexer, start: int, end: int) -> int:
    """Put nothing in place of `start:end`, and take emphasis away that would enclose nothing."""
    around = re.compile(r"(?:\*{1,3}|_{1,3})(?![\w*_])").match(lexer.body, end)
    if around and lexer.body.endswith(around[0], 0, start) and lexer.trim(around[0]):
        return around.end()
    return end


def put(lexer: Lexer, start: int, end: int, text: str, role: str, until: int = 0) -> int:
    """Put a caption or title in place of `start:end`; nothing where a sentence or a table goes on around it.

    :param until: where what the tag encloses ends, which may stand on its line.
    """
    line = lexer.body[lexer.line_start(start) : start] + lexer.body[max(end, until) : lexer.line_end(max(end, until))]
    text = " ".join(text.split())
    if not text or _TAG_LINE.sub("", line.replace("\n", " ")).strip(" \t>*+-;.0123456789"):
        return drop(lexer, start, end)
    lexer.emit_block(lexer.stash.hold(Role(role)) + lexer.inline(text, start), start, end)
    return end


def show(lexer: Lexer, text: str) -> None:
    """Put a tag that the author wants to be seen."""
    lexer.emit_held(Verbatim(text))


def unknown(lexer: Lexer, at: int, tag: str) -> None:
    """Tell the owner of a tag that is taken out without being understood."""
    lexer.note("template", at, f"taken out, since it is not known what it shows: {' '.join(tag.split())[:80]}")
