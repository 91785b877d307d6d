"""Which pictures a post shows, and that its HTML is safe."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.parse import Site, parse_post
from index.types import Post
from tests.index.parse.shown import post


@pytest.fixture
def root(tmp_path: Path) -> Path:
    content = tmp_path / "content"
    (content / "a").mkdir(parents=True)
    (content / "static").mkdir()
    for name in ("a/boat one.png", "sea.jpg", "static/sky.webp", "../out.png", "notes.txt"):
        (content / name).write_bytes(b"x")
    (content / "a" / "link.png").symlink_to(tmp_path / "out.png")
    return content


def shown(root: Path, source: str) -> Post:
    parsed = parse_post("a/post.md", f"Hi.\n\n{source}\n".encode(), Site(root)).post
    assert parsed is not None
    return parsed


@pytest.mark.parametrize(
    ("source", "images"),
    [
        ("![x](../sea.jpg)", (("../sea.jpg", "sea.jpg"),)),
        ("![x](/sea.jpg?v=1)", (("/sea.jpg?v=1", "sea.jpg"),)),
        ("![x](/sky.webp)", (("/sky.webp", "static/sky.webp"),)),
        ("![x](boat%20one.png)", (("boat%20one.png", "a/boat one.png"),)),
        ('<img src="../sea.jpg" onerror="x()">', (("../sea.jpg", "sea.jpg"),)),
        ("![x](gone.png)", ()),
        ("![x](../../out.png)", ()),
        ("![x](link.png)", ()),
        ("![x](../notes.txt)", ()),
        ("![x](https://a.b/sea.jpg)", ()),
        ("![x](//a.b/sea.jpg)", ()),
        ("![x](data:image/png;base64,AAAA)", ()),
    ],
)
def test_a_picture_is_shown_when_its_file_lies_in_the_folder(
    root: Path, source: str, images: tuple[tuple[str, str], ...]
) -> None:
    parsed = shown(root, source)

    assert parsed.images == images
    assert parsed.html.count("<img") == len(images)
    assert parsed.text == "Hi."


@pytest.mark.parametrize("generator", ["", "mkdocs", "hugo", "docusaurus", "jekyll"])
@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        '<a href="javascript:alert(1)">x</a>',
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "[x](vbscript:a)",
        '<b onclick="alert(1)" style="x">x</b>',
        "<svg><script>alert(1)</script></svg>",
        '<iframe src="https://a.b"></iframe>',
        '<form action="/x"><input name="a"></form>',
        "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
        '<object data="x"></object><embed src="x"><base href="x"><link rel="x"><meta http-equiv="refresh">',
    ],
)
def test_nothing_that_runs_reaches_the_page(source: str, generator: str) -> None:
    page = post(f"Hi.\n\n{source}\n\nBye.\n", generator=generator).html.lower()

    for unsafe in (
        "<script",
        "javascript:",
        "data:",
        "vbscript:",
        "onclick=",
        "onerror=",
        "style=",
        "<iframe",
        "<form",
        "<input",
        "<svg",
        "<object",
        "<embed",
        "<base",
        "<link",
        "<meta",
    ):
        assert unsafe not in page
    assert "<p>Bye.</p>" in post(f"Hi.\n\n{source}\n\nBye.\n", generator=generator).html


def test_code_is_shown_to_the_letter() -> None:
    assert "<pre><code>&lt;b&gt; &amp;amp; </code></pre>".replace(" <", "<") in post("```\n<b> &amp;\n```\n").html
