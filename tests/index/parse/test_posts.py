"""Posts beside what their reader sees of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.parse import Site, parse_post
from tests.index.parse.shown import blocks

FOLDER = Path(__file__).parent / "posts"


@pytest.mark.parametrize("source", sorted(FOLDER.glob("*.*md*")), ids=lambda path: path.stem)
def test_a_post_gives_the_blocks_that_its_reader_sees(source: Path) -> None:
    expected = json.loads(source.with_name(f"{source.stem}.blocks.json").read_text(encoding="utf-8"))
    post = parse_post(source.name, source.read_bytes(), Site(FOLDER)).post

    assert post is not None
    assert post.title == expected["title"]
    assert blocks(post) == expected["sections"]
