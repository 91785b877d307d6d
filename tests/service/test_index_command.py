"""`askpost index` beyond building: --check, --strict, --site, --watch, and what the summary says."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from index.store import build_lock
from tests.fakes import stand_in_model

ROOT = Path(__file__).parents[2]
# The command with words for an encoder, since what is tested is not the model.
RUN = (
    "import index.build as b; from tests.fakes import WordEncoder; from service import indexing\n"
    "real = b.build_index\n"
    "indexing.build_index = lambda s, p, checker: real(s, p, load_encoder=WordEncoder)\n"
    "from service.cli import main; main()"
)
# The process is gone when the third passage has been embedded.
KILLED = (
    "import os, signal, index.store.finished as f\n"
    "add = f.Finished.add\n"
    "def adding(self, key, embedded):\n"
    "    add(self, key, embedded)\n"
    "    len(self._places) == 3 and os.kill(os.getpid(), signal.SIGKILL)\n"
    "f.Finished.add = adding\n"
)
Index = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def command(blog: Path, tmp_path: Path) -> list[str]:
    model = stand_in_model(tmp_path / "model")
    return [sys.executable, "-c", RUN, "index", str(blog), "--index", str(tmp_path / "i"), "--model", str(model)]


@pytest.fixture
def index(command: list[str]) -> Index:
    """Runs `askpost index` on the copy of the three posts."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert "Traceback" not in done.stderr
        return done

    return run


def test_check_tells_fresh_from_stale(index: Index, blog: Path) -> None:
    assert index("--check").returncode == 1
    assert index().returncode == 0
    fresh = index("--check")
    assert (fresh.returncode, fresh.stdout) == (0, "The index is up to date: 3 posts.\n")

    (blog / "new.md").write_text("# New\n\nText.", encoding="utf-8")
    (blog / "moving-house.md").write_text("# Other\n\nText.", encoding="utf-8")
    (blog / "learning-to-row.md").unlink()
    stale = index("--check")
    assert stale.returncode == 1
    assert stale.stdout.splitlines()[:3] == ["added   new.md", "changed moving-house.md", "removed learning-to-row.md"]
    assert json.loads(index("--check", "--json").stdout)["stale"]
    assert index("--check").stdout == stale.stdout


def test_warnings_fail_only_when_strict(index: Index, blog: Path) -> None:
    (blog / "out.md").symlink_to("/etc/hostname")
    plain = index()
    assert plain.returncode == 0
    assert "warning out.md" in plain.stderr
    assert "1 warning: 1 link" in plain.stderr
    assert "Left out: 1 (link out of the folder)." in plain.stdout
    assert index("--strict").returncode == 1
    assert index("--check").returncode == 0
    assert index("--check", "--strict").returncode == 1
    (blog / "out.md").unlink()
    assert index("--strict").returncode == 0


def test_the_summary_names_the_rules_that_posts_were_read_by(index: Index, blog: Path) -> None:
    (blog / "q.qmd").write_text("# Quarto\n\n::: {.callout-note}\nText.\n:::\n", encoding="utf-8")
    run = index()
    assert "quarto 1" in run.stdout
    assert "4 posts" in run.stdout
    report = json.loads(index("--json").stdout)
    assert report["generators"]["quarto"] == 1
    assert report["warnings"] == {}


def test_a_failed_post_keeps_its_last_good_version_and_the_summary_says_so(index: Index, blog: Path) -> None:
    index()
    (blog / "moving-house.md").write_bytes(b"\xff")
    run = index()
    assert run.returncode == 1
    assert "moving-house.md" in run.stderr
    assert "keeps its last good version" in run.stderr
    assert json.loads(index("--json").stdout)["kept"] == ["moving-house.md"]


def test_links_are_checked_against_the_built_site(index: Index, tmp_path: Path) -> None:
    index("--site-url", "https://a.example")
    built = tmp_path / "public"
    (built / "moving-house").mkdir(parents=True)
    (built / "moving-house" / "index.html").write_text('<h2 id="the-cat">The cat</h2>')
    run = index("--site-url", "https://a.example", "--site", str(built))
    assert run.returncode == 1
    assert "learning-to-row.md: https://a.example/learning-to-row/: no such page" in run.stdout
    assert "moving-house/#the-cat" not in run.stdout
    assert "links resolve" in run.stdout
    found = json.loads(index("--site-url", "https://a.example", "--site", str(built), "--json").stdout)
    assert found["unresolved"]


def test_many_warnings_of_one_kind_do_not_hide_another(index: Index, blog: Path) -> None:
    (blog / "tags.md").write_text("# T\n\n" + "{% no_such_tag %} x\n\n" * 30, encoding="utf-8")
    (blog / "zero.md").write_text("# Z\n\nA\0 b.\n", encoding="utf-8")
    said = index().stderr
    assert "warning zero.md:3: control characters" in said
    assert said.count("\nwarning ") + said.startswith("warning ") == 10
    assert "31 warnings: 30 template, 1 control; 10 are shown, --json lists all" in said
    assert len(json.loads(index("--json").stdout)["notices"]) == 31


def test_a_second_build_says_so_and_stops(index: Index, tmp_path: Path) -> None:
    (tmp_path / "i").mkdir()
    with build_lock(tmp_path / "i"):
        second = index()
    assert second.returncode == 1
    assert second.stderr.startswith("askpost: Another build is writing to ")
    assert index().returncode == 0


def test_a_build_that_was_killed_embeds_nothing_again(command: list[str], index: Index, tmp_path: Path) -> None:
    slow = command[2].replace("from service.cli", KILLED + "from service.cli")
    killed = subprocess.run([*command[:2], slow, *command[3:]], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL
    report = json.loads(index("--json").stdout)
    assert report["embedded"] == report["passages"] - 3


@pytest.mark.parametrize("arguments", [("--check", "--watch"), ("--watch", "--json"), ("--check", "--site", "x")])
def test_options_that_exclude_one_another_are_wrong_usage(index: Index, arguments: tuple[str, ...]) -> None:
    assert index(*arguments).returncode == 2


def test_watch_indexes_after_a_change_survives_a_failure_and_ends_with_0(command: list[str], blog: Path) -> None:
    process = subprocess.Popen(
        [*command, "--watch"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert "Indexed 3 posts" in process.stdout.readline()
        posts = {path: path.read_bytes() for path in blog.rglob("*.md")}
        for path in posts:
            path.unlink()
        time.sleep(3.5)  # nothing left to index: a build that fails
        for path, source in posts.items():
            path.write_bytes(source)
        (blog / "new.md").write_text("# New\n\nText.", encoding="utf-8")
        assert "Indexed 4 posts" in process.stdout.readline()
        (blog / "new.md").rename(blog / "newer.md")
        assert "0 embedded" in process.stdout.readline()
        (blog / "newer.md").unlink()
        assert "Indexed 3 posts" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
    finally:
        process.kill()
        process.wait()
        process.stdout and process.stdout.close()
