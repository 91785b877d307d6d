"""The real model: pinned values, the export beside the model, and what is refused."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import ModelError, Retriever, embed, graph, live_generation
from index.adapter import UNCHANGED
from index.embed import DEFAULT_MODEL, PassageEncoder, find_model, model_digest
from index.encode import ROUNDED_FILE, OnnxEncoder
from index.memory import Bound
from index.vectors import unit_rows

pytestmark = pytest.mark.model

TEXTS = ["How much did the skiff cost?", "A list, e.g. v1.2.3 — “quotes” 😀 日本", "x", ""]


@pytest.fixture(scope="module")
def encoder(model_index: Path) -> PassageEncoder:
    # After the session's index, so that torch is loaded once.
    return PassageEncoder(find_model(DEFAULT_MODEL))


@pytest.fixture(scope="module")
def exported(model_index: Path) -> OnnxEncoder:
    return OnnxEncoder(live_generation(model_index) / "encoder")


@pytest.fixture(scope="module")
def bare(model_index: Path) -> PassageEncoder:
    """The model as it was published, without what it has learned here."""
    return PassageEncoder(find_model(DEFAULT_MODEL), UNCHANGED)


def cosine(encoder: PassageEncoder, one: str, other: str) -> float:
    first, second = encoder.encode([one, other])
    return float(first.vector @ second.vector)


def test_similar_sentences_have_the_similarity_that_the_model_is_known_for(bare: PassageEncoder) -> None:
    # From the model's card: “The weather is lovely today.” beside two others.
    assert cosine(bare, "The weather is lovely today.", "It's so sunny outside!") == pytest.approx(0.6660, abs=2e-3)
    assert cosine(bare, "The weather is lovely today.", "He drove to the stadium.") == pytest.approx(0.1046, abs=2e-3)


def test_what_was_learned_of_questions_sets_the_answer_apart(encoder: PassageEncoder, bare: PassageEncoder) -> None:
    question, answer = "What did the skiff cost him?", "He paid 400 pounds for it."
    related = "The skiff that he had found was built of larch."
    before = cosine(bare, question, answer) - cosine(bare, question, related)
    assert cosine(encoder, question, answer) - cosine(encoder, question, related) > before


@pytest.mark.parametrize("text", TEXTS)
def test_the_export_gives_the_models_vectors(encoder: PassageEncoder, exported: OnnxEncoder, text: str) -> None:
    (model,), (onnx,) = encoder.encode([text]), exported.encode([text])
    assert np.abs(model.vector - onnx.vector).max() < 1e-5
    assert model.tokens.shape == onnx.tokens.shape
    assert np.abs(model.tokens - onnx.tokens).max(initial=0) < 1e-5
    assert model.pieces.tolist() == onnx.pieces.tolist()
    assert model.spans.tolist() == onnx.spans.tolist()


@pytest.mark.parametrize("text", TEXTS)
def test_an_encoding_is_of_unit_length_with_the_places_of_its_pieces(encoder: PassageEncoder, text: str) -> None:
    (encoding,) = encoder.encode([text])
    assert encoding.vector.shape == (384,)
    assert encoding.vector.dtype == encoding.tokens.dtype == np.float32
    assert float(np.linalg.norm(encoding.vector)) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(encoding.tokens, axis=1) == pytest.approx(1, abs=1e-5)
    assert len(encoding.tokens) == len(encoding.pieces) == len(encoding.spans)
    assert all(text[start:end].strip() for start, end in encoding.spans)


def test_texts_are_encoded_the_same_alone_and_together_and_in_order(encoder: PassageEncoder) -> None:
    texts = ["a boat", "a much longer sentence about a boat on the water in the morning", "x"]
    for text, together in zip(texts, encoder.encode(texts), strict=True):
        (alone,) = encoder.encode([text])
        assert np.abs(alone.vector - together.vector).max() < 1e-5


def test_the_vectors_are_those_of_sentence_transformers(bare: PassageEncoder) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(find_model(DEFAULT_MODEL)), device="cpu")
    texts = [*TEXTS, "a much longer sentence about a boat on the water in the morning", "boat " * 200]
    rows: Any = model.encode(texts, output_value=None, convert_to_numpy=False)
    for ours, theirs in zip(bare.encode(texts), rows, strict=True):
        assert np.abs(ours.vector - theirs["sentence_embedding"].numpy()).max() < 1e-5
        tokens = theirs["token_embeddings"].numpy()[1 : 1 + len(ours.tokens)]
        assert np.abs(ours.tokens - unit_rows(tokens)).max(initial=0) < 1e-5


def test_memory_is_looked_at_after_each_batch(encoder: PassageEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    done = 0
    monkeypatch.setattr(Bound, "check", lambda _: looked.append(done))
    for done, _ in enumerate(encoder.encode(["x"] * 100), start=1):  # noqa: B007
        pass
    assert np.diff([0, *looked]).max() <= 32


def test_a_long_text_is_read_in_pieces_to_its_end(encoder: PassageEncoder) -> None:
    text = " ".join(f"word{number} stands here." for number in range(400))
    (encoding,) = encoder.encode([text])

    assert len(encoding.pieces) > 2 * encoder.max_tokens
    assert (encoding.spans[1:, 0] >= encoding.spans[:-1, 0]).all()
    assert text[encoding.spans[-1, 0] :] == "."
    assert float(np.linalg.norm(encoding.vector)) == pytest.approx(1, abs=1e-5)
    # Nothing is left out and nothing is read twice.
    covered = "".join(text[start:end] for start, end in encoding.spans)
    assert covered == text.replace(" ", "")


def test_a_single_word_longer_than_the_model_takes_is_read(encoder: PassageEncoder) -> None:
    (encoding,) = encoder.encode(["7" * 2_000])
    assert np.isfinite(encoding.vector).all()
    assert len(encoding.pieces) > 0


def test_a_long_question_is_read_as_far_as_the_model_goes(exported: OnnxEncoder) -> None:
    (encoding,) = exported.encode(["boat " * 1_000])
    assert len(encoding.pieces) == exported.settings.max_tokens - 2


def test_the_sample_that_the_projection_is_fitted_to_is_always_the_same(
    encoder: PassageEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embed, "_FITTED_TEXTS", 4)
    first, again = encoder.sample_tokens(), encoder.sample_tokens()
    assert first.shape[1] == 384
    assert first.tolist() == again.tolist()


@pytest.fixture
def changed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The packaged model with one byte of its weights changed."""
    import importlib.metadata

    weights = tmp_path / "model.safetensors"
    data = bytearray((find_model(DEFAULT_MODEL) / "model.safetensors").read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)

    class File:
        name = "model.safetensors"

        def locate(self) -> Path:
            return weights

    monkeypatch.setattr(importlib.metadata, "files", lambda name: [File()])
    return weights


def test_other_weights_than_the_published_ones_are_refused(changed_package: Path) -> None:
    with pytest.raises(ModelError, match=hashlib.sha256(changed_package.read_bytes()).hexdigest()[:12]):
        find_model(DEFAULT_MODEL)


def test_an_export_that_differs_is_refused(
    encoder: PassageEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embed, "_MAX_EXPORT_DIFFERENCE", 0.0)
    with pytest.raises(ModelError, match="differs"):
        encoder.export(tmp_path)


def test_a_folder_without_a_fast_tokenizer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"tokenizer\.json"):
        PassageEncoder(find_model(str(tmp_path)))


def test_a_changed_file_of_the_model_changes_its_digest(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    (tmp_path / "README.md").write_text("x", encoding="utf-8")
    before = model_digest(tmp_path)
    (tmp_path / "README.md").write_text("y", encoding="utf-8")
    assert model_digest(tmp_path) == before
    (tmp_path / "config.json").write_text("{ }", encoding="utf-8")
    assert model_digest(tmp_path) != before


@pytest.mark.parametrize("text", [text for text in TEXTS if text])
def test_the_rounded_encoder_stays_near_the_exact_one_and_reads_the_same_pieces(
    exported: OnnxEncoder, model_index: Path, text: str
) -> None:
    (exact,) = exported.encode([text])
    (rounded,) = OnnxEncoder(live_generation(model_index) / "encoder", "int8").encode([text])
    assert float(exact.vector @ rounded.vector) == pytest.approx(1, abs=0.005)
    assert np.sum(exact.tokens * rounded.tokens, axis=1) == pytest.approx(1, abs=0.01)
    # Not the same graph twice, though both read the words' own vectors from one file.
    assert np.abs(exact.vector - rounded.vector).max() > 1e-5
    assert exact.pieces.tolist() == rounded.pieces.tolist()


def test_a_model_that_rounding_leads_astray_is_read_in_float32(
    encoder: PassageEncoder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(graph, "_LEAST_COSINE", 1.1)
    encoder.export(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "cross.int8.onnx",
        "cross.int8.weights",
        "encoder.json",
        "model.onnx",
        "model.weights",
        "saturation.onnx",
        "tokenizer.json",
    ]
    (model,), (onnx,) = encoder.encode(["x"]), OnnxEncoder(tmp_path, "int8").encode(["x"])
    assert np.abs(model.vector - onnx.vector).max() < 1e-5


def test_to_round_the_weights_leaves_the_log_of_the_process_alone(
    encoder: PassageEncoder, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # As in a process that has set up no log, where the quantiser's advice would be printed.
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    encoder.export(tmp_path)
    assert logging.getLogger().handlers == []
    assert "quantization" not in capfd.readouterr().err


def test_the_rounded_graph_adds_little_to_the_index(model_index: Path) -> None:
    folder = live_generation(model_index) / "encoder"
    assert (folder / "model.int8.weights").stat().st_size < 0.15 * (folder / "model.weights").stat().st_size


def test_an_owner_can_have_questions_read_in_float32(model_index: Path, exported: OnnxEncoder) -> None:
    question = "How much did the skiff cost?"
    (exact,) = exported.encode([question])
    assert np.array_equal(Retriever.open(model_index, precision="float32").encode(question).vector, exact.vector)
    assert not np.array_equal(Retriever.open(model_index).encode(question).vector, exact.vector)
    assert (live_generation(model_index) / "encoder" / ROUNDED_FILE).is_file()


def test_the_weights_are_mapped_so_that_processes_share_them(exported: OnnxEncoder, model_index: Path) -> None:
    next(exported.encode(["x"]))
    weights = live_generation(model_index) / "encoder" / "model.weights"
    assert weights.stat().st_size > 50_000_000
    assert weights.stat().st_mode & 0o444 == (weights.parent / "model.onnx").stat().st_mode & 0o444
    assert str(weights) in Path("/proc/self/maps").read_text(encoding="utf-8")
