"""The year that a post calls “this year” is found by its number."""

from __future__ import annotations

import pytest

from index import Retriever
from service.answer import Answerer
from service.this_year import without_year
from tests.indexes import Indexer

POST = """---
title: Looking back on Wattle
date: 2021-12-27
---

In 2021 the funding grew from 1,050 to 4,300 euros a month, and 166 thousand people read the manual.

## Work

A lot of bugs were mended in the 900 commits that were pushed this year. Last year we had 12 contributors. In 2019 the
first stable version came out.
"""


@pytest.mark.parametrize(
    ("question", "date", "left"),
    [
        ("how many commits before 2021?", "2021-12-27", None),
        ("how many commits in March 2021?", "2021-12-27", None),
        ("what is new in Office 2021?", "2021-12-27", None),
        ("what happened in the 2021/22 season?", "2021-12-27", None),
        ("what is CVE-2021-44228?", "2021-12-27", None),
        ("how many in 2021's21 commits?", "2021-12-27", None),
        # Who looks back in January may mean either.
        ("how many commits in 2022?", "2022-01-04", None),
        ("how many commits in 2021?", "2021-12-27", "how many commits?"),
        ("What did they do during the year 2020", "2021-02-02", "What did they do"),
        ("number of releases of 2021", "2021-12-27", "number of releases"),
        ("how many commits in 2019?", "2021-12-27", None),
        ("how many commits in 2022?", "2021-12-27", None),
        ("was 2020 better than 2021?", "2021-12-27", None),
        ("how many commits?", "2021-12-27", None),
        ("how many commits in 2021?", "", None),
        ("2021?", "2021-12-27", None),
    ],
)
def test_the_year_of_the_post_or_the_one_before_is_left_out(question: str, date: str, left: str | None) -> None:
    found = without_year(question, "Looking back", date)
    assert (found and found.question) == left


def test_a_year_in_the_title_goes_before_that_of_the_date() -> None:
    assert without_year("how many commits in 2021?", "Our 2021", "2022-01-04")
    assert not without_year("how many commits in 2022?", "Our 2021", "2022-03-04")


@pytest.mark.parametrize(
    "asked", ["how many " + "20 " * 60 + "2021" + "'s21" * 60, "in 20in 202121 21", "in 2021in 2021"]
)
def test_without_its_year_a_question_has_none(asked: str) -> None:
    found = without_year(asked, "", "2021-12-27")
    assert not found or not without_year(found.question, "", "2021-12-27")


@pytest.mark.model
def test_a_year_that_is_not_named_is_found(indexed: Indexer, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("review")
    (folder / "review.md").write_text(POST, encoding="utf-8")
    answerer = Answerer(Retriever.open(indexed(folder)))
    for question, said in (
        ("how many commits were pushed in 2021?", "the 900 commits that were pushed this year"),
        ("number of commits in 2021", "the 900 commits that were pushed this year"),
        ("how many contributors did they have in 2020?", "Last year we had 12 contributors."),
    ):
        answer = answerer.ask(question, "review")
        assert answer.decision.answers
        assert said in answer.composed.quotes[0].text
        assert answer.question.text == question
    # It is said of another year.
    for question in ("how many commits were pushed in 2020?", "how many contributors did they have in 2022?"):
        answer = answerer.ask(question, "review")
        assert not answer.decision.answers or "2019" in answer.composed.text
