"""`make bench-index`: what indexing a blog of 1,000 posts costs. Ends with 1 when a limit is passed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks import growth, machine
from tests.benchmarks.blog import write_blog
from tests.benchmarks.processes import ASKPOST

_POSTS, _FEWER = 1_000, 250
_RESULTS = Path(__file__).parent / "results"
# What is timed in turn, ours and bare, so that a busy moment hits both.
_TURN_TEXTS = 512
EDIT_LIMIT, ENCODING_LIMIT = 0.05, 0.85


@dataclass(frozen=True, slots=True)
class Run:
    """One `askpost index`: wall time, the most memory it held, and how many passages it embedded."""

    seconds: float
    peak_mb: float
    embedded: int
    passages: int


@dataclass(frozen=True, slots=True)
class Encoding:
    """Seconds for the same texts: as a build encodes them, and by `SentenceTransformer.encode` alone."""

    ours_s: float
    bare_s: float
    texts: int

    @property
    def ratio(self) -> float:
        return self.bare_s / self.ours_s


def main() -> int:
    grown = growth.measure()
    print(
        "Without the model, by posts:", ", ".join(f"{posts:,}: {mb:.0f} MB" for posts, mb in grown.items()), flush=True
    )
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write_blog(folder / "fewer", _FEWER)
        write_blog(folder / "blog", _POSTS)
        fewer = _index(folder / "fewer", folder / "index-fewer")
        _show(f"Full build of {_FEWER} posts", fewer)
        full = _index(folder / "blog", folder / "index")
        _show(f"Full build of {_POSTS:,} posts", full)
        same = _index(folder / "blog", folder / "index")
        _show("Nothing changed", same)
        post = folder / "blog" / "post-0500.md"
        post.write_text(post.read_text(encoding="utf-8").replace("euros", "crowns"), encoding="utf-8")
        edit = _index(folder / "blog", folder / "index")
        _show("One post edited", edit)
        encoding = _encoding(folder / "index")
    share = edit.seconds / full.seconds
    print(f"One edit takes {share:.1%} of a full build, limit {EDIT_LIMIT:.0%}")
    print(f"Encoding {encoding.texts:,} texts: {encoding.ratio:.0%} of bare encode's speed, limit {ENCODING_LIMIT:.0%}")
    good = share <= EDIT_LIMIT and encoding.ratio >= ENCODING_LIMIT and same.embedded == 0
    print("good" if good else "TOO MUCH")
    figures = {
        "commit": machine.commit(),
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine.describe(),
        "full": asdict(full),
        "fewer_posts": asdict(fewer),
        "no_change": asdict(same),
        "one_edit": {**asdict(edit), "share": share},
        "peak_mb_without_model_by_posts": grown,
        "encoding": {**asdict(encoding), "ratio": encoding.ratio},
    }
    _RESULTS.mkdir(exist_ok=True)
    file = _RESULTS / f"index-{machine.commit()}.json"
    file.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0 if good else 1


def _index(content: Path, index: Path) -> Run:
    """Run the command; the kernel keeps the most memory that it held."""
    started = time.perf_counter()
    with subprocess.Popen(
        [ASKPOST, "index", str(content), "--index", str(index), "--json"], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        report = json.loads(process.stdout.read())
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"askpost index ended with status {process.returncode}")
    seconds = time.perf_counter() - started
    return Run(seconds, used.ru_maxrss * 1024 / 1e6, report["embedded"], report["passages"])


def _encoding(index: Path) -> Encoding:
    """Every text of the index, sorted as a build sorts them, encoded both ways in turn."""
    from sentence_transformers import SentenceTransformer

    from index.embed import DEFAULT_MODEL, PassageEncoder, find_model
    from index.embedded_text import embedded_texts
    from index.store import open_index

    generation = open_index(index)
    titles = {card.id: card.title for card in generation.cards.values()}
    passages = [generation.passage(row) for row in range(len(generation))]
    texts = [text for p in sorted(passages, key=lambda p: -len(p.text)) for text in embedded_texts(titles[p.post], p)]
    generation.close()
    folder = find_model(DEFAULT_MODEL)
    ours, bare = PassageEncoder(folder), SentenceTransformer(str(folder), device="cpu")
    for _ in ours.encode(texts[:64]):  # the first runs are slower in either
        pass
    bare.encode(texts[:64], show_progress_bar=False)
    ours_s = bare_s = 0.0
    for turn, first in enumerate(range(0, len(texts), _TURN_TEXTS)):
        part = texts[first : first + _TURN_TEXTS]
        for which in ("ours", "bare") if turn % 2 else ("bare", "ours"):
            started = time.perf_counter()
            if which == "ours":
                for _ in ours.encode(part):
                    pass
                ours_s += time.perf_counter() - started
            else:
                bare.encode(part, show_progress_bar=False)
                bare_s += time.perf_counter() - started
    return Encoding(ours_s, bare_s, len(texts))


def _show(what: str, run: Run) -> None:
    print(
        f"{what:<32}{run.seconds:>8.1f} s  {run.embedded:>6,} of {run.passages:,} embedded  {run.peak_mb:>6.0f} MB",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
