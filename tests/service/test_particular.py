"""The particular facts that questions ask for, and the words that hold them."""

from __future__ import annotations

import pytest

from index import Retriever, content_words
from service.answer import Answerer
from service.asking import plain_words
from service.particular import Particular, holds_particular, particular
from tests.indexes import Indexer


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Which hospital was he taken to?", "name"),
        ("which wholesale company delivers the tea", "name"),
        ("What is the name of the ferry?", "name"),
        ("what's the ferry called?", "name"),
        ("What will the next album be called?", "name"),
        ("Which make is the tractor?", "name"),
        ("How much does the ferry cost?", "money"),
        ("what did the new mast cost", "money"),
        ("How old is the captain?", "age"),
        ("what share of the crew was new", "share"),
        ("how much faster is the new hull than the old one", "ratio"),
        ("how cold was the water", "temperature"),
        ("How fast can it sail?", "speed"),
        ("How heavy is the anchor?", "weight"),
        ("what is the harbour's phone number?", "phone"),
        ("Which oars are for beginners?", ""),
        ("which phone number can I call", "phone"),
        ("Which version of the engine is it?", "version"),
        ("what sail plan version do they use", "version"),
        ("which version control does he use", ""),
        ("what changes in version 4", ""),
        ("what is version pinning", ""),
        ("what does he earn a badge with", ""),
        ("what does she earn now", "money"),
        ("what did the rigger charge for it", "money"),
        ("what weekly rent was paid", "money"),
        ("What kind of company is it?", ""),
        ("which car size is allowed", ""),
        ("What might make the hospital angry?", ""),
        ("what does the company make", ""),
        ("how old is this", "age"),
        ("How many people came?", ""),
        ("How much time did it cost?", ""),
        ("how long until the salary rose", ""),
        ("What are singers told to bring?", ""),
        ("How long may the name of a boat be?", ""),
        ("How much flour do I need?", ""),
    ],
)
def test_a_question_asks_for_one_fact_in_particular_or_for_none(question: str, wanted: Particular) -> None:
    assert particular(plain_words(question)) == wanted


@pytest.mark.parametrize(
    ("question", "text", "held"),
    [
        ("Which hospital was he taken to?", "He spent a week in hospital with a broken leg.", False),
        ("What share of the crew was new?", "The crew of 12 was mostly old.", False),
        ("What share of the crew was new?", "A third of the crew was new.", True),
        ("How much faster is it?", "It is faster than the 12 others.", False),
        ("How much faster is it?", "It is twice as fast.", True),
        ("Which hospital was he taken to?", "He spent a week in the Saint Odile, with a broken leg.", True),
        ("Which hospital was he taken to?", "In March I was in hospital; it was a Tuesday.", False),
        ("Which hospital was he taken to?", "The hospital has no name that I could find out.", True),
        ("Which company makes the Marlin?", "The Marlin is made by a firm in the north.", False),
        ("Which company makes the Marlin?", "The Marlin is made by Dorsey & Pike.", True),
        ("Which company makes the Marlin?", "Dorsey makes it.", True),
        ("Which company makes the Marlin?", "It makes no difference.", False),
        ("Which version of the engine is it?", "They went back to an old one.", False),
        ("Which version of the engine is it?", "They went back to 2.4.", True),
        ("Which version of the engine is it?", "Any will do.", True),
        ("what does she earn now", "I earn more than I ever would have at sea.", False),
        ("what did the rigger charge for it", "He asked for eight florins.", True),
        ("which tractor make is it", "We drive a 6120R.", True),
        ("which city was it", "Tool | Made in | Price\nPlane | Sheffield | 30", True),
        ("which city was it", "Plane | not known | 30", False),
        ("which city was it", "Sheffield.", True),
        ("what's the ferry called?", "Everybody calls it “the bathtub”.", True),
        ("what's the test machine called?", "We keep one called sacrifice for that.", True),
        ("what's the option called?", "It used to be --batch.", True),
        ("How old is the captain?", "She has a son who is seven.", True),
        ("How old is the mill?", "The mill is from 1894.", True),
        ("How much does the ferry cost?", "The ferry takes cars and dogs.", False),
        ("How much does the ferry cost?", "The ferry is free on Sundays.", True),
        ("How old is the captain?", "She has been captain for eleven years.", False),
        ("How old is the captain?", "The captain is fifty and has been at sea since he was a boy.", True),
        ("how cold was the water", "The water was cold enough for gloves.", False),
        ("how cold was the water", "The water had 4 °C.", True),
        ("How fast can it sail?", "It passed the pier behind the lighthouse.", False),
        ("How fast can it sail?", "It makes seven knots.", True),
        ("How heavy is the anchor?", "The anchor is 80 cm long.", False),
        ("How heavy is the anchor?", "The anchor has 12 kg.", True),
    ],
)
def test_words_hold_the_fact_or_only_mention_what_it_is_about(question: str, text: str, held: bool) -> None:
    wanted = particular(plain_words(question))
    assert wanted
    assert holds_particular(wanted, text, content_words(question)) == held


POST = """# The ferry

We took the ferry to the island because the bridge was closed. The company that runs the ferry has painted it green.

Three friends met us at the pier. In the evening a doctor from the mainland looked at my foot.

## Where to sleep

The hotel on the island is called Gull House. It has nine rooms.
"""


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("Which company runs the ferry?", 1.0),
        ("What is the name of the hotel on the island?", 0.0),
        ("Why did you take the ferry?", 0.0),
    ],
)
def test_a_sentence_that_does_not_name_what_is_asked_for_speaks_against_answering(
    tmp_path_factory: pytest.TempPathFactory, indexed: Indexer, question: str, lacking: float
) -> None:
    folder = tmp_path_factory.mktemp("ferry")
    (folder / "ferry.md").write_text(POST, encoding="utf-8")
    answer = Answerer(Retriever.open(indexed(folder))).ask(question)
    assert answer.signals
    assert answer.signals.lacking == lacking
    assert answer.decision.answers == (lacking == 0.0)
