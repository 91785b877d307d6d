"""Which sentences define what is asked for."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from index import Retriever
from service.answer import Answerer
from service.defining import defines
from service.question import understand
from service.rank import rank
from tests.indexes import Indexer

SHORTCUTS = """# Shortcuts in Brinewell

Shortcuts are kept in `brine.toml`. There are two ways to write a shortcut. A shortcut is read when a shortcut is typed.

## More about shortcuts

“Shortcuts” are a feature of Brinewell for calling a long line by a short name.

```yaml
shortcut: an example of a shortcut
```
"""


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("What is a catch?", "A catch is the moment when the blade enters the water."),
        ("whats a shortcut in Brinewell", "“Shortcuts” are a way to name what is typed often."),
        ("what is the ARA", "The Annual Rowing Assembly (ARA) is a meeting of all clubs."),
        ("define autolyse", "Autolyse is basically a rest before the salt."),
        ("what does sculling mean", "Sculling means to row with two oars."),
        ("what does ARA stand for", "We met at the Annual Rowing Assembly (ARA) in May."),
        ("what does ARA stand for", "ARA (Annual Rowing Assembly) is when we meet."),
        ("ARA meaning", "Terms: ARB - Annual Rowing Breakfast, ARA - Annual Rowing Assembly."),
        ("what is an ARA", "It is one of many Annual Rowing Assemblies (ARAs)."),
    ],
)
def test_a_sentence_that_opens_with_what_is_asked_for_defines_it(asked: str, text: str) -> None:
    assert defines(text, understand(asked).words)


def test_an_item_of_a_list_may_be_an_entry_of_a_glossary() -> None:
    assert defines("Autolyse: a rest before the salt.", ["autolys"], entry=True)
    assert defines("Autolyse – a rest before the salt.", ["autolys"], entry=True)
    assert not defines("Autolyse: a rest before the salt.", ["autolys"])


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("what is a shortcut", "Shortcuts are defined in one file."),
        ("what is a shortcut", "A shortcut editor is a program."),
        ("what is a shortcut", "This is what a shortcut is."),
        ("what is a shortcut", "It is the best thing about it."),
        ("what is a shortcut", "A shortcut is the last thing that anybody thinks of."),
        ("what is a shortcut", "A shortcut’s name is a word."),
        ("what is the wifi for guests", "Guests are the people whom we like."),
        ("what is Android", "Tor Browser (Android) is a browser."),
        ("what is a shortcut", ""),
        ("what does ARA stand for", "ARA: Nothing Like It has been there."),
        ("what does ARA stand for", "Buy an ARA (Ada Evo Rack) here."),
    ],
)
def test_others_do_not(asked: str, text: str) -> None:
    assert not defines(text, understand(asked).words)


@pytest.mark.parametrize("text", ["x" * 100_000, "x " * 50_000, "(" * 100_000, "x: " * 30_000])
def test_any_text_is_read_at_once(text: str) -> None:
    started = time.thread_time()
    assert not defines(text, ["shortcut"], entry=True)
    assert time.thread_time() - started < 0.1


@pytest.mark.model
def test_what_defines_is_ranked_first_where_a_definition_is_asked_for(tmp_path: Path, indexed: Indexer) -> None:
    (tmp_path / "shortcuts.md").write_text(SHORTCUTS, encoding="utf-8")
    answerer = Answerer(Retriever.open(indexed(tmp_path)))

    def ranked(asked: str) -> list[tuple[str, float]]:
        return [(one.text, one.features.defines) for one in rank(understand(asked), answerer.rank(asked))]

    (best, defined), *others = ranked("what is a shortcut?")
    assert best == "“Shortcuts” are a feature of Brinewell for calling a long line by a short name."
    assert defined == 1
    assert not any(defined for _, defined in others)
    assert ranked("where is a shortcut?")[0][0] != best
