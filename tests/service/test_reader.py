"""The reader says the same as the network that was fitted, whatever the index's projection looks like."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from index import Projection, Retriever
from service import reader as service_reader
from service.answer import Answerer
from service.question import understand
from service.rank import rank
from service.reader import MOST_ODDS, READ_SENTENCES, Page, Reader, fitted_network, pages_of, read_network

_DIMENSIONS, _KEPT = 40, 24


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
    model, network = fitted_network()
    assert len(model) == 64
    width = network["value"].shape[1]
    assert network["compare"].shape == (3 * width + 4, width)
    assert network["hidden"].shape == (3 * width + 2, width)
    assert network["late"].shape == (3,)
    assert network["none"].shape == (2,)
    assert all(np.isfinite(value).all() for value in network.values())


@pytest.mark.model
def test_numpy_and_torch_read_the_same(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from tests.eval import fit_models
    from tests.eval.learner import ODDS_UNIT, Learner
    from tests.eval.lessons import Exercise
    from tests.eval.matching import Score
    from tests.eval.network import Network

    torch.manual_seed(3)
    chance = np.random.default_rng(3)

    def some(*shape: int) -> np.ndarray:
        return chance.standard_normal(shape).astype(np.float32)

    def unit(*shape: int) -> np.ndarray:
        made = some(*shape)
        return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)

    network, score = Network(_DIMENSIONS, 16, 0.35).eval(), Score()
    score.none.data, score.mixed.data = torch.tensor([2.0, 0.7]), torch.tensor([1.0, 2.0, -1.5])
    # As large as what is fitted, so that each weight tells.
    for value in network.parameters():
        value.data *= 2
    learner = cast(Learner, SimpleNamespace(reader=network, score=score))
    fit_models.write_reader(fit_models.reader_of(learner), "a model", tmp_path / "reader.json")
    model, ours = read_network(tmp_path / "reader.json")
    assert model == "a model"
    # What the index keeps of a vector, and the same in the encoder's own space.
    matrix = np.linalg.qr(some(_DIMENSIONS, _KEPT))[0].astype(np.float32)
    reader = Reader.on(Projection(matrix, np.ones(_KEPT, np.float32)), ours)
    clipped = False
    for pieces, lengths in ((4, (3, 7, 2)), (9, (5,)), (2, (1, 1, 8, 20, 3, 6))):
        asked, shares = unit(pieces, _KEPT), chance.dirichlet(np.ones(pieces)).astype(np.float32)
        pages = [Page(unit(length, _KEPT), some(pieces, 4)) for length in lengths]
        longest = max(lengths)
        tokens = np.stack([np.pad(page.tokens, ((0, longest - len(page.tokens)), (0, 0))) for page in pages])
        matched = torch.from_numpy(np.stack([page.matched for page in pages]))
        with torch.no_grad():
            late = score([matched[..., one] @ torch.from_numpy(shares) for one in range(3)])
            none = score.of_none([cast(Exercise, SimpleNamespace(pieces=np.zeros(pieces)))])
            theirs = network(
                torch.from_numpy(asked @ matrix.T)[None],
                torch.ones(1, pieces, dtype=torch.bool),
                torch.from_numpy(tokens @ matrix.T)[None],
                (torch.arange(longest) < torch.tensor(lengths)[:, None])[None],
                matched[None],
                ((late - none) / ODDS_UNIT).clamp(-MOST_ODDS, MOST_ODDS)[None],
            )[0]
        clipped |= bool((abs(late - none) / ODDS_UNIT > MOST_ODDS).any())
        # The weights are rounded to 127 steps.
        np.testing.assert_allclose(reader.read_pages(asked, shares, pages).scores, theirs.numpy(), atol=0.05)
    assert clipped
