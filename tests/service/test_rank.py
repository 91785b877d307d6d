"""Sentences come best first although few of them are read."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest

from index import Ranking, Retriever
from service import rank as ranks
from service.answer import Answerer
from service.features import expected, read
from service.lists import find_lists
from service.question import understand
from service.rank import rank
from tests.indexes import Indexer

QUESTIONS = [
    "How much did the skiff cost?",
    "When was the club founded, in 1998 or 2003?",
    "Which steps belong to a descaling?",
    "Why did Minka stay in the bathroom?",
]


@pytest.mark.model
@pytest.mark.parametrize("asked", QUESTIONS)
def test_the_order_is_that_of_scores_with_all_features_known(answerer: Answerer, asked: str) -> None:
    question, ranking = understand(asked), answerer.rank(asked)
    weights = ranks.fitted_weights("sentence")

    ranked = list(rank(question, ranking))

    assert len(ranked) == len({(one.hit.passage, one.index) for one in ranked}) > 10
    scores = [ranks.weighted(one.features, weights) for one in ranked]
    assert scores == pytest.approx([one.score for one in ranked], abs=1e-9)
    assert scores == sorted(scores, reverse=True)
    for one in ranked:
        told = read(question, one.hit, one.index) | {"expected": expected(question, one.hit, one.index)}
        assert one.read == told


@pytest.mark.model
def test_only_sentences_that_may_stand_first_are_read(answerer: Answerer) -> None:
    question, ranking = understand(QUESTIONS[0]), answerer.rank(QUESTIONS[0])
    with mock.patch.object(ranks, "read", wraps=read) as reading:
        ranked = rank(question, ranking)
        first = ranked[0]
        seen = reading.call_count
        assert 0 < seen < len(ranked) / 2
        assert ranked[0] is first
        assert reading.call_count == seen


def test_nothing_is_ranked_where_nothing_was_found(word_retriever: Retriever) -> None:
    found = word_retriever.retrieve("the skiff")
    nothing = Ranking(found.question, (), found.shares, found.spans, found.asked)
    assert not rank(understand("the skiff"), nothing)


@pytest.mark.model
def test_what_is_longer_than_a_sentence_stands_back(tmp_path: Path, indexed: Indexer) -> None:
    columns = "\n".join(
        f"$ {of}_{what} <int> 3, 9, 4, 12" for of in ("bus", "mill", "stop") for what in ("late", "year")
    )
    printed = f"```\n{columns}\n{columns}\n```"
    (tmp_path / "buses.md").write_text(f"# Late buses\n\nThe mill was dropped.\n\n{printed}\n", encoding="utf-8")
    asked = "which stop was dropped?"
    ranking = Answerer(Retriever.open(indexed(tmp_path))).rank(asked)
    long = {one.sentence.kind: one.features.long for one in rank(understand(asked), ranking)}
    assert long["sentence"] == 0
    assert long["code"] > 0.5
    assert ranks.fitted_weights("sentence")["long"] < 0


@pytest.mark.model
def test_lists_come_best_first_and_posts_are_fetched_as_they_are_needed(answerer: Answerer) -> None:
    ranking = answerer.rank(QUESTIONS[2])
    source = mock.Mock(wraps=answerer.source)

    lists = find_lists(ranking, source)
    first = next(lists)
    looked = source.call_count
    found = [first, *lists]

    assert looked < source.call_count
    assert len(found) > 1
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
