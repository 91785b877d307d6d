"""Made-up blogs of three sizes and their indexes, kept below build/benchmarks/ for the next run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from index.embedded_text import embedded_texts
from index.store import open_index
from tests.benchmarks.blog import write_blog
from tests.benchmarks.processes import ASKPOST

_FOLDER = Path("build/benchmarks")
# Posts that have about so many passages.
SIZES = {1_000: 164, 10_000: 1_640, 100_000: 16_400}
_LARGEST_REAL = 10_000


@dataclass(frozen=True, slots=True)
class Built:
    """An index: its passages, and its size on disk in MB (10^6 bytes), model and all.

    `seconds` and `cpu_seconds` are what the build took, wall and processor time of all cores; None where vectors are
    replicas (see `replicate`).
    """

    passages: int
    size_mb: float
    seconds: float | None = None
    cpu_seconds: float | None = None

    @property
    def rate(self) -> float | None:
        """Passages a second, from Markdown to a published index."""
        return self.passages / self.seconds if self.seconds else None


def index_of(size: int) -> Path:
    """Where the index of about so many passages is."""
    return _FOLDER / str(size) / "index"


def build(size: int, *, anew: bool = False) -> Built:
    """Have the index: found as it is when the posts are unchanged, else built and timed.

    :param anew: build it even so.
    """
    folder = _FOLDER / str(size)
    posts, index, noted = folder / "posts", index_of(size), folder / "build.json"
    if not posts.exists():
        write_blog(posts, SIZES[size])
    if anew:
        shutil.rmtree(index, ignore_errors=True)
    if noted.exists() and index.exists() and (size > _LARGEST_REAL or _fresh(posts, index)):
        return Built(**json.loads(noted.read_text(encoding="utf-8")))
    shutil.rmtree(index, ignore_errors=True)
    started = time.perf_counter()
    command = [ASKPOST, "index", str(posts), "--index", str(index)]
    if size > _LARGEST_REAL:
        command = [sys.executable, "-m", "tests.benchmarks.replicate", str(posts), str(index)]
        command.append(str(index_of(_LARGEST_REAL)))
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with status {process.returncode}")
    seconds = time.perf_counter() - started
    made = Built(*_measures(index))
    if size <= _LARGEST_REAL:
        made = Built(made.passages, made.size_mb, seconds, used.ru_utime + used.ru_stime)
    noted.write_text(json.dumps(asdict(made)), encoding="utf-8")
    return made


def export_for_peers(size: int) -> Path:
    """A folder with the texts that were embedded, as a list, and their vectors, row by row."""
    folder = _FOLDER / str(size) / "data"
    folder.mkdir(exist_ok=True)
    generation = open_index(index_of(size))
    titles = {card.id: card.title for card in generation.cards.values()}
    passages = [generation.passage(row) for row in range(len(generation))]
    texts = [embedded_texts(titles[passage.post], passage)[0] for passage in passages]
    (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    np.save(folder / "vectors.npy", generation.vectors.rows(np.arange(len(generation))))
    generation.close()
    return folder.absolute()


def _fresh(posts: Path, index: Path) -> bool:
    return (
        subprocess.run([ASKPOST, "index", str(posts), "--index", str(index), "--check"], capture_output=True).returncode
        == 0
    )


def _measures(index: Path) -> tuple[int, float]:
    generation = open_index(index)
    size = sum(f.stat().st_size for f in generation.folder.rglob("*") if f.is_file())
    passages = len(generation)
    generation.close()
    return passages, size / 1e6
