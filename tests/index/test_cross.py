"""The cross-encoder: what it is given to read, and that what was exported says what was fitted."""

from __future__ import annotations

import json
import math
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from index import (
    BuildSettings,
    CrossEncoder,
    Excerpt,
    ModelError,
    Retriever,
    build,
    build_index,
    check_index,
    cross_export,
    embed,
    live_generation,
    staleness,
)
from index.cross import CLS, CROSS_FILE, SEP, side_by_side
from index.cross_adapter import cross_digest, fitted_cross
from index.cross_export import export_cross
from index.embed import DEFAULT_MODEL, find_model, known_digest
from index.encode import MODEL_FILE, SETTINGS_FILE, OnnxEncoder, as_exported_now, weights_of
from index.store import open_index
from tests.conftest import BLOG

SAID = Excerpt("The skiff", "It was built in a barn.", "He paid 400 pounds for it.")


def letters(text: str) -> list[int]:
    """A piece for each letter, far from the special ones."""
    return [1000 + ord(letter) for letter in text]


def words_of(pieces: list[int]) -> list[str]:
    """What stands between the special ones."""
    text = "".join("|" if piece == SEP else chr(piece - 1000) for piece in pieces if piece != CLS)
    return text.split("|")


def test_question_and_sentence_are_read_side_by_side() -> None:
    pieces, types = side_by_side("cost?", Excerpt("Skiff", "Built.", "400."), letters)
    assert pieces[0] == CLS
    assert words_of(pieces) == ["cost?", "Skiff", "Built.", "400.", ""]
    # Only the sentence's own pieces, and what ends them, are of the second kind.
    assert types == [0] * (len(pieces) - 5) + [1] * 5


def test_a_heading_is_not_read_twice() -> None:
    pieces, _ = side_by_side("cost?", Excerpt("Skiff", "Skiff", "400."), letters)
    assert words_of(pieces) == ["cost?", "Skiff", "", "400.", ""]


def test_of_long_texts_so_much_is_read_that_the_model_can_take_it() -> None:
    excerpt = Excerpt("a" * 999, "b" * 998 + "BC", "d" + "e" * 998)
    pieces, types = side_by_side("q" * 999, excerpt, letters)
    question, heading, before, sentence, _ = words_of(pieces)
    assert (len(question), len(heading), len(before), len(sentence)) == (32, 12, 24, 64)
    # Of what comes before the end is nearest, of the sentence the beginning.
    assert (before[-2:], sentence[0]) == ("BC", "d")
    assert len(pieces) == len(types) == 137


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
    assert exported.odds(asked, SAID) > 0 > exported.odds(other, SAID)


@pytest.mark.parametrize(
    "text", ["", " ", "[SEP] [CLS] [MASK]", "{{ 7*7 }}", "<b>", "日本 😀", "\x00", "x" * 5_000, "word " * 900]
)
def test_whatever_is_typed_has_odds(exported: CrossEncoder, text: str) -> None:
    for excerpt in (SAID, Excerpt(text, text, text), replace(SAID, sentence=text)):
        assert math.isfinite(exported.odds(text, excerpt))


def test_of_what_comes_before_the_end_is_read_however_long_it_is(exported: CrossEncoder) -> None:
    end = "It was built in a barn by the lake, where nobody saw it, and of the wood that the storm had left in the bay."
    odds = {exported.odds("What did it cost?", replace(SAID, before=before + end)) for before in ("", "boat " * 600)}
    assert len(odds) == 1


def test_word_vectors_are_stored_once_for_both_encoders(model_index: Path) -> None:
    folder = live_generation(model_index) / "encoder"
    words = weights_of(folder / MODEL_FILE).stat().st_size
    assert weights_of(folder / CROSS_FILE).stat().st_size < words / 7
    assert sorted(file.name for file in folder.glob("cross*")) == [CROSS_FILE, weights_of(folder / CROSS_FILE).name]


def test_a_retriever_on_the_next_generation_shares_it(model_index: Path) -> None:
    before = Retriever.open(model_index)
    assert before.cross
    assert Retriever.open(model_index, before).cross is before.cross


def test_an_index_without_it_is_answered_from(model_index: Path, tmp_path: Path) -> None:
    shutil.copytree(model_index, tmp_path / "index")
    generation = open_index(tmp_path / "index")
    for file in (generation.encoder / CROSS_FILE, weights_of(generation.encoder / CROSS_FILE)):
        file.unlink()
    assert Retriever.of(generation).cross is None


@pytest.fixture
def exporting(model_index: Path, tmp_path: Path) -> Path:
    """A folder that the encoder was exported into, and nothing else."""
    for file in (live_generation(model_index) / "encoder").iterdir():
        if not file.name.startswith("cross"):
            shutil.copy(file, tmp_path)
    return tmp_path


def test_an_export_that_differs_is_refused(exporting: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odds = CrossEncoder.odds
    monkeypatch.setattr(CrossEncoder, "odds", lambda *given: odds(*given) + 0.01)
    with pytest.raises(ModelError, match=r"differs from the model by 1\.0e-02"):
        export_cross(find_model(DEFAULT_MODEL), exporting)


def test_where_rounding_leads_astray_nothing_is_exported(exporting: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(exporting.iterdir())
    monkeypatch.setattr(cross_export, "_MOST_ROUNDING_DIFFERENCE", 1e-6)
    export_cross(find_model(DEFAULT_MODEL), exporting)
    assert sorted(exporting.iterdir()) == before


def test_when_it_has_learned_more_it_is_exported_anew_and_nothing_is_embedded(
    model_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = BuildSettings(BLOG, tmp_path / "index")
    shutil.copytree(model_index, settings.index)
    assert not check_index(settings).stale
    for module in (build, embed, staleness):
        monkeypatch.setattr(module, "cross_digest", lambda model: "another")
    (reason,) = check_index(settings).reasons
    assert reason == "What reads questions has become better or faster since the index was made."
    report = build_index(settings)
    assert (report.published, report.embedded) == (True, 0)
    cross = Retriever.open(settings.index).cross
    assert cross
    assert cross.digest == "another"
    assert not check_index(settings).stale


def test_graphs_that_were_written_in_another_way_are_not_as_they_would_be_now(
    model_index: Path, tmp_path: Path
) -> None:
    file = tmp_path / SETTINGS_FILE
    shutil.copy(live_generation(model_index) / "encoder" / SETTINGS_FILE, file)
    cross = cross_digest(known_digest(DEFAULT_MODEL))
    assert as_exported_now(tmp_path, cross)
    assert not as_exported_now(tmp_path, "another")
    written = json.loads(file.read_text(encoding="utf-8"))
    # As before the number was kept.
    del written["written"]
    file.write_text(json.dumps(written), encoding="utf-8")
    assert not as_exported_now(tmp_path, cross)
    file.unlink()
    assert not as_exported_now(tmp_path, cross)
    assert as_exported_now(tmp_path, "")


def test_it_belongs_to_the_packaged_model_alone() -> None:
    assert cross_digest(known_digest(DEFAULT_MODEL))
    assert cross_digest("another") == ""
    fitted = fitted_cross()
    assert fitted.weights.shape == (384,)
    assert len(fitted.changes) == 36


def test_the_tokenizer_of_the_encoder_cuts_without_special_pieces(model_index: Path) -> None:
    encoder = OnnxEncoder(live_generation(model_index) / "encoder")
    (encoding,) = encoder.encode(["What cost 40 euros?"])
    assert encoder.cut("What cost 40 euros?") == encoding.pieces.tolist()
