"""How much more memory a build takes for each further post: the blog's own share, without the model's.

Run with a number of posts, it builds that blog with an encoder that hashes words, and prints the most memory held.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from index import BuildSettings, build_index
from index.types import Encoding, Floats
from tests import fakes
from tests.benchmarks.blog import write_blog

POSTS = (250, 500, 1_000, 2_000)


def measure() -> dict[int, float]:
    """The most memory, in MB (10^6 bytes), that a build of so many posts held, each in a process of its own."""
    return {posts: _peak_mb(posts) for posts in POSTS}


def _peak_mb(posts: int) -> float:
    command = [sys.executable, "-m", "tests.benchmarks.growth", str(posts)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


class _Encoder(fakes.WordEncoder):
    """Remembers no text, and makes each word's vector once, so that what grows is the build's own."""

    def encode(self, texts: Sequence[str]) -> Iterator[Encoding]:
        """As the fake does it."""
        for text in texts:
            yield from super().encode([text])
            self.texts.clear()


def _words(pieces: np.ndarray) -> Floats:
    return np.array([_word(int(piece)) for piece in pieces], np.float32).reshape(-1, fakes.DIMENSIONS)


@cache
def _word(piece: int) -> Floats:
    return np.asarray(_one(np.array([piece]))[0])


_one = fakes.word_vectors


def main(posts: int) -> None:
    fakes.word_vectors = _words
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write_blog(folder / "blog", posts)
        model = fakes.stand_in_model(folder / "model")
        build_index(BuildSettings(folder / "blog", folder / "index", model=str(model)), load_encoder=_Encoder)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6)


if __name__ == "__main__":
    main(int(sys.argv[1]))
