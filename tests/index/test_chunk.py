"""Posts beside their passages, and what holds for the passages of any post."""

from __future__ import annotations

import itertools
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.chunk import ChunkSettings, chunk, split_sentences
from index.parse import Site, parse_post
from index.types import Passage, Post

FOLDER = Path(__file__).parent / "posts"


def parsed(source: str) -> Post | None:
    return parse_post("post.md", source.encode(), Site(FOLDER)).post


def shown(post: Post, passages: list[Passage]) -> list[dict[str, Any]]:
    """The passages as plain values: each sentence as its kind and its text, with what belongs to it."""
    made: list[dict[str, Any]] = []
    for passage in passages:
        sentences = []
        for sentence in passage.sentences:
            row: dict[str, Any] = {sentence.kind: passage.quote(sentence)}
            if sentence.depth:
                row["depth"] = sentence.depth
            if sentence.header:
                row["header"] = post.text[slice(*sentence.header)]
            if sentence.note:
                row["note"] = post.text[slice(*sentence.note)]
            sentences.append(row)
        made.append({"heading": list(passage.heading), "anchor": passage.anchor, "sentences": sentences})
    return made


@pytest.mark.parametrize("source", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_a_post_gives_these_passages(source: Path) -> None:
    expected = json.loads(source.with_suffix(".chunks.json").read_text(encoding="utf-8"))
    post = parsed(source.read_text(encoding="utf-8"))

    assert post is not None
    assert shown(post, chunk(post)) == expected


def test_a_long_block_is_split_between_its_sentences() -> None:
    post = parsed((FOLDER / "long.md").read_text(encoding="utf-8"))
    assert post is not None
    passages = chunk(post, ChunkSettings(passage_chars=300))

    assert len(passages) > 3
    assert all(len(passage.text) <= 300 for passage in passages)
    assert all(passage.text.endswith(".") for passage in passages)


def test_a_sentence_longer_than_a_passage_stays_whole() -> None:
    sentence = "word " * 300 + "end."
    post = parsed(f"Short one. {sentence} Short two.")
    assert post is not None

    assert sentence in [p.quote(s) for p in chunk(post, ChunkSettings(100)) for s in p.sentences]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Dr. Smith uses v1.2.3. It works, e.g. on Linux.", ["Dr. Smith uses v1.2.3.", "It works, e.g. on Linux."]),
        ("J. R. R. Tolkien wrote it. He was old.", ["J. R. R. Tolkien wrote it.", "He was old."]),
        ("3. Do it now. Then rest.", ["3. Do it now.", "Then rest."]),
        ("“Is it?” he asked. “Yes.” She left.", ["“Is it?” he asked.", "“Yes.”", "She left."]),
        ("It costs $3.50. See Fig. 3 for more! Really?", ["It costs $3.50.", "See Fig. 3 for more!", "Really?"]),
        ("Ünïcode – naïve 😀 café. Zweiter Satz ist da.", ["Ünïcode – naïve 😀 café.", "Zweiter Satz ist da."]),
        ("日本語です。終わり。", ["日本語です。", "終わり。"]),
        ("Open os.path.py or example.org/a.b now. Done.", ["Open os.path.py or example.org/a.b now.", "Done."]),
        ("Set process.env.NODE_ENV. Edit .env.[mode] now.", ["Set process.env.NODE_ENV.", "Edit .env.[mode] now."]),
        ("By Eq. (3) it holds. So does Eq. 4.", ["By Eq. (3) it holds.", "So does Eq. 4."]),
        ("Copy it. e.g. for a test. Done.", ["Copy it. e.g. for a test.", "Done."]),
        ("These are 1) oars, 2) rope. Take both.", ["These are 1) oars, 2) rope.", "Take both."]),
        ("Steps: 1) Do it. 2) Rest.", ["Steps:", "1) Do it.", "2) Rest."]),
        ("(Nobody ever knew.) The next day came.", ["(Nobody ever knew.)", "The next day came."]),
        ("It rained (who minds that?) We rowed.", ["It rained (who minds that?)", "We rowed."]),
        ("Oars (by Dorsey Inc.) They float.", ["Oars (by Dorsey Inc.) They float."]),
        ("We met on Tuesday 😄 Then we rowed.", ["We met on Tuesday 😄", "Then we rowed."]),
        ("Use ➡ Settings ➡ General to open it.", ["Use ➡ Settings ➡ General to open it."]),
        ("we met. in may i left. so it goes.", ["we met.", "in may i left.", "so it goes."]),
        ("I like ❤️ Python a lot.", ["I like ❤️ Python a lot."]),
        ("Features: 🚀 Fast and small.", ["Features: 🚀 Fast and small."]),
        ("Off it went 😄 and was gone.", ["Off it went 😄 and was gone."]),
        ("No leaks‼️ Almost none.", ["No leaks‼️", "Almost none."]),
        ("It baked.Then it cooled.", ["It baked.", "Then it cooled."]),
        ("Set process.Env or see tide.example.It is there.", ["Set process.Env or see tide.example.It is there."]),
        ("Avoid H.265+. as these drop frames.", ["Avoid H.265+. as these drop frames."]),
        ("No stop at the end", ["No stop at the end"]),
        ("  spaces around.  ", ["spaces around."]),
        ("", []),
        ("   ", []),
    ],
)  # fmt: skip
def test_text_is_split_into_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_sentences_hold_all_of_a_text_but_the_space_between_them(text: str) -> None:
    spans = split_sentences(text)

    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)).strip() == ""


WORDS = st.sampled_from(
    "the boat is old and it has 3 sails v1.2 e.g. Dr. Ünal said: Yes! No? — “so” 😀 a_b *row* `x.y`".split()  # noqa: SIM905
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=12).map(lambda words: " ".join(words) + ".")
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=6).map(" ".join)
BLOCKS = st.one_of(
    PARAGRAPHS,
    PARAGRAPHS.map(lambda text: f"{text} As follows:"),
    PARAGRAPHS.map(lambda text: f"> {text}"),
    st.lists(SENTENCES, min_size=1, max_size=5).map(lambda items: "\n".join(f"- {item}" for item in items)),
    st.lists(SENTENCES, min_size=2, max_size=4).map(lambda items: f"1. {items[0]}\n    - {items[1]}\n2. {items[-1]}"),
    st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5).map(
        lambda rows: "| A | B |\n| - | - |\n" + "\n".join(f"| {a} | {b} |" for a, b in rows)
    ),
    SENTENCES.map(lambda text: f"```\n{text}\n\n# {text}\n```"),
    st.tuples(st.integers(1, 6), SENTENCES).map(lambda pair: f"{'#' * pair[0]} {pair[1]}"),
)
POSTS = st.lists(BLOCKS, min_size=1, max_size=12).map("\n\n".join)


@settings(max_examples=60, deadline=None)
@given(POSTS, st.integers(20, 900))
def test_passages_hold_every_heading_and_block_once_and_in_order(source: str, passage_chars: int) -> None:
    post = parsed(source)
    assert post is not None
    passages = chunk(post, ChunkSettings(passage_chars))

    assert passages == chunk(post, ChunkSettings(passage_chars))
    assert all(first.end <= second.start for first, second in itertools.pairwise(passages))
    spans = []
    for passage in passages:
        assert post.text[passage.start : passage.end] == passage.text
        for sentence in passage.sentences:
            assert passage.start <= sentence.start < sentence.end <= passage.end
            assert passage.quote(sentence) == post.text[sentence.start : sentence.end]
            spans.append((sentence.start, sentence.end))
    assert spans == sorted(spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    for section in post.sections:
        wanted = [(section.title_start, section.title_end), *((b.start, b.end) for b in section.blocks)]
        for start, end in wanted:
            inside = [span for span in spans if start <= span[0] and span[1] <= end]
            edges = [start, *(edge for span in inside for edge in span), end]
            left_out = "".join(post.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
            assert not left_out.strip()


@settings(max_examples=30, deadline=None)
@given(POSTS)
def test_a_passage_stays_within_one_section_and_within_its_length(source: str) -> None:
    post = parsed(source)
    assert post is not None
    for passage in chunk(post, ChunkSettings(300)):
        section = next(s for s in post.sections if s.start <= passage.start and passage.end <= s.end)
        assert (passage.heading, passage.anchor) == (section.heading, section.anchor)
        body = [s for s in passage.sentences if s.kind != "heading"]
        whole_list_item = len({(s.block, s.part) for s in body}) == 1
        assert len(passage.text) <= 300 or len(body) <= 1 or whole_list_item


def test_a_paragraph_within_an_item_begins_a_sentence() -> None:
    post = parsed("1. Brake\n\n    Twice, hard.\n\n2. Lift<br>the lid\n")
    assert post is not None
    quotes = [passage.quote(sentence) for passage in chunk(post) for sentence in passage.sentences]
    assert quotes == ["Brake", "Twice, hard.", "Lift the lid"]


@pytest.mark.parametrize("text", ["Xx yy. ", "Eq. (3) ", "1) ", "1) Aa. ", "(Aa b c.) A ", "( ", "). "])
def test_a_text_of_any_length_is_split_at_once(text: str) -> None:
    long = (text * 20_000)[:60_000]
    started = time.thread_time()
    split_sentences(long)
    assert time.thread_time() - started < 2
