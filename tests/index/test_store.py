"""An index folder: round trip, and what is done about one that is damaged, half written or held by another build."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from index import BuildSettings, IndexBusyError, IndexDamagedError, IndexMissingError, build_index, live_generation
from index.chunk import chunk
from index.store import Generation, open_index
from tests.fakes import WordEncoder, stand_in_model

ROOT = Path(__file__).parents[2]


@pytest.fixture
def copy(word_index: Path, tmp_path: Path) -> Path:
    """A copy of the index that a test may damage."""
    return Path(shutil.copytree(word_index, tmp_path / "index"))


def built(content: Path, folder: Path) -> BuildSettings:
    settings = BuildSettings(content, folder / "index", model=str(stand_in_model(folder / "model")))
    build_index(settings, load_encoder=WordEncoder)
    return settings


def files_of(index: Path) -> list[str]:
    generation = live_generation(index)
    return sorted(f.relative_to(generation).as_posix() for f in generation.rglob("*") if f.is_file())


def test_posts_and_passages_come_back_as_they_went_in(word_index: Path) -> None:
    generation = open_index(word_index)
    row = 0
    for card, post in zip(generation.cards.values(), generation.posts(), strict=True):
        assert (card.id, card.path, card.title, card.url, card.date) == (
            post.id, post.path, post.title, post.url, post.date,
        )  # fmt: skip
        assert generation.post(card.id) == post
        assert generation.rows(card.id).start == row
        for passage in chunk(post):
            assert generation.passage(row) == passage
            row += 1
        assert generation.rows(card.id).stop == row
    assert row == len(generation)
    assert {card.id: list(found) for card, found in generation.headings()} == {
        post.id: list(post.headings) for post in generation.posts()
    }


def test_vectors_come_back_as_they_went_in(word_index: Path) -> None:
    generation = open_index(word_index)
    for row in range(len(generation)):
        passage = generation.passage(row)
        heading = passage.heading[:-1] if passage.sentences[0].kind == "heading" else passage.heading
        context = " > ".join((generation.cards[passage.post].title, *heading)) + "\n"
        encoding = next(WordEncoder().encode([context + passage.text]))
        tokens, starts = generation.tokens([row])

        assert generation.vectors.rows(np.array([row]))[0] == pytest.approx(encoding.vector, abs=5e-4)
        assert generation.pieces(row).tolist() == encoding.pieces.tolist()
        assert tokens.tolist() == generation.projection.store(encoding.tokens).tolist()
        begins = encoding.spans[starts, 0].tolist()
        assert begins == [0, *(s.start - passage.start + len(context) for s in passage.sentences)]


def test_what_memory_has_let_go_of_is_read_again(word_index: Path) -> None:
    generation = open_index(word_index)
    before = generation.embedded(2)
    generation.forget()
    after = generation.embedded(2)
    assert before.tokens.tolist() == after.tokens.tolist()
    assert before.pieces.tolist() == after.pieces.tolist()


def test_the_manifest_tells_what_the_generation_holds(word_index: Path) -> None:
    generation = open_index(word_index)
    manifest = generation.manifest
    sentences = sum(len(generation.passage(row).sentences) for row in range(len(generation)))

    assert (manifest.format, manifest.posts, manifest.passages, manifest.sentences) == (
        1, 3, len(generation), sentences,
    )  # fmt: skip
    assert (manifest.dimensions, manifest.passage_chars) == (64, 800)
    assert len(manifest.model_digest) == 64
    assert sorted([*manifest.files, "manifest.json"]) == files_of(word_index)


def test_the_folder_is_laid_out_as_promised(word_index: Path) -> None:
    name = (word_index / "CURRENT").read_text(encoding="utf-8").strip()
    assert live_generation(word_index) == word_index / "generations" / name
    top = {Path(file).parts[0] for file in files_of(word_index)}
    assert {"manifest.json", "posts.sqlite", "vectors.faiss", "lexical", "encoder"} < top
    assert any(part.startswith("tokens.") for part in top)


def test_one_changed_byte_of_any_file_is_refused_by_its_name(word_index: Path, copy: Path) -> None:
    generation = live_generation(copy)
    for name in files_of(word_index):
        if name == "manifest.json":
            continue
        file = generation / name
        good = file.read_bytes()
        for at in (0, len(good) // 2, len(good) - 1):
            file.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
            with pytest.raises(IndexDamagedError, match=Path(name).name):
                open_index(copy)
        file.write_bytes(good)
    assert len(open_index(copy)) == len(open_index(word_index))


def test_one_changed_byte_of_the_manifest_is_refused(copy: Path) -> None:
    manifest = live_generation(copy) / "manifest.json"
    good = manifest.read_bytes()
    for at in range(0, len(good), 3):
        manifest.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
        with pytest.raises(IndexDamagedError):
            open_index(copy)


def test_a_file_cut_short_or_lost_is_refused_by_its_name(word_index: Path, copy: Path) -> None:
    generation = live_generation(copy)
    for name in files_of(word_index):
        good = (generation / name).read_bytes()
        (generation / name).write_bytes(good[:-1])
        with pytest.raises(IndexDamagedError, match=Path(name).name):
            open_index(copy)
        (generation / name).unlink()
        with pytest.raises(IndexDamagedError, match=Path(name).name):
            open_index(copy)
        (generation / name).write_bytes(good)


def test_another_format_version_is_refused_with_both_versions(copy: Path) -> None:
    manifest = live_generation(copy) / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 99}), encoding="utf-8")
    with pytest.raises(IndexDamagedError, match=r"99.*reads 1.*askpost index"):
        open_index(copy)


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"format": 1}', "no json", '{"format": "1"}'])
def test_what_is_no_manifest_is_refused(copy: Path, manifest: str) -> None:
    (live_generation(copy) / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(IndexDamagedError, match="askpost index"):
        open_index(copy)


def test_no_index_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexMissingError, match=f"`askpost index --index {folder}` first"):
            open_index(folder)


BAD_NAMES = [b"", b"\n", b"nothing", b"../..", b"..", b".", b"/etc", b"generations/x", b"a\nb"]


@pytest.mark.parametrize("current", [*BAD_NAMES, b"\xff\xfe"])
def test_current_must_name_a_generation(copy: Path, current: bytes) -> None:
    (copy / "CURRENT").write_bytes(current)
    with pytest.raises(IndexDamagedError, match=r"CURRENT.*askpost index"):
        open_index(copy)


@pytest.mark.parametrize("current", [*BAD_NAMES, b"\xff\xfe"])
def test_a_build_mends_an_index_whose_current_is_wrong(blog: Path, tmp_path: Path, current: bytes) -> None:
    settings = built(blog, tmp_path)
    (settings.index / "CURRENT").write_bytes(current)

    assert build_index(settings, load_encoder=WordEncoder).published
    assert len(open_index(settings.index).cards) == 3


def test_a_build_mends_a_damaged_index(blog: Path, tmp_path: Path) -> None:
    settings = built(blog, tmp_path)
    (live_generation(settings.index) / "vectors.faiss").write_bytes(b"nothing")

    report = build_index(settings, load_encoder=WordEncoder)

    assert report.published
    assert report.reused == 0
    assert len(open_index(settings.index).cards) == 3


STALLING = """
import sys, time
from pathlib import Path
from index import BuildSettings, build_index
from tests.fakes import WordEncoder

class Stalling(WordEncoder):
    def encode(self, texts):
        yield next(super().encode(texts))
        Path(sys.argv[4]).touch()
        time.sleep(600)

build_index(BuildSettings(Path(sys.argv[1]), Path(sys.argv[2]), model=sys.argv[3]), load_encoder=Stalling)
"""


@pytest.fixture
def stalled(tmp_path: Path) -> Iterator[Callable[[BuildSettings], subprocess.Popen[bytes]]]:
    """Starts a build in a process of its own that halts in the midst of embedding."""
    processes: list[subprocess.Popen[bytes]] = []

    def start(settings: BuildSettings) -> subprocess.Popen[bytes]:
        reached = tmp_path / "reached"
        arguments = [str(settings.content), str(settings.index), settings.model, str(reached)]
        process = subprocess.Popen([sys.executable, "-c", STALLING, *arguments], cwd=ROOT)
        processes.append(process)
        end = time.monotonic() + 60
        while not reached.exists() and process.poll() is None and time.monotonic() < end:
            time.sleep(0.02)
        assert reached.exists()
        return process

    yield start
    for process in processes:
        process.kill()
        process.wait()


def test_a_killed_build_leaves_the_old_generation_live(
    blog: Path, tmp_path: Path, stalled: Callable[[BuildSettings], subprocess.Popen[bytes]]
) -> None:
    settings = built(blog, tmp_path)
    before = live_generation(settings.index)
    (blog / "moving-house.md").write_text("# Another\n\nText.\n\nMore text.\n\n## And\n\nmore.", encoding="utf-8")
    process = stalled(settings)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    assert live_generation(settings.index) == before
    assert open_index(settings.index).cards["moving-house"].title == "Moving house with a cat"
    assert (settings.index / "embedded.part").exists()

    assert build_index(settings, load_encoder=WordEncoder).published
    assert open_index(settings.index).cards["moving-house"].title == "Another"
    names = {folder.name for folder in (settings.index / "generations").iterdir()}
    assert names == {before.name, live_generation(settings.index).name}


def test_a_second_build_at_once_is_refused(
    blog: Path, tmp_path: Path, stalled: Callable[[BuildSettings], subprocess.Popen[bytes]]
) -> None:
    settings = built(blog, tmp_path)
    (blog / "moving-house.md").write_text("# Another\n\nText.\n\n## And\n\nmore.", encoding="utf-8")
    stalled(settings)

    with pytest.raises(IndexBusyError, match=str(settings.index)):
        build_index(settings, load_encoder=WordEncoder)
    assert len(open_index(settings.index).cards) == 3


def test_the_lock_is_free_again_after_a_build(blog: Path, tmp_path: Path) -> None:
    settings = built(blog, tmp_path)
    with (settings.index / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_only_the_live_generation_and_the_one_before_are_kept(blog: Path, tmp_path: Path) -> None:
    settings = built(blog, tmp_path)
    live = [live_generation(settings.index)]
    for turn in range(3):
        (blog / "moving-house.md").write_text(f"Turn {turn}.", encoding="utf-8")
        build_index(settings, load_encoder=WordEncoder)
        live.append(live_generation(settings.index))

    assert set((settings.index / "generations").iterdir()) == set(live[-2:])


def test_an_open_generation_answers_on_while_others_are_published(blog: Path, tmp_path: Path) -> None:
    settings = built(blog, tmp_path)
    opened = open_index(settings.index)
    for turn in range(3):
        (blog / "moving-house.md").write_text(f"Turn {turn}.", encoding="utf-8")
        build_index(settings, load_encoder=WordEncoder)

    assert not opened.folder.exists()
    assert opened.passage(len(opened) - 1).text
    assert opened.tokens([0])[0].any()
    post = opened.post("moving-house")
    assert post is not None
    assert post.title == "Moving house with a cat"


def test_a_generation_opens_by_its_folder(word_index: Path) -> None:
    with pytest.raises(IndexDamagedError, match=r"manifest\.json"):
        Generation(word_index)
