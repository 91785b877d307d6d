"""Liquid, and the tags of like form of Octopress, Pelican, Zola and MkDocs plug-ins."""

from __future__ import annotations

import re
import textwrap

from index.parse import code, tags
from index.parse.branches import find_blocks, shown_branch
from index.parse.lexer import Lexer, Rule
from index.parse.stash import Role, Verbatim
from index.parse.values import UNKNOWN

# An apostrophe within a caption (“don't”) opens no string.
_TAG = r"\{%-?\s*([\w/-]*)((?>(?<!\w)\"[^\"]*\"|(?<!\w)'(?:[^'%]|%(?!\}))*'|[^%]|%(?!\}))*?)-?%\}"
_OUTPUT = r"\{\{-?((?>\"[^\"\n]*\"|'[^'\n]*'|[^{}])*?)-?\}\}"
_CODE = frozenset({"highlight", "codeblock", "code", "prism", "highlighter", "codetabs"})
_UNSEEN = frozenset({"comment", "mermaid", "graphviz", "plantuml", "javascript", "css", "style"})
_CONDITIONS = frozenset({"if", "unless", "case"})
_FORMULA = frozenset({"katex", "math", "latex", "mathjax", "katexmm"})
_CONTROL = frozenset(
    {
        *(
            "if",
            "unless",
            "elsif",
            "elif",
            "else",
            "case",
            "when",
            "for",
            "tablerow",
            "capture",
            "assign",
            "increment",
            "decrement",
            "break",
            "continue",
            "end",
        ),
        *(
            "tabs",
            "cycle",
            "liquid",
            "seo",
            "feed_meta",
            "paginate",
            "post_url",
            "link",
            "blockquote",
            "pullquote",
            "quote",
        ),
        *("asset_path", "more", "load", "set", "import", "extends", "block", "macro", "cache", "raw", "toc", "filter"),
    }
)
_LITERAL = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)')\s*(\|.*)?$", re.DOTALL)
_BLOCKS = frozenset({"if", "unless", "case", "for", "tablerow", "capture", "macro"})
_ASSIGNED = re.compile(r"\s*([\w-]+)\s*=\s*(.*?)\s*", re.DOTALL)
_ADDRESS = re.compile(r"\s*(?:site\.(?:baseurl|url|github)|page\.(?:url|path)|base_path|config\.(?:base|site)_url)")
_PICTURE = re.compile(r"\s*\S*(?:image|figure|img|photo)")
# The file, and what is said of it: nothing with a name, nor a size.
_PHOTO = re.compile(
    r"\s*\S+\.(?:jpe?g|png|gif|webp|svg|avif)\s+(?![\"'\d])([^=\"]*?[^=\"\s] [^=\"]*?)\s*", re.IGNORECASE
)
_ESCAPED = r"\{%/\*(.*?)\*/%\}"
# By these names a theme's include is given the text that it shows.
_CONTENTS = ("content", "text", "message", "body")


def tag(lexer: Lexer, match: re.Match[str]) -> int | None:
    """`{% … %}`."""
    escaped = lexer.body.startswith("/*", match.end()) and lexer.find_here(_ESCAPED, match.start(), tags.MAX_CHARS)
    if escaped:
        tags.show(lexer, "{%" + escaped[1] + "%}")
        return escaped.end()
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
    if start in lexer.skips:
        return tags.drop(lexer, start, lexer.skips.pop(start))
    if name in _BLOCKS:
        return _block(lexer, found)
    if name in _CODE | _UNSEEN | _FORMULA:
        return _enclosed(lexer, found, name, arguments)
    assigned = _ASSIGNED.fullmatch(found[2]) if name in {"assign", "set"} else None
    if assigned:
        value = lexer.values.text(assigned[2]) if "|" in assigned[2] else lexer.values.get(assigned[2])
        lexer.values.assign(assigned[1], UNKNOWN if value is None and "|" in assigned[2] else value)
    if found[2].startswith("("):
        return _call(lexer, start, end, found[0], found[2])
    if name.startswith("end") or name in _CONTROL:
        return tags.drop(lexer, start, end)
    caption = arguments.caption()
    if name == "include" and _PICTURE.match(found[2]):
        caption = caption or arguments.values.get("description", "")
    if below := _PHOTO.fullmatch(found[2]) if name in {"photo", "picture", "figure", "image"} else None:
        caption = caption or below[1]
    if caption:
        return tags.put(lexer, start, end, caption, "caption")
    if name in {"details", "tab", "note", "alert", "callout", "admonition"} and found[2].strip():
        title = arguments.title() or found[2].strip(" \t\"'")
        group = arguments.words[0] if name == "tab" and len(arguments.words) > 1 else ""
        if group and re.search(rf"\{{%-?\s*tabs\s+{re.escape(group)}\s", lexer.body):
            title = " ".join(arguments.words[1:])
        return tags.put(lexer, start, end, title, "title")
    if name == "include" and lexer.alone(start, end) and (content := _content(lexer, arguments)):
        title, content = (lexer.inline(text, start) for text in (arguments.values.get("title", ""), content))
        lexer.emit_block((lexer.stash.hold(Role("title")) + title + "\n\n" if title else "") + content, start, end)
        return end
    if name == "gist":
        lexer.note("include", start, f"what it includes is not read: {_one_line(found[0])}")
    elif name not in {"img", "image", "youtube", "vimeo", "video", "tweet", "twitter"}:
        tags.unknown(lexer, start, found[0])
    return tags.drop(lexer, start, end)


def _content(lexer: Lexer, arguments: tags.Arguments) -> str:
    """The text that an include is given to show, as Markdown: written out, or captured before; "" for none."""
    given = next((arguments.values[name] for name in _CONTENTS if arguments.values.get(name)), "")
    text = given if " " in given.strip() else lexer.values.text(given) or ""
    return " ".join(text.split())


def _block(lexer: Lexer, opening: re.Match[str]) -> int:
    """A tag that has its content shown, or not, by what is known of the page."""
    start = opening.start()
    if lexer.tag_blocks is None:
        lexer.tag_blocks = find_blocks(lexer.body)
    block = lexer.tag_blocks.get(start)
    if block is None:
        lexer.note("unclosed", start, f"{{% {opening[1]} %}} is never closed: close it with {{% end{opening[1]} %}}")
        return tags.drop(lexer, start, opening.end())
    if block.name in _CONDITIONS:
        branch, certain = shown_branch(block, lexer.values)
        if not certain:
            lexer.note("template", start, f"not known whether this holds, so that it is shown: {_one_line(opening[0])}")
        if branch is None:
            return tags.drop(lexer, start, block.end)
        lexer.skips[branch.until] = block.end
        return tags.drop(lexer, start, branch.start)
    inner = lexer.body[block.branches[0].start : block.branches[0].until]
    if block.name == "capture":
        plain = "{%" not in inner and "{{" not in inner
        lexer.values.assign(block.condition, inner.strip() if plain else UNKNOWN)
    elif block.name != "macro":
        tags.unknown(lexer, start, opening[0])
    if lexer.alone(start, block.end):
        lexer.emit_block("", start, block.end)
    return block.end


def _one_line(text: str) -> str:
    return " ".join(text.split())[:80]


def _enclosed(lexer: Lexer, opening: re.Match[str], name: str, arguments: tags.Arguments) -> int:
    """A tag whose content is code, a formula, or not for readers."""
    start, end = opening.start(), opening.end()
    close = lexer.find(rf"\{{%-?\s*end(?:{name})?(?:\s[^%\n]{{0,60}}?)?\s*-?%\}}", end)
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
    if text.startswith("{{") and lexer.alone(start, end) and (content := _content(lexer, arguments)):
        lexer.emit_block(lexer.inline(content, start), start, end)
        return end
    if text.startswith("{{") and arguments.values.get("text"):
        lexer.emit(lexer.inline(arguments.values["text"], start))
        return end
    if not re.match(r"\{[{%]-?\s*(?:youtube|vimeo|video|image|img|figure|gist|toc)\b", text):
        tags.unknown(lexer, start, text)
    return tags.drop(lexer, start, end)


def output(lexer: Lexer, match: re.Match[str]) -> int | None:
    """`{{ … }}`."""
    found = lexer.find_here(_OUTPUT, match.start(), 1_000)
    if found is None:
        return None
    start, end, inner = found.start(), found.end(), found[1]
    before = lexer.body[start - 1 : start]
    value = lexer.values.text(inner)
    if start < lexer.raw_end or before == "$" or (value is None and (before.isalnum() or before == ":")):
        tags.show(lexer, found[0])
        return end
    if inner.startswith("/*") and lexer.generator != "hugo":
        tags.show(lexer, "{{" + inner[2:].removesuffix("*/") + "}}")
        return end
    if value is not None and not _LITERAL.match(inner):
        lexer.emit(value)
        return end
    literal = _LITERAL.match(inner)
    if literal:
        text = literal[1] or literal[2] or ""
        if literal[3] and value is None and not text.startswith(("/", "http")):
            tags.unknown(lexer, start, found[0])
        elif literal[3] or text.startswith(("/", "http")):
            lexer.emit(text if value is None else value)
        else:
            tags.show(lexer, text)
        return end
    call = re.match(r"\s*[\w.:]+(\(.*\))\s*$", inner, re.DOTALL)
    if call:
        return _call(lexer, start, end, found[0], call[1])
    if not _ADDRESS.match(inner) and before not in {"(", '"', "'", "/"}:
        tags.unknown(lexer, start, found[0])
    return tags.drop(lexer, start, end)


def comment(lexer: Lexer, match: re.Match[str]) -> int | None:
    """`{# … #}`, a comment of Jinja."""
    found = lexer.find_here(r"\{#.*?#\}", match.start())
    if found is None:
        return None
    if lexer.alone(found.start(), found.end()):
        lexer.emit_block("", found.start(), found.end())
    return found.end()


# Not an id, which has no such end: `{#id}`.
COMMENT = Rule(r"\{#(?:-?\s|[^}\n]*#\})", comment)
TAG = Rule(r"\{%", tag)
OUTPUT = Rule(r"\{\{", output)
