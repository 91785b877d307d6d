"""A hundred posts full of code, printed output and tables, whose answers mostly stand in the prose between."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.eval.judge import TECHNICAL
from tests.eval.question_set import QuestionSet
from tests.indexes import Indexer

FITTED, JUDGED = QuestionSet(TECHNICAL, "fit.jsonl"), QuestionSet(TECHNICAL, "test.jsonl")
# Of all posts it takes a minute longer.
ASKED_POSTS = list(JUDGED.posts)[::5]

# What was measured of these is 0.75, 0.05 and 0.58; of all that are judged 0.76, 0.07 and 0.62.
LEAST_CORRECT = 0.72
MOST_WRONGLY_DECLINED = 0.075
LEAST_DECLINED = 0.53


@pytest.mark.parametrize(("part", "post"), [(part, post) for part in (FITTED, JUDGED) for post in part.posts])
def test_the_post_holds_what_its_questions_say_of_it(part: QuestionSet, post: str) -> None:
    assert len(part.about(post)) == 30
    assert not part.misfits(post)


def test_no_post_is_both_fitted_to_and_judged_by() -> None:
    every = {path.name for path in (TECHNICAL / "posts").glob("*.md")}
    assert FITTED.posts.keys() | JUDGED.posts.keys() == every
    assert not FITTED.posts.keys() & JUDGED.posts.keys()


@pytest.mark.model
def test_what_is_right_and_what_is_declined_stays_above_its_floor(indexed: Indexer, tmp_path: Path) -> None:
    found = JUDGED.shares_of(ASKED_POSTS, indexed, tmp_path)
    assert found["answerable"]["correct"] >= LEAST_CORRECT
    assert found["answerable"]["declined"] <= MOST_WRONGLY_DECLINED
    assert found["unanswerable"]["declined"] >= LEAST_DECLINED
