"""Answers to the part of the set that nothing was fitted to: a figure that falls below its floor fails."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from index import Retriever
from service.answer import Answer, Answerer
from tests.eval.judge import POSTS, Asked, read_questions, verdict
from tests.eval.typos import misspelt
from tests.indexes import Indexer

# What was measured is 0.80, 0.07, 0.78 and 0.92; a few of 304 may tip on another machine. Without what is read closely
# it would be 0.73 of what is not said.
LEAST_CORRECT = 0.78
MOST_WRONGLY_DECLINED = 0.075
LEAST_DECLINED = 0.74
LEAST_OFF_TOPIC_DECLINED = 0.9

# Of the right answers, those that one misspelt word does not lose; mending words, 0.96 are kept; without it 0.65.
LEAST_KEPT = 0.85

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def answerer(indexed: Indexer, tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """Answers about the posts of both parts."""
    return Answerer(Retriever.open(indexed(POSTS, tmp_path_factory.mktemp("quality") / "index")))


@pytest.fixture(scope="module")
def replies(answerer: Answerer) -> list[tuple[Asked, Answer]]:
    """Each question of the testing part with its answer; of a conversation, the last one."""
    ids = {card.path: card.id for card in answerer.cards.values()}
    return [
        (asked, answerer.ask(asked.turns[-1], ids[asked.file] if asked.file else None, asked.turns[:-1]))
        for asked in read_questions("test")
    ]


def _share(replies: list[tuple[Asked, Answer]], kinds: str, wanted: str) -> float:
    chosen = [(a, r) for a, r in replies if (a.kind if not a.answerable else "answerable") == kinds]
    return Counter(verdict(a, r) for a, r in chosen)[wanted] / len(chosen)


def test_what_the_posts_say_is_found(replies: list[tuple[Asked, Answer]]) -> None:
    assert _share(replies, "answerable", "correct") >= LEAST_CORRECT
    assert _share(replies, "answerable", "declined") <= MOST_WRONGLY_DECLINED


def test_what_they_do_not_say_is_declined(replies: list[tuple[Asked, Answer]]) -> None:
    assert _share(replies, "unanswerable", "declined") >= LEAST_DECLINED
    assert _share(replies, "offtopic", "declined") >= LEAST_OFF_TOPIC_DECLINED


def test_a_slip_of_the_finger_loses_few_answers(answerer: Answerer, replies: list[tuple[Asked, Answer]]) -> None:
    ids = {card.path: card.id for card in answerer.cards.values()}
    chance = random.Random(0)
    found = [(asked, answer) for asked, answer in replies if verdict(asked, answer) == "correct"][::3]
    kept = 0
    for asked, _ in found:
        typed = misspelt(asked.turns[-1], chance)
        post = ids[asked.file] if asked.file else None
        kept += verdict(asked, answerer.ask(typed, post, asked.turns[:-1])) == "correct"
    assert kept / len(found) >= LEAST_KEPT


def test_an_answer_always_cites(replies: list[tuple[Asked, Answer]]) -> None:
    assert all(answer.composed.quotes for _, answer in replies if answer.decision.answers)
