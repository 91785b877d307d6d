"""A made-up blog for measuring: as many posts as wanted, no two alike, always the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

_SEED = 20_260_101
_THINGS = (
    "boat", "kettle", "garden", "server", "notebook", "bridge", "compiler", "bicycle", "lantern", "archive", "camera",
    "orchard", "printer", "harbour", "database", "violin", "stove", "library", "compass", "workshop", "telescope",
    "keyboard", "greenhouse", "ferry", "loom", "radio", "cabin", "engine", "mural", "beehive",
)  # fmt: skip
_QUALITIES = (
    "old", "quiet", "expensive", "broken", "borrowed", "reliable", "heavy", "small", "second-hand", "slow", "bright",
    "portable", "wooden", "careful", "unfinished", "local", "noisy", "simple", "forgotten", "new",
)  # fmt: skip
_DEEDS = (
    "repaired", "measured", "painted", "replaced", "documented", "tested", "sold", "cleaned", "designed", "moved",
    "rebuilt", "compared", "photographed", "lent", "insulated", "catalogued",
)  # fmt: skip
_PEOPLE = ("Ada", "Bruno", "Chidi", "Dana", "Emil", "Farah", "Goran", "Hanna", "Ines", "Jonas", "Kaya", "Liam")
_REASONS = (
    "because the winter was long", "before the guests arrived", "after three failed attempts", "with borrowed tools",
    "to save electricity", "since nobody else wanted to", "while the rain lasted", "for the summer market",
)  # fmt: skip
_SENTENCES = (
    "In {year} {person} {deed} the {quality} {thing} {reason}.",
    "The {thing} cost {number} euros, which was more than the {other} had cost.",
    "{person} {deed} it in {number} days, and the {quality} {other} stayed where it was.",
    "A {quality} {thing} needs about {number} litres of water a month.",
    "We {deed} {number} parts of the {thing} {reason}, and {person} kept the list.",
    "Nobody remembers who {deed} the {other}, but the {thing} was finished in {year}.",
)

_QUESTIONS = (
    "When was the {quality} {thing} {deed} by {person}?",
    "How much did the {thing} cost, {number} euros or more than the {other}?",
    "Who {deed} the {quality} {thing} in {year}?",
    "Why did {person} have the {thing} {deed} in {year}?",
    "How many litres of water does a {quality} {thing} need, {number}?",
    "What did {person} do with the {other} and the {quality} {thing} in {year}?",
    "How many parts of the {thing} were {deed} {reason}?",
    "Was the {other} {deed} in {number} days?",
)


def write_blog(folder: Path, posts: int) -> None:
    """Write that many posts, of about 2,500 characters each, into the new folder."""
    folder.mkdir(parents=True)
    made = random.Random(_SEED)
    for number in range(posts):
        (folder / f"post-{number:04}.md").write_text(_post(made, number), encoding="utf-8")


def questions(seed: int = _SEED) -> Iterator[str]:
    """Endlessly many questions about such a blog, hardly two alike, so that none is answered from memory."""
    made = random.Random(seed)
    while True:
        yield made.choice(_QUESTIONS).format(**_words(made))


def _post(made: random.Random, number: int) -> str:
    title = f"{made.choice(_PEOPLE)} and the {made.choice(_QUALITIES)} {made.choice(_THINGS)}, part {number}"
    parts = [
        f"---\ntitle: {title}\ndate: 20{made.randrange(10, 26)}-0{made.randrange(1, 10)}-11\n---",
        _paragraph(made, 3),
    ]
    for _ in range(3):
        parts.append(f"## The {made.choice(_QUALITIES)} {made.choice(_THINGS)}")
        parts += [_paragraph(made, made.randrange(2, 8)) for _ in range(2)]
        parts.append("\n".join(f"- {_sentence(made)}" for _ in range(made.randrange(2, 5))))
    return "\n\n".join(parts) + "\n"


def _paragraph(made: random.Random, sentences: int) -> str:
    return " ".join(_sentence(made) for _ in range(sentences))


def _sentence(made: random.Random) -> str:
    return made.choice(_SENTENCES).format(**_words(made))


def _words(made: random.Random) -> dict[str, str | int]:
    return {
        "year": made.randrange(1990, 2026),
        "number": made.randrange(2, 5_000),
        "person": made.choice(_PEOPLE),
        "deed": made.choice(_DEEDS),
        "quality": made.choice(_QUALITIES),
        "thing": made.choice(_THINGS),
        "other": made.choice(_THINGS),
        "reason": made.choice(_REASONS),
    }
