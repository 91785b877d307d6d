"""Rows that a question picks by what stands in their cells."""

from __future__ import annotations

import math

import pytest

from service.cell import asked_number, interval, number, tick
from service.picked import Grid, picked

RAIN = Grid.of(
    "Year | Rain | Storms | Note",
    ["2015 | 599 mm | 19 | wet |", "2016 | 963 mm | 28 |", "2017 | 820 mm | 28 | dry", "Total | 2382 mm | 75 |"],
)
SYSTEMS = Grid.of(
    "System | Chips | Port",
    ["Debian | ARM / i386 | TCP", "Fedora | ARM | TCP/UDP", "Alpine | ARM / i386 | UDP", "Arch | x86 | TCP"],
)
BOATS = Grid.of("| Skiff | Canoe", ["Light |  | ✔️", "Stable | ✔️ |", "Fast |  | ✔️"])
PRICES = Grid.of(
    "Letters | Price",
    ["0-1 thousand | free", "1-2 thousand | 0.20 €", "2-15 thousand | 0.10 €", "15+ thousand | 0.05 €"],
)
OARS = Grid.of("Height | Oar", ["up to 170 cm | 2.60 m", "up to 185 cm | 2.75 m", "over 185 cm | 2.90 m"])
MEMORY = Grid.of("Service | Memory", ["web | 1.5 GB", "cache | 900 MB", "data | 3 GB"])
PLANS = Grid.of("| Hobby | Studio", ["Traffic | 10 GB | 4 TB", "Largest file | 50 MB | 2 GB", "Sites | 1 | 20"])


@pytest.mark.parametrize(
    ("question", "grid", "rows"),
    [
        ("Which year had the most rain?", RAIN, [1]),
        ("In which year was the rain lowest?", RAIN, [0]),
        ("the most storms", RAIN, [1, 2]),
        ("Which year had at least some rain?", RAIN, []),
        ("years with more than 800 mm of rain", RAIN, [1, 2, 3]),
        ("years with at most 19 storms", RAIN, [0]),
        ("biggest file on studio", PLANS, []),
        ("Which system is the most fun?", RAIN, []),
        ("Which systems do not run on i386?", SYSTEMS, []),
        ("Which systems use UDP and which use TCP?", SYSTEMS, []),
        ("Which service uses the most memory?", MEMORY, []),
        ("Which systems run on i386?", SYSTEMS, [0, 2]),
        ("Which systems run on i386 over UDP?", SYSTEMS, [2]),
        ("Which systems use TCP only?", SYSTEMS, [0, 3]),
        ("Which systems are there?", SYSTEMS, []),
        ("Where is the canoe better?", BOATS, [0, 2]),
        ("What does the canoe not win?", BOATS, [1]),
        ("What do 5,000 letters cost?", PRICES, [2]),
        ("price of 20 thousand letters", PRICES, [3]),
        ("price of letters", PRICES, []),
        ("Which oar for 180 cm?", OARS, [1]),
        ("Which oar for 190 cm?", OARS, [2]),
    ],
)
def test_the_rows_that_a_question_picks(question: str, grid: Grid, rows: list[int]) -> None:
    assert picked(question, grid, several=True) == rows


def test_who_asks_for_one_is_not_shown_all_that_hold_a_word() -> None:
    assert picked("Does Debian run on i386?", SYSTEMS, several=False) == []


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,736", 1736),
        ("£18.71", 18.71),
        ("80% cheaper", 80),
        ("~ 3 million", 3e6),
        ("10k", 10_000),
        ("2021-03-04", None),
        ("1.2.3", None),
        ("about 7", 7),
        ("none", None),
        ("x86", None),
        ("-20 °C", -20),
        ("300 m", 300),
    ],
)
def test_the_number_that_a_cell_is(cell: str, value: float | None) -> None:
    assert number(cell) == value


@pytest.mark.parametrize(
    ("cell", "ends"),
    [
        ("15-50 million", (15e6, 50e6)),
        ("$1 – $2", (1, 2)),
        ("up to 170 cm", (-math.inf, 170)),
        ("> 5", (5, math.inf)),
        ("250+", (250, math.inf)),
        ("3 or more", (3, math.inf)),
        ("170 cm", None),
        ("fast", None),
    ],
)
def test_the_interval_that_a_cell_is(cell: str, ends: tuple[float, float] | None) -> None:
    assert interval(cell) == ends


@pytest.mark.parametrize(("cell", "ticked"), [("✔️", True), ("Yes", True), ("", False), ("✗", False), ("maybe", None)])
def test_a_tick(cell: str, ticked: bool | None) -> None:
    assert tick(cell) is ticked


def test_a_question_with_two_numbers_asks_for_neither() -> None:
    assert asked_number("between 3 and 5") is None
    assert asked_number("for 2 million") == 2e6
