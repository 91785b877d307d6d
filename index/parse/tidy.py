"""Brings the rendered tree to what the reader sees: held things put back, leftovers of syntax and helpers gone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from index.parse.stash import MARK, Anchor, Code, Gap, Role, Sign, Stash, Verbatim
from index.parse.tree import HEADINGS, SOURCE, Child, Node, mark_blocks

_HELPERS = frozenset({"headerlink", "header-anchor", "anchor", "anchorjs-link", "hash-link", "footnote-backref"})
_SIGNS = frozenset({"", "¶", "#", "🔗", "§", "↩", "↩︎", "⚓"})
_KEPT_CLASSES = re.compile(r"language-[\w+#-]+|footnote(?:-ref|s)?|admonition(?:-title)?|code-title|math|gap|tab-label")
_TASK = re.compile(r"^\s*\[[ xX]\]\s+")
_REFERENCE = re.compile(r"[\s\[(]*\d{1,3}(?:[\s,;\]\[]+\d{1,3})*[\s\])]*")
_VERBATIM = frozenset({"code", "pre", "samp", "kbd"})
# What no parser of the family took for markup, but no author means to show.
_LEFTOVERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"!\[[^\[\]\n]{0,500}\](?:\([^()\s]{0,2000}\)|\[[^\[\]\n]{0,500}\])?"), ""),
    (re.compile(r"(?<![\w\]])\[([^\[\]\n]{1,500})\]\((?:https?:|/|\.|#|mailto:)[^()\n]{0,2000}\)"), r"\1"),
    (re.compile(r"(?<![\w\]])\[([^\[\]]{1,500})\]\[[^\[\]\n]{0,500}\]"), r"\1"),
    (re.compile(r"[ \t]?\[\^[\w-]+\]:?"), ""),
    (re.compile(r"(?<![\w*])\*\*(?=[^\s*])([^*]{1,500})(?<=[^\s*])\*\*(?!\*)"), r"\1"),
    (re.compile(r"(?<![\w_])__(?=[^\s_])([^_]{1,500})(?<=[^\s_])__(?![\w_])"), r"\1"),
)


def tidy(root: Node, stash: Stash, image: Callable[[str], bool], leftover: Callable[[str], None]) -> None:
    """Change the tree in place.

    :param image: whether the image with this `src` can be shown; the others are dropped.
    :param leftover: called with each piece of syntax that no parser understood and that is dropped.
    """
    _Tidier(stash, image, leftover).children(root, code=False)
    mark_blocks(root)


class _Tidier:
    def __init__(self, stash: Stash, image: Callable[[str], bool], leftover: Callable[[str], None]) -> None:
        self._stash, self._image, self._leftover = stash, image, leftover
        # The paragraphs that lists' items begin with.
        self._items: set[Node] = set()

    def children(self, node: Node, code: bool) -> None:
        if node.tag == "li" and not node.attributes.get("id"):
            own = (child for child in node.children if isinstance(child, Node) or child.strip())
            first = next(own, None)
            self._items |= {first} if isinstance(first, Node) and first.tag == "p" else set()
        kept: list[Child] = []
        for child in _merged(node.children):
            if isinstance(child, str):
                kept.extend(self._text(child, node, code))
            elif not self._dropped(child, node):
                self.children(child, code or child.tag in _VERBATIM)
                self._attributes(child)
                kept.extend(_unwrapped(child))
        node.children = kept

    def _text(self, text: str, parent: Node, code: bool) -> list[Child]:
        if code:
            held = MARK.fullmatch(text.strip())
            thing = self._stash.get(held) if held else None
            return [_block(thing)] if isinstance(thing, Code) else [self._stash.plain(text)]
        if (parent.tag == "li" and not parent.attributes.get("id")) or parent in self._items:
            text = _TASK.sub("", text)
        for pattern, kept in _LEFTOVERS:
            for match in pattern.finditer(text):
                self._leftover(match[0])
            text = pattern.sub(kept, text)
        pieces: list[Child] = []
        at = 0
        for mark in MARK.finditer(text):
            pieces.append(text[at : mark.start()])
            at = mark.end()
            match self._stash.get(mark):
                case Code() as thing:
                    pieces.append(_block(thing))
                case Verbatim(shown, math):
                    pieces.append(Node("span", {"class": "math"} if math else {}, [shown]))
                case Sign(shown, name):
                    pieces.append(Node("span", {SOURCE: name}, [shown]))
                case Gap():
                    pieces.append(Node("span", {"class": "gap"}))
                case Anchor(name):
                    pieces.append(Node("wbr", {"id": name}))
                case Role(name):
                    pieces.append(Node("wbr", {"class": name}))
                case None:
                    pass
        return [piece for piece in [*pieces, text[at:]] if piece != ""]

    def _dropped(self, node: Node, parent: Node) -> bool:
        classes = node.classes
        if node.tag == "img":
            return not self._image(node.attributes.get("src", ""))
        if node.tag == "a" and not _HELPERS.isdisjoint(classes):
            return "footnote-backref" in classes or node.text().strip() in _SIGNS
        if node.tag == "sup" and _is_reference(node):
            return True
        if "admonition-title" in classes or node.tag == "summary":
            # Python-Markdown writes the type of an untitled admonition as its title: a label, not the author's words.
            return node.text().strip().lower() in {name.lower() for name in parent.classes}
        return False

    def _attributes(self, node: Node) -> None:
        for name in ("href", "title", "src", "alt", "id", SOURCE):
            if name in node.attributes:
                node.attributes[name] = self._stash.plain(node.attributes[name], names=name == SOURCE)
        inner = node.children[0] if len(node.children) == 1 else None
        if node.tag == "sup" and isinstance(inner, Node) and "footnote-ref" in inner.classes:
            node.attributes["class"] = "footnote-ref"
        elif node.tag == "div" and "footnote" in node.classes:
            for child in node.children:
                if isinstance(child, Node) and child.tag == "ol":
                    child.attributes["class"] = "footnotes"
        elif node.tag == "label":
            node.tag, node.attributes = "p", {"class": "tab-label"}
        kept = [name for name in node.classes if _KEPT_CLASSES.fullmatch(name)]
        node.attributes.pop("class", None)
        if kept:
            node.attributes["class"] = " ".join(kept)


def _is_reference(node: Node) -> bool:
    """Whether it is nothing but the number of a reference, which the author linked by hand."""
    links = [below for below in node.walk() if below.tag == "a"]
    by_hand = bool(links) and not any("footnote-ref" in link.classes for link in links)
    return by_hand and _REFERENCE.fullmatch(node.text()) is not None


def _merged(children: list[Child]) -> list[Child]:
    """The children with neighbouring texts as one."""
    merged: list[Child] = []
    for child in children:
        if isinstance(child, str) and merged and isinstance(merged[-1], str):
            merged[-1] += child
        else:
            merged.append(child)
    return merged


def _block(code: Code) -> Node:
    attributes = {"class": f"language-{code.language}"} if code.language else {}
    block = Node("pre", {}, [Node("code", attributes, [code.text])], block=True)
    if not code.title:
        return block
    return Node("div", {}, [Node("p", {"class": "code-title"}, [code.title]), block], block=True)


def _unwrapped(node: Node) -> list[Child]:
    """The element; or the code block alone, where it was the only thing in its wrapping."""
    if node.tag in HEADINGS:
        names = [child for child in node.children if isinstance(child, Node) and child.tag == "wbr"]
        for name in names:
            node.attributes["id"] = name.attributes.get("id", "")
            node.children.remove(name)
        return [node]
    first = node.children[0] if node.children else None
    if isinstance(first, Node) and first.tag == "wbr" and node.tag not in HEADINGS:
        return _in_role(node, first)
    solid = [child for child in node.children if not isinstance(child, str) or child.strip()]
    lone = solid[0] if len(solid) == 1 else None
    if node.tag == "p" and not solid:
        return []
    if node.tag in {"p", "pre", "code"} and isinstance(lone, Node) and lone.tag in {"pre", "div"}:
        return [lone]
    return [node]


def _in_role(node: Node, mark: Node) -> list[Child]:
    """The element as the caption or title that its mark says it is."""
    node.children.remove(mark)
    if "caption" in mark.classes:
        node.tag = "figcaption"
    elif "title" in mark.classes:
        node.attributes["class"] = "admonition-title"
    return [node] if node.text().strip() else []


def file_of(src: str, base: PurePosixPath) -> str:
    """The path that a relative or absolute `src` names, `..` resolved, "" when it leaves the folder or the site."""
    if not src or src.startswith("//") or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", src):
        return ""
    path = src.split("?")[0].split("#")[0]
    parts: list[str] = []
    for part in (path.lstrip("/") if path.startswith("/") else f"{base}/{path}").split("/"):
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)
