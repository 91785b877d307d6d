"""Containers between colons: Docusaurus' and VuePress' admonitions, Quarto's and pandoc's divisions."""

from __future__ import annotations

import re

from index.parse.lexer import Lexer, Rule
from index.parse.stash import Role

_OPENING = re.compile(
    r"(?P<colons>:{3,})[ \t]*(?P<name>[\w.-]*)[ \t]*(?:\[(?P<label>[^\n]*?)\](?=[ \t]*(?:\{|:*[ \t]*$)))?"
    r"[ \t]*(?P<braces>\{[^\n]*?\})?[ \t]*(?P<rest>[^\n]*?)[ \t]*:*[ \t]*$",
    re.MULTILINE,
)
_TITLE = re.compile(r"""\b(?:title|summary)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s}]+))""")
_HEADING = re.compile(r"\s*^[ \t]*#{1,6}[ \t]+([^\n]*?)(?:[ \t]+#*)?(?:[ \t]*\{[^}\n]*\})?[ \t]*$", re.MULTILINE)
# mkdocstrings' `::: module.Class` with its options.
_DESCRIBED = r":::[ \t]+[A-Za-z_][\w.]*[ \t]*(?:\n(?:[ \t]*\n)*(?: {4}|\t)[^\n]*)*(?=\n|\Z)"
_HIDDEN = re.compile(
    r"\.content-hidden(?![^}]*unless-format=\"?html)|\.hidden\b|\.notes\b|\.content-visible[^}]*\bwhen-format=\"?(?!html)"
)
# What Quarto numbers, with a heading of its own for its title.
_THEOREM = re.compile(r"#(?:thm|lem|cor|prp|cnj|def|exm|exr|sol|rem)-")
_UNLESS_HTML = re.compile(r"\.content-visible[^}]*unless-format=\"?html|\.content-hidden[^}]*when-format=\"?html")


def container(lexer: Lexer, match: re.Match[str]) -> int | None:
    """An opening or closing line. Only the title that the author gave is shown."""
    start = match.end() - len(match[0].lstrip(" \t>"))
    found = _OPENING.match(lexer.body, start)
    if found is None:
        return None
    lexer.emit(lexer.body[match.start() : start])
    end = found.end()
    described = lexer.find_here(_DESCRIBED, start) if lexer.generator == "mkdocs" else None
    if described:
        lexer.note("include", start, f"what it includes is not read: {described[0].splitlines()[0][:80]}")
        lexer.emit_block("", start, described.end())
        return described.end()
    braces = found["braces"] or ""
    if not found["name"] and not braces and not found["rest"]:
        lexer.emit_block("", start, end)
        return end
    if _UNLESS_HTML.search(braces) or (_HIDDEN.search(braces) and 'unless-format="html' not in braces):
        close = _close(lexer, end)
        lexer.emit_block("", start, close)
        return close
    titled = _TITLE.search(braces)
    title = found["label"] or (titled and (titled[1] or titled[2] or titled[3])) or found["rest"] or ""
    if ".callout" in braces or found["name"].startswith("callout") or _THEOREM.search(braces):
        heading = _HEADING.match(lexer.body, end)
        if heading and not titled:
            title, end = heading[1], heading.end()
    elif ".panel-tabset" in braces:
        lexer.tabs_until = max(lexer.tabs_until, _close(lexer, end))
    lexer.emit_block(lexer.stash.hold(Role("title")) + lexer.inline(title, start) if title else "", start, end)
    return end


def _close(lexer: Lexer, at: int) -> int:
    """Where the container ends that has just been opened; the end of the body when it is never closed."""
    depth = 1
    for line in re.compile(r"^[ \t]*:{3,}([^\n]*)$", re.MULTILINE).finditer(lexer.body, at):
        depth += 1 if line[1].strip(" \t:") else -1
        if not depth:
            return line.end()
    return at


def tab_heading(lexer: Lexer, match: re.Match[str]) -> int | None:
    """A heading inside a set of tabs: the label of a tab."""
    if match.start() >= lexer.tabs_until:
        return None
    end = lexer.line_end(match.end())
    text = lexer.body[match.end() : end].strip(" \t#")
    label = lexer.inline(re.sub(r"\s*\{[^}]*\}$", "", text), match.start())
    lexer.emit_block(lexer.stash.hold(Role("title")) + label, match.start(), end)
    return end


def leaf(lexer: Lexer, match: re.Match[str]) -> int:
    """`::name[…]{…}`: a directive that stands alone, such as a video."""
    lexer.note("template", match.start(), f"taken out, since it is not known what it shows: {match[0].strip()[:80]}")
    return match.end()


def text_directive(lexer: Lexer, match: re.Match[str]) -> int:
    """`:name[…]{…}` within a line, as of remark-directive: its label is shown; a picture has none."""
    lexer.emit(lexer.inline(match["label"] or "", match.start()))
    return match.end()


CONTAINER = Rule(r"^[ \t>]*:{3,}", container)
TEXT_DIRECTIVE = Rule(
    r"(?<![\w:`\\]):(?:(?:img|image|video|icon)|[a-z][a-z-]*\[(?P<label>[^\]\n]{0,200})\])"
    r"\{[^}=\n]{0,200}=[^}\n]{0,500}\}",
    text_directive,
)
LEAF = Rule(r"^[ \t]*::[A-Za-z][\w-]*(?:\[[^\]\n]*\])?(?:\{[^}\n]*\})?[ \t]*$", leaf)
TAB_HEADING = Rule(r"^[ \t]*#{1,6}[ \t]+", tab_heading)
