"""Which words of a question are mended, and above all which are not."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import BuildSettings, Retriever, build_index
from index.spelling import Speller, WordCount, english
from index.store import open_index
from tests.fakes import WordEncoder, stand_in_model

POST = """Tobias Kiln runs the observatory. The telescope of the observatory cost 900 euros and Tobias paid in advance.
    In October he installed PostgreSQL 16 and wrote `restore-all`, a script for backups. Subscriptions don't renew."""


@pytest.fixture(scope="module")
def speller() -> Speller:
    words = WordCount()
    words.add(POST)
    return Speller(words.counts, {"kubernetes", "docker"}.__contains__)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("who runs the obsrevatory", "who runs the observatory"),
        ("who runs the obervatory", "who runs the observatory"),
        ("who runs the obserrvatory", "who runs the observatory"),
        ("who runs the observstory", "who runs the observatory"),
        ("who runs the obsevratorry", "who runs the observatory"),
        ("What did the telesocpe cost?", "What did the telescope cost?"),
        ("Waht did it cost?", "What did it cost?"),
        ("hwo mutch was teh telescope", "how much was the telescope"),
        ("nr of visitors pls", "number of visitors please"),
        ("what did tobais pay", "what did tobias pay"),
        ("Who is Tobais?", "Who is Tobias?"),
        ("is octber when he installed it?", "is october when he installed it?"),
        ("postgresq version", "PostgreSQL version"),
        ("dont subscritpions renew", "don't subscriptions renew"),
        # No post says it, and yet the encoder reads it better when it is spelt right.
        ("does he recomend it", "does he recommend it"),
        ("the telescope’s prcie", "the telescope’s price"),
    ],
)
def test_a_slip_is_mended(speller: Speller, typed: str, meant: str) -> None:
    assert speller.correct(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Who runs the observatory?",
        # Words that the post does not say, though one of its words is near.
        "is there a conservatory",
        "what did the microscope cost",
        "does he use kubernetes or docker",
        "which subscribers renew",
        # Names of others.
        "Who is Tobiah?",
        "Who is Matias?",
        "when was Kilm born",
        "what did Robias pay",
        # Identifiers, versions, addresses, code, and what is quoted.
        "what does obsrevatory_run do",
        "what is PostgreSQL16x",
        "see obsrevatory.example/a",
        "run `telesocpe`",
        'what is a "telesocpe"',
        "what is camelCaseTelesocpe",
        # Another form of a word that they do say.
        "subscriptioned readers",
        # Short words, and words made of others.
        "the cst",
        "which bundler is it",
        # Near to nothing.
        "what is a qzxvbnm",
        # Other languages, other scripts, noise, nothing.
        "wieviel hat das Fernrohr damals gekostet",
        "сколько стоил телескоп",
        "望遠鏡はいくらでしたか",
        "asdkjh qwlekj zxmcnb poqiwe lkasjd",
        "?!…",
        "",
    ],
)
def test_what_is_no_slip_stays_to_the_letter(speller: Speller, question: str) -> None:
    assert speller.correct(question) == question


@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    made = _ANY.correct(text)
    # White space, marks and digits are never touched.
    assert [c for c in made if not c.isalpha() and c != "'"] == [c for c in text if not c.isalpha() and c != "'"]


def test_a_question_costs_a_millisecond_or_two_among_the_words_of_ten_thousand_passages() -> None:
    # So many different words were counted in 10,000 passages of Wikipedia.
    said = {f"{word}": 1 for word in list(english())[::2]}
    speller = Speller(said, lambda word: False)
    questions = ["which obsrevatory did he vist", "what is the pruchase pirce of a telesocpe", "obsevratorry"]
    for question in questions:
        speller.correct(question)
    times = []
    for _ in range(20):
        for question in questions:
            started = time.thread_time()
            speller.correct(question)
            times.append(time.thread_time() - started)
    # Half a millisecond to one and a bit, by the machine.
    assert sorted(times)[len(times) // 2] < 0.0025


def test_what_is_too_long_for_a_word_costs_no_more_than_a_word(speller: Speller) -> None:
    typed = " ".join(letter * 4_000 for letter in "xyz")
    started = time.thread_time()
    assert speller.correct(typed) == typed
    assert time.thread_time() - started < 0.05


def test_an_index_that_counted_no_words_corrects_nothing(tmp_path: Path) -> None:
    settings = BuildSettings(_posts(tmp_path), tmp_path / "index", model=str(stand_in_model(tmp_path / "model")))
    build_index(settings, load_encoder=WordEncoder)
    generation = open_index(settings.index)
    assert Retriever(generation, WordEncoder()).correct("obsrevatory") == "observatory"
    (generation.folder / "words.json").unlink()
    assert Retriever(generation, WordEncoder()).correct("obsrevatory") == "obsrevatory"


def _posts(folder: Path) -> Path:
    posts = folder / "posts"
    posts.mkdir()
    (posts / "observatory.md").write_text(f"# The observatory\n\n{POST}\n", encoding="utf-8")
    return posts


_ANY = Speller({"Observatory": 3, "observatory": 9, "Tobias": 2}, lambda word: False)
