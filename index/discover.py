"""Finds the posts in a content folder, and counts what it leaves out and why."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from index.errors import ContentError
from index.types import Notice

SUFFIXES = frozenset({".md", ".markdown", ".mdx", ".qmd", ".txt"})
_BUILT = frozenset({"_site", "_book", "public", "site", "dist", "build", "_build", "output", ".docusaurus"})
_FOLDERS = {
    "node_modules": "node_modules",
    "vendor": "vendor",
    "_drafts": "draft",
    **dict.fromkeys(("_includes", "_layouts", "_partials", "includes", "partials", "_data", "_sass"), "include"),
}
_NOT_POSTS = frozenset({"robots.txt", "humans.txt", "ads.txt", "security.txt", "requirements.txt", "CMakeLists.txt"})


@dataclass(frozen=True, slots=True)
class Found:
    """`paths`: the posts, POSIX, relative to the content folder, sorted. `left_out`: how many files for what reason.

    `notices` name the links and folders that cannot be followed or read.
    """

    paths: tuple[str, ...]
    left_out: Mapping[str, int]
    notices: tuple[Notice, ...] = ()


def find_posts(content: Path) -> Found:
    """The posts below `content`. No link is followed out of the folder, nor around in a circle.

    :raises ContentError: there is no such folder, it cannot be read, or it holds no post.
    """
    if not content.exists():
        raise ContentError(f"there is no content folder {content}; name the folder that holds your posts")
    if not content.is_dir():
        raise ContentError(f"{content} is not a folder; name the folder that holds your posts")
    root = content.resolve()
    paths: list[str] = []
    left_out: Counter[str] = Counter()
    notices: list[Notice] = []
    pending = [(root, PurePosixPath())]
    seen = {root}
    while pending:
        folder, below = pending.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            if folder == root:
                raise ContentError(f"{content} cannot be read: {error.strerror}; change its permissions") from None
            left_out["unreadable"] += 1
            notices.append(Notice(str(below), 0, "unreadable", f"cannot be read ({error.strerror}): left out"))
            continue
        for entry in entries:
            path = below / entry.name
            target = _target(root, entry)
            if target is None:
                if entry.is_symlink() and (_may_be_post(entry.name) or Path(entry.path).is_dir()):
                    left_out["link out of the folder"] += 1
                    notices.append(Notice(str(path), 0, "link", "a link out of the folder, or to nothing: left out"))
            elif target.is_dir():
                reason = _folder_left_out(target, entry.name)
                if reason:
                    left_out[reason] += _count(target)
                elif target not in seen:
                    seen.add(target)
                    pending.append((target, path))
                elif entry.is_symlink():
                    notices.append(Notice(str(path), 0, "link", "a link to a folder that is read already: left out"))
            elif reason := _file_left_out(entry.name):
                left_out[reason] += reason != "not a post"
            elif not _is_unicode(entry.name):
                left_out["name not UTF-8"] += 1
                shown = path.as_posix().encode(errors="surrogateescape").decode(errors="replace")
                notices.append(Notice(shown, 0, "name", "the file's name is not UTF-8, left out: rename it"))
            else:
                paths.append(path.as_posix())
    if not paths:
        raise ContentError(f"{content} holds no post; put Markdown files (.md, .markdown, .mdx, .qmd, .txt) in it")
    return Found(tuple(sorted(paths)), {reason: n for reason, n in sorted(left_out.items()) if n}, tuple(notices))


def _target(root: Path, entry: os.DirEntry[str]) -> Path | None:
    """The file or folder itself; None when it lies outside of the root or does not exist."""
    if not entry.is_symlink():
        return Path(entry.path)
    try:
        target = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):
        return None
    return target if target.is_relative_to(root) else None


def _may_be_post(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in SUFFIXES


def _file_left_out(name: str) -> str:
    if not _may_be_post(name) or name in _NOT_POSTS:
        return "not a post"
    if name.startswith("."):
        return "hidden"
    if name.startswith("_") and PurePosixPath(name).stem != "_index":
        return "include"
    return ""


def _is_unicode(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _folder_left_out(folder: Path, name: str) -> str:
    if name.startswith("."):
        return "hidden"
    if name in _BUILT and _holds_pages(folder):
        return "built output"
    return _FOLDERS.get(name, "")


def _holds_pages(folder: Path) -> bool:
    """Whether a generator has written this folder: it has pages at its top."""
    try:
        return any(path.suffix in {".html", ".htm"} for path in folder.iterdir())
    except OSError:
        return False


def _count(folder: Path) -> int:
    """How many files below could have been posts."""
    return sum(_may_be_post(name) for _, _, names in os.walk(folder) for name in names)
