"""Markdown to HTML by a parser of the generator's family. What comes back is not yet safe to show."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import markdown
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from index.parse.tree import SOURCE

PYTHON_MARKDOWN = frozenset({"", "plain", "mkdocs", "pelican"})
_TYPOGRAPHIC = frozenset({"jekyll", "hugo", "quarto"})
_DEFINITIONS = frozenset({"jekyll", "hugo", "quarto", "zola"})
# Python-Markdown's patterns take quadratic time on a paragraph; the CommonMark parser does not.
_LONG_PARAGRAPH_CHARS, _MAX_OPEN = 20_000, 100
_MAX_NESTING = 40

_PLAIN = ["admonition", "def_list", "footnotes", "md_in_html", "tables", "sane_lists", "pymdownx.tilde"]
_MATERIAL = [
    *_PLAIN,
    *("pymdownx.caret", "pymdownx.critic", "pymdownx.details", "pymdownx.keys", "pymdownx.mark", "pymdownx.tabbed"),
    *("pymdownx.blocks.admonition", "pymdownx.blocks.details", "pymdownx.blocks.tab", "pymdownx.blocks.caption"),
]
INLINE_NOTE = "inline-"
_SMART = ((re.compile(r"\.{3}"), "…"), (re.compile(r"(?<!-)---(?!-)"), "—"), (re.compile(r"(?<!-)--(?!-)"), "–"))


def render(
    body: str,
    generator: str,
    *,
    mdx: bool = False,
    raw_ids: bool = False,
    tell_deep: Callable[[], None] = lambda: None,
) -> str:
    """The HTML of a cleaned body as the generator's parser would make it.

    :param raw_ids: whether the ids of headings are made of their Markdown as it stands.
    :param tell_deep: called when it nests so deep that not all of it was read.
    """
    if generator in PYTHON_MARKDOWN and not _is_hard(body):
        try:
            return _python_markdown(body, generator)
        except RecursionError:
            pass
    return _commonmark(body, generator, mdx, raw_ids, tell_deep)


def _is_hard(body: str) -> bool:
    """Whether a paragraph is too long for Python-Markdown, or opens far more than it closes."""
    return any(
        len(paragraph) > _LONG_PARAGRAPH_CHARS
        or any(paragraph.count(opens) - paragraph.count(closes) > _MAX_OPEN for opens, closes in ("[]", "<>", "{}"))
        for paragraph in re.split(r"\n[ \t]*\n", body)
    )


def _python_markdown(body: str, generator: str) -> str:
    extensions = _MATERIAL if generator == "mkdocs" else _PLAIN
    options: dict[str, dict[str, Any]] = {
        "pymdownx.tilde": {"subscript": generator == "mkdocs"},
        "tables": {"use_align_attribute": True},
    }
    if generator == "mkdocs":
        options["pymdownx.critic"] = {"mode": "accept"}
    parser = markdown.Markdown(extensions=extensions, extension_configs=options)
    return parser.convert(body)


def _commonmark(body: str, generator: str, mdx: bool, raw_ids: bool, tell_deep: Callable[[], None]) -> str:
    options = {"html": True, "typographer": generator in _TYPOGRAPHIC, "maxNesting": _MAX_NESTING}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # every link is checked when the HTML is read
    parser.use(footnote_plugin, inline=generator == "quarto")
    for name in ("footnote_ref", "footnote_block_open", "footnote_block_close", "footnote_open", "footnote_anchor"):
        parser.add_render_rule(name, _FOOTNOTES[name])
    for name in ("th_open", "td_open"):
        parser.add_render_rule(name, _cell_open)
    if generator in _DEFINITIONS:
        parser.use(deflist_plugin)
    if generator in {"jekyll", "hugo", "gatsby"}:
        parser.core.ruler.push("sources", _sources(generator, raw_ids))
    if mdx:
        parser.disable("code")
    if generator in _TYPOGRAPHIC:
        parser.core.ruler.after("inline", "dashes", _dashes)
        parser.enable("smartquotes")
    environment: dict[str, Any] = {}
    tokens = parser.parse(body, environment)
    if any(token.level >= _MAX_NESTING - 1 for token in tokens):
        tell_deep()
    return str(parser.renderer.render(tokens, parser.options, environment))


def _dashes(state: StateCore) -> None:
    """Write dashes and dots as the generator's typography does, in text only."""
    for block in state.tokens:
        for token in block.children or ():
            if token.type == "text":
                for pattern, sign in _SMART:
                    token.content = pattern.sub(sign, token.content)


def _sources(generator: str, raw: bool) -> Callable[[StateCore], None]:
    """What keeps of each heading what its id is made of.

    kramdown and Hugo before 0.144 take the Markdown as it stands, Hugo of the last line only; Hugo and Gatsby the text
    with those of pictures, Gatsby with tags and addresses too.
    """

    def keep(state: StateCore) -> None:
        for opening, inner in pairwise(state.tokens):
            if opening.type != "heading_open":
                continue
            parts = list(inner.children or ())
            if generator == "hugo":
                last = max((at + 1 for at, part in enumerate(parts) if part.type == "softbreak"), default=0)
                parts = [
                    part
                    for part, before in zip(parts[last:], [None, *parts[last:]], strict=False)
                    if part.type != "html_inline" and not (before and before.markup == "autolink")
                ]
            spoken = "".join(" " if part.type == "softbreak" else part.content for part in parts)
            written = inner.content.rpartition("\n")[2] if generator == "hugo" else inner.content
            opening.attrSet(SOURCE, written if raw else spoken)

    return keep


def _cell_open(renderer: Any, tokens: Sequence[Any], index: int, options: Any, env: Any) -> str:
    """A cell whose alignment is an attribute: a style would not outlive the cleaning."""
    token = tokens[index]
    _, _, side = str(token.attrs.get("style", "")).partition("text-align:")
    return f'<{token.tag} align="{side}">' if side else f"<{token.tag}>"


def _name(token: Any) -> str:
    """The label of the footnote; of one that is written where it is referred to, its number."""
    meta: Mapping[str, Any] = token.meta
    return re.sub(r"[^\w-]", "-", str(meta.get("label") or f"{INLINE_NOTE}{int(meta['id']) + 1}"))


def _footnote_ref(renderer: Any, tokens: Sequence[Any], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    again = str(token.meta["subId"] + 1) if token.meta.get("subId") else ""
    name, number = _name(token), int(token.meta["id"]) + 1
    return f'<sup id="fnref{again}:{name}"><a class="footnote-ref" href="#fn:{name}">{number}</a></sup>'


def _footnote_open(renderer: Any, tokens: Sequence[Any], index: int, options: Any, env: Any) -> str:
    return f'<li id="fn:{_name(tokens[index])}">'


_FOOTNOTES = {
    "footnote_ref": _footnote_ref,
    "footnote_open": _footnote_open,
    "footnote_block_open": lambda *_: '<div class="footnote"><ol>',
    "footnote_block_close": lambda *_: "</ol></div>",
    "footnote_anchor": lambda *_: "",
}
