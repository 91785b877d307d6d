"""Code: fences, indented blocks, spans and `<pre>`. It is content, and nothing in it is a construct."""

from __future__ import annotations

import re
from bisect import bisect_left

from index.parse.lexer import Lexer, Rule
from index.parse.stash import Code, Role, Verbatim

_ITEM = r"(?:[-*+]|\d{1,9}[.)])[ \t]+"
_FENCE = rf"^(?:[ \t]*>)*[ \t]*(?:{_ITEM})*(?:`{{3,}}[^`\n]*|~{{3,}}[^\n]*)$"
_FENCE_PARTS = re.compile(rf"^((?:[ \t]*>)*[ \t]*(?:{_ITEM})*)(`{{3,}}|~{{3,}})(.*)$")
_DIRECTIVE = re.compile(
    r"\{(?:note|tip|hint|important|warning|caution|attention|danger|error|seealso|admonition|dropdown|topic|sidebar"
    r"|margin)\}[ \t]*(?P<title>[^`\n]*)"
)
_OPTIONS = re.compile(r"\n?(?:[ \t]*:[\w-]+:[^\n]*(?:\n|\Z))+")
_TITLE = re.compile(
    r"""(?<![\w-])(?:title|filename|name|caption|file|label)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s,{}]+))"""
)
_CONTAINER = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)| {0,3}(?:!!!|\?\?\?|===|\[\^[^\]]+\]:|:[ \t])|///")
_SNIPPET = re.compile(r"^[ \t]*-+8<-+.*\n?(?:(?:.*\n)*?[ \t]*-+8<-+[ \t]*$\n?)?", re.MULTILINE)
_HUGO_TAG = re.compile(r"\{\{([<%])(?!/\*).*?[>%]\}\}")
_HUGO_SHOWN = re.compile(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}")
_RAW = re.compile(r"^[ \t]*\{%-?\s*(?:end)?raw\s*-?%\}[ \t]*\n|\{%-?\s*(?:end)?raw\s*-?%\}", re.MULTILINE)
# How Python-Markdown's highlighters name the language, in the first line of a block or the first word of a span.
_LANGUAGE_MARK = re.compile(r"(?:#!|:::)([\w+#-]+)(?:[ \t]+hl_lines=\S+(?:[ \t]\d+)*\"?)?(?=\s)[ \t]*\n?")
_EMBED = re.compile(r"(?:youtube|vimeo|video|gist|codepen|codesandbox|twitter|tweet|instagram|embed|soundcloud):\s*\S+")
_MACRO = re.compile(r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}|\{\{\s*([\w.]+)\s*\}\}", re.DOTALL)
_RAW_FORM = re.compile(r"\{=\s*(\w+)\s*\}")
_CELL_SPAN = re.compile(r"\{(?:python|r|julia|ojs)\}\s|r\s+\S")
_ANNOTATION = re.compile(r"[ \t]*(?:#|//|--|;|/\*|<!--|%)[ \t]*(?:\(\d+\)!?[ \t]*)+(?:\*/|-->)?[ \t]*$", re.MULTILINE)
_HIGHLIGHT = re.compile(
    r"^[ \t]*(?://|#|<!--|/\*|\{/\*|--|%)[ \t]*highlight-(?:next-line|start|end|range)\b[^\n]*(?:\n|\Z)"
    r"|[ \t]*(?://|#|<!--|/\*|--|%)[ \t]*highlight-line\b[ \t]*(?:-->|\*/)?[ \t]*$",
    re.MULTILINE,
)
_COLOUR = re.compile(r"\b\w+:\*\*([^*\n]*)\*\*")  # dvc.org marks the cells of its tables by colour
_CELL_OPTION = re.compile(r"^[ \t]*(?:#|//|--|%)\|[ \t]*(.*)$")
_NOT_SHOWN = frozenset(
    ("mermaid", "chart", "plantuml", "dot", "graphviz", "goat", "vega-lite", "vegalite", "kroki", "mdx-code-block")
)


def fence(lexer: Lexer, match: re.Match[str]) -> int | None:
    """A fenced block, in any container, to its closing fence or the end of its quotation."""
    parts = _FENCE_PARTS.match(match[0])
    assert parts is not None
    if match.start() in lexer.unfenced:
        return match.end()
    lead, marks, info = parts.groups()
    quotes, indent = lead.count(">"), len(re.split(r">", lead)[-1].expandtabs(4))
    closing = re.compile(rf"[ \t]*{re.escape(marks[0])}{{{len(marks)},}}[ \t]*$")
    lines: list[str] = []
    at = match.end() + 1
    while at <= len(lexer.body):
        end = lexer.line_end(at)
        line = lexer.body[at:end]
        if quotes:
            inner = _unquote(line, quotes)
            if inner is None:
                end = at - 1
                break
            line = inner
        if closing.match(line):
            break
        lines.append(_outdent(line, indent))
        at = end + 1
    else:
        end = len(lexer.body)
        lexer.note("unclosed", match.start(), "a code fence is never closed: close it, or all that follows is code")
    start = match.start() + len(lead)
    if lexer.mdx and info.strip() == "mdx-code-block" and at <= len(lexer.body) and at not in lexer.unfenced:
        # Docusaurus takes the fence away, and reads on what is in it.
        lexer.unfenced.add(at)
        return match.end()
    directive = _DIRECTIVE.fullmatch(info.strip())
    if directive and at <= len(lexer.body) and at not in lexer.unfenced:
        # MyST: a note, whose text is Markdown.
        lexer.unfenced.add(at)
        if directive["title"]:
            lexer.emit(f"{lead}**{directive['title']}**\n\n")
        options = _OPTIONS.match(lexer.body, match.end())
        return options.end() if options else match.end()
    lexer.emit(lead)
    block(lexer, start, end, "\n".join(lines), info.strip())
    return end


def block(lexer: Lexer, start: int, end: int, text: str, info: str) -> None:
    """Put a code block in place of `start:end`. `info` is what stands behind the opening fence."""
    language = _language(info)
    title = next((a or b or c for a, b, c in _TITLE.findall(info)), "")
    raw = re.fullmatch(r"\{=\s*(\w+)\s*\}", info)
    if raw:
        lexer.emit_block(text if raw[1].startswith("html") else "", start, end)
        return
    # `toc` is where Gatsby puts a table of contents.
    if (
        language in _NOT_SHOWN
        or (language == "toc" and lexer.generator == "gatsby")
        or re.search(r"(?:^|\s)eval(?:\s|$)", info)
        or "output=" in info
    ):
        lexer.emit_block("", start, end)
        return
    cell = re.match(r"\{+([A-Za-z]+)[^}]*\}+", info) is not None and not info.startswith("{.")
    if cell:
        shown, text, filename, caption = _cell(text, lexer.values.get("execute.echo") is not False)
        if re.search(r"\becho\s*=\s*(?:true|TRUE)\b", info):
            shown = True
        if caption:
            caption = lexer.stash.hold(Role("caption")) + lexer.inline(caption, start)
        if re.search(r"\b(?:echo|include)\s*=\s*(?:false|FALSE)\b", info) or not shown or not text.strip():
            lexer.emit_block(caption, start, end)
            return
        title = title or filename
        held = lexer.stash.hold(
            Code(_shown(lexer, start, text, language).rstrip().lstrip("\n"), language, title.strip())
        )
        lexer.emit_block(f"{held}\n\n{caption}" if caption else held, start, end)
        return
    if language == "math":
        lexer.emit_block(lexer.stash.hold(Verbatim(" ".join(text.split()), math=True)), start, end)
        return
    text = _shown(lexer, start, text, language)
    lexer.emit_block(lexer.stash.hold(Code(text.rstrip().lstrip("\n"), language, title.strip())), start, end)


def _shown(lexer: Lexer, at: int, text: str, language: str) -> str:
    """Code without what the generator itself takes out of it."""
    if "8<--" in text:
        lexer.note("include", at, "the snippet that this code block includes is not read: its text cannot be quoted")
        text = _SNIPPET.sub("", text)
    if lexer.tags_in_code:
        text = _HUGO_SHOWN.sub(r"{{\1\2\3}}", _HUGO_TAG.sub("", text))
    text = _HIGHLIGHT.sub("", _ANNOTATION.sub("", text))
    if language == "dvctable":
        text = _COLOUR.sub(r"\1", text)
    return _RAW.sub("", _filled(lexer, text))


def _filled(lexer: Lexer, text: str) -> str:
    """Code with what the plug-in for macros of MkDocs fills in: the values that are known."""
    if "macros" not in lexer.extensions:
        return text

    def value(match: re.Match[str]) -> str:
        return (match[1] and lexer.values.text(match[1])) or match[0]

    return _MACRO.sub(value, text)


def _language(info: str) -> str:
    """The language of a fence, from any of the ways in which generators write it."""
    braces = re.match(r"\{+\s*(?:[#.=]?)([\w+#-]+)(?![\w+#-]*\s*=)", info)
    if braces and not re.match(r"\{\s*[\d,-]+\s*\}", info):
        classes = re.search(r"[{\s]\.([\w+#-]+)", re.sub(r"\"[^\"]*\"|'[^']*'", "", info))
        word = classes[1] if classes else braces[1]
    else:
        first = re.match(r"[\w+#.-]+(?![\w+#.-]*=)", info)
        word = first[0] if first else ""
    return word.strip(".").lower().removeprefix("language-")


def _cell(text: str, shown: bool) -> tuple[bool, str, str, str]:
    """Whether an executable cell's code is shown, the code without its options, its title, and its output's caption.

    :param shown: whether code is, unless a cell says otherwise.
    """
    title, caption, kept = "", "", []
    for line in text.split("\n"):
        option = _CELL_OPTION.match(line)
        if option is None:
            kept.append(line)
            continue
        key, _, value = option[1].partition(":")
        if key.strip() in {"echo", "include"}:
            shown = value.strip().lower() != "false" and (shown or key.strip() == "echo")
        if key.strip() in {"filename", "lst-cap"}:
            title = value.strip().strip("\"'")
        if key.strip() in {"fig-cap", "tbl-cap"} and not value.strip().startswith(("[", "|", ">")):
            caption = value.strip().strip("\"'")
    return shown, "\n".join(kept), title, caption


def _unquote(line: str, quotes: int) -> str | None:
    """The line inside `quotes` quotations; None when it stands outside."""
    for _ in range(quotes):
        stripped = line.lstrip(" \t")
        if not stripped.startswith(">"):
            return None
        line = stripped[1:]
    return line


def _outdent(line: str, columns: int) -> str:
    """The line without up to `columns` columns of indentation."""
    if not columns:
        return line
    body = line.lstrip(" \t")
    indent = len(line[: len(line) - len(body)].expandtabs(4))
    return " " * max(0, indent - columns) + body


def span(lexer: Lexer, match: re.Match[str]) -> int | None:
    """A code span: from a run of backticks to the next run of the same length in the paragraph."""
    runs = _runs(lexer).get(len(match[0]), [])
    index = bisect_left(runs, match.end())
    if index == len(runs) or runs[index] > lexer.paragraph_end(match.end()):
        return None
    end = runs[index] + len(match[0])
    inner = lexer.body[match.end() : runs[index]]
    if lexer.generator == "gatsby" and _EMBED.fullmatch(inner) and lexer.alone(match.start(), end):
        if inner.startswith(("embed", "gist")):
            lexer.note("include", match.start(), f"what it includes is not read: {inner[:80]}")
        lexer.emit_block("", match.start(), end)
        return end
    if lexer.generator == "quarto" and _CELL_SPAN.match(inner) and (inner.startswith("{") or "```{r" in lexer.whole):
        lexer.note("template", match.start(), f"taken out, since it is known only when the page is built: {inner[:80]}")
        return end
    raw = _RAW_FORM.match(lexer.body, end) if lexer.generator == "quarto" else None
    if raw:
        lexer.emit(inner if raw[1].startswith("html") else "")
        return raw.end()
    if lexer.tags_in_code:
        written, inner = inner, _HUGO_SHOWN.sub(r"{{\1\2\3}}", _HUGO_TAG.sub("", inner))
        if written.strip() and not inner.strip():
            lexer.note("template", match.start(), f"taken out, since it is not known what it shows: {written[:80]}")
            return end
    if lexer.generator == "jekyll" or "macros" in lexer.extensions:
        inner = _RAW.sub("", _filled(lexer, inner))
    elif lexer.generator == "gatsby":
        inner = re.sub(r"^[\w+#-]+›", "", inner)
    if lexer.generator == "mkdocs":
        inner = _LANGUAGE_MARK.sub("", inner, count=1) if _LANGUAGE_MARK.match(inner) else inner
    row = lexer.body[lexer.line_start(match.start()) : match.start()].lstrip(" \t>").startswith("|")
    if row and lexer.generator in {"jekyll", "quarto"}:
        # A border of the table for the parser alone.
        inner = re.sub(r"(?<!\\)\|", r"\|", inner)
    lexer.emit(match[0] + inner + match[0])
    return end


def _runs(lexer: Lexer) -> dict[int, list[int]]:
    """Where the runs of backticks of each length begin."""
    if lexer.backticks is None:
        lexer.backticks = {}
        for run in re.finditer("`+", lexer.body):
            lexer.backticks.setdefault(len(run[0]), []).append(run.start())
    return lexer.backticks


def indented(lexer: Lexer, match: re.Match[str]) -> int | None:
    """A line of an indented code block; None for a line that is indented because it belongs to a list or the like."""
    if lexer.indented is None:
        lexer.indented = _indented_lines(lexer.body)
    if match.start() not in lexer.indented:
        return None
    mark = _LANGUAGE_MARK.fullmatch(match[0].strip() + "\n") if lexer.generator in {"pelican", "mkdocs"} else None
    above = lexer.body[: match.start()].rstrip()
    first = not above or lexer.line_start(len(above)) not in lexer.indented
    if mark and first and lexer.body.startswith("\n", match.end()):
        return match.end() + 1
    lexer.emit(match[0])
    return match.end()


def _indented_lines(body: str) -> frozenset[int]:
    """The offsets of the lines of indented code blocks."""
    found: set[int] = set()
    at, after_blank, container, code = 0, True, False, False
    for line in body.split("\n"):
        if not line.strip():
            after_blank = True
        else:
            if not line.startswith(("    ", "\t")):
                starts = _CONTAINER.match(line) is not None
                container = starts or (container and not after_blank)
                code = False
            elif not container and (code or after_blank) and not line.lstrip().startswith("<"):
                found.add(at)
                code = True
            after_blank = False
        at += len(line) + 1
    return frozenset(found)


def element(lexer: Lexer, match: re.Match[str]) -> int | None:
    """`<pre>` or `<code>` as the author wrote it."""
    close = lexer.find(rf"</{match[0][1:].lower()}\s*>", match.end())
    if close is None:
        return None
    lexer.emit(lexer.body[match.start() : close.end()])
    return close.end()


FENCE = Rule(_FENCE, fence)
SPAN = Rule(r"`+", span)
INDENTED = Rule(r"^(?: {4}|\t| {1,3}\t)[^\n]*", indented)
ELEMENT = Rule(r"<(?:pre|code|samp|kbd)(?=[\s>])", element)
