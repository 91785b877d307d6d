"""When a list is shown, and what of it: of one that code breaks up, and of a table whose rows the question names."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Retriever
from service.answer import Answerer
from tests.indexes import Indexer

pytestmark = pytest.mark.model

POST = """# Moving the printer to the new driver

The old driver of the printer is no longer kept.

## Steps to move

1. Stop the print queue:

   ```sh
   lpqueue stop
   ```

2. Copy the profile of the printer.
3. Install the driver:

   ```sh
   lpqueue driver --new
   ```

4. Start the queue and print a page.

## Moving back by hand

1. Unplug the printer.

Nothing happens for a while.

2. Plug the printer in again.

The light turns green, and then it blinks:

```sh
lpqueue status
```

3. Print a page by hand.

## What to keep

Before that I wrote down a list of settings that are worth keeping.

- Margins
- Tray
- Toner
- Fonts

Some of the settings can be read off the display as well.

## Costs

The new driver cost 40 euros. The printer is loud. Yes. Its tray is grey.

## The manual, by Ottilie Brandis

A thin book with large pictures, which explains the tray from above and from below.

## 5.0 (4 May 2026)

Paper of both sizes can be mixed.

## Undo

- Remove the driver.
- Put the profile back.

## Stuck jobs

Jobs that got stuck block the queue and are removed by hand. Purging ends them all:

```sh
lpqueue purge --stuck
```

## Which drivers are kept

| Driver | Paper | Kept until |
| --- | --- | --- |
| 4.1 | A4 | ended in March 2023 |
| 4.2 | A4 | the same as 4.1, and two months more |
| 5.0 | A4, A3 | December 2027 |
"""

CANOE = """# Ten days by canoe

We paddled down the Lomna in June, four people in two hired canoes. You do need time and a sense of humour, for the
river does what it wants. The equipment that the hire firm lends is old, but nobody needs better.

## What to bring

- A dry bag for each person
- A spare paddle
- Ten metres of rope
- Soap that does not foam

## What went wrong

- We packed the bread at the bottom.
- The second canoe leaked from the first day on.
- Nobody had a map of the locks.

## The days

On the third day it rained so hard that we stayed in the tents and things got on our nerves. The best day was the sixth:
no lock, no wind, and a heron that went along with us for an hour. We did everything wrong that day and it worked well.

## The rain

Rain fell on Monday. Rain fell on Tuesday night. Rain fell on Thursday. Rain fell on Saturday morning.
"""


MILLS = """# Three mills and a scale

I weighed what a minute of each grain mill gives.

## What they grind

| Mill | Grain | Flour a minute |
| --- | --- | --- |
| Rokko 2 | wheat | 91 g |
|  | rye, fine | 78 g |
|  | rye, coarse | 83 g |
| Tamsin 4 | wheat | 120 g |
|  | rye, fine | 99 g |
|  | rye, coarse | 104 g |
|  | Total | 575 g |

## What they cost

| Mill | Number | Price | Weight | Bought |
| --- | --- | --- | --- | --- |
| Rokko | RK-20 | 140 euros | 4 kg | spring 2021, by post |
| Rokko Max | RM-30 | 210 euros | 6 kg | spring 2021, by post |
| Rokko Max | RM-31 | 225 euros | 6 kg | spring 2021, by post |
| Rokko Max | RM-40 | 260 euros | 7 kg | spring 2021, by post |
| Rokko Max | RM-41 | 265 euros | 7 kg | spring 2021, by post |
| Rokko Max | RM-42 | 270 euros | 7 kg | spring 2021, by post |
| Rokko Max | RM-43 | 280 euros | 7 kg | spring 2021, by post |
| Rokko Max | RM-50 | 310 euros | 9 kg | spring 2021, by post |
| Rokko Max | RM-51 | 320 euros | 9 kg | spring 2021, by post |
| Rokko Max | RM-60 | 400 euros | 9 kg | spring 2021, by post |

## What the hoppers hold

| Hopper | Holds |
| --- | --- |
| Lene | 1 kg |
| Lene Wide | 3 kg |

## The buttons of the scale

| Button | Meaning |
| --- | --- |
| + | weighs what was added |
| \\|\\| | halts the clock |
"""


def bold(indexed: Indexer, folder: Path, post: str) -> Answerer:
    """Answers about the post that decline nothing."""
    (folder / "post.md").write_text(post, encoding="utf-8")
    return Answerer(Retriever.open(indexed(folder)), threshold=0.0)


TRAYS = """# Two trays for the printer

I have had both for a year.

## The two sizes

| What | Small tray | Large tray |
| --- | --- | --- |
| Sheets | 50 | 400 |
| Weight | 200 g | 900 g |

In 2023 we printed on the small one and lost much paper. After the move in 2024 we printed on the large one alone.
"""


LAMP = """# The lamp in the hall

## Its settings

Everything that the lamp does stands in one file:

```ini
[lamp]
fade = 2.5
moon = full
```

Marit chose the seconds of the fade, since she stands on the stairs when it goes out.

## What it draws

| Lamp | Watts |
| --- | --- |
| Hall | 4 |
| Attic | 9 |

The figure for the attic was read from the meter by our neighbour Jonne, who did not believe the box.

## The first winter

The lamp of the hall went dark on every evening in January at about six, just as everybody came home with wet boots, and
nobody could find the switch behind the coats. So the battery of the lamp was put into the warm kitchen, after it had
been in the cold of the hall for eleven winters. It has been there ever since, and the lamp has been dark no more.

## The key

The key of the cellar hangs on the nail behind the green door that leads from the kitchen to the garden, and nobody but
me has ever taken it from there in all of these years.

We lost it once, in the summer in which the whole house was painted by four men from the village, who sang all day long
and ate our plums. But the key of the cellar lay in the sugar.

## The stoves

The tiled stove in the parlour was built by Aksel, and it never smoked in the first winter.

The iron one in the workshop came from a ship that was broken up in the harbour below, with its pipe and its plate and
its two little doors, and four men had to carry it. But it smoked badly in the first winter.

## The neighbours

| Neighbour | Dog |
| --- | --- |
| Jonne | Bruno |
| Marit | Runa |

```yaml
dogs: the neighbours have them
```

The neighbours have dogs. A dog of the neighbours barks. The dogs of neighbours bark. Each neighbour walks a dog. Dogs
like our neighbours. The neighbours like dogs. Two neighbours sold a dog. Neighbours feed a dog.
"""


@pytest.fixture(scope="module")
def lamp(tmp_path_factory: pytest.TempPathFactory, indexed: Indexer) -> Answerer:
    return bold(indexed, tmp_path_factory.mktemp("lamp"), LAMP)


@pytest.fixture(scope="module")
def mills(tmp_path_factory: pytest.TempPathFactory, indexed: Indexer) -> Answerer:
    return bold(indexed, tmp_path_factory.mktemp("mills"), MILLS)


@pytest.fixture(scope="module")
def trays(tmp_path_factory: pytest.TempPathFactory, indexed: Indexer) -> Answerer:
    folder = tmp_path_factory.mktemp("trays")
    (folder / "trays.md").write_text(TRAYS, encoding="utf-8")
    return Answerer(Retriever.open(indexed(folder)), threshold=0.0)


@pytest.fixture(scope="module")
def printer(tmp_path_factory: pytest.TempPathFactory, indexed: Indexer) -> Answerer:
    return bold(indexed, tmp_path_factory.mktemp("printer"), POST)


@pytest.fixture(scope="module")
def canoe(tmp_path_factory: pytest.TempPathFactory, indexed: Indexer) -> Answerer:
    return bold(indexed, tmp_path_factory.mktemp("canoe"), CANOE)


def quoted(answerer: Answerer, question: str) -> list[str]:
    return [quote.text for quote in answerer.ask(question).composed.quotes]


def test_what_the_text_says_of_code_is_quoted_with_it(lamp: Answerer) -> None:
    lead_in, code = "Everything that the lamp does stands in one file:", "[lamp]\nfade = 2.5\nmoon = full"
    said = "Marit chose the seconds of the fade, since she stands on the stairs when it goes out."
    composed = lamp.ask("what is the setting of the moon of the lamp?").composed
    assert [quote.text for quote in composed.quotes] == [lead_in, code, said]
    assert composed.text == f"{lead_in} [1]\n{code} [2]\n“{said}” [3]"
    assert quoted(lamp, "Which command sets the moon of the lamp?") == [lead_in, code]


def test_a_row_is_quoted_behind_a_sentence_with_its_header(lamp: Answerer) -> None:
    said = "The figure for the attic was read from the meter by our neighbour Jonne, who did not believe the box."
    assert quoted(lamp, "who measured the 9 watts?")[:3] == [said, "Lamp | Watts", "Attic | 9"]
    assert quoted(lamp, "how many watts does the attic draw?") == ["Lamp | Watts", "Attic | 9"]


def test_a_reason_takes_more_words_than_what_else_is_explained(lamp: Answerer) -> None:
    why, how = (
        lamp.ask(f"{word} was the battery of the lamp put into the kitchen?").composed for word in ("why", "how")
    )
    assert 60 < len(why.text.split()) <= 90
    assert len(how.text.split()) <= 60
    assert how.quotes[0].text.startswith("So the battery of the lamp was put into the warm kitchen")


def test_where_there_is_no_room_for_the_sentence_before_it_a_sentence_is_quoted_alone(lamp: Answerer) -> None:
    hangs, lay = quoted(lamp, "where is the key of the cellar?")
    assert hangs.startswith("The key of the cellar hangs on the nail")
    assert lay == "But the key of the cellar lay in the sugar."


def test_behind_another_sentence_none_is_quoted_alone_that_says_it_of_something_else(lamp: Answerer) -> None:
    assert quoted(lamp, "did the tiled stove smoke in the first winter?")[0].startswith("The tiled stove")
    assert "But it smoked badly in the first winter." not in quoted(
        lamp, "did the tiled stove smoke in the first winter?"
    )


def test_there_are_five_quotes_at_most_and_no_table_beside_code(lamp: Answerer) -> None:
    kinds = [quote.kind for quote in lamp.ask("dogs: the neighbours have them").composed.quotes]
    assert kinds == ["code", *4 * ["sentence"]]


def test_steps_are_one_list_though_commands_stand_between_them(printer: Answerer) -> None:
    assert quoted(printer, "What are the steps to move to the new driver?") == [
        "Stop the print queue:",
        "Copy the profile of the printer.",
        "Install the driver:",
        "Start the queue and print a page.",
    ]


def test_steps_are_one_list_where_the_page_counts_on_behind_paragraphs(printer: Answerer) -> None:
    assert quoted(printer, "What are the steps of moving back by hand?") == [
        "Unplug the printer.",
        "Plug the printer in again.",
        "Print a page by hand.",
    ]


def test_a_list_that_is_counted_is_shown_whole_with_its_number(printer: Answerer) -> None:
    answer = printer.ask("How many settings are on the list?").composed
    assert [quote.text for quote in answer.quotes] == ["Margins", "Tray", "Toner", "Fonts"]
    assert answer.text.startswith("4 in all:\n- Margins [1]")


def test_a_list_of_something_else_is_not_counted(printer: Answerer) -> None:
    assert "in all" not in printer.ask("How many people are on the list of settings?").composed.text


def test_behind_an_amount_nothing_is_quoted_that_holds_none(printer: Answerer) -> None:
    assert quoted(printer, "how much for the printer") == ["The new driver cost 40 euros."]


def test_a_number_that_leads_in_to_a_list_is_told_without_the_list(tmp_path: Path, indexed: Indexer) -> None:
    lead_in = "Release 2.2 holds work of 26 people who wrote to the project between spring and autumn:"
    names = "\n".join(f"- Person {letter} of a place that is far away from here" for letter in "ABCDEFG")
    answerer = bold(indexed, tmp_path, f"# Release 2.2\n\nIt is out.\n\n## Thanks\n\n{lead_in}\n\n{names}\n")
    assert quoted(answerer, "how many people worked on release 2.2?") == [lead_in]
    assert len(quoted(answerer, "which people worked on release 2.2?")) == 8


def test_a_word_alone_is_not_quoted_behind_a_sentence(printer: Answerer) -> None:
    assert "Yes." not in quoted(printer, "Is the printer loud?")


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("who wrote the manual?", "The manual, by Ottilie Brandis"),
        ("When could paper of both sizes be mixed with 5.0?", "5.0 (4 May 2026)"),
    ],
)
def test_a_heading_that_tells_what_the_sentence_does_not_is_quoted_first(
    printer: Answerer, question: str, heading: str
) -> None:
    quotes = printer.ask(question).composed.quotes
    assert (quotes[0].kind, quotes[0].text) == ("heading", heading)
    assert len(quotes) > 1


def test_a_heading_that_tells_nothing_more_is_not_quoted(printer: Answerer) -> None:
    assert {quote.kind for quote in printer.ask("who explains the tray?").composed.quotes} == {"sentence"}


def test_columns_that_are_compared_are_shown_with_all_rows_that_fit(trays: Answerer) -> None:
    rows = ["What | Small tray | Large tray", "Sheets | 50 | 400", "Weight | 200 g | 900 g"]
    assert quoted(trays, "compare small tray and large tray") == rows
    assert quoted(trays, "compare the weight of the small and the large tray") == [rows[0], rows[2]]


def test_what_is_compared_stands_in_the_order_of_the_post(trays: Answerer) -> None:
    both = " ".join(quoted(trays, "Compare printing in 2024 and 2023"))
    assert both.index("2023") < both.index("2024")


def test_sentences_that_follow_one_on_the_other_are_one_quote(trays: Answerer) -> None:
    assert quoted(trays, "Compare printing in 2024 and 2023") == [
        "In 2023 we printed on the small one and lost much paper."
        " After the move in 2024 we printed on the large one alone."
    ]


def test_a_list_stands_below_what_leads_in_to_it(tmp_path: Path, indexed: Indexer) -> None:
    shed = bold(
        indexed,
        tmp_path,
        "# The shed\n\nWe cleared it in May. Not meant for rowing are:\n\n- Old oars\n- A cracked hull\n- Wet rope\n\n"
        "## What the tools cost\n\n| Tool | Price |\n| --- | --- |\n| Saw | 9 |\n| Plane | 20 |\n",
    )
    rowing = shed.ask("What are the things in the shed not meant for rowing?").composed
    assert rowing.text == ("Not meant for rowing are: [1]\n- Old oars [2]\n- A cracked hull [3]\n- Wet rope [4]")
    assert shed.ask("list what all the tools cost").composed.text.startswith("Tool | Price [1]\n- Saw | 9 [2]")


def test_one_of_a_list_is_told_by_its_place_whatever_is_listed(printer: Answerer) -> None:
    usual = Answerer(printer.retriever)
    assert quoted(usual, "what is the second setting?") == ["Tray"]
    assert quoted(usual, "what is the last setting?") == ["Fonts"]
    third = usual.ask("the third one?", None, ["Which settings are worth keeping?"])
    assert third.question.interpreted_as == "What is the third of the settings?"
    assert [quote.text for quote in third.composed.quotes] == ["Toner"]


def test_behind_a_sentence_none_is_quoted_that_only_leads_in_or_says_the_same(tmp_path: Path, indexed: Indexer) -> None:
    shed = bold(
        indexed,
        tmp_path,
        "# The gate\n\nThe gate of the shed is blue. As Ada says of the gate:\n\n> It was green.\n\n"
        "## More\n\nThe gate of the shed is blue. The gate of the shed is heavy.\n\n"
        "https://example.org/gate-of-the-shed\n\n"
        "## Was it worth it\n\nWas painting the gate worth the trouble? Of course!\n",
    )
    shown = quoted(shed, "what colour is the gate of the shed?")
    assert shown.count("The gate of the shed is blue.") == 1
    assert not {"As Ada says of the gate:", "https://example.org/gate-of-the-shed"} & set(shown)
    assert quoted(shed, "was painting the gate worth the trouble? of course")[0] == (
        "Was painting the gate worth the trouble? Of course!"
    )


def test_a_sentence_that_leads_in_to_code_comes_with_it(tmp_path: Path, indexed: Indexer) -> None:
    lead_in, line = "and add the following line for the drive at the bottom:", "/dev/sda1 /media/shelf auto noatime 0 0"
    edit = "Edit the table of mounts:\n\n```\nsudo nano /etc/fstab\n```\n"
    text = f"# The shelf box\n\n## Mounting at every start\n\n{edit}\n{lead_in}\n\n```\n{line}\n```\n"
    (tmp_path / "mount.md").write_text(text, encoding="utf-8")
    answerer = Answerer(Retriever.open(indexed(tmp_path)))
    answer = answerer.ask("line of fstab to mount the drive at start", "mount")
    quotes = [quote.text for quote in answer.composed.quotes]
    assert quotes[quotes.index(lead_in) + 1] == line
    answerer.close()


def test_a_row_behind_a_number_is_named_by_its_second_cell(tmp_path: Path, indexed: Indexer) -> None:
    tour = bold(
        indexed,
        tmp_path,
        "# The tour\n\nWe rode for three days.\n\n| Day | Town | Miles |\n| --- | --- | --- |\n| 24/3 | Halden | 12 |\n"
        "| 25/3 | Brisk | 65 |\n| 26/3 | Orre | 13 |\n",
    )
    for question in ("how many miles was the day to Brisk?", "how many miles was it on 25/3 to Brisk?"):
        assert quoted(tour, question) == ["Day | Town | Miles", "25/3 | Brisk | 65"]


def test_the_only_row_with_an_abbreviation_of_the_question_is_shown(tmp_path: Path, indexed: Indexer) -> None:
    header = "Date | Time | Session title | Short description | Speaker(s)"
    wanted = (
        "Friday, 6 June | 17:00 | QELM: Looking at blackouts through open data"
        " | Presentation of the dashboard and methods. | Emre Idle (FAIR)"
    )
    rows = (
        header,
        " | ".join("-----"),
        "Monday, 2 June | 14:00 | MOTE: Measuring the tides"
        " | Talk on the tools, methods and data of MOTE. | Nora Vane (MOTE)",
        "Wednesday, 4 June | 14:00 | Tides in the north | What we know of tides. | Edda Marsh",
        "Thursday, 5 June | 15:00 | tbd | tbd | tbd",
        wanted,
    )
    table = "\n".join(f"| {row} |" for row in rows)
    week = bold(indexed, tmp_path, f"# The open week\n\nEverybody had something to say.\n\n{table}\n")
    assert quoted(week, "who speaks in the QELM session")[:2] == [header, wanted]


def test_rows_are_picked_by_their_cells_and_of_those_that_are_named_alike_by_their_place(
    tmp_path: Path, indexed: Indexer
) -> None:
    tour = bold(
        indexed,
        tmp_path,
        "# The tour\n\nThe longest day of the tour took us over the pass, and every day was long.\n\n"
        "| Day | Leg | Miles | By |\n| --- | --- | --- | --- |\n| 1 | Halden | 12 | bus |\n| 2 | Halden | 65 | bike |\n"
        "| 3 | Orre | 13 | bike |\n| 4 | Orre | 9 | bus |\n",
    )
    header = "Day | Leg | Miles | By"
    assert quoted(tour, "Which day had the most miles?")[:2] == [header, "2 | Halden | 65 | bike"]
    assert quoted(tour, "Which legs did we go by bus?") == [header, "1 | Halden | 12 | bus", "4 | Orre | 9 | bus"]
    assert quoted(tour, "On which day did the Orre leg start?")[:2] == [header, "3 | Orre | 13 | bike"]
    assert quoted(tour, "On which day did the Orre leg end?")[:2] == [header, "4 | Orre | 9 | bus"]
    assert quoted(tour, "How many miles was the Orre leg?")[:3] == [
        header,
        "3 | Orre | 13 | bike",
        "4 | Orre | 9 | bus",
    ]


def test_what_another_year_says_is_no_answer(tmp_path: Path, indexed: Indexer) -> None:
    (tmp_path / "content").mkdir()
    rows = "".join(f"| {year} | {mm} |\n" for year, mm in ((2016, 599), (2017, 963), (2018, 820)))
    text = f"# Rain\n\nSo much rain fell at the barn in each year.\n\n| Year | Rain (mm) |\n|---|---|\n{rows}"
    (tmp_path / "content" / "rain.md").write_text(text, encoding="utf-8")
    rain = Answerer(Retriever.open(indexed(tmp_path / "content")))
    assert quoted(rain, "How much rain fell in 2017?")[1] == "2017 | 963"
    assert rain.ask("How much rain fell in 2020?").reason == "not_in_post"


def test_what_a_term_is_given_is_quoted_with_the_term(tmp_path: Path, indexed: Indexer) -> None:
    race = bold(
        indexed,
        tmp_path,
        "# The race\n\nIt was long and wet, and nobody was early at the finish.\n\n"
        "<dl><dt>Distance</dt><dd>83.9 km</dd><dt>Elevation gain</dt><dd>4400 m</dd></dl>\n",
    )
    assert quoted(race, "how many m was the elevation gain?")[0] == "Elevation gain\n4400 m"


def test_a_table_of_contents_that_was_written_out_is_no_list(tmp_path: Path, indexed: Indexer) -> None:
    headings = ["Which tools were taken away", "Which tools are new", "Who decided"]
    contents = "".join(f"- [{heading}](#{heading.lower().replace(' ', '-')})\n" for heading in headings)
    sections = "".join(f"## {heading}\n\n{text}\n\n" for heading, text in zip(headings, ("Saw.",) * 3, strict=True))
    shed = bold(indexed, tmp_path, f"# Tools\n\nThe tools of the shed:\n\n{contents}\n{sections}")
    assert headings not in (quoted(shed, "which tools were taken away?"), quoted(shed, "list the tools of the shed"))


def test_lists_of_two_sections_stay_two(printer: Answerer) -> None:
    assert quoted(printer, "What are the steps to undo it?") == ["Remove the driver.", "Put the profile back."]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Until when is the driver 4.1 kept?", ["4.1 | A4 | ended in March 2023"]),
        ("Until when is driver 5.0 kept?", ["5.0 | A4, A3 | December 2027"]),
        (
            "What is the difference in paper between the drivers 4.1 and 5.0?",
            ["4.1 | A4 | ended in March 2023", "5.0 | A4, A3 | December 2027"],
        ),
    ],
)
def test_the_rows_that_are_named_are_shown_with_their_header(printer: Answerer, question: str, rows: list[str]) -> None:
    assert quoted(printer, question) == ["Driver | Paper | Kept until", *rows]


def test_a_row_that_is_named_goes_before_its_whole_table(printer: Answerer) -> None:
    asked = "Which papers are there for the driver 5.0?"
    assert quoted(printer, asked) == ["Driver | Paper | Kept until", "5.0 | A4, A3 | December 2027"]


@pytest.mark.parametrize(
    ("question", "group", "row"),
    [
        ("How much coarse rye flour a minute does the Tamsin give?", "Tamsin 4", "| rye, coarse | 104 g"),
        ("How much fine rye flour a minute does the Rokko 2 give?", "Rokko 2", "| rye, fine | 78 g"),
    ],
)
def test_a_row_that_leaves_its_first_cell_empty_is_told_by_its_group(
    mills: Answerer, question: str, group: str, row: str
) -> None:
    assert quoted(mills, question) == ["Mill | Grain | Flour a minute", group, row]


def test_all_rows_of_a_group_are_listed(mills: Answerer) -> None:
    assert quoted(mills, "list all of the grains of the Rokko 2")[1:] == [
        "Rokko 2 | wheat | 91 g",
        "| rye, fine | 78 g",
        "| rye, coarse | 83 g",
    ]


def test_a_sum_and_a_cell_that_holds_a_bar_are_of_no_group(mills: Answerer) -> None:
    assert quoted(mills, "What is the total of flour a minute?")[1:] == ["| Total | 575 g"]
    assert quoted(mills, "Which button halts the clock?")[-2:] == ["Button | Meaning", "|| | halts the clock"]


def test_all_rows_of_a_name_are_listed_by_their_first_cells_and_not_those_of_a_shorter_one(mills: Answerer) -> None:
    header, *rows = quoted(mills, "list all of the Rokko Max numbers")
    assert header == "Mill | Number | Price | Weight | Bought"
    numbers = ("RM-30", "RM-31", "RM-40", "RM-41", "RM-42", "RM-43", "RM-50", "RM-51", "RM-60")
    assert [row.split(" | ")[:2] for row in rows] == [["Rokko Max", number] for number in numbers]
    assert {len(row.split(" | ")) for row in rows} == {4}


def test_a_name_and_a_longer_one_that_are_compared_are_both_shown(mills: Answerer) -> None:
    shown = quoted(mills, "What is the difference in what the hoppers Lene and Lene Wide hold?")
    assert shown == ["Hopper | Holds", "Lene | 1 kg", "Lene Wide | 3 kg"]


def test_a_table_of_thousands_of_rows_is_answered_from_as_fast(
    indexed: Indexer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = "\n".join(f"| Rokko | RK-{number} | {number} euros |" for number in range(3_000))
    shop = bold(indexed, tmp_path_factory.mktemp("shop"), f"# Mills\n\n| Mill | Number | Price |\n|-|-|-|\n{rows}\n")
    assert shop.ask("list all of the Rokko numbers").took_ms < 2_000


def test_code_is_shown_with_the_explanation_that_leads_in_to_it(printer: Answerer) -> None:
    assert quoted(printer, "how are jobs that got stuck removed?")[-1] == "lpqueue purge --stuck"


@pytest.mark.parametrize(
    "question", ["what should I bring along?", "things to bring", "Which things should one bring?", "what to pack"]
)
def test_a_loose_question_for_several_things_is_answered_by_the_list(canoe: Answerer, question: str) -> None:
    brought = ["A dry bag for each person", "A spare paddle", "Ten metres of rope", "Soap that does not foam"]
    assert quoted(canoe, question) == brought


def test_as_many_sentences_are_quoted_as_are_nearly_as_likely_and_fit(canoe: Answerer) -> None:
    days = ("Monday.", "Tuesday night.", "Thursday.", "Saturday morning.")
    said = " ".join(quoted(canoe, "When did rain fall?"))
    assert all(f"Rain fell on {day}" in said for day in days)


def test_a_question_for_one_thing_is_answered_by_its_sentence(canoe: Answerer) -> None:
    assert quoted(canoe, "what was the best day")[0].startswith("The best day was the sixth")


SIDES = """# Settings of the sluice

## The upper gate

| Key | What it is | Default |
| --- | --- | --- |
| port | Where it listens | 8910 |
| path | Where it looks | /up |

## The lower gate

| Key | What it is | Default |
| --- | --- | --- |
| port | Where it listens | 8911 |
| path | Where it looks | /low |

## Prices

| Part | In the harbour | By post |
| --- | --- | --- |
| Valve | 12 euros | 14 euros |
| Float | 3 euros | 5 euros |

## Conferences

In 2024 I went to a few conferences!

- Sluice Days in Ede
- LockConf in Ghent
"""


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory, indexed: Indexer) -> Answerer:
    return bold(indexed, tmp_path_factory.mktemp("sides"), SIDES)


@pytest.mark.parametrize(("gate", "port"), [("upper", "8910"), ("lower", "8911")])
def test_of_rows_that_begin_alike_the_one_whose_section_is_named_is_shown(
    sides: Answerer, gate: str, port: str
) -> None:
    assert quoted(sides, f"what port does the {gate} gate listen on?")[1] == f"port | Where it listens | {port}"


def test_who_asks_for_all_gets_the_whole_table(sides: Answerer) -> None:
    assert quoted(sides, "list the prices") == [
        "Part | In the harbour | By post",
        "Valve | 12 euros | 14 euros",
        "Float | 3 euros | 5 euros",
    ]


def test_names_may_stand_in_the_list_below_the_sentence(tmp_path: Path, indexed: Indexer) -> None:
    talk = "where I spoke for an hour about the gates of old locks, and how each of them was mended by hand " * 2
    items = "".join(f"- {name} in {town}, {talk}\n" for name, town in (("Sluice Days", "Ede"), ("LockConf", "Ghent")))
    before = "It was a year of much travel and little sleep, and of too many sandwiches on trains. " * 6
    text = f"# My year\n\n## Conferences\n\n{before}\n\nIn 2024 I went to a few conferences!\n\n{items}"
    (tmp_path / "post.md").write_text(text, encoding="utf-8")
    own = Answerer(Retriever.open(indexed(tmp_path, tmp_path / "index")))
    asked = own.ask("which conferences did you go to?")
    assert asked.question.particular == "name"
    assert asked.signals is not None
    assert asked.signals.lacking == 0
    assert len({hit.passage.start for hit in asked.hits}) > 1
