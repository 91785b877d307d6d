"""A year, a version, a code or a name that the post never has is declined; in another form it is there."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from index import Post, PostCard, Retriever
from service.answer import Answerer
from service.evidence import Source
from service.never_named import never_named
from tests.indexes import Indexer

POST = """---
title: Kettle 2.1 is out
date: 2024-06-02
---

Kettle 2.1.0 was released on 3 May 2024. It brings a new parser, which Mara Lindqvist wrote.

## Before

Kettle 1.9 came out in October '21, and 1.8.x is no longer mended. Between 2015 and 2019 there was no release, and 4.5
stars were given last year. Error K-104 means that the cache is full. In the '90s it was a box with the label kt-99.

Ten years ago we wrote it by hand. Today it needs python3.11 and TLSv1.3. OSL and the kettle upgrade
helped.
"""


def _post(text: str = POST, title: str = "Kettle 2.1 is out", date: str = "2024-06-02") -> Source:
    post = Post("kettle", "kettle.md", title, "", date, text, "", (), "", authors=("Edda Marsh",))
    return Source(PostCard("kettle", "kettle.md", title, "", date), post)


@pytest.mark.parametrize(
    "question",
    [
        "when was v2.2.0 released?",
        "When was Kettle 2.2 released?",
        "what is new in kettle 3.0",
        "was 2.2 released?",
        "what did version 2.3 bring",
        "what did 2.1.7 mend?",
        "expenses 2027",
        "how many stars in 2029, and why?",
        "What does error K-105 mean?",
        "What did Jonas Ferrule write?",
    ],
)
def test_what_the_post_never_names(question: str) -> None:
    assert never_named(question, _post())


@pytest.mark.parametrize(
    "question",
    [
        "when was v2.1.0 released?",
        "when was 2.1 released?",
        "when was kettle 2.1.0 out",
        "is 1.8.4 still mended?",
        "what is new in kettle v2?",
        "when did 1.9.0 come out?",
        "what came out in 2021?",
        "Was there a release in 2017?",
        "how many stars were given in 2023?",
        "what is new in 2024",
        "move from 1.5.0 to 2.1.0",
        "What does error K104 mean?",
        "What did Ms Mara Lindqvist write?",
        "What did Mara Lindquist write?",
        "What did Márà Lindqvist's colleague do?",
        "What did Edda Marsh write?",
        "what did the Kettle Upgrade Project do, and when did Open Source Lab join?",
        # Glued, in another case, or in other words.
        "does it run on python 3.11?",
        "does it speak TLS 1.3?",
        "What is KT99 for?",
        "who was there in 1995?",
        "what was there in May 2012?",
        "how has it been since 2023?",
        # Measures, dates and large numbers.
        "what does it support for a weight of 2.5 kg?",
        "does the board support 3.3 V?",
        "what about those of 2.5 gigabyte?",
        "what happened on 12.05.2021?",
        "what happened on 12.05.21?",
        "is 1.234.567 the number?",
        "is the price in euros 2000?",
        "Can I get it in New Zealand?",
        "We run it since 2020, is it old?",
        "I have an RTX3080, does it help?",
        # Of the reader, and no version or year at all.
        "I'm on 2.5.1, can I move on?",
        "I'm in New Zealand, can I have it?",
        "Is 127.0.0.1 right?",
        "what are 2000 kettles for",
        "is 3.5 hours long?",
        "what is 3.5 % of it",
        "what does it cost?",
        "",
    ],
)
def test_what_it_names_or_what_is_no_name(question: str) -> None:
    assert not never_named(question, _post())


def test_a_date_is_no_year_and_a_past_year_may_be_counted() -> None:
    assert never_named("what happened in 2006?", _post("We met on 2022-06-02.", "Met", "2022-06-02"))
    assert not never_named("what happened in 2026?", _post("We have met since March 2022.", "Met", "2022-06-02"))
    assert not never_named("what happened in 2006?", _post("We met sixteen years ago.", "Met", "2022-06-02"))


def test_a_year_counts_from_the_one_in_the_title_too() -> None:
    looking_back = _post("This year 12 people came, the year before 10.", "Our 2023", "2024-01-04")
    assert not never_named("how many people came in 2023?", looking_back)
    assert not never_named("how many people came in 2022?", looking_back)
    assert never_named("how many people came in 2020?", looking_back)


@pytest.mark.parametrize("one", ["AB12 ", "v1.2.3 ", "2001 ", "Ada Quill "])
def test_many_names_take_no_time(one: str) -> None:
    post = _post("12.5 kettles. " * 50_000)
    began = time.perf_counter()
    never_named(f"is {one * 200}", post)
    assert time.perf_counter() - began < 2


@pytest.mark.model
def test_it_is_declined(indexed: Indexer, tmp_path: Path) -> None:
    (tmp_path / "kettle.md").write_text(POST, encoding="utf-8")
    answerer = Answerer(Retriever.open(indexed(tmp_path)))
    for question, answers in (
        ("When was Kettle 2.1 released?", True),
        ("when was v2.1.0 released?", True),
        ("when was v2.2.0 released?", False),
        ("When was Kettle 3.0 released?", False),
    ):
        found = answerer.ask(question, "kettle")
        assert found.decision.answers is answers
        assert found.reason == (None if answers else "not_in_post")
    answerer.close()
