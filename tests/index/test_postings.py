"""Postings that are put in order on disk are those that bm25s makes in memory."""

from __future__ import annotations

import random
from contextlib import closing

import bm25s
import numpy as np
import pytest

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
    for word in (*(f"w{number}" for number in range(30)), ""):
        np.testing.assert_allclose(ours.get_scores([word]), theirs.get_scores([word]), rtol=1e-6)


def test_a_word_in_every_passage_has_all_of_them_in_order() -> None:
    with closing(Postings(batch=2)) as postings:
        for number in range(5):
            postings.add(["same", f"own{number}"])
        index = postings.index()
    column = index.vocab_dict["same"]
    first, last = index.scores["indptr"][column : column + 2]
    assert index.scores["indices"][first:last].tolist() == [0, 1, 2, 3, 4]
