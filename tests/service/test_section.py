"""A section that is asked for by its heading."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Retriever
from service.answer import Answerer
from service.asking import plain_words
from service.section import AskedSection, asked_section
from tests.indexes import Indexer

POST = """# Moving the weather station

The mast behind the house had rusted through. It stood there for forty years.

## Costs and savings

All of it came to 410 euros. The new mast alone took 300 of them.

A neighbour lent the crane.

What else I paid for:

- bolts

## Tools

These were borrowed:

- a crane
- two ladders

## The configuration

```ini
height = 12
```

Nothing else had to be changed in it.

## Lessons

### Grease every thread

Salt had eaten the bolts.

### Measure twice

The cable ended a metre above the logger.

## Wrapping up: was it worth it?

| what | hours |
| ---- | ----- |
| work | 31    |

It was, and I would do it again. The readings no longer stop in a storm.
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory, indexed: Indexer) -> Answerer:
    folder = tmp_path_factory.mktemp("section")
    (folder / "station.md").write_text(POST, encoding="utf-8")
    (folder / "other.md").write_text("# Rain\n\n## Gauges\n\nIt rains.\n\n## Conclusion\n\nWet.\n", "utf-8")
    return Answerer(Retriever.open(indexed(folder)))


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What is “Costs and savings” about?", AskedSection("costs and savings", sure=False)),
        ("what does the section on costs say?", AskedSection("costs", sure=True)),
        ("What does the Tools section cover?", AskedSection("tools", sure=True)),
        ("summarize the tools section", AskedSection("tools", sure=True)),
        ("what's in the section called “Tools”?", AskedSection("tools", sure=True)),
        ("What's the conclusion?", AskedSection("", sure=True)),
        ("what does the author conclude?", AskedSection("", sure=True)),
        ("final verdict", AskedSection("", sure=True)),
        ("How does the story end?", AskedSection("", sure=True)),
        ("What did the study of conclusions say?", None),
        ("What is the mast about 12 m high?", None),
        ("What is “caulking”?", None),
        ("What is the hardest part?", None),
        ("What is the first section about?", None),
        ("and the section on tools?", AskedSection("tools", sure=True)),
        ("which sections are there?", None),
    ],
)
def test_what_is_asked_for_by_its_heading(question: str, asked: AskedSection | None) -> None:
    assert asked_section(plain_words(question)) == asked


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        (
            "What is “Costs and savings” about?",
            ["All of it came to 410 euros. The new mast alone took 300 of them.", "A neighbour lent the crane."],
        ),
        (
            "what does the section on costs say?",
            ["All of it came to 410 euros. The new mast alone took 300 of them.", "A neighbour lent the crane."],
        ),
        ("What does the Tools section say?", ["These were borrowed:", "a crane", "two ladders"]),
        ("What is “The configuration” about?", ["height = 12", "Nothing else had to be changed in it."]),
        ("What does the section on lessons cover?", ["Grease every thread", "Measure twice"]),
        ("What's the verdict?", ["It was, and I would do it again. The readings no longer stop in a storm."]),
    ],
)
def test_it_is_told_by_what_it_says_first(answers: Answerer, question: str, quoted: list[str]) -> None:
    answer = answers.ask(question, "station")
    assert [quote.text for quote in answer.composed.quotes] == quoted


@pytest.mark.model
def test_in_all_posts_a_heading_or_a_title_tells_which_is_meant(answers: Answerer) -> None:
    assert [quote.text for quote in answers.ask("What is “Gauges” about?").composed.quotes] == ["It rains."]
    assert answers.ask("What is “Moving the weather station” about?").question.kind == "summary"


@pytest.mark.model
def test_in_all_posts_the_conclusion_of_none_is_meant(answers: Answerer) -> None:
    assert answers.ask("What is the conclusion?").question.kind != "summary"


@pytest.mark.model
def test_who_asks_for_it_in_short_gets_the_section_that_is(tmp_path: Path, indexed: Indexer) -> None:
    (tmp_path / "content").mkdir()
    text = "# Oars\n\nLong oars tire the arms of whoever rows.\n\n## TL;DR\n\n- Buy short oars.\n- Row often.\n"
    (tmp_path / "content" / "oars.md").write_text(text, encoding="utf-8")
    oars = Answerer(Retriever.open(indexed(tmp_path / "content")))
    for question in ("What's the TL;DR?", "give me the key points", "takeaways"):
        assert [quote.text for quote in oars.ask(question).composed.quotes] == ["Buy short oars.", "Row often."]


@pytest.mark.model
def test_a_section_that_there_is_not_is_looked_for_as_anything_else(answers: Answerer) -> None:
    assert not answers.ask("What is “Bicycles” about?", "station").decision.answers
