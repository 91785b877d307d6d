"""What is learned from is what is met when answering, and it is learned."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.embed import DEFAULT_MODEL, find_model, sample_texts
from index.late import fit_projection
from service.answer import Answerer
from service.question import understand
from service.rank import rank
from service.reader import Reader, fitted_network, pages_of
from tests.eval.blogs import as_published, indexed
from tests.eval.lessons import Lesson, sample_pieces, weights_of
from tests.eval.test_lessons import ABOUT_OTHER, OTHER, POST, QUESTIONS, taught

if TYPE_CHECKING:
    from tests.eval.learner import Learner

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lessons")


@pytest.fixture(scope="module")
def both(folder: Path) -> list[Lesson]:
    return taught(folder, {"skiff.md": (POST, QUESTIONS), "soup.md": (OTHER, ABOUT_OTHER)})


@pytest.fixture(scope="module")
def answerer(folder: Path, both: list[Lesson]) -> Iterator[Answerer]:
    with indexed(folder / "posts", as_published) as found:
        yield found


@pytest.fixture
def learner() -> Learner:
    from tests.eval.learner import Learner

    torch.manual_seed(0)
    made = Learner()
    made.reader.eval()
    return made


def test_what_is_learned_from_is_what_is_met_when_answering(
    both: list[Lesson], answerer: Answerer, learner: Learner
) -> None:
    from tests.eval import matching
    from tests.eval.fit_models import reader_of
    from tests.eval.sheet import Sheet

    lesson, other = both
    generation = answerer.retriever.generation
    (own,) = (card.id for card in answerer.cards.values() if card.path == lesson.path)
    asked = QUESTIONS[0]["turns"][0]
    ranking = answerer.rank(asked, own)
    ranked = rank(understand(asked), ranking)
    weights = np.full(40_000, generation.piece_weights.max(), np.float32)
    weights[: len(generation.piece_weights)] = generation.piece_weights

    learner.project(sample_pieces())
    sheet = Sheet.of(lesson, other, random.Random(0))
    place = next(n for n, one in enumerate(sheet.questions) if one is lesson.exercises[0])
    line = sheet.rows.tolist().index(place)
    with torch.no_grad():
        tokens, _ = learner.encode([page.pieces for page in sheet.pages])
        questions, _ = learner.encode([question.pieces for question in sheet.questions])
        matched = torch.stack(matching.matches(questions, tokens, sheet), -1)[:, : len(ranking.shares), place].numpy()
        counted = matching.shared(sheet, weights)[: len(ranking.shares), place].numpy()
        judged = learner.judge(sheet, weights, tokens, questions, torch.zeros_like(sheet.right))
    np.testing.assert_allclose(counted, ranking.shares, atol=1e-5)

    starts = sorted({hit.passage.start for hit in ranking.hits})
    firsts = np.cumsum([0, *(len(page.may_answer) for page in lesson.pages)])
    places = [firsts[starts.index(one.hit.passage.start)] + one.index for one in ranked]
    assert len(places) == 5
    scale = generation.projection.scale
    for number, page in zip(places, pages_of(ranked, scale), strict=True):
        # In half precision, and as the index keeps them.
        np.testing.assert_allclose(matched[number], page.matched, atol=0.04)

    network = reader_of(learner)
    said = Reader.on(generation.projection, network).read(ranking, ranked).scores
    theirs = dict(zip(judged.picked[line].tolist(), judged.read[line].tolist(), strict=True))
    np.testing.assert_allclose(said, [theirs[number] for number in places], atol=0.02)


def test_what_is_kept_of_a_vector_is_what_the_index_keeps(learner: Learner) -> None:
    samples = sample_pieces()[:40]
    learner.project(samples)
    with torch.no_grad():
        kept = learner.encode(samples[:1])[0][0].numpy()
    np.testing.assert_allclose(np.linalg.norm(kept, axis=1), 1, atol=1e-3)
    encoder = as_published(find_model(DEFAULT_MODEL))
    tokens = [encoding.tokens for encoding in encoder.encode(sample_texts(encoder._tokenizer.get_vocab())[:40])]
    projection = fit_projection(np.concatenate(tokens))
    same = projection.ask(tokens[0]) / projection.scale
    assert ((kept @ projection.matrix) * same).sum(axis=1).min() > 0.99


def test_learning_brings_the_answer_forward(both: list[Lesson], learner: Learner) -> None:
    from tests.eval.sheet import Sheet

    lesson, other = both
    weights = weights_of(both)
    learned = [*learner.change_parameters, *learner.reader.parameters(), *learner.score.parameters()]
    optimizer = torch.optim.AdamW(learned, lr=1e-3)
    losses = []
    for _ in range(8):
        loss = learner.loss(Sheet.of(lesson, other, random.Random(0)), weights)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] * 0.8
    assert all(one.grad is not None and one.grad.abs().sum() > 0 for one in learned)


def test_what_is_fitted_is_what_encoder_and_reader_use(both: list[Lesson], monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.eval import fit_models

    monkeypatch.setattr(fit_models, "_EPOCHS", 1)
    monkeypatch.setattr(fit_models, "sample_pieces", lambda: sample_pieces()[:20])
    learned = fit_models.fit(both * 4)
    assert any(np.abs(change.up).max() > 0 for change in learned.adapter.changes.values())
    assert {name: value.shape for name, value in learned.reader.items()} == {
        name: value.shape for name, value in fitted_network()[1].items()
    }
