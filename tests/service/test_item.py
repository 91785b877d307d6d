"""An item of a list that is asked for by its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import BuildSettings, Retriever, build_index
from service.answer import Answer, Answerer
from service.ordinal import Ordinal, ordinal

POST = """# Moving the weather station to the barn

The mast behind the house had rusted through.

## Steps to move it

1. Switch off the logger.
2. Unscrew the anemometer:
   - hold the cups
   - keep the washers
3. Flash the firmware for the long cable:

   ```sh
   vane flash --cable 40m
   ```

4. Bolt the mast to the gable.

## What I learned

### Grease every thread

Salt from the coast had eaten the bolts of the old mast, and two of them had to be drilled out.

### Measure the cable twice

The first one ended a metre above the logger.

### Ask the neighbours

They had a ladder of nine metres.

## Mistakes I made

- I forgot the lightning rod.
- I painted the mast on a windy day.
"""


@pytest.mark.parametrize(
    ("plain", "asked"),
    [
        ("what is step 4", Ordinal(4, "step", "4")),
        ("step number two", Ordinal(2, "step", "two")),
        ("explain point #3", Ordinal(3, "point", "3")),
        ("what's the third tip", Ordinal(3, "tip", "third")),
        ("the 2nd rule", Ordinal(2, "rule", "2nd")),
        ("and the last step", Ordinal(-1, "step", "last")),
        ("what was the first release", None),
        ("how many steps are there", None),
        ("step 4.2", None),
        ("does step 0 count", None),
        ("a 3 point plan", None),
    ],
)
def test_what_is_asked_for_by_its_place(plain: str, asked: Ordinal | None) -> None:
    assert ordinal(plain) == asked


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    folder: Path = tmp_path_factory.mktemp("station")
    (folder / "content").mkdir()
    (folder / "content" / "station.md").write_text(POST, encoding="utf-8")
    build_index(BuildSettings(folder / "content", folder / "index"))
    answerer = Answerer(Retriever.open(folder / "index"))
    yield answerer
    answerer.close()


def _quotes(answer: Answer) -> list[str]:
    return [quote.text for quote in answer.composed.quotes]


@pytest.mark.model
@pytest.mark.parametrize(
    ("asked", "quotes"),
    [
        ("What is step 1?", ["Switch off the logger."]),
        ("what's the second step", ["Unscrew the anemometer:"]),
        ("What is step 3?", ["Flash the firmware for the long cable:", "vane flash --cable 40m"]),
        ("what is the last step of moving it?", ["Bolt the mast to the gable."]),
        ("What was the second mistake?", ["I painted the mast on a windy day."]),
    ],
)
def test_the_item_is_quoted_alone_or_with_its_command(station: Answerer, asked: str, quotes: list[str]) -> None:
    assert _quotes(station.ask(asked)) == quotes


@pytest.mark.model
def test_an_item_that_is_not_there_is_not_made_up_from_another(station: Answerer) -> None:
    quoted = _quotes(station.ask("What is step 9?"))
    assert quoted != ["Bolt the mast to the gable."]


@pytest.mark.model
def test_a_heading_is_quoted_with_the_paragraph_below_it(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    text = POST.replace("## What I learned", "## Three lessons that I learned")
    (tmp_path / "content" / "station.md").write_text(text, encoding="utf-8")
    build_index(BuildSettings(tmp_path / "content", tmp_path / "index"))
    answerer = Answerer(Retriever.open(tmp_path / "index"))
    quotes = _quotes(answerer.ask("What is lesson two?"))
    answerer.close()
    assert quotes == ["Measure the cable twice", "The first one ended a metre above the logger."]
