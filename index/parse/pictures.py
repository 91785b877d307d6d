"""Which images of a post can be shown: those whose file lies in the content folder."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from index.parse.tidy import file_of

_PUBLIC = ("", "static", "public", "assets", "docs")
_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp", ".ico"})


class Pictures:
    """The images of one post."""

    def __init__(self, root: Path, folder: PurePosixPath) -> None:
        """:param folder: the post's folder, relative to the content folder `root`."""
        self._root, self._folder = root.resolve(), folder
        self._files: dict[str, str] = {}

    def show(self, src: str) -> bool:
        """Whether the file that `src` names exists below the content folder, links resolved."""
        name = file_of(unquote(src), self._folder)
        if not name or PurePosixPath(name).suffix.lower() not in _SUFFIXES:
            return False
        for public in _PUBLIC if src.startswith("/") else ("",):
            file = PurePosixPath(public) / name
            try:
                target = (self._root / file).resolve(strict=True)
            except (OSError, RuntimeError, ValueError):
                continue
            if target.is_file() and target.is_relative_to(self._root):
                self._files[src] = file.as_posix()
                return True
        return False

    def shown(self) -> tuple[tuple[str, str], ...]:
        """Each `src` that is shown, with the path of its file relative to the content folder."""
        return tuple(self._files.items())
