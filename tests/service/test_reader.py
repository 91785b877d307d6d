"""The reader says the same as the network that was fitted, whatever the index's projection looks like."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from index import Projection, Retriever
from service import reader as service_reader
from service.answer import Answerer
from service.question import understand
from service.rank import rank
from service.reader import READ_SENTENCES, Page, Reader, fitted_networks, pages_of

_DIMENSIONS, _KEPT, _FEATURES = 40, 24, 5


def _read(answerer: Answerer, asked: str) -> service_reader.Reading:
    question, ranking = understand(asked), answerer.rank(asked)
    ranked = rank(question, ranking)
    reader = Reader.of(answerer.retriever.generation)
    assert reader
    return reader.read(ranking, ranked)


@pytest.mark.model
@pytest.mark.parametrize(
    ("said", "unsaid"),
    [
        ("How much did the skiff cost?", "What colour is the skiff?"),
        ("How often should the machine get a descaling?", "Who sold them the machine?"),
    ],
)
def test_what_the_post_says_reads_as_an_answer_more_than_what_it_does_not(
    answerer: Answerer, said: str, unsaid: str
) -> None:
    assert _read(answerer, said).any > _read(answerer, unsaid).any


@pytest.mark.model
def test_a_few_sentences_are_read_each_with_a_vector_or_more(answerer: Answerer) -> None:
    question, ranking = understand("When was the club founded?"), answerer.rank("When was the club founded?")
    read = pages_of(rank(question, ranking), answerer.retriever.generation.projection.scale)
    assert 1 <= len(read) <= READ_SENTENCES
    for page in read:
        assert len(page.tokens)
        np.testing.assert_allclose(np.linalg.norm(page.tokens, axis=1), 1, atol=0.1)


def test_the_vectors_of_another_encoder_are_not_read(word_retriever: Retriever) -> None:
    assert Reader.of(word_retriever.generation) is None


def test_the_weights_fit_together() -> None:
    model, networks = fitted_networks()
    assert len(model) == 64
    for one in networks:
        width = one["value"].shape[1]
        assert one["compare"].shape == (3 * width + 4, width)
        assert all(np.isfinite(value).all() for value in one.values())


@pytest.mark.model
def test_numpy_and_torch_read_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    torch = pytest.importorskip("torch")
    from tests.eval import fit_reader
    from tests.eval.examples import Example

    chance = np.random.default_rng(3)

    def some(*shape: int) -> np.ndarray:
        return chance.standard_normal(shape).astype(np.float32)

    def example(pieces: int, lengths: tuple[int, ...]) -> Example:
        pages = tuple(Page(some(n, _KEPT) / 5, some(pieces, 4), some(_FEATURES)) for n in lengths)
        right = tuple(number == 0 for number, _ in enumerate(lengths))
        return Example(some(pieces, _KEPT) / 5, pages, right, 1.0)

    found = [example(4, (3, 7, 2)), example(9, (5,)), example(2, (1, 1, 8, 20, 3, 6))]
    fitted = fit_reader.fit(found)
    matrix = np.linalg.qr(some(_DIMENSIONS, _KEPT))[0].astype(np.float32)
    projection = Projection(matrix, np.ones(_KEPT, np.float32))
    monkeypatch.setattr(fit_reader, "READER_FILE", tmp_path / "reader.json")
    fit_reader.write([fitted], projection, "a model")
    kept = json.loads((tmp_path / "reader.json").read_text(encoding="utf-8"))
    assert kept["model"] == "a model"
    network = {
        name: np.array(one["numbers"], np.float32) * np.array(one["steps"], np.float32)
        for name, one in kept["networks"][0].items()
    }
    network |= {name: matrix.T @ network[name] for name in service_reader.OF_TOKENS}
    reader = Reader([network], projection.scale)
    with torch.no_grad():
        theirs = fit_reader.scores(fitted, fit_reader.Batch.of(found))
    for row, one in enumerate(found):
        ours = reader.read_pages(one.asked, one.pages).scores
        # The weights are rounded to 127 steps.
        np.testing.assert_allclose(ours, theirs[row, : len(ours)].numpy(), atol=0.1)
