"""A full disk, a folder that may not be written to, a clock that jumps, one flipped byte: refused or survived with one
clear line, never a wrong answer. The disks are real ones, small and in memory; that needs root and mount.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import IndexDamagedError, Retriever, live_generation
from tests.benchmarks.processes import ASKPOST, serving
from tests.conftest import BLOG
from tests.indexes import linked_copy

pytestmark = pytest.mark.model
QUESTION, ANSWER = "How much did the skiff cost?", "240 euros"
_FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
Disk = Callable[[str], Path]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Mounts a small disk with the given options."""
    mounted: list[Path] = []

    def mount(options: str) -> Path:
        folder = tmp_path / f"disk{len(mounted)}"
        folder.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True)
        if done.returncode:
            pytest.skip(f"no disk can be mounted here: {done.stderr.decode().strip()}")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def askpost(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command, run to its end."""
    given = {**os.environ, **environment}
    return subprocess.run([ASKPOST, *map(str, arguments)], capture_output=True, text=True, env=given, timeout=300)


def one_line(run: subprocess.CompletedProcess[str]) -> str:
    """The one line that a command which failed says."""
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.count("\n") == 1, run.stderr
    assert "Traceback" not in run.stderr
    assert "unexpected" not in run.stderr
    return run.stderr


def used_by(index: Path) -> int:
    return sum(file.stat().st_blocks * 512 for file in index.rglob("*") if file.is_file())


# Room beside the live index: for nothing, for what is embedded, for a part of the records, for all but the encoder.
@pytest.mark.parametrize("spare", [0, 30_000, 300_000, 20_000_000])
def test_a_full_disk_stops_a_build_with_one_line_and_the_live_index_answers(
    disk: Disk, blog: Path, model_index: Path, spare: int
) -> None:
    small = disk(f"size={used_by(model_index) + 100_000 + spare}")
    shutil.copytree(model_index, small / "index")
    post = blog / "learning-to-row.md"
    post.write_text(post.read_text(encoding="utf-8") + "\n\nThe skiff was sold for 400 euros.\n", encoding="utf-8")

    assert "is full" in one_line(askpost("index", blog, "--index", small / "index"))

    assert ANSWER in askpost("ask", QUESTION, "--index", small / "index").stdout
    assert list((small / "index" / "generations").glob(".draft-*")) == []


def test_a_folder_that_may_not_be_written_to_is_named(disk: Disk, model_index: Path, tmp_path: Path) -> None:
    sealed = disk("size=200m")
    shutil.copytree(model_index, sealed / "index")
    subprocess.run(["mount", "-o", "remount,ro", str(sealed)], check=True)

    said = one_line(askpost("index", BLOG, "--index", sealed / "index"))
    assert "cannot be written to" in said
    assert str(sealed) in said
    assert ANSWER in askpost("ask", QUESTION, "--index", sealed / "index").stdout

    with serving(sealed / "index", data=str(sealed / "data")) as service:
        service.ask(QUESTION)
        service.connection.request(
            "POST", "/feedback", '{"id": "abcdefghijkl", "rating": "up"}', {"Content-Type": "application/json"}
        )
        refused = service.connection.getresponse()
        assert refused.status == 503
        assert "cannot be kept" in refused.read().decode()
        service.ask(QUESTION)


def test_a_full_disk_for_temporary_files_ends_no_worker(
    disk: Disk, model_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = disk("size=300k")
    monkeypatch.setenv("TMPDIR", str(small))
    with serving(model_index, data=str(tmp_path / "data"), workers="2") as service:
        subprocess.run(["dd", "if=/dev/zero", f"of={small}/fill", "bs=1k", "count=400"], capture_output=True)
        for number in range(10):
            # A connection each, for both workers; a new kind of reply makes new counters.
            service.connection.close()
            service.connection.request("GET", f"/posts/{number}")
            reply = service.connection.getresponse()
            reply.read()
            assert reply.status == 404
            service.ask(QUESTION)


@pytest.mark.skipif(_FAKETIME is None, reason="needs libfaketime: apt install faketime")
def test_a_clock_that_jumps_years_back_and_forth_changes_nothing(blog: Path, model_index: Path, tmp_path: Path) -> None:
    index = linked_copy(model_index, tmp_path / "index")
    clock = tmp_path / "clock"
    clock.write_text("+0", encoding="ascii")
    moved = {
        "LD_PRELOAD": str(_FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }  # fmt: skip
    os.environ.update(moved)
    try:
        with serving(index, data=str(tmp_path / "data"), rate_limit="1000/minute") as service:
            # Not back to before the posts were written: what is dated in the future is left out.
            for days in (-700, 9000, 0):
                clock.write_text(f"{days:+}d", encoding="ascii")
                post = blog / "learning-to-row.md"
                post.write_text(post.read_text(encoding="utf-8") + f"\n\nIt is {days}.\n", encoding="utf-8")
                assert askpost("index", blog, "--index", index).returncode == 0
                live = live_generation(index)
                assert ANSWER in askpost("ask", QUESTION, "--index", index).stdout
                assert live_generation(index) == live
                service.connection.close()  # the service may have ended it in the meantime
                service.ask(QUESTION)
    finally:
        for name in moved:
            del os.environ[name]


def test_a_flipped_bit_anywhere_is_refused_by_name_or_changes_no_answer(tmp_path: Path, model_index: Path) -> None:
    made = random.Random(11)
    whole = live_generation(model_index)
    names = sorted(f.relative_to(model_index) for f in model_index.rglob("*") if f.is_file())
    assert len(names) > 15
    for name in names:
        index = linked_copy(model_index, tmp_path / "index")
        (index / "build.lock").write_bytes(b"x")
        file = index / name
        good = (model_index / name).read_bytes()
        if good:
            at = made.randrange(len(good))
            file.unlink(missing_ok=True)
            file.write_bytes(good[:at] + bytes([good[at] ^ (1 << made.randrange(8))]) + good[at + 1 :])
        if whole.name in name.parts:
            with pytest.raises(IndexDamagedError, match=re.escape(name.name)):
                Retriever.open(index)
        else:
            said = askpost("ask", QUESTION, "--index", index)
            assert ANSWER in said.stdout or "CURRENT" in one_line(said)
        shutil.rmtree(index)
