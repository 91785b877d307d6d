"""A parsed post as plain values, for files of expected results."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from index.parse import Parsed, Site, parse_post
from index.types import Block, Post


def parse(text: str, path: str = "post.md", generator: str = "", **site: Any) -> Parsed:
    """What `parse_post` makes of a text."""
    return parse_post(path, text.encode(), Site(Path("/nowhere"), generator, **site))


def post(text: str, path: str = "post.md", generator: str = "", **site: Any) -> Post:
    """The post in a text that holds one."""
    parsed = parse(text, path, generator, **site)
    assert parsed.post is not None
    return parsed.post


def blocks(post: Post) -> list[dict[str, Any]]:
    """Its sections with the texts of their blocks."""
    return [
        {
            "heading": list(section.heading),
            "anchor": section.anchor,
            "blocks": [_block(post, block) for block in section.blocks],
        }
        for section in post.sections
    ]


def _block(post: Post, block: Block) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": block.kind}
    if block.parts:
        shown["parts"] = [
            post.text[part.start : part.end]
            if part.kind != "item"
            else f"{'  ' * part.depth}{post.text[part.start : part.end]}"
            for part in block.parts
        ]
        shown["header"] = sum(part.kind == "header" for part in block.parts)
        if not shown["header"]:
            del shown["header"]
    else:
        shown["text"] = post.text[block.start : block.end]
    if block.note:
        shown["note"] = block.note
    if block.language:
        shown["language"] = block.language
    return shown


def lines(post: Post) -> list[str]:
    """Its headings and blocks as short lines, such as "## Heading", "paragraph: text" and "item 1: nested"."""
    shown: list[str] = []
    for section in post.sections:
        if section.is_titled:
            shown.append(f"{'#' * section.level} {post.text[section.title_start : section.title_end]}")
        for block in section.blocks:
            for part in block.parts:
                depth = f" {part.depth}" if part.depth else ""
                shown.append(f"{part.kind}{depth}: {post.text[part.start : part.end]}")
            if not block.parts:
                name = " ".join(word for word in (block.kind, block.language, block.note) if word)
                shown.append(f"{name}: {post.text[block.start : block.end]}")
    return shown
