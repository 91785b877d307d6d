"""The text of a post as its reader sees it, with its sections, blocks and footnote marks, from the rendered tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.parse.inline import Line, gather
from index.parse.tree import HEADINGS, Child, Node
from index.types import Block, BlockKind, NoteMark, Part, PartKind, Section

_CAPTIONS = frozenset({"figcaption", "caption"})
_FEWEST_CONTENTS = 2
# Nobody who is quoted has so many.
_FEWEST_SECTIONS = 2
_QUIET = frozenset({"hr", "img", "br", "wbr"})


@dataclass(frozen=True, slots=True)
class Walked:
    """What `Post` says of its text, in its terms."""

    text: str
    sections: tuple[Section, ...]
    note_marks: tuple[NoteMark, ...]
    gaps: tuple[tuple[int, int], ...]


def walk(root: Node) -> Walked:
    """The blocks below `root` in the order in which they are read; headings must bear their ids."""
    walker = _Walker({gather(node.children).text for node in root.walk() if node.tag in HEADINGS})
    walker.blocks(root.children, "paragraph")
    return walker.finish()


def prose(walked: Walked) -> str:
    """The text of the blocks that are not code."""
    blocks = (block for section in walked.sections for block in section.blocks if block.kind != "code")
    return "\n".join(walked.text[block.start : block.end] for block in blocks)


@dataclass(slots=True)
class _Item:
    line: Line
    depth: int


class _Walker:
    def __init__(self, headings: set[str]) -> None:
        self._headings = headings
        self._pieces: list[str] = []
        self._length = 0
        self._marks: list[NoteMark] = []
        self._gaps: list[tuple[int, int]] = []
        self._sections: list[Section] = []
        self._path: list[tuple[int, str]] = []
        self._title = (0, 0)
        self._anchor, self._level = "", 0
        self._blocks: list[Block] = []
        self._items: list[_Item] = []
        self._note = ""

    def blocks(self, children: Iterable[Child], kind: BlockKind) -> None:
        """Write the children; text between blocks is a block of its own."""
        loose: list[Child] = []
        for child in children:
            if isinstance(child, Node) and child.block:
                self._paragraph(loose, kind)
                loose = []
                self._block(child, kind)
            else:
                loose.append(child)
        self._paragraph(loose, kind)

    def finish(self) -> Walked:
        """The whole text and its sections."""
        self._close_section()
        return Walked("".join(self._pieces), tuple(self._sections), tuple(self._marks), tuple(self._gaps))

    def _block(self, node: Node, kind: BlockKind) -> None:
        match node.tag:
            case tag if tag in _QUIET:
                pass
            case tag if tag in HEADINGS and kind != "quote":
                self._heading(node)
            case "ul" | "ol" | "dl":
                if "footnotes" in node.classes:
                    self._footnotes(node)
                elif not self._is_contents(node):
                    self._list(node, 0, kind)
                    self._close_list()
            case "pre":
                self._code(node)
            case "table":
                self._table(node)
            case "blockquote" if sum(below.tag in HEADINGS for below in node.walk()) >= _FEWEST_SECTIONS:
                self._box(node, kind)
            case "blockquote":
                self.blocks(node.children, "quote")
            case "details":
                summary = [child for child in node.children if isinstance(child, Node) and child.tag == "summary"]
                self.blocks([*summary, *(child for child in node.children if child not in summary)], kind)
            case tag if tag in _CAPTIONS:
                self.blocks(node.children, "caption")
            case _:
                self.blocks(node.children, "caption" if "code-title" in node.classes else kind)

    def _box(self, node: Node, kind: BlockKind) -> None:
        """Write what is set as a quotation for its border, with sections of its own; the section around it goes on
        below.
        """
        around = list(self._path), self._anchor, self._level
        self.blocks(node.children, kind)
        self._close_section()
        self._path, self._anchor, self._level = around
        self._title = (0, 0)

    def _is_contents(self, node: Node) -> bool:
        """Whether it is a table of contents that was written out: links that name the headings, and say no more."""
        items = [below for below in node.walk() if below.tag == "li"]
        links = [below for below in node.walk() if below.tag == "a"]
        return (
            len(items) == len(links) >= _FEWEST_CONTENTS
            and 2 * len(items) >= len(self._headings)
            and all(link.attributes.get("href", "").startswith("#") for link in links)
            and all(gather(own for own in item.children if not _is_list(own)).text in self._headings for item in items)
        )

    def _heading(self, node: Node) -> None:
        line = gather(node.children)
        if not line.text:
            return
        self._close_section()
        level = int(node.tag[1])
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        self._path.append((level, line.text))
        self._level, self._anchor = level, node.attributes.get("id", "")
        self._title = self._write(line)

    def _paragraph(self, children: list[Child], kind: BlockKind) -> None:
        if children:
            self._line(gather(children), kind)

    def _line(self, line: Line, kind: BlockKind) -> None:
        if line.text:
            start, end = self._write(line)
            self._blocks.append(Block(kind, start, end, note=self._note if kind == "footnote" else ""))

    def _footnotes(self, node: Node) -> None:
        for child in node.children:
            if isinstance(child, Node) and child.tag == "li":
                self._note = child.attributes.get("id", "").removeprefix("fn:")
                for part in _joined(child.children):
                    if isinstance(part, Line):
                        self._line(part, "footnote")
                    else:
                        self._block(part, "footnote")

    def _list(self, node: Node, depth: int, kind: BlockKind) -> None:
        for child in node.children:
            if isinstance(child, str) or not child.block:
                self._item(gather([child]), depth)
            elif child.tag in {"ul", "ol"}:
                self._list(child, depth + 1, kind)
            elif child.tag == "div":
                self._list(child, depth, kind)
            else:
                self._parts(child, depth + (child.tag == "dd"), kind)

    def _parts(self, item: Node, depth: int, kind: BlockKind) -> None:
        for part in _joined(item.children):
            if isinstance(part, Line):
                self._item(part, depth)
            elif part.tag in {"ul", "ol", "dl"}:
                self._list(part, depth + 1, kind)
            else:
                self._close_list()
                self._block(part, kind)

    def _item(self, line: Line, depth: int) -> None:
        if line.text:
            self._items.append(_Item(line, depth))

    def _close_list(self) -> None:
        """Write the items so far as one block, so that a block never reaches around another one."""
        if self._items:
            self._write_parts("list", [("item", item.line, item.depth) for item in self._items])
            self._items = []

    def _table(self, node: Node) -> None:
        rows: list[tuple[PartKind, Line, int]] = []
        table: list[list[Line]] = []
        for row in [below for below in node.walk() if below.tag in {"caption", "tr"}]:
            if row.tag == "caption":
                self._paragraph(row.children, "caption")
                continue
            cells = [child for child in row.children if isinstance(child, Node) and child.tag in {"td", "th"}]
            lines = [gather(cell.children) for cell in cells]
            if any(line.text for line in lines):
                header = not rows and all(cell.tag == "th" for cell in cells)
                rows.append(("header" if header else "row", Line.join(" | ", lines).stripped(), 0))
                table.append(lines)
        if rows and _heads_columns(table):
            rows[0] = ("header", *rows[0][1:])
        if rows:
            self._write_parts("table", rows)

    def _code(self, node: Node) -> None:
        text = node.text().rstrip().lstrip("\n")
        if text.strip():
            classes = [name for below in (node, *node.walk()) for name in below.classes]
            language = next((name.removeprefix("language-") for name in classes if name.startswith("language-")), "")
            start, end = self._write(Line(text))
            self._blocks.append(Block("code", start, end, language=language.lower()))

    def _write_parts(self, kind: BlockKind, lines: list[tuple[PartKind, Line, int]]) -> None:
        parts: list[Part] = []
        for part_kind, line, depth in lines:
            start, end = self._write(line, "\n" if parts else "\n\n")
            parts.append(Part(part_kind, start, end, depth))
        self._blocks.append(Block(kind, parts[0].start, parts[-1].end, tuple(parts)))

    def _write(self, line: Line, separator: str = "\n\n") -> tuple[int, int]:
        if self._length:
            self._pieces.append(separator)
            self._length += len(separator)
        start = self._length
        self._pieces.append(line.text)
        self._length += len(line.text)
        self._marks.extend(NoteMark(start + at, note) for at, note in line.marks)
        self._gaps.extend((start + first, start + last) for first, last in line.gaps)
        return start, self._length

    def _close_section(self) -> None:
        if self._blocks or self._title[1]:
            start = self._title[0] if self._title[1] else self._blocks[0].start
            end = self._blocks[-1].end if self._blocks else self._title[1]
            path = tuple(text for _, text in self._path)
            self._sections.append(
                Section(path, self._anchor, self._level, *self._title, start, end, tuple(self._blocks))
            )
        self._blocks = []


def _joined(children: Iterable[Child]) -> list[Line | Node]:
    """An item's own paragraphs, neighbours joined by a space, and the blocks between them."""
    parts: list[Line | Node] = []
    own: list[Child] = []

    def close() -> None:
        if own:
            parts.append(gather(own))
            own.clear()

    for child in children:
        if isinstance(child, Node) and child.block and not _is_text(child):
            close()
            parts.append(child)
        else:
            own.append(child)
    close()
    return parts


def _heads_columns(table: Sequence[Sequence[Line]]) -> bool:
    """Whether the first row only names columns, though its cells are not marked so: nothing stands above the names of
    the other rows.
    """
    first, *others = table
    names = [row[0].text for row in others if row]
    return len(first) > 2 and not first[0].text and all(line.text for line in first[1:]) and any(names)


def _is_list(child: Child) -> bool:
    return isinstance(child, Node) and child.tag in {"ul", "ol"}


def _is_text(node: Node) -> bool:
    """Whether the block holds running text only."""
    plain = node.tag in {"p", "label", "summary", "span", "center", *HEADINGS}
    return plain and not any(isinstance(child, Node) and child.block for child in node.children)
