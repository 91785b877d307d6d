"""The shortcodes of Hugo and Quarto: `{{< … >}}` and `{{% … %}}`."""

from __future__ import annotations

import html
import re

from index.parse import code, tags
from index.parse.lexer import Lexer, Rule
from index.parse.stash import Verbatim

_QUOTED = r"\"(?:\\.|[^\"\\])*\"|`[^`]*`|'[^'\n]*'"
_CAREFUL = rf"(\{{+)([<%])-?\s*(/?)\s*([\w./-]*)((?>{_QUOTED}|[^\"`])*?)(/?)\s*-?[>%](\}}\}}+)"
_CARELESS = r"(\{+)([<%])-?\s*(/?)\s*([\w./-]*)(.*?)(/?)\s*-?[>%](\}\}+)"
_CODE = frozenset({"highlight", "code", "code-toggle", "codeblock", "code-block", "chroma", "command"})
_FORMULA = frozenset({"math", "katex", "mathjax", "latex"})
_UNSEEN = frozenset(
    {"mermaid", "comment", "chart", "echarts", "script", "style", "css", "gantt", "plantuml", "raw-html"}
)
_ENCLOSING = frozenset({"blocks/tabs", "tabs", "tabpane", "codetabs", "columns"})
_READ = frozenset({"include", "embed", "readfile", "inline-file", "readme", "partial", "import"})


def shortcode(lexer: Lexer, match: re.Match[str]) -> int | None:
    """One tag, opening, closing or alone. What it encloses is read on as Markdown."""
    if lexer.body.startswith("/*", match.end()):
        return _shown(lexer, match)
    reach = lexer.reach(match.start(), tags.MAX_CHARS)
    ends = lexer.body.find(f"{match[0][-1].replace('<', '>')}}}}}", match.end(), reach) >= 0
    found = ends and (
        lexer.find_here(_CAREFUL, match.start(), tags.MAX_CHARS)
        or lexer.find_here(_CARELESS, match.start(), tags.MAX_CHARS)
    )
    if not found:
        lexer.missed += not ends
        lexer.note("unclosed", match.start(), "a shortcode is never closed: close it with >}} or %}}")
        return match.end()
    braces, _, closing, name, inner, alone, closed = found.groups()
    start, end = found.start(), found.end()
    if len(braces) >= 3 and len(closed) >= 3:
        tags.show(lexer, found[0][1:-1])
        return end
    end -= len(closed) - 2
    if closing or name == "end":
        return tags.drop(lexer, start, end)
    arguments = tags.Arguments(inner)
    value = _value(lexer, name, arguments)
    if value:
        lexer.emit(value)
        return end
    close = None if alone else lexer.find(rf"\{{\{{[<%]-?\s*/\s*{re.escape(name)}\s*-?[>%]\}}\}}", end)
    if close and name in _CODE | _FORMULA | _UNSEEN:
        return _enclosed(lexer, start, end, close, name, arguments)
    caption = arguments.caption()
    if name in {"figure", "fig"}:
        caption = " ".join(filter(None, (caption, arguments.values.get("attr", ""))))
        title = arguments.values.get("title", "")
        if title and caption:
            tags.put(lexer, start, start, title, "caption", end)
        caption = caption or title
    if caption:
        return tags.put(lexer, start, end, caption, "caption")
    title = arguments.title() or _unnamed_title(name, arguments.words)
    if close and title and name not in _ENCLOSING:
        return tags.put(lexer, start, end, title, "title", close.end())
    if not close and (text := arguments.values.get("text", "").strip()):
        # Such as a word with a tooltip, in the middle of its sentence.
        lexer.emit(text)
        return end
    if not close or (arguments.words and " " in arguments.words[0] and name not in _ENCLOSING):
        _tell(lexer, start, name, found[0])
    return tags.drop(lexer, start, end)


def _value(lexer: Lexer, name: str, arguments: tags.Arguments) -> str | None:
    """What a shortcode shows that names a value, Hugo's `param` or Quarto's `meta`, or keys; None where it is open."""
    first = next(iter(arguments.words), "")
    match name:
        case "param":
            return lexer.values.text(f"param.{first.lower()}") if first else None
        case "meta" if lexer.generator == "quarto":
            return lexer.values.text(f"meta.{first}") if first else None
        case "kbd":
            return f"<kbd>{html.escape(first)}</kbd>" if first else None
        case _:
            return None


def _unnamed_title(name: str, words: list[str]) -> str:
    """The argument without a name that is the title which a shortcode of this name shows; "" for none."""
    match name.rpartition("/")[2]:
        case "tab" | "details" | "expand" | "accordion" | "collapse" | "spoiler" | "step":
            return next(iter(words), "")
        case "notice" | "admonition" | "callout" | "alert":
            # The first one is its kind.
            return words[1] if len(words) > 1 else ""
        case _:
            return ""


def _tell(lexer: Lexer, at: int, name: str, text: str) -> None:
    if name in _READ:
        lexer.note("include", at, f"what it includes is not read: {' '.join(text.split())[:80]}")
    elif name not in {
        "ref",
        "relref",
        "youtube",
        "vimeo",
        "video",
        "img",
        "image",
        "figure",
        "toc",
        "br",
        "pagebreak",
        "fa",
        "icon",
    }:
        tags.unknown(lexer, at, text)


def _enclosed(lexer: Lexer, start: int, end: int, close: re.Match[str], name: str, arguments: tags.Arguments) -> int:
    inner = lexer.body[end : close.start()]
    if name in _CODE and re.search(r"\bhl_inline\s*=\s*true\b", lexer.body[start:end]):
        lexer.emit(f"`` {inner.strip()} ``")
    elif name in _CODE:
        title = arguments.values.get("title") or arguments.values.get("filename") or ""
        info = arguments.values.get("lang") or arguments.values.get("language") or next(iter(arguments.words), "")
        code.block(lexer, start, close.end(), inner.strip("\n"), f'{info} title="{title}"' if title else info)
    elif name in _FORMULA:
        lexer.emit_held(Verbatim(inner.strip(), math=True))
    else:
        lexer.emit_block("", start, close.end())
    return close.end()


def _shown(lexer: Lexer, match: re.Match[str]) -> int | None:
    """`{{</* … */>}}`: a shortcode that the author shows."""
    found = lexer.find_here(r"(\{\{[<%])/\*(.*?)\*/([>%]\}\})", match.start(), tags.MAX_CHARS)
    if found is None:
        return None
    tags.show(lexer, found[1] + found[2] + found[3])
    return found.end()


def columns(lexer: Lexer, match: re.Match[str]) -> int:
    """The line that parts the columns of the theme Book."""
    lexer.emit_block("", match.start(), match.end())
    return match.end()


COLUMNS = Rule(r"^[ \t]*<-{2,}>[ \t]*$", columns)
SHORTCODE = Rule(r"\{\{+[<%]", shortcode)
