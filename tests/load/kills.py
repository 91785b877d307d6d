"""`make kills`: builds that are killed at random moments (TIMES, 50); after each, the live index loads and answers.

Ends with 1 when it does not, or when its answer is neither that of the last good build nor that of the killed one.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from index import Retriever
from service.answer import Answerer
from tests.benchmarks.processes import ASKPOST
from tests.conftest import BLOG

_PRICE, _QUESTION = "240 euros", "How much did the skiff cost?"
# Some moments lie past the end of the build, so that its very end is met as well.
_BEYOND = 1.1


@dataclass(slots=True)
class Kills:
    """What was found after each kill: the index of before, or, where the build had published, the new one."""

    build_s: float = 0.0
    old: int = 0
    new: int = 0
    ended: int = 0
    wrong: list[str] = field(default_factory=list)


def kill_builds(times: int, folder: Path, seed: int = 1, progress: Callable[[int], None] = lambda done: None) -> Kills:
    """Change every post, build, kill the build at a moment between its start and its end, ask; so many times."""
    found = Kills()
    moments = random.Random(seed)
    blog, index = Path(shutil.copytree(BLOG, folder / "blog")), folder / "index"
    subprocess.run(_command(blog, index), check=True, stdout=subprocess.DEVNULL)
    prices = [_PRICE]
    started = time.monotonic()
    _reprice(blog, prices)
    subprocess.run(_command(blog, index), check=True, stdout=subprocess.DEVNULL)
    found.build_s = time.monotonic() - started
    live = prices[-1]
    for turn in range(times):
        _reprice(blog, prices)
        at = moments.uniform(0, found.build_s * _BEYOND)
        with subprocess.Popen(_command(blog, index), stdout=subprocess.DEVNULL) as process:
            try:
                process.wait(at)
                found.ended += 1
            except subprocess.TimeoutExpired:
                os.kill(process.pid, signal.SIGKILL)
        answer = _answer(index)
        if prices[-1] in answer:
            found.new += 1
            live = prices[-1]
        elif live in answer:
            found.old += 1
        else:
            found.wrong.append(f"killed after {at:.2f} s: {answer}")
        progress(turn + 1)
    return found


def _reprice(blog: Path, prices: list[str]) -> None:
    """Another price in the one post, and another word in all, so that every post has something to embed."""
    prices.append(f"{241 + len(prices)} euros")
    for post in blog.rglob("*.md"):
        text = post.read_text(encoding="utf-8").replace(prices[-2], prices[-1])
        kept = text.partition("\n\nChanged ")[0].rstrip("\n")
        post.write_text(f"{kept}\n\nChanged {len(prices)} times.\n", encoding="utf-8")


def _answer(index: Path) -> str:
    """What the index answers, or the failure."""
    try:
        return Answerer(Retriever.open(index), threshold=0.0).ask(_QUESTION).composed.text
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _command(blog: Path, index: Path) -> list[str]:
    return [ASKPOST, "index", str(blog), "--index", str(index)]


def main() -> int:
    given = argparse.ArgumentParser(prog="make kills", description=__doc__)
    given.add_argument("--times", type=int, default=50)
    given.add_argument("--seed", type=int, default=1)
    options = given.parse_args()
    with tempfile.TemporaryDirectory() as made:

        def progress(done: int) -> None:
            print(f"\r{done} of {options.times}", end="", file=sys.stderr, flush=True)

        found = kill_builds(options.times, Path(made), options.seed, progress)
    print(file=sys.stderr)
    killed = options.times - found.ended
    print(f"A build takes {found.build_s:.1f} s; {killed} of {options.times} were killed before its end")
    print(
        f"The live index was the old one {found.old} times, the new one {found.new} times, unusable {len(found.wrong)}"
    )
    for what in found.wrong:
        print(f"WRONG {what}")
    print("NOT GOOD" if found.wrong else "good")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
