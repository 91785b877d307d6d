"""MDX and custom elements: imports, components, their attributes, and expressions in braces."""

from __future__ import annotations

import re

from index.parse import code, tags
from index.parse.lexer import Lexer, Rule
from index.parse.stash import Anchor
from index.parse.tree import BLOCKS, HEADINGS, INLINE, WITHOUT_CONTENT

_HTML = (
    BLOCKS
    | INLINE
    | WITHOUT_CONTENT
    | {
        *(
            "font",
            "input",
            "button",
            "form",
            "fieldset",
            "legend",
            "math",
            "col",
            "colgroup",
            "source",
            "track",
            "picture",
        ),
        *(
            "body",
            "html",
            "head",
            "link",
            "meta",
            "base",
            "embed",
            "big",
            "tt",
            "ruby",
            "rt",
            "rp",
            "bdi",
            "bdo",
            "data",
        ),
        *(
            "time",
            "progress",
            "meter",
            "option",
            "param",
            "map",
            "area",
            "optgroup",
            "output",
            "search",
            "dialog",
            "menu",
        ),
    }
)
# What has no generator is read on the pages of askpost, which give every heading an id.
_OWN_PAGES = frozenset({"", "plain", "commonmark"})
_IDENTIFIED = re.compile(r"\s(?:id=|markdown(?:[=\s>]))")
_MARKED = re.compile(r"\smarkdown(?!=[\"']?0)(?:=\"[^\"]*\"|='[^']*'|=\w+)?(?=[\s>])")
_CODE_CHILD = r"\s*\{\s*`((?:\\.|[^`\\])*)`\s*\}\s*</CodeBlock\s*>"
_NAME = re.compile(r"<(/?)([A-Za-z][\w.-]*)")
_STRING = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)'|`([^`$]*)`)\s*")
_STATEMENT = re.compile(
    r"import\s+(?:type\s+)?(?:[\w*$]+|\{[^{}]*\}|[\w*$]+\s*,\s*\{[^{}]*\}|\*\s+as\s+\w+)\s+from\s+(['\"])"
    r"[^'\"\n]*\1[ \t]*;?|import\s+(['\"])[^'\"\n]*\2[ \t]*;?"
)
_CONSTANT = re.compile(
    r"\bconst\s+(\w+)\s*=\s*(\"[^\"\n]*\"|'[^'\n]*'|`[^`$\n]*`|-?\d+(?:\.\d+)?)\s*(?:;|$)", re.MULTILINE
)
_REFERENCE = re.compile(r"\s*[A-Za-z_$][\w$]*(?:\.[\w$]+)*\s*")
# Texts and comments, whose brackets do not count.
_NO_CODE = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`[^`]*`|//[^\n]*|/\*.*?\*/", re.DOTALL)
_EXPORT = re.compile(r"export\s+(?:default|const|let|var|function|async|class|\{|\*)")
_TITLED = frozenset(
    {
        *("tab", "tabitem", "accordion", "accordionitem", "details", "callout", "admonition", "admon", "aside", "step"),
        *("alert", "note", "tip", "info", "warning", "danger", "caution", "codeblock"),
        *("card", "panel", "expandable", "collapsible", "faq", "question", "feature", "section", "update"),
    }
)
_TITLES = ("label", "title", "summary", "heading", "header", "value", "name")


def statement(lexer: Lexer, match: re.Match[str]) -> int | None:
    """An `import`, or an `export` up to the blank line at which it is whole, in the middle of a page."""
    found = _STATEMENT.match(lexer.body, match.start())
    if found:
        end = found.end()
        if lexer.body[end : lexer.line_end(end)].strip():
            return None
        if re.search(r"\.(?:mdx?|qmd)['\"]", found[0]):
            lexer.note("include", match.start(), f"what it imports is not read: {' '.join(found[0].split())[:80]}")
    elif lexer.mdx and _EXPORT.match(lexer.body, match.start()):
        end = _statement_end(lexer, match.start())
        for name, value in _CONSTANT.findall(lexer.body[match.start() : end]):
            lexer.values.assign(name, value.strip("\"'`"))
    else:
        return None
    lexer.emit_block("", match.start(), end)
    return end


def _statement_end(lexer: Lexer, start: int) -> int:
    """The first blank line at which all brackets are closed; the first of all when none is."""
    first = end = lexer.paragraph_end(start)
    reach = lexer.reach(start, tags.MAX_CHARS)
    code = _NO_CODE.sub(lambda found: " " * len(found[0]), lexer.body[start:reach])
    depth, at = 0, start
    while True:
        part = code[at - start : end - start]
        depth += sum(part.count(sign) for sign in "{([") - sum(part.count(sign) for sign in "})]")
        if depth <= 0 and "`" not in part:
            return end
        if end >= reach:
            lexer.missed += 1
            return first
        at, end = end, lexer.paragraph_end(end + 1)


def element(lexer: Lexer, match: re.Match[str]) -> int | None:
    """A tag that is no HTML, or HTML with attributes as MDX writes them; its content is read on as Markdown."""
    name_match = _NAME.match(lexer.body, match.start())
    assert name_match is not None
    closing, name = name_match.groups()
    known = name.lower() in _HTML and (name.islower() or (name.isupper() and not lexer.mdx))
    start, end = match.start(), tag_end(lexer, name_match.end())
    if end is None:
        lexer.missed += 1
        return None
    text = lexer.body[start:end]
    if known:
        return _html(lexer, start, end, text, name, closing)
    if lexer.body.startswith(";", end) and lexer.alone(start, end + 1):
        end += 1
    if not closing:
        arguments = tags.Arguments(text[len(name) + 1 : -1].rstrip("/"))
        shown = lexer.find_here(_CODE_CHILD, end) if name == "CodeBlock" and lexer.mdx else None
        if shown:
            language, title = arguments.values.get("language", ""), arguments.values.get("title", "")
            info = f'{language} title="{title}"' if title else language
            code.block(lexer, start, shown.end(), re.sub(r"\\([`$\\])", r"\1", shown[1]), info)
            return shown.end()
        role, words = _words(name, text.endswith("/>"), arguments)
        if words:
            close = lexer.find(rf"</{re.escape(name)}\s*>", end) if role == "title" else None
            return tags.put(lexer, start, end, words, role, close.end() if close else 0)
        if "-" not in name and name.lower() not in {"tabs", "toc", "tocinline"} and text.endswith("/>"):
            tags.unknown(lexer, start, text)
    if lexer.alone(start, end):
        lexer.emit_block("", start, end)
    elif lexer.body.startswith("<", end) and closing:
        lexer.emit(" ")
    return end


def _words(name: str, alone: bool, arguments: tags.Arguments) -> tuple[str, str]:
    """The attribute that a component shows, with its role."""
    if arguments.caption():
        return "caption", arguments.caption()
    if not alone and name.lower().rpartition(".")[2] in _TITLED:
        return "title", next((arguments.values[key] for key in _TITLES if arguments.values.get(key)), "")
    return "", ""


def _html(lexer: Lexer, start: int, end: int, text: str, name: str, closing: str) -> int | None:
    if name.lower() in HEADINGS and not closing and lexer.generator not in _OWN_PAGES and not _IDENTIFIED.search(text):
        # Generators give ids to the headings of Markdown only.
        lexer.emit(f'<{name} id="">')
        return end
    begins = not closing and name.lower() in BLOCKS - {"hr"} and not text.endswith("/>")
    begins = begins and not lexer.body[lexer.line_start(start) : start].strip()
    if lexer.mdx and (begins or re.search(r"=\{|\bclassName=|/>$", text)):
        void = name.lower() in {"br", "hr", "img", "wbr", "input"}
        if not (text.endswith("/>") and not void):
            kept = "".join(f' {key}="{value}"' for key, value in re.findall(r'\b(id|href|src)="([^"]*)"', text))
            # What it encloses is Markdown, which the parser sees below an empty line only.
            lexer.emit(f"<{name}{kept}>" + ("\n\n" + lexer.prefix(start) if begins else ""))
        return end
    opened = not closing and not text.endswith("/>") and name.lower() in BLOCKS - {"hr"}
    if opened and not lexer.commonmark and lexer.find(rf"</{name}\s*>", end) is None:
        # Python-Markdown would take all that follows for HTML, and show its Markdown as it stands.
        lexer.note("unclosed", start, f"<{name}> is never closed: close it with </{name}>")
        return end
    marked = not closing and lexer.commonmark and _MARKED.search(text) is not None
    if marked and name.lower() in BLOCKS and not lexer.alone(start, end):
        lexer.emit(_MARKED.sub("", text) + "\n\n")
        return end
    if name.lower() in BLOCKS and lexer.alone(start, end):
        opens = marked or (opened and lexer.html_is_markdown)
        ends = bool(closing) and lexer.body[end + 1 : end + 2] not in {"", "\n", "<", " ", "\t"}
        if lexer.commonmark and (opens or ends):
            lexer.emit(_MARKED.sub("", text) + "\n")
            return end
    return None


def tag_end(lexer: Lexer, start: int) -> int | None:
    """Where the tag ends that is open at `start`: quotes and braces may hold a `>`."""
    body = lexer.body
    depth, quote = 0, ""
    for at in range(start, lexer.reach(start, tags.MAX_CHARS)):
        sign = body[at]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'`":
            quote = sign if depth or body[at - 1 : at] == "=" else ""
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif sign == ">" and depth <= 0:
            return at + 1
        elif sign == "<" and depth <= 0:
            return None
    return None


def expression(lexer: Lexer, match: re.Match[str]) -> int | None:
    """`{…}` in MDX: a comment, a text, or a value that is known only when the page is built."""
    start = match.start()
    end = _closing_brace(lexer, start)
    if end is None:
        lexer.missed += 1
        return None
    inner = lexer.body[start + 1 : end - 1]
    anchor = re.fullmatch(r"(?:/\*)?\s*#([\w:.-]+)\s*(?:\*/)?", inner)
    if anchor and lexer.is_heading(start):
        lexer.emit_held(Anchor(anchor[1]))
        return end
    text = _STRING.fullmatch(inner)
    value = lexer.values.text(inner) if _REFERENCE.fullmatch(inner) else None
    if value is not None:
        tags.show(lexer, value)
    elif text:
        words = text[1] or text[2] or text[3] or ""
        if words.strip():
            tags.show(lexer, words)
        else:
            lexer.emit(" ")
    elif not inner.lstrip().startswith("/*"):
        tags.unknown(lexer, start, lexer.body[start:end])
    return end


def _closing_brace(lexer: Lexer, start: int) -> int | None:
    depth = 0
    for at in range(start, lexer.reach(start, tags.MAX_CHARS)):
        depth += (lexer.body[at] == "{") - (lexer.body[at] == "}")
        if not depth:
            return at + 1
    return None


STATEMENT = Rule(r"^(?:import|export)[ \t]", statement)
ELEMENT = Rule(r"</?[A-Za-z](?=[\w.-]*[\s/>])", element)
EXPRESSION = Rule(r"\{", expression)
