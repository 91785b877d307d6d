"""Rendered HTML, made safe, as a tree of nodes; and the tree as HTML again."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TypeAlias

import nh3

MAX_DEPTH = 60  # the walker and the repair of nesting recurse; no page that is read nests this deep
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# What a heading's id is made of, where that is not its text; of an emoji in it, the name.
SOURCE = "data-source"
VOID = frozenset({"br", "hr", "img", "wbr"})
BLOCKS = HEADINGS | {
    *(
        "address",
        "article",
        "aside",
        "blockquote",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
    ),
    *(
        "figure",
        "footer",
        "header",
        "hr",
        "label",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
    ),
    *("tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
INLINE = frozenset(
    {
        *(
            "a",
            "abbr",
            "b",
            "br",
            "cite",
            "code",
            "del",
            "dfn",
            "em",
            "i",
            "img",
            "ins",
            "kbd",
            "mark",
            "q",
            "s",
            "samp",
        ),
        *("small", "span", "strike", "strong", "sub", "sup", "u", "var", "wbr"),
    }
)
WITHOUT_CONTENT = frozenset(
    {
        *("script", "style", "svg", "iframe", "canvas", "noscript", "template", "object", "video", "audio", "select"),
        *("textarea", "title", "noembed", "noframes"),
    }
)
_ATTRIBUTES = {
    "*": {"id", "class"},
    **{heading: {SOURCE} for heading in HEADINGS},
    "a": {"href", "title", "name"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start", "reversed"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
    "abbr": {"title"},
    "details": {"open"},
}
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^>]*?(/?)>")


@dataclass(slots=True, eq=False)
class Node:
    """An element. `block` tells whether it is a block or holds one."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Child] = field(default_factory=list)
    block: bool = False

    @property
    def classes(self) -> list[str]:
        """The names of its classes."""
        return self.attributes.get("class", "").split()

    def walk(self) -> Iterator[Node]:
        """The elements below this one, in the order of the page."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.walk()

    def text(self) -> str:
        """All text below this element, as it stands."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


Child: TypeAlias = Node | str


def read(rendered: str) -> Node:
    """The tree of the safe part of rendered HTML: no scripts, handlers, styles, comments or foreign schemes.

    Unclosed and crossed tags are repaired as a browser does it; the content of an unknown tag stays.
    """
    safe = nh3.clean(
        _flatten(rendered),
        tags=BLOCKS | INLINE,
        clean_content_tags=WITHOUT_CONTENT,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        strip_comments=True,
    )
    builder = _Builder()
    builder.feed(safe)
    builder.close()
    mark_blocks(builder.root)
    return builder.root


def mark_blocks(node: Node) -> bool:
    """Set `block` on the element and all below it."""
    inside = [mark_blocks(child) for child in node.children if isinstance(child, Node)]
    node.block = node.tag in BLOCKS or any(inside)
    return node.block


def write(node: Node) -> str:
    """The children of the element as HTML."""
    return "".join(_write(child) for child in node.children)


def _write(child: Child) -> str:
    if isinstance(child, str):
        return html.escape(child, quote=False)
    attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in child.attributes.items())
    if child.tag in VOID:
        return f"<{child.tag}{attributes}>"
    opened = "\n" if child.tag == "pre" and child.text().startswith("\n") else ""
    return f"<{child.tag}{attributes}>{opened}{write(child)}</{child.tag}>"


def _flatten(rendered: str) -> str:
    """HTML without the tags that are nested too deep: the repair of nesting takes quadratic time."""
    depth = deepest = 0
    for match in _TAG.finditer(rendered):
        depth = max(0, depth - 1) if match[1] else depth + (match[2].lower() not in VOID)
        deepest = max(deepest, depth)
    if deepest < MAX_DEPTH:
        return rendered
    depth = 0
    pieces, at = [], 0
    for match in _TAG.finditer(rendered):
        closing, void = bool(match[1]), match[2].lower() in VOID
        depth = max(0, depth - 1) if closing else depth
        if depth >= MAX_DEPTH and not void:
            pieces.append(rendered[at : match.start()])
            at = match.end()
        depth += not closing and not void
    return "".join([*pieces, rendered[at:]])


class _Builder(HTMLParser):
    """Builds the tree of well-formed HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("div")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in VOID and len(self._open) <= MAX_DEPTH + 40:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element of that name."""
        if any(node.tag == tag for node in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Take text."""
        self._open[-1].children.append(data)
