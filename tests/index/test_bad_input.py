"""Bad input among good posts: each is named, none stops the others, and none takes long."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from index import BuildSettings, Report, build_index, reading
from index.parse import parse_post
from index.store import open_index
from tests.fakes import WordEncoder, stand_in_model

WITHIN_S = 30
BOMB = "---\n" + "\n".join(
    f"{b}: &{b} [{','.join(['*' + a] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMB = BOMB.replace("---\n", "---\na: &a [x,x,x,x,x,x,x,x,x]\n") + "\n---\nText after the bomb."
ENTITIES = (
    "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in
    zip("abcdefgh", "bcdefghi", strict=True)) + "]>\n\n&i;\n\nA good sentence stands here.\n"
)  # fmt: skip


@pytest.fixture
def settings(blog: Path, tmp_path: Path) -> BuildSettings:
    return BuildSettings(blog, tmp_path / "index", model=str(stand_in_model(tmp_path / "model")))


def build(settings: BuildSettings) -> Report:
    # Of the processor: what else runs beside the tests does not count.
    started = time.process_time()
    report = build_index(settings, load_encoder=WordEncoder)
    assert time.process_time() - started < WITHIN_S
    assert {"moving-house", "learning-to-row", "kitchen--espresso-notes"} <= set(open_index(settings.index).cards)
    return report


def big_file(folder: Path) -> None:
    with (folder / "bad.md").open("wb") as file:
        file.write(b"# Big\n\n")
        file.truncate(50_000_000)


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "bad.md")


def not_utf8(folder: Path) -> None:
    (folder / "bad.md").write_bytes(b"caf\xe9")


@pytest.mark.parametrize(
    ("make", "said"), [(big_file, "50 MB is too large"), (pipe, "not a file"), (not_utf8, "byte 3")]
)
def test_what_cannot_be_read_is_a_failed_post(settings: BuildSettings, make: Callable[[Path], None], said: str) -> None:
    make(settings.content)
    (failure,) = build(settings).failed
    assert failure.startswith("bad.md: ")
    assert said in failure


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda folder: (folder / "loop.md").symlink_to(folder / "loop.md"), "loop.md"),
        (lambda folder: (folder / "gone.md").symlink_to(folder / "gone"), "gone.md"),
        (lambda folder: (folder / "out.md").symlink_to("/etc/hostname"), "out.md"),
    ],
)
def test_links_that_lead_nowhere_or_out_are_named(
    settings: BuildSettings, make: Callable[[Path], None], name: str
) -> None:
    make(settings.content)
    report = build(settings)
    assert [notice.path for notice in report.notices] == [name]
    assert report.posts == 3


def test_folders_of_images_and_folders_named_like_posts_are_no_posts(settings: BuildSettings) -> None:
    for number in range(200):
        (settings.content / "images" / f"{number}.png").write_bytes(b"\x89PNG\0\xff")
    (settings.content / "x.md").mkdir()
    report = build(settings)
    assert (report.posts, report.failed) == (3, ())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("One " + "long " * 200_000 + "line.\n", id="a line of a million characters"),
        pytest.param("x" * 1_000_000, id="a word of a million characters"),
        pytest.param("> " * 1_000 + "deep\n\nA good sentence stands here.", id="quotations 1,000 deep"),
        pytest.param("\n".join("  " * n + "- item" for n in range(1_000)), id="lists 1,000 deep"),
        pytest.param("<div>" * 1_000 + "deep" + "</div>" * 1_000, id="tags 1,000 deep"),
        pytest.param("[" * 50_000 + "\n\nA good sentence stands here.", id="open brackets"),
        pytest.param("A good\0 sentence\0 stands here.\0\n", id="NUL bytes"),
        pytest.param(BOMB, id="a YAML bomb"),
        pytest.param(ENTITIES, id="an entity bomb"),
    ],
)
def test_what_is_hard_to_read_is_indexed_or_named(settings: BuildSettings, text: str) -> None:
    (settings.content / "bad.md").write_text(text, encoding="utf-8")
    report = build(settings)
    stored = open_index(settings.index).post("bad")
    if stored is None:
        assert [*report.failed, *(notice.path for notice in report.notices)][0].startswith("bad.md")
    else:
        assert "\0" not in stored.text
        assert len(stored.text) <= len(text)


@pytest.mark.parametrize("error", [RecursionError, MemoryError, KeyError, UnicodeError])
def test_whatever_a_parser_raises_is_that_posts_failure(
    settings: BuildSettings, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    build_index(settings, load_encoder=WordEncoder)

    def failing(path, source, site):  # type: ignore[no-untyped-def]
        if path == "moving-house.md":
            raise error
        return parse_post(path, source, site)

    monkeypatch.setattr(reading, "parse_post", failing)
    post = settings.content / "moving-house.md"
    post.write_text(post.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    report = build(settings)
    assert error.__name__ in report.failed[0]
    assert report.kept == ("moving-house.md",)


def test_a_block_of_a_million_characters_is_embedded_to_its_end(settings: BuildSettings) -> None:
    words = " ".join(f"word{number}" for number in range(100_000))
    (settings.content / "long.md").write_text(f"Look:\n\n```\n{words}\n```\n", encoding="utf-8")
    encoder = WordEncoder()
    report = build_index(settings, load_encoder=lambda folder: encoder)
    assert not report.notices
    assert max(map(len, encoder.texts)) < 20_000
    assert {"word0", "word50000", "word99999"} <= set(" ".join(encoder.texts).split())
    generation = open_index(settings.index)
    row = generation.rows("long")[-1]
    assert generation.passage(row).text.endswith("word99999")
    assert len(generation.pieces(row)) > 100_000


def test_a_bad_folder_through_the_command(blog: Path, tmp_path: Path) -> None:
    big_file(blog)
    (blog / "loop.md").symlink_to(blog / "loop.md")
    (blog / "deep.md").write_text("> " * 1_000 + "deep")
    code = (
        "import index.build as b; from tests.fakes import WordEncoder; from service import indexing\n"
        "real = b.build_index\n"
        "indexing.build_index = lambda s, p, checker: real(s, p, load_encoder=WordEncoder)\n"
        "from service.cli import main; main()"
    )
    model = stand_in_model(tmp_path / "model")
    command = [sys.executable, "-c", code, "index", str(blog), "--index", str(tmp_path / "i"), "--model", str(model)]
    run = subprocess.run(
        [*command, "--json"], cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (6 * 10**9, 6 * 10**9)),
    )  # fmt: skip
    assert run.returncode == 1, run.stderr
    report = json.loads(run.stdout)
    assert "bad.md" in report["failed"][0]
    assert report["warnings"]["link"] == 1
    assert report["posts"] >= 3
