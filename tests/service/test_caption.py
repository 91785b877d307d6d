"""What is on a picture is told by its caption, or by what is said of it below."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Retriever
from service.answer import Answerer
from service.asking import plain_words
from service.caption import AskedCaption, asked_caption
from tests.indexes import Indexer

POST = """# How the boathouse was mended

In spring we mended the boathouse with eleven people, and it took three weekends.

## The roof

<figure><img src="roof.jpg" alt=""><figcaption>Nora hands up the last of the slates.</figcaption></figure>

Slates were bought from a farm, and the old gutter was kept.

## The slip

<figure><img src="slip.jpg" alt=""><figcaption>Low water, and mud up to the knees.</figcaption></figure>

The slip was laid with sleepers. Nobody had told us about the mud.

![](door.jpg)

The new door before it was painted, with a brush already on the step.
"""


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("caption photo slates", AskedCaption("slates", worded=True)),
        ("What is the caption of the picture of the slip?", AskedCaption("the slip", worded=True)),
        ("what's the caption under the drawing of the engine", AskedCaption("the engine", worded=True)),
        ("What does it say below the photo where Nora stands?", AskedCaption("nora stands", worded=True)),
        ("What is shown in the picture of Nora's roof?", AskedCaption("nora's roof", worded=False)),
        ("what does the graph in the costs part show?", AskedCaption("the costs part", worded=False)),
        ("What does figure 3 show?", AskedCaption("3", worded=False)),
        ("what can you see on the photo", AskedCaption("", worded=False)),
        ("what does the map command do", None),
        ("What is in the docker image?", None),
        ("what does the chart show?", None),
        ("what does the chart of costs show?", AskedCaption("costs", worded=False)),
        ("what is captioning", None),
        ("what is in the box", None),
        ("who took the photo of the barn", None),
        ("", None),
    ],
)
def test_a_question_asks_for_a_caption_or_not(question: str, asked: AskedCaption | None) -> None:
    assert asked_caption(plain_words(question)) == asked


@pytest.mark.model
def test_the_caption_that_is_meant_is_quoted(indexed: Indexer, tmp_path: Path) -> None:
    (tmp_path / "boathouse.md").write_text(POST, encoding="utf-8")
    answerer = Answerer(Retriever.open(indexed(tmp_path)))
    for question, said in (
        ("what is shown in the picture of the slates?", "Nora hands up the last of the slates."),
        ("caption of the photo in the part about the slip", "Low water, and mud up to the knees."),
        # What stands behind a picture may be no caption for the parser.
        ("caption of the photo of the new door", POST.splitlines()[-1]),
    ):
        answer = answerer.ask(question, "boathouse")
        assert answer.decision.answers
        assert answer.composed.quotes[0].text == said
    # The boathouse has no figures with numbers.
    assert not answerer.ask("what does figure 3 show?", "boathouse").decision.answers
    assert not answerer.ask("what does the picture of a giraffe show?", "boathouse").decision.answers
    answerer.close()
