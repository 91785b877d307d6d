"""Questions about the post itself are answered from its fields, and from its own sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx
import pytest

from index import Block
from service.about import describe
from service.answer import Answerer
from service.byline import byline
from service.evidence import Source
from service.question import understand


def asked(api: httpx.Client, question: str, post: str) -> dict[str, Any]:
    reply: dict[str, Any] = api.post("/ask", json={"question": question, "post": post}).json()
    return reply


@pytest.mark.parametrize(
    ("question", "field", "value"),
    [
        ("What is the title of this post?", "title", "How I learned to row"),
        ("Who wrote this post?", "author", "Ada Quill"),
        ("When was this post published?", "date", "2021-05-03"),
    ],
)
def test_a_field_is_cited_without_offsets(api: httpx.Client, question: str, field: str, value: str) -> None:
    reply = asked(api, question, "learning-to-row")
    assert reply["answered"]
    assert reply["kind"] == "about_post"
    (citation,) = reply["citations"]
    assert (citation["kind"], citation["field"], citation["text"]) == ("field", field, value)
    assert citation["start"] is None
    assert citation["end"] is None
    assert citation["url"] == "/posts/learning-to-row"
    assert value in reply["answer"]


def test_two_fields_are_told_when_two_are_asked_for(api: httpx.Client) -> None:
    reply = asked(api, "Who wrote this and when?", "learning-to-row")
    assert [citation["field"] for citation in reply["citations"]] == ["author", "date"]
    assert reply["answer"] == "The author is “Ada Quill” [1]\nIt is dated “2021-05-03” [2]"


def test_of_two_fields_the_one_that_the_post_lacks_is_said_to_be_missing(api: httpx.Client) -> None:
    reply = asked(api, "What is the title and who wrote it?", "moving-house")
    assert [citation["field"] for citation in reply["citations"]] == ["title"]
    assert reply["answer"].endswith("The author is not given.")


def test_sections_are_counted_when_that_is_asked(api: httpx.Client) -> None:
    assert asked(api, "How many sections are there?", "learning-to-row")["answer"].startswith("4 in all:\n- ")


def test_the_length_is_that_of_the_text(api: httpx.Client) -> None:
    words = len(api.get("/posts/moving-house").json()["text"].split())
    (citation,) = asked(api, "How long is this post?", "moving-house")["citations"]
    assert citation["field"] == "length"
    assert str(words) in citation["text"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Who wrote this post?", "The author is not given."),
        ("When was this post published?", "The date is not given."),
        ("Who wrote this and when?", "The author and the date are not given."),
        ("When was this last updated?", "When the post was last changed is not given."),
        ("Who wrote this and last updated", "The author and the date of the last change are not given."),
    ],
)
def test_a_field_that_the_post_lacks_is_not_made_up(api: httpx.Client, question: str, said: str) -> None:
    reply = asked(api, question, "moving-house")
    assert (reply["answered"], reply["reason"]) == (False, "not_in_post")
    assert reply["answer"] == said


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("Who wrote this?", "By Ada Quill, for the rowers", "By Ada Quill, for the rowers"),
        ("Who wrote this?", "Published on 3 May", None),
        ("Who wrote this?", "The boat was built by Ada.", None),
        ("Who wrote this?", "— Antoine Exupery\n\n" + "He flew. " * 60, None),
        ("Who wrote this?", "So long.\n\n— Ada Quill", "— Ada Quill"),
        ("Who wrote this?", "I'm French, and my name is Ada Quill.", "I'm French, and my name is Ada Quill."),
        ("Who wrote this?", "I'm French.", None),
        ("Who wrote this?", "By Friday I had three boats.", None),
        ("When was this last updated?", "Update the boat first.", None),
        ("When was this last updated?", "!!\n\n\n\nupdate", None),
        ("When was this post published?", "Written in Rust, it is fast.", None),
        ("When was this post published?", "Published on 3 May", "Published on 3 May"),
        ("When was this last updated?", "Published on 3 May\n\nUpdate, June: no oars.", "Update, June: no oars."),
    ],
)
def test_a_line_of_the_post_tells_what_its_fields_do_not(
    bold_answerer: Answerer, question: str, text: str, said: str | None
) -> None:
    source = bold_answerer.source("moving-house")
    whole = f"Oars.\n\n{text}"
    block = Block("paragraph", 0, len(whole))
    section = replace(source.post.sections[0], title_start=0, title_end=0, start=0, end=len(whole), blocks=(block,))
    own = Source(source.card, replace(source.post, text=whole, sections=(section,)))
    evidence = byline(understand(question), own)
    assert (evidence and [quote.text for quote in evidence.quotes]) == (said and [said])


def test_the_sections_are_its_headings(api: httpx.Client) -> None:
    reply = asked(api, "Which sections does this post have?", "learning-to-row")
    assert [citation["text"] for citation in reply["citations"]] == [
        "The first boat", "What to learn", "Which oars to buy", "The first race",
    ]  # fmt: skip
    assert {citation["kind"] for citation in reply["citations"]} == {"heading"}


def test_a_summary_is_the_posts_own_sentences_in_its_order(api: httpx.Client) -> None:
    reply = asked(api, "Summarize this post", "learning-to-row")
    assert reply["answered"]
    assert reply["kind"] == "summary"
    starts = [citation["start"] for citation in reply["citations"]]
    assert starts == sorted(starts)
    assert len(starts) >= 2
    assert len(reply["answer"].split()) <= 90
    assert reply["citations"][0]["text"] == "I grew up far from any water, and rowing came late to me."


def test_the_hour_of_a_date_is_not_told(bold_answerer: Answerer) -> None:
    source = bold_answerer.source("learning-to-row")
    evidence = describe(
        understand("When was this post published?"), source.card, replace(source.post, date="2021-05-03T21:10:00")
    )
    assert evidence
    assert [quote.text for quote in evidence.quotes] == ["2021-05-03"]


def test_when_it_was_last_changed_is_a_field(bold_answerer: Answerer) -> None:
    source = bold_answerer.source("learning-to-row")
    evidence = describe(understand("Was it updated?"), source.card, replace(source.post, updated="2022-05-03"))
    assert evidence
    assert [(quote.field, quote.text) for quote in evidence.quotes] == [("updated", "2022-05-03")]


def test_tags_are_fields_too(api: httpx.Client) -> None:
    reply = asked(api, "What tags does this post have?", "moving-house")
    assert not reply["answered"]
    assert reply["answer"] == "The tags are not given."


@pytest.mark.parametrize(("question", "count"), [("summarize in one sentence", 1), ("summary in two sentences", 2)])
def test_a_summary_has_as_many_sentences_as_are_asked_for(api: httpx.Client, question: str, count: int) -> None:
    assert len(asked(api, question, "learning-to-row")["citations"]) == count
