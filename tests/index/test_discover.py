"""Which files of a folder are posts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.discover import find_posts
from index.errors import ContentError


def write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")


def test_posts_of_every_suffix_are_found_in_order(tmp_path: Path) -> None:
    write(tmp_path, "b.md", "a/c.markdown", "a/b.mdx", "d.qmd", "e.txt", "x.png", "y.html", "robots.txt")

    assert find_posts(tmp_path).paths == ("a/b.mdx", "a/c.markdown", "b.md", "d.qmd", "e.txt")


def test_what_is_no_post_is_left_out_and_counted(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "_posts/b.md", "blog/_index.md", "posts/site/c.md")
    write(tmp_path, ".git/x.md", ".hidden.md", "node_modules/p/README.md", "node_modules/q/README.md", "vendor/v.md")
    write(tmp_path, "_drafts/d.md", "_includes/i.md", "docs/_partials/p.md", "docs/_faq.qmd")
    write(tmp_path, "_site/index.html", "_site/robots.txt", "_site/feed.txt", "public/index.html", "public/a.md")
    found = find_posts(tmp_path)

    assert found.paths == ("_posts/b.md", "a.md", "blog/_index.md", "posts/site/c.md")
    assert found.left_out == {
        "built output": 3,
        "draft": 1,
        "hidden": 2,
        "include": 3,
        "node_modules": 2,
        "vendor": 1,
    }


def test_links_are_followed_neither_out_of_the_folder_nor_in_circles(tmp_path: Path) -> None:
    write(tmp_path, "out/secret.md", "content/a.md", "content/b/c.md")
    content = tmp_path / "content"
    (content / "secret.md").symlink_to(tmp_path / "out" / "secret.md")
    (content / "out").symlink_to(tmp_path / "out")
    (content / "b" / "loop").symlink_to(content)
    (content / "nowhere.md").symlink_to(content / "gone.md")
    (content / "self.md").symlink_to(content / "self.md")
    found = find_posts(content)

    assert found.paths == ("a.md", "b/c.md")
    assert found.left_out["link out of the folder"] == 4
    assert ("b/loop", "link") in [(notice.path, notice.kind) for notice in found.notices]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "there is no content folder"),
        (lambda path: path.write_text("x"), "is not a folder"),
        (lambda path: path.mkdir(), "holds no post"),
        (lambda path: write(path, "a.png", "b.jpg"), "holds no post"),
    ],
)
def test_a_folder_without_posts_is_named_with_what_to_do(tmp_path: Path, make: object, message: str) -> None:
    content = tmp_path / "posts"
    assert callable(make)
    make(content)

    with pytest.raises(ContentError, match=message) as error:
        find_posts(content)
    assert str(content) in str(error.value)
    assert "\n" not in str(error.value)


def test_a_link_to_a_folder_outside_is_named(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "a.md").write_text("A.", encoding="utf-8")
    (tmp_path / "other").mkdir()
    (content / "shared").symlink_to(tmp_path / "other")
    found = find_posts(content)
    assert [notice.path for notice in found.notices] == ["shared"]
    assert found.left_out == {"link out of the folder": 1}


def test_a_name_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("A.", encoding="utf-8")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xff.md")).write_text("B.", encoding="utf-8")
    found = find_posts(tmp_path)
    assert found.paths == ("a.md",)
    assert found.left_out == {"name not UTF-8": 1}
    assert [notice.path for notice in found.notices] == ["b\ufffd.md"]
