"""Watching a folder: a change is told once, after it has settled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from index.watch import changes


class Clock:
    """Stands for the time between two looks: does the next step each time, and ends the watching after the last."""

    def __init__(self, *steps: Callable[[], object]) -> None:
        self.steps = list(steps)

    def __call__(self, seconds: float) -> None:
        if not self.steps:
            raise KeyboardInterrupt
        self.steps.pop(0)()


def told(folder: Path, *steps: Callable[[], object]) -> int:
    count = 0
    try:
        for _ in changes(folder, folder / "index", Clock(*steps)):
            count += 1
    except KeyboardInterrupt:
        return count
    raise AssertionError("watching ended by itself")


def nothing() -> None:
    pass


def test_each_settled_change_is_told_once(tmp_path: Path) -> None:
    post = tmp_path / "a.md"
    post.write_text("one")

    assert told(tmp_path, nothing, nothing) == 0
    assert told(tmp_path, lambda: post.write_text("longer"), nothing, nothing, nothing) == 1
    assert told(tmp_path, lambda: (tmp_path / "b.md").touch(), nothing, nothing) == 1
    assert told(tmp_path, post.unlink, nothing, nothing) == 1


def test_what_is_still_being_written_is_waited_for(tmp_path: Path) -> None:
    post = tmp_path / "a.md"
    grow = [lambda n=n: post.write_text("x" * n) for n in range(1, 6)]

    assert told(tmp_path, *grow) == 0
    post.unlink()
    assert told(tmp_path, *grow, nothing, nothing) == 1


def test_the_index_and_hidden_folders_are_not_watched(tmp_path: Path) -> None:
    for name in ("index", ".git", "node_modules"):
        (tmp_path / name).mkdir()
        assert told(tmp_path, (tmp_path / name / "x").touch, nothing, nothing) == 0


def test_a_folder_that_goes_away_and_links_to_nothing_are_survived(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.md").symlink_to(tmp_path / "gone")

    def remove() -> None:
        (tmp_path / "sub" / "a.md").unlink()
        (tmp_path / "sub").rmdir()

    assert told(tmp_path, remove, nothing, nothing) == 1
