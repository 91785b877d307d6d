"""Which words hold the kind of fact that is asked for."""

from __future__ import annotations

import pytest

from service.expected import holds
from service.wanted import Wanted


@pytest.mark.parametrize(
    ("expected", "text", "held"),
    [
        ("amount", "It needs 3 of them.", True),
        ("amount", "The cellar is pumped out twice.", True),
        ("amount", "The injection is due bi-weekly.", True),
        ("amount", "Backups run hourly.", True),
        ("amount", "We look every other week.", True),
        ("amount", "Everybody looks at it.", False),
        ("date", "It opened in May.", True),
        ("date", "It opened at last.", False),
        ("duration", "It took a whole week.", True),
        ("duration", "It took all of us.", False),
        ("person", "It was Nora.", True),
        ("person", "It was the wind.", False),
        ("", "It was Nora in May, for 3 days.", False),
    ],
)
def test_words_hold_a_kind_of_fact_or_not(expected: Wanted, text: str, held: bool) -> None:
    assert holds(expected, text) is held
