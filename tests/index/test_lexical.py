"""BM25: which words are compared, and which passage they find."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import lexical as lexical_room
from index.lexical import Lexical, words

BODIES = ["Install v1.2.3 with pnpm-lock.yaml.", "Error E4304 stops the build.", "C++ and C# are old.", "The cat sat."]
HEADS = ["Setup", "Errors", "Languages", "Cats > Minka"]


@pytest.fixture(scope="module")
def lexical() -> Lexical:
    return Lexical.build(BODIES, HEADS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The running cats", ["run", "cat"]),
        ("pnpm-lock.yaml", ["pnpm-lock.yaml", "pnpm", "lock", "yaml"]),
        ("v1.2.3", ["v1.2.3", "v1", "2", "3"]),
        ("C++", ["c++", "c"]),
        ("#Python3", ["#python3", "python3"]),
        ("Henrik's boat, Henrik’s boat", ["henrik", "boat", "henrik", "boat"]),
        ("E4304", ["e4304"]),
        ("don’t", words("don't")),
        ("“word” ‘word’", ["word", "word"]),
        ("boat—house, 1990–2005", ["boat", "hous", "1990", "2005"]),
        ("self\u2011attention co\u00adoperate", ["self-attent", "self", "attent", "cooper"]),
        ("what is the", []),
        ("", []),
        ("😀 — …", []),
        ("Größe", ["größe"]),
    ],
)
def test_words_are_lower_case_stems_without_stop_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("what needs v1.2.3?", 0),
        ("where is the lock file?", 0),
        ("pnpm-lock.yaml", 0),
        ("e4304", 1),
        ("is c++ old?", 2),
        ("who is Minka?", 3),
    ],
)
def test_a_word_finds_the_passage_that_holds_it(lexical: Lexical, question: str, passage: int) -> None:
    scores = lexical.scores(question)
    assert int(scores.argmax()) == passage
    assert scores[passage] > np.delete(scores, passage).max()


@pytest.mark.parametrize("question", ["what is the", "zebra quagga", "", "😀"])
def test_no_passage_scores_when_no_word_is_known(lexical: Lexical, question: str) -> None:
    assert lexical.scores(question).tolist() == [0.0] * len(BODIES)


def test_a_heading_counts_less_than_the_passage_itself() -> None:
    lexical = Lexical.build(["about anchors", "about boats"], ["boats", "anchors"])
    below, beside = lexical.scores("anchors")
    assert below > beside > 0


def test_scores_are_the_same_after_saving_and_loading(lexical: Lexical, tmp_path: Path) -> None:
    lexical.save(tmp_path)
    again = Lexical.load(tmp_path, len(BODIES))
    for question in ("v1.2.3", "cat error", "zebra", "errors in C#"):
        assert again.scores(question).tolist() == lexical.scores(question).tolist()


def test_a_corpus_without_a_single_word_is_indexed() -> None:
    assert Lexical.build(["the", "😀"], ["", ""]).scores("anything").tolist() == [0.0, 0.0]


def test_what_is_too_long_for_a_word_is_compared_and_not_remembered() -> None:
    before = lexical_room._kept.cache_info().currsize
    assert words("x" * 41) == ["x" * 41]
    assert words("y" * 500 + "-running")[-1] == "run"
    assert lexical_room._kept.cache_info().currsize == before
