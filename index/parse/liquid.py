"""Liquid, and the tags of like form of Octopress, Pelican, Zola and MkDocs plug-ins."""

from __future__ import annotations

import re
import textwrap

from index.parse import code, tags
from index.parse.lexer import Lexer, Rule
from index.parse.stash import Verbatim

_TAG = r"\{%-?\s*([\w/-]*)((?>\"[^\"]*\"|'[^']*'|[^%]|%(?!\}))*?)-?%\}"
_OUTPUT = r"\{\{-?((?>\"[^\"\n]*\"|'[^'\n]*'|[^{}])*?)-?\}\}"
_CODE = frozenset({"highlight", "codeblock", "code", "prism", "highlighter", "codetabs"})
_UNSEEN = frozenset(
    {"comment", "capture", "for", "tablerow", "mermaid", "graphviz", "plantuml", "javascript", "css", "style"}
)
_FORMULA = frozenset({"katex", "math", "latex", "mathjax", "katexmm"})
_CONTROL = frozenset(
    {
        *(
            "if",
            "unless",
            "elsif",
            "else",
            "case",
            "when",
            "assign",
            "increment",
            "decrement",
            "break",
            "continue",
            "end",
        ),
        *("cycle", "liquid", "seo", "feed_meta", "paginate", "post_url", "link", "blockquote", "pullquote", "quote"),
        *("asset_path", "more", "load", "set", "import", "extends", "block", "macro", "cache", "raw", "toc", "filter"),
    }
)
_LITERAL = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)')\s*(\|.*)?$", re.DOTALL)
_ASSIGNED = re.compile(r"\s*([\w-]+)\s*=\s*(\"[^\"]*\"|'[^']*'|-?\d+(?:\.\d+)?)\s*")
_ADDRESS = re.compile(r"\s*(?:site\.(?:baseurl|url|github)|page\.(?:url|path)|base_path|config\.)")


def tag(lexer: Lexer, match: re.Match[str]) -> int | None:
    """`{% … %}`."""
    found = lexer.find_here(_TAG, match.start(), tags.MAX_CHARS)
    if found is None:
        return None
    start, end, name = found.start(), found.end(), found[1]
    arguments = tags.Arguments(found[2])
    if name == "endraw":
        return end
    if start < lexer.raw_end:
        tags.show(lexer, found[0])
        return end
    if name == "raw":
        close = lexer.find(r"\{%-?\s*endraw\s*-?%\}", end)
        lexer.raw_end = close.start() if close else end
        return end
    if name == "literal":
        tags.show(lexer, "{% " + found[2].strip() + " %}")
        return end
    if name in _CODE | _UNSEEN | _FORMULA:
        return _enclosed(lexer, found, name, arguments)
    assigned = _ASSIGNED.fullmatch(found[2]) if name == "assign" else None
    if assigned:
        lexer.values[assigned[1]] = assigned[2].strip("\"'")
    if name.startswith("end") or name in _CONTROL:
        return tags.drop(lexer, start, end)
    if found[2].startswith("("):
        return _call(lexer, start, end, found[0], found[2])
    caption = arguments.caption()
    if caption:
        return tags.put(lexer, start, end, caption, "caption")
    if name in {"details", "tab", "note", "alert", "callout", "admonition"} and found[2].strip():
        title = arguments.title() or found[2].strip(" \t\"'")
        return tags.put(lexer, start, end, title, "title")
    if name not in {"img", "image", "youtube", "vimeo", "video", "gist", "tweet", "twitter"}:
        tags.unknown(lexer, start, found[0])
    return tags.drop(lexer, start, end)


def _enclosed(lexer: Lexer, opening: re.Match[str], name: str, arguments: tags.Arguments) -> int:
    """A tag whose content is code, a formula, or not for readers."""
    start, end = opening.start(), opening.end()
    close = lexer.find(rf"\{{%-?\s*end(?:{name})?\s*-?%\}}", end)
    if close is None:
        lexer.note("unclosed", start, f"{{% {name} %}} is never closed: close it with {{% end{name} %}}")
        return end
    inner = lexer.body[end : close.start()]
    if name in _CODE:
        language = arguments.values.get("lang", "")
        words = [word for word in arguments.words if not word.startswith(("http:", "https:", "/"))]
        title = " ".join(words) if name == "codeblock" else ""
        info = language or (words[0] if words and not title else "")
        if title:
            info = f'{info} title="{title}"'
        code.block(lexer, start, close.end(), textwrap.dedent(inner.strip("\n")), info)
    elif name in _FORMULA:
        lexer.emit_held(Verbatim(inner.strip(), math=True))
    elif lexer.alone(start, close.end()):
        lexer.emit_block("", start, close.end())
    return close.end()


def _call(lexer: Lexer, start: int, end: int, text: str, inner: str) -> int:
    """Zola's `name(key="value")`."""
    arguments = tags.Arguments(inner)
    if arguments.caption():
        return tags.put(lexer, start, end, arguments.caption(), "caption")
    if text.startswith("{%") and arguments.title():
        return tags.put(lexer, start, end, arguments.title(), "title")
    if text.startswith("{{") and not re.match(r"\{\{-?\s*(?:youtube|vimeo|video|image|img|figure|gist|toc)\b", text):
        tags.unknown(lexer, start, text)
    return tags.drop(lexer, start, end)


def output(lexer: Lexer, match: re.Match[str]) -> int | None:
    """`{{ … }}`."""
    found = lexer.find_here(_OUTPUT, match.start(), 1_000)
    if found is None:
        return None
    start, end, inner = found.start(), found.end(), found[1]
    before = lexer.body[start - 1 : start]
    if start < lexer.raw_end or before == "$" or before.isalnum() or before == ":":
        tags.show(lexer, found[0])
        return end
    if inner.startswith("/*"):
        tags.show(lexer, "{{" + inner[2:].removesuffix("*/") + "}}")
        return end
    if inner.strip() in lexer.values:
        lexer.emit(lexer.values[inner.strip()])
        return end
    literal = _LITERAL.match(inner)
    if literal:
        text = literal[1] or literal[2] or ""
        if literal[3] or text.startswith(("/", "http")):
            lexer.emit(text)
        else:
            tags.show(lexer, text)
        return end
    call = re.match(r"\s*[\w.:]+(\(.*\))\s*$", inner, re.DOTALL)
    if call:
        return _call(lexer, start, end, found[0], call[1])
    if not _ADDRESS.match(inner) and before not in {"(", '"', "'", "/"}:
        tags.unknown(lexer, start, found[0])
    return tags.drop(lexer, start, end)


TAG = Rule(r"\{%", tag)
OUTPUT = Rule(r"\{\{", output)
