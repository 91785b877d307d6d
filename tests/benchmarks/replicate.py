"""An index of a large made-up blog whose vectors are replicas of real ones: right in size and in what a question costs.

Embedding 100,000 passages takes hours on two cores. Here every passage is cut, tokenised, projected, stored and indexed
as in any build; only the model's run is replaced. The vector of a passage is that of a real passage with noise, the
vector of a word piece is one that the model gave this piece in a real passage, with noise. Answers from such an index
mean nothing, and no build rate is taken from it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index import BuildSettings, build_index
from index.embed import PassageEncoder
from index.store import Generation, open_index
from index.types import Encoding, Floats
from index.vectors import unit_rows

_READ_PASSAGES = 300
# So far is a replica from its original: a cosine of about 0.92, as between neighbouring passages.
_NOISE = 0.022
_VOCABULARY = 40_000


class Replicating(PassageEncoder):
    """Fitted and exported as the real encoder is; encodes by what that gave for some passages of a real index."""

    def __init__(self, folder: Path, real: Generation) -> None:
        super().__init__(folder)
        self._made = np.random.default_rng(5)
        self._cutter = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._cutter.no_padding()
        self._cutter.enable_truncation(self.max_tokens)
        self._originals = real.vectors.rows(np.arange(len(real)))
        self._of_piece = unit_rows(
            self._made.standard_normal((_VOCABULARY, self._originals.shape[1])).astype(np.float32)
        )
        texts = [real.passage(row).text for row in range(0, len(real), max(1, len(real) // _READ_PASSAGES))]
        for encoding in super().encode(texts):
            self._of_piece[encoding.pieces] = encoding.tokens

    def encode(self, texts: Sequence[str]) -> Iterator[Encoding]:
        """One encoding for each text, in order."""
        for text in texts:
            read = self._cutter.encode(text)
            own: NDArray[np.bool_] = np.array(read.special_tokens_mask) == 0
            pieces = np.array(read.ids, dtype=np.int64)[own]
            original = self._originals[self._made.integers(len(self._originals))]
            yield Encoding(
                vector=self._noisy(original[None])[0],
                tokens=self._noisy(self._of_piece[pieces]),
                pieces=pieces,
                spans=np.array(read.offsets, dtype=np.int64).reshape(-1, 2)[own],
            )

    def _noisy(self, rows: Floats) -> Floats:
        return unit_rows(rows + self._made.standard_normal(rows.shape, dtype=np.float32) * np.float32(_NOISE))


def main() -> int:
    posts, index, real = (Path(argument) for argument in sys.argv[1:])
    generation = open_index(real)
    stage = ""

    def progress(now: str, done: int, total: int) -> None:
        nonlocal stage
        if now != stage or done % 5000 == 0:
            stage = now
            print(f"{now}: {done:,} of {total:,}", file=sys.stderr, flush=True)

    # No suggestions: checking them means asking tens of thousands of questions, and none is measured here.
    report = build_index(BuildSettings(posts, index), progress, lambda folder: Replicating(folder, generation))
    print(f"{report.passages:,} passages, {report.size_bytes / 1e6:,.0f} MB, {report.seconds:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
