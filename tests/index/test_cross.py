"""The cross-encoder: what it is given to read, and that what was exported says what was fitted."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from index import CrossEncoder, ModelError, Place, Retriever, cross_export, live_generation
from index.cross import CLS, CROSS_FILE, SEP, side_by_side
from index.cross_adapter import fitted_cross
from index.embed import DEFAULT_MODEL, find_model
from index.encode import MODEL_FILE, OnnxEncoder, weights_of

PLACE = Place("The skiff", "It was built in a barn.", "He paid 400 pounds for it.")


def letters(text: str) -> list[int]:
    """A piece for each letter, far from the special ones."""
    return [1000 + ord(letter) for letter in text]


def words_of(pieces: list[int]) -> list[str]:
    """What stands between the special ones."""
    text = "".join("|" if piece == SEP else chr(piece - 1000) for piece in pieces if piece != CLS)
    return text.split("|")


def test_question_and_sentence_are_read_side_by_side() -> None:
    pieces, types = side_by_side("cost?", Place("Skiff", "Built.", "400."), letters)
    assert pieces[0] == CLS
    assert words_of(pieces) == ["cost?", "Skiff", "Built.", "400.", ""]
    # Only the sentence's own pieces, and what ends them, are of the second kind.
    assert types == [0] * (len(pieces) - 5) + [1] * 5


def test_a_heading_is_not_read_twice() -> None:
    pieces, _ = side_by_side("cost?", Place("Skiff", "Skiff", "400."), letters)
    assert words_of(pieces) == ["cost?", "Skiff", "", "400.", ""]


def test_of_long_texts_so_much_is_read_that_the_model_can_take_it() -> None:
    place = Place("a" * 999, "b" * 998 + "BC", "d" + "e" * 998)
    pieces, types = side_by_side("q" * 999, place, letters)
    question, heading, before, sentence, _ = words_of(pieces)
    assert (len(question), len(heading), len(before), len(sentence)) == (32, 12, 24, 64)
    # Of what comes before the end is nearest, of the sentence the beginning.
    assert (before[-2:], sentence[0]) == ("BC", "d")
    assert len(pieces) == len(types) <= 256


@pytest.fixture(scope="module")
def exported(model_index: Path) -> CrossEncoder:
    cross = Retriever.open(model_index).cross
    assert cross
    return cross


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ("How much did he pay for the skiff?", "What colour is the skiff?"),
        ("what did it cost", "when was it sold"),
    ],
)
def test_what_answers_is_told_from_what_is_only_near(exported: CrossEncoder, asked: str, other: str) -> None:
    assert exported.odds(asked, PLACE) > 0 > exported.odds(other, PLACE)


@pytest.mark.parametrize(
    "text", ["", " ", "[SEP] [CLS] [MASK]", "{{ 7*7 }}", "<b>", "日本 😀", "\x00", "x" * 5_000, "word " * 900]
)
def test_whatever_is_typed_has_odds(exported: CrossEncoder, text: str) -> None:
    for place in (PLACE, Place(text, text, text), replace(PLACE, sentence=text)):
        assert -30 < exported.odds(text, place) < 30


def test_word_vectors_are_stored_once_for_both_encoders(model_index: Path) -> None:
    folder = live_generation(model_index) / "encoder"
    words = weights_of(folder / MODEL_FILE).stat().st_size
    assert weights_of(folder / CROSS_FILE).stat().st_size < words / 7
    assert sorted(file.name for file in folder.glob("cross*")) == [CROSS_FILE, weights_of(folder / CROSS_FILE).name]


def test_a_retriever_on_the_next_generation_shares_it(model_index: Path) -> None:
    before = Retriever.open(model_index)
    assert before.cross
    assert Retriever.open(model_index, before).cross is before.cross


def test_another_model_has_none(word_retriever: Retriever) -> None:
    assert word_retriever.cross is None


@pytest.mark.model
def test_an_export_that_differs_is_refused(model_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in (live_generation(model_index) / "encoder").iterdir():
        shutil.copy(file, tmp_path)
    monkeypatch.setattr(cross_export, "_MOST_DIFFERENCE", -1.0)
    for name in (CROSS_FILE, weights_of(tmp_path / CROSS_FILE).name):
        (tmp_path / name).unlink()
    with pytest.raises(ModelError, match=r"gives .* where the model gives"):
        cross_export.export_cross(find_model(DEFAULT_MODEL), tmp_path)


def test_what_was_fitted_belongs_to_the_packaged_model() -> None:
    fitted = fitted_cross()
    assert fitted.weights.shape == (384,)
    assert {change.down.shape[1] for change in fitted.adapter.changes.values()} == {16}
    assert len(fitted.adapter.changes) == 36


def test_the_tokenizer_of_the_encoder_cuts_without_special_pieces(model_index: Path) -> None:
    encoder = OnnxEncoder(live_generation(model_index) / "encoder")
    (encoding,) = encoder.encode(["What cost 40 euros?"])
    assert encoder.cut("What cost 40 euros?") == encoding.pieces.tolist()
