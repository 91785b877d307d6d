"""Postings that are put in order on disk are those that bm25s makes in memory."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import bm25s
import numpy as np
import pytest

from index.field import Field
from index.postings import Postings


@pytest.mark.parametrize("batch", [1, 7, 50, 1_000_000])
def test_scores_are_those_of_bm25s_whatever_is_held_in_memory(batch: int) -> None:
    made = random.Random(7)
    texts = [[f"w{made.randrange(30)}" for _ in range(made.randrange(0, 25))] for _ in range(60)]
    with closing(Postings(batch)) as postings:
        for text in texts:
            postings.add(text)
        ours = postings.index()
    theirs = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    theirs.index([text or [""] for text in texts], show_progress=False)
    words = [f"w{number}" for number in range(30)]
    for asked in (*([word] for word in words), [""], ["w1", "w2", "w1"], words):
        total = np.full(len(texts), 5, np.float32)
        ours.add_scores([*asked, "unheard of"], total, 0.5)
        np.testing.assert_allclose(total, 5 + 0.5 * theirs.get_scores(asked), rtol=1e-5)


def test_a_word_in_every_passage_has_all_of_them_in_order() -> None:
    with closing(Postings(batch=2)) as postings:
        for number in range(5):
            postings.add(["same", f"own{number}"])
        index = postings.index()
    column = index.vocabulary["same"]
    first, last = index.starts[column : column + 2]
    assert index.passages[first:last].tolist() == [0, 1, 2, 3, 4]


def test_what_is_saved_is_mapped_when_it_is_read(tmp_path: Path) -> None:
    with closing(Postings()) as postings:
        for text in (["lock", "of", "Ede"], ["Ünlock"], []):
            postings.add(text)
        postings.index().save(tmp_path)
    again = Field.load(tmp_path)
    total = np.zeros(3, np.float32)
    again.add_scores(["Ünlock"], total, 1)
    assert total[1] > 0 == total[0] == total[2]
    # A plain view of the file: nothing is read before it is asked for.
    assert type(again.scores) is np.ndarray
    assert isinstance(again.scores.base, np.memmap)
