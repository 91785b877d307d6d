"""A heading that answers by itself is quoted where no sentence does."""

from __future__ import annotations

import time

import pytest

from index import Retriever
from service.answer import Answerer
from tests.indexes import Indexer

CHANGES = """# Wattle changelog

All that has changed in Wattle, newest first.

## 1.3.0 (2024-05-17)

- The importer reads OPML.

## 1.2.1 – 3 March 2024

- Mended a crash on empty folders.

## 1.2.0 – 11 January 2024

- A dark theme.
"""
TALKS = """# What I saw at the Streams conference

Two days in London, forty talks, and far too much coffee.

## Lightning talk on Beezium by Marta Pohl from Silicat

She showed how to get changes out of a database without anybody noticing. I laughed a lot.

## Keynote: Streams Are Tables (Jo Krebs)

The usual mixture of demos and promises. A new client library comes in autumn.

## Hosting costs: $14 a month

I moved the blog during the evenings, and it was easier than I had feared.

## Importer 2.10.11

It reads markets.

## Python 3.8 reaches end of life (October 2024)

All of us have to move.

## The Upgrade, Step by Step

It took a weekend.

## Lens hood, $12

I lost it within a day.

## Working With Maven Plugins

They were slow, and nobody knew why.
"""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, indexed: Indexer) -> Answerer:
    folder = tmp_path_factory.mktemp("headings")
    for name, text in (("changes", CHANGES), ("talks", TALKS)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return Answerer(Retriever.open(indexed(folder)))


@pytest.mark.model
@pytest.mark.parametrize(
    ("post", "question", "heading"),
    [
        ("changes", "when was 1.3.0 released?", "1.3.0 (2024-05-17)"),
        ("changes", "release date of 1.2.0", "1.2.0 – 11 January 2024"),
        ("changes", "which version came out in March 2024?", "1.2.1 – 3 March 2024"),
        ("talks", "who did the Beezium lightning talk?", "Lightning talk on Beezium by Marta Pohl from Silicat"),
        ("talks", "how much does hosting cost per month?", "Hosting costs: $14 a month"),
    ],
)
def test_a_heading_that_holds_the_fact_answers(both: Answerer, post: str, question: str, heading: str) -> None:
    answer = both.ask(question, post)
    assert answer.decision.answers
    first = answer.composed.quotes[0]
    assert (first.kind, first.text) == ("heading", heading)
    assert both.source(post).post.text[first.start : first.end] == heading


@pytest.mark.model
@pytest.mark.parametrize(
    ("post", "question"),
    [
        # There is none, it holds no such fact, or it does not say of what.
        ("changes", "when was 1.4.0 released?"),
        ("changes", "when was the crash on empty folders released in 2023?"),
        ("talks", "who wrote the Maven plugins?"),
        ("talks", "when did the importer come out?"),
        ("talks", "when was Python 3.8 released?"),
        ("talks", "how much did the lens cost?"),
        ("talks", "how much does hosting cost per year?"),
        ("talks", "who did the upgrade?"),
        ("talks", "who made Beezium?"),
        ("talks", "who was the Beezium talk for?"),
        ("talks", "how much did the tickets of the conference cost?"),
        ("talks", "when was the talk on Beezium?"),
    ],
)
def test_a_heading_without_it_does_not(both: Answerer, post: str, question: str) -> None:
    answer = both.ask(question, post)
    assert not any(quote.kind == "heading" for quote in answer.composed.quotes)


def test_a_long_heading_takes_no_time() -> None:
    from index import Section
    from service.heading import answering_heading
    from service.question import understand

    numbers = ("1," * 10_000, "1." * 10_000, "$1," * 5_000, "1 May " * 5_000, "2021-12-" * 4_000, "v1." + "1." * 10_000)
    for heading in ("Talk by " + "Aa " * 9_000, "Talk by " + "A" * 20_000, *numbers):
        section = Section((heading,), "", 2, 0, len(heading), 0, len(heading), ())
        for asked in ("who gave the talk?", "how much did it cost?", "when was it?", "which version came out in 2021?"):
            began = time.perf_counter()
            answering_heading(understand(asked), "", [section])
            assert time.perf_counter() - began < 1
