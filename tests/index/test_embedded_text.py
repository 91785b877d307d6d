"""What is embedded of a passage: all of it, in texts that fit into memory."""

from __future__ import annotations

import numpy as np
import pytest

from index.embedded_text import MAX_CHARS, embedded, embedded_texts, passage_key
from index.late import fit_projection
from index.types import Passage, Sentence
from tests.fakes import WordEncoder, word_vectors


def passage(*sentences: str) -> Passage:
    text = " ".join(sentences)
    spans, at = [], 100
    for sentence in sentences:
        spans.append(Sentence("sentence", at, at + len(sentence), 0))
        at += len(sentence) + 1
    return Passage("post", ("Top", "Here"), "here", 100, 100 + len(text), text, tuple(spans))


def test_a_passage_is_one_text_below_its_title_and_headings() -> None:
    assert embedded_texts("Boats", passage("One.", "Two.")) == ["Boats > Top > Here\nOne. Two."]


@pytest.mark.parametrize("text", ["word " * 20_000, "x" * 50_000, "a\n" * 30_000, ("y" * 9_000 + " ") * 5])
def test_the_texts_of_a_long_passage_are_all_of_it_in_order(text: str) -> None:
    own = passage(text)
    texts = embedded_texts("Boats", own)
    assert len(texts) > 1
    assert max(map(len, texts)) <= MAX_CHARS + len("Boats > Top > Here\n")
    assert "".join(texts) == "Boats > Top > Here\n" + text


def test_words_are_not_cut_in_two() -> None:
    texts = embedded_texts("Boats", passage("anchor " * 10_000))
    assert {word for text in texts[1:] for word in text.split()} == {"anchor"}


def test_each_sentence_of_a_long_passage_begins_at_its_own_pieces() -> None:
    long = passage("lantern " * 5_000 + "end.", "A harbour.", "rope " * 5_000 + "end.", "Last words.")
    encoder, projection = WordEncoder(), fit_projection(word_vectors(np.arange(500)))
    stored = embedded("Boats", long, encoder.encode(embedded_texts("Boats", long)), projection)
    for sentence, at in zip(long.sentences, stored.starts[1:], strict=True):
        first = next(WordEncoder().encode([long.quote(sentence)[:8]])).pieces[0]
        assert stored.pieces[at] == first
    assert len(stored.tokens) == len(stored.pieces)
    assert np.linalg.norm(stored.vector) == pytest.approx(1)


def test_a_passage_without_a_piece_still_has_a_row() -> None:
    class Nothing(WordEncoder):
        def encode(self, texts):  # type: ignore[no-untyped-def]
            return super().encode([""] * len(texts))

    own = passage("\u200b\u200b\u200b\u200b")
    stored = embedded("", own, Nothing().encode(embedded_texts("", own)), fit_projection(word_vectors(np.arange(500))))
    assert stored.tokens.shape[0] == len(stored.pieces) == 1
    assert stored.starts.tolist() == [0, 0]


def test_the_key_of_a_long_passage_tells_how_it_was_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    short, long = passage("One."), passage("x" * (MAX_CHARS + 1))
    before = passage_key("Boats", short), passage_key("Boats", long)
    monkeypatch.setattr("index.embedded_text.MAX_CHARS", MAX_CHARS - 1)
    assert passage_key("Boats", short) == before[0]
    assert passage_key("Boats", long) != before[1]
