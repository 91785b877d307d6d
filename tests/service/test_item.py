"""An item of a list that is asked for by its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Retriever
from service.answer import Answer, Answerer
from service.ordinal import Ordinal, ordinal
from tests.indexes import Indexer

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
        ("what was the first release", Ordinal(1, "release", "first")),
        ("how many steps are there", None),
        ("last thoughts", None),
        ("first vs second pump", None),
        ("what is the last section about", None),
        ("the third of the tips", Ordinal(3, "tips", "third")),
        ("step 4.2", None),
        ("does step 0 count", None),
        ("a 3 point plan", None),
        ("is there a reason one should grease it", None),
        ("at what point two bolts broke", None),
        ("what comes after step 2", None),
        ("what do i do before the last step", None),
        ("the last step before painting", None),
        ("the second to last tip", None),
        ("what is the last but one rule", None),
        ("the twenty-first step", None),
        ("how do step 2 and step 3 differ", None),
        ("what are step 2 and 3", None),
        ("step 2-4", None),
        ("step 2 – 3 eggs and sugar", Ordinal(2, "step", "2")),
        ("what is the gist of step one in short", Ordinal(1, "step", "one")),
    ],
)
def test_what_is_asked_for_by_its_place(plain: str, asked: Ordinal | None) -> None:
    assert ordinal(plain) == asked


def _answerer(indexed: Indexer, folder: Path, text: str, threshold: float | None = 0.0) -> Answerer:
    (folder / "content").mkdir()
    (folder / "content" / "post.md").write_text(text, encoding="utf-8")
    return Answerer(Retriever.open(indexed(folder / "content")), threshold=threshold)


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory, indexed: Indexer) -> Answerer:
    return _answerer(indexed, tmp_path_factory.mktemp("station"), POST, threshold=None)


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
def test_an_item_that_is_there_needs_no_likeness(station: Answerer) -> None:
    assert station.ask("step 3").decision.score == 1.0
    assert _quotes(station.ask("And the 2nd step?")) == ["Unscrew the anemometer:"]


@pytest.mark.model
@pytest.mark.parametrize(
    "asked",
    [
        "How long does step 3 take?",
        "What is step 3 of the recipe?",
        "What if I don't do step 3?",
        "Should I do step 3?",
        "What is not in step 2?",
        "Is there a step 3?",
        # Only of lists that are named so.
        "What is the second reason?",
    ],
)
def test_whoever_asks_more_is_answered_by_what_is_weighed(station: Answerer, asked: str) -> None:
    assert station.ask(asked).decision.score < 1.0


@pytest.mark.model
def test_the_threshold_of_the_owner_holds_for_items_too(station: Answerer) -> None:
    assert not Answerer(station.retriever, threshold=0.99).ask("step 3").decision.answers


@pytest.mark.model
def test_an_item_that_is_not_there_is_not_made_up_from_another(station: Answerer) -> None:
    quoted = _quotes(station.ask("What is step 9?"))
    assert quoted != ["Bolt the mast to the gable."]


@pytest.mark.model
def test_a_heading_is_quoted_with_the_paragraph_below_it(tmp_path: Path, indexed: Indexer) -> None:
    text = POST.replace("## What I learned", "## Three lessons that I learned")
    quotes = _quotes(_answerer(indexed, tmp_path, text, threshold=None).ask("What is lesson two?"))
    assert quotes == ["Measure the cable twice", "The first one ended a metre above the logger."]


HEADED = """---
title: Limewash for a cellar wall
---

Lime is caustic, so wear goggles.

## What you need

- A bucket with a lid
- A wide brush
- Goggles

## Step 1: Slake the lime

Stir the lime into cold water and let it stand overnight. These things go wrong most often:

- The water is warm.
- The lid is left off.
- Somebody stirs with a metal rod.

## Step 2: Wet the wall

Spray the wall until it no longer drinks.

## Step 3: Brush it on

Work from the top down in thin coats.

## What it cost

The lime cost nine euros.
"""


@pytest.fixture(scope="module")
def limewash(tmp_path_factory: pytest.TempPathFactory, indexed: Indexer) -> Answerer:
    return _answerer(indexed, tmp_path_factory.mktemp("limewash"), HEADED)


@pytest.mark.model
@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("What is step 1?", "Step 1: Slake the lime"),
        ("What is step 2?", "Step 2: Wet the wall"),
        ("What is the last step?", "Step 3: Brush it on"),
    ],
)
def test_a_heading_that_bears_the_number_is_the_step(limewash: Answerer, asked: str, first: str) -> None:
    assert _quotes(limewash.ask(asked))[0] == first


@pytest.mark.model
def test_headings_are_counted_by_their_own_numbers(tmp_path: Path, indexed: Indexer) -> None:
    answerer = _answerer(
        indexed,
        tmp_path,
        """# Three rules of our choir

Who sings with us knows them.

## Where they come from

The first conductor wrote them on the piano.

## 1. Nobody sings alone

Two voices carry a third.

## 2. Tea comes before scales

A warm throat is worth ten exercises.

## 3. The youngest picks the encore

She has never picked a slow one.
""",
    )
    assert _quotes(answerer.ask("What is rule 2?"))[0] == "2. Tea comes before scales"
    assert _quotes(answerer.ask("what's the last rule"))[0] == "3. The youngest picks the encore"


BROKEN = """# Setting up the beehive scale

## Steps

1. Solder the load cell.
2. Flash the board:

   ```sh
   hive flash
   ```

   Wait for the green light.

3. ![The lid with its four screws](lid.jpg)
4. Close the lid.

The next two are for winter only.

5. Wrap the box in cork.
6. Add a second battery.

Afterwards I checked the scale from the kitchen with this line:

```sh
hive watch
```
"""


@pytest.fixture(scope="module")
def scale(tmp_path_factory: pytest.TempPathFactory, indexed: Indexer) -> Answerer:
    return _answerer(indexed, tmp_path_factory.mktemp("scale"), BROKEN)


@pytest.mark.model
@pytest.mark.parametrize(
    ("asked", "quotes"),
    [
        ("What is step 2?", ["Flash the board:", "hive flash"]),
        ("What is step 4?", ["Close the lid."]),
        ("What is step 5?", ["Wrap the box in cork."]),
        ("What is step 1?", ["Solder the load cell."]),
        ("What is the last step?", ["Add a second battery."]),
    ],
)
def test_items_have_the_numbers_that_the_page_gives_them(scale: Answerer, asked: str, quotes: list[str]) -> None:
    assert _quotes(scale.ask(asked)) == quotes


@pytest.mark.model
def test_a_list_of_other_things_is_not_counted(tmp_path: Path, indexed: Indexer) -> None:
    answerer = _answerer(
        indexed,
        tmp_path,
        """# A week on the fells

## The trip

I made one mistake that I still regret: the boots were new.

For the tent we carried:

- a groundsheet
- two poles
""",
    )
    assert _quotes(answerer.ask("What was the first mistake?"))[0] != "a groundsheet"


@pytest.mark.model
def test_a_list_without_words_of_its_own_is_no_error(tmp_path: Path, indexed: Indexer) -> None:
    answerer = _answerer(
        indexed, tmp_path, "# Packing steps\n\nThe steps are nested.\n\n- - fold the sail\n  - roll the sail\n"
    )
    assert answerer.ask("What is the last step?").composed.text


@pytest.mark.model
def test_of_a_step_more_may_be_asked_than_it_says(tmp_path: Path, indexed: Indexer) -> None:
    text = "# Two steps to dry plums\n\n1. Halve the plums.\n2. Dry them.\n\nDrying took us fourteen hours in all.\n"
    answerer = _answerer(indexed, tmp_path, text)
    assert _quotes(answerer.ask("How long does step 2 take?")) != ["Dry them."]


LISTICLE = """---
title: My favourite tools of the year
---

Three things made the shed a better place.

## Whetstone

It lives beside the sink.

## Marking knife

A pencil is never sharp enough for a joint, and a knife always is.

## Shoulder plane

It was my grandfather's first plane.
"""


@pytest.mark.model
def test_headings_below_the_title_are_a_list(tmp_path: Path, indexed: Indexer) -> None:
    (tmp_path / "tools.md").write_text(LISTICLE, encoding="utf-8")
    shed = Answerer(Retriever.open(indexed(tmp_path, tmp_path / "index")))
    names = ["Whetstone", "Marking knife", "Shoulder plane"]
    assert [quote.text for quote in shed.ask("What are the favourite tools?").composed.quotes] == names
    assert shed.ask("What is the second tool?").composed.quotes[0].text == "Marking knife"


@pytest.mark.model
def test_one_heading_among_others_does_not_name_them_all(tmp_path: Path, indexed: Indexer) -> None:
    post = "# The year\n\n## Travel\n\nLisbon.\n\n## Games\n\n- Hexagons\n- Rummy\n\n## Books\n\nNone.\n"
    (tmp_path / "year.md").write_text(post, encoding="utf-8")
    year = Answerer(Retriever.open(indexed(tmp_path, tmp_path / "index")))
    assert [quote.text for quote in year.ask("What was the first game?").composed.quotes] == ["Hexagons"]


@pytest.mark.model
def test_a_long_item_with_its_heading_stays_within_sixty_words(tmp_path: Path, indexed: Indexer) -> None:
    long = "fold the blanket over the rail, " * 30
    answerer = _answerer(
        indexed, tmp_path, f"# Beds\n\n## Step 1: {long[:60]}\n\nFirst {long}.\n\n## Step 2: Sleep\n\nDo.\n"
    )
    answer = answerer.ask("What is step 1?")
    assert _quotes(answer)[0].startswith("Step 1")
    assert len(answer.composed.text.split()) <= 60
