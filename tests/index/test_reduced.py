"""A generation without some sentences is the one that would have been built if they had never been written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import BuildSettings, Generation, Retriever, build_index, without
from index.late import piece_frequencies, piece_weights
from index.store import open_index
from tests.fakes import WordEncoder, stand_in_model

WHOLE = """# Boats

Minka hides in the shed. The skiff cost 240 euros. It is red.

## Oars

For a short rower:

| height | oar |
|---|---|
| 170 cm | 2.4 m |
| 185 cm | 2.6 m |

## Rules

- Wear a vest.
- Carry a lamp. It must be lit.
- Row on the right.

The keeper of the lock is Ede.
"""
OTHER = "# Bread\n\nThe dough rests for two hours. The skiff is not made of bread.\n"


def build(folder: Path, text: str) -> Generation:
    content = folder / "content"
    content.mkdir(parents=True)
    (content / "boats.md").write_text(text, encoding="utf-8")
    (content / "bread.md").write_text(OTHER, encoding="utf-8")
    settings = BuildSettings(content, folder / "index", model=str(stand_in_model(folder / "model")))
    build_index(settings, load_encoder=WordEncoder)
    return open_index(settings.index)


def sentences_with(generation: Generation, *said: str) -> list[tuple[int, int]]:
    found = []
    for row in generation.rows("boats"):
        passage = generation.passage(row)
        found += [(s.start, s.end) for s in passage.sentences if any(one in passage.quote(s) for one in said)]
    assert found
    return found


@pytest.mark.parametrize(
    ("said", "source"),
    [
        (["240 euros"], "The skiff cost 240 euros. "),
        (["It is red"], " It is red."),
        (["185 cm"], "| 185 cm | 2.6 m |\n"),
        (["Wear a vest"], "- Wear a vest.\n"),
        (["It must be lit"], " It must be lit."),
        (["the lock is Ede"], "\nThe keeper of the lock is Ede.\n"),
        (["Minka", "240 euros", "It is red"], "Minka hides in the shed. The skiff cost 240 euros. It is red.\n"),
    ],
)
def test_it_is_what_would_have_been_built(tmp_path: Path, said: list[str], source: str) -> None:
    whole = build(tmp_path / "whole", WHOLE)
    assert source in WHOLE
    fresh = build(tmp_path / "fresh", WHOLE.replace(source, ""))

    reduced = without(whole, {"boats": sentences_with(whole, *said)}, WordEncoder())

    post, wanted = reduced.post("boats"), fresh.post("boats")
    assert post
    assert wanted
    shown = [post.text[b.start : b.end] for s in post.sections for b in s.blocks]
    assert shown == [wanted.text[b.start : b.end] for s in wanted.sections for b in s.blocks]
    for row in reduced.rows("boats"):
        passage = reduced.passage(row)
        assert passage.text == fresh.passage(row).text
        assert post.text[passage.start : passage.end] == passage.text
        quotes = [(s.kind, s.block, s.part, passage.quote(s)) for s in passage.sentences]
        other = fresh.passage(row)
        assert quotes == [(s.kind, s.block, s.part, other.quote(s)) for s in other.sentences]
        for sentence in passage.sentences:
            if sentence.header:
                assert post.text[slice(*sentence.header)] == "height | oar"
    assert np.abs(reduced.piece_weights[: len(fresh.piece_weights)] - fresh.piece_weights).max() < 1e-5
    for question in ("How much did the skiff cost?", "Which oar for 185 cm?", "Who is the keeper?", "lamp vest rules"):
        ours = Retriever(reduced, WordEncoder()).retrieve(question)
        theirs = Retriever(fresh, WordEncoder()).retrieve(question)
        assert [h.passage.text for h in ours.hits] == [h.passage.text for h in theirs.hits]
        for hit, same in zip(ours.hits, theirs.hits, strict=True):
            assert (hit.score, hit.dense, hit.lexical) == pytest.approx(
                (same.score, same.dense, same.lexical), abs=1e-4
            )
            assert np.abs(hit.alignment - same.alignment).max() < 1e-5


def test_a_passage_that_lost_every_sentence_is_not_found(tmp_path: Path) -> None:
    whole = build(tmp_path, WHOLE)
    rows = whole.rows("bread")
    spans = [(s.start, s.end) for row in rows for s in whole.passage(row).sentences]
    reduced = without(whole, {"bread": spans}, WordEncoder())
    hits = Retriever(reduced, WordEncoder()).retrieve("How long does the dough rest for bread?").hits
    assert hits
    assert {hit.passage.post for hit in hits} == {"boats"}


def test_a_heading_that_is_cut_stands_above_nothing_any_more(tmp_path: Path) -> None:
    whole = build(tmp_path, WHOLE)
    reduced = without(whole, {"boats": sentences_with(whole, "Rules")}, WordEncoder())
    post = reduced.post("boats")
    assert post
    assert "Rules" not in post.text
    assert all("Rules" not in reduced.passage(row).heading for row in reduced.rows("boats"))
    assert all("rule" not in hit.passage.text for hit in Retriever(reduced, WordEncoder()).retrieve("rules").hits)


def test_the_whole_is_left_as_it_is(tmp_path: Path) -> None:
    whole = build(tmp_path, WHOLE)
    before = Retriever(whole, WordEncoder()).retrieve("How much did the skiff cost?")
    without(whole, {"boats": sentences_with(whole, "240 euros")}, WordEncoder())
    after = Retriever(whole, WordEncoder()).retrieve("How much did the skiff cost?")
    assert [(h.passage, h.score) for h in before.hits] == [(h.passage, h.score) for h in after.hits]


def test_an_unknown_post_is_a_key_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        without(build(tmp_path, WHOLE), {"nowhere": [(0, 1)]}, WordEncoder())


def test_frequencies_are_found_again_in_the_weights() -> None:
    frequencies = np.arange(0, 5_000)
    assert (piece_frequencies(piece_weights(frequencies, 5_000), 5_000) == frequencies).all()
