"""A question that is made of several, and what of the evidence for each has room in one answer."""

from __future__ import annotations

import pytest

from index import PostCard
from service.answer import Answerer
from service.evidence import Evidence, Quote
from service.parts import parts_of
from service.question import Question, understand
from service.together import kind_of_all, together

_CARD = PostCard("boat", "boat.md", "A boat", "", "")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "How much did the skiff cost and what does a beginner need?",
            ("How much did the skiff cost", "what does a beginner need?"),
        ),
        ("How deep is the pond? Is it cold?", ("How deep is the pond", "Is it cold?")),
        ("Who built it, and how much did it cost?", ("Who built it", "how much did it cost?")),
        ("is rope included; and where can I buy more", ("is rope included", "where can I buy more")),
        ("Who was first? And who built the oven?", ("Who was first", "who built the oven?")),
        (
            "When did it open, who runs it now and what does a day cost?",
            ("When did it open, who runs it now", "what does a day cost?"),
        ),
        (
            "When did it open and who runs it now and what does a day cost and is it heated?",
            ("When did it open", "who runs it now", "what does a day cost and is it heated?"),
        ),
        ("How much did the skiff cost?", ()),
        ("Which tool did he make himself, and when?", ()),
        ("Did you graduate? what year", ()),
        ("How far did he row and which one was the longest?", ()),
        ("What is the difference between oars and sculls?", ()),
        ("What is the difference between what is sold and what is made?", ()),
        ("How do I check what is running and what is stopped?", ()),
        ("What is the difference between a skiff and a punt and which is faster?", ()),
        ("When the pump stops and the light is red, what does it mean?", ()),
        ("what do and what don't you pack", ()),
        ("Which settings are and are not kept?", ()),
        ("rope and what else", ()),
        ("Who helped and who else?", ()),
        ("???", ()),
        ("", ()),
    ],
)
def test_a_question_is_divided_where_another_one_begins(text: str, parts: tuple[str, ...]) -> None:
    assert parts_of(text) == parts


def test_each_part_is_understood_with_those_before_it() -> None:
    question = understand("What is a skiff and how much does it cost?")
    assert [(part.text, part.kind) for part in question.parts] == [
        ("What is a skiff", "definition"),
        ("how much does a skiff cost?", "fact"),
    ]
    assert question.interpreted_as == "What is a skiff? how much does a skiff cost?"


def test_a_part_that_needs_none_before_it_stays_as_it_is() -> None:
    question = understand("who runs the club and how long does the dough rest?")
    assert [part.text for part in question.parts] == ["who runs the club", "how long does the dough rest?"]
    assert question.interpreted_as == ""


def test_what_is_asked_of_the_post_itself_is_one_question() -> None:
    assert understand("Who wrote this post and when was it published?").parts == ()


# Where words stand in the post: the same words in the same place.
_places: dict[str, int] = {}


def _quote(text: str, kind: str = "sentence") -> Quote:
    start = _places.setdefault(text, 1000 * len(_places))
    return Quote(_CARD, (), "", kind, text, start, start + len(text))  # type: ignore[arg-type]


def _evidence(*texts: str, layout: str = "sentences") -> Evidence:
    return Evidence(layout, tuple(_quote(text) for text in texts))  # type: ignore[arg-type]


def _asked(text: str, *quotes: str, layout: str = "sentences") -> tuple[Question, Evidence | None]:
    return understand(text), _evidence(*quotes, layout=layout) if quotes else None


def test_what_has_no_room_is_left_out_from_the_end_of_the_longer_one() -> None:
    shown = together(
        [_asked("When was it?", "a " * 10, "b " * 20, "c " * 20), _asked("Who was it?", "d " * 10, "e " * 8)]
    )
    assert shown is not None
    quoted = [[quote.text[0] for quote in evidence.quotes] for _, evidence in shown if evidence]
    assert quoted == [["a", "b"], ["d", "e"]]


def test_of_long_sentences_the_opening_is_shown() -> None:
    shown = together([_asked("When was it?", "a " * 40), _asked("Who was it?", "b " * 30)])
    assert shown is not None
    assert [len(evidence.quotes[0].text.split()) for _, evidence in shown if evidence] == [25, 25]


def test_where_none_is_answered_there_is_nothing_to_show() -> None:
    assert together([_asked("When was it?"), _asked("Who was it?")]) is None


def test_code_is_shown_whole_or_not_at_all() -> None:
    assert together([_asked("When was it?", "a " * 55, layout="code"), _asked("Who was it?", "b " * 30)]) is None


def test_a_list_keeps_every_item() -> None:
    items = [f"item{number} " * 12 for number in range(9)]
    fits = together(
        [_asked("Which tools are needed?", *items, layout="list"), _asked("Who was it?", "a " * 8, "b " * 20)]
    )
    assert fits is not None
    assert [len(evidence.quotes) for _, evidence in fits if evidence] == [9, 1]
    more = [f"more{number} " * 12 for number in range(9)]
    cut = together([_asked("Which tools are needed?", *items, *more, layout="list"), _asked("Who was it?", "a " * 40)])
    assert cut is not None
    assert [len(evidence.quotes) for _, evidence in cut if evidence] == [18, 1]


def test_a_row_among_sentences_goes_with_its_header() -> None:
    rows = Evidence(
        "sentences", (_quote("a " * 20), _quote("Year | Boats", "row"), _quote("2020 | " + "x " * 30, "row"))
    )
    shown = together([(understand("When was it?"), rows), _asked("Who was it?", "b " * 9)])
    assert shown is not None
    assert shown[0][1] is not None
    assert [quote.text[0] for quote in shown[0][1].quotes] == ["a"]


def test_what_answers_both_is_quoted_once() -> None:
    shown = together(
        [_asked("When was it?", "In May, by Ada."), _asked("Who was it?", "In May, by Ada.", "It rained.")]
    )
    assert shown is not None
    assert [[quote.text for quote in evidence.quotes] for _, evidence in shown if evidence] == [
        ["In May, by Ada."],
        ["It rained."],
    ]


def test_the_answer_may_be_as_long_as_the_longest_of_its_kinds() -> None:
    field, fact, explained = (
        _asked("Who wrote this post?", "Ada"),
        _asked("How much was it?", "9"),
        _asked("Why did it sink?", "So."),
    )
    listed = _asked("What was it?", "Rope", "Oars", layout="list")
    assert kind_of_all([field, fact]) == "fact"
    assert kind_of_all([fact, explained]) == "explain"
    assert kind_of_all([fact, listed, explained]) == "list"


@pytest.mark.model
def test_both_questions_are_answered(answerer: Answerer) -> None:
    said = answerer.ask("How much did the skiff cost? What skills does a beginner need?")
    assert said.question.kind == "list"
    assert "240 euros" in said.composed.text
    assert "Feathering the blade" in said.composed.text
    assert [part for part in said.composed.parts if isinstance(part, int)] == list(
        range(1, len(said.composed.quotes) + 1)
    )


@pytest.mark.model
def test_which_of_them_is_not_answered_is_said(answerer: Answerer) -> None:
    said = answerer.ask("How much did the skiff cost and what is the mayor's salary?")
    assert said.decision.answers
    assert said.composed.text.splitlines() == [
        "“In 2018 I bought a second-hand wooden skiff for 240 euros.” [1]",
        "The post does not say what was asked second.",
    ]


@pytest.mark.model
def test_where_none_is_answered_it_is_declined(answerer: Answerer) -> None:
    said = answerer.ask("What is the mayor's salary and who is the treasurer of Vienna?")
    assert not said.decision.answers
    assert said.composed.quotes == ()


@pytest.mark.model
def test_the_one_that_is_not_answered_keeps_its_number(answerer: Answerer) -> None:
    said = answerer.ask(
        "How much did the skiff cost and what was the price of the skiff and what is the mayor's salary?"
    )
    assert said.composed.text.splitlines()[-1] == "The post does not say what was asked third."


def test_fields_stay_whole() -> None:
    field = Evidence(
        "field", tuple(Quote(_CARD, (), "", "field", f"Ada Quill {n}", None, None, "author") for n in range(9))
    )
    long = _asked("Who founded the club?", "f " * 34)
    shown = together([(understand("Who wrote this post?"), field), long])
    assert shown is None or shown[0][1] == field


def test_a_heading_is_not_shown_without_what_it_heads() -> None:
    headed = Evidence("sentences", (_quote("The first year", "heading"), _quote("g " * 25)))
    shown = together([(understand("When was it?"), headed), _asked("Who was it?", "h " * 30)])
    assert shown is not None
    assert shown[0][1] is not None
    assert [quote.text[:3] for quote in shown[0][1].quotes] == ["The", "g g"]
    again = together([_asked("Who was it?", "g " * 25), (understand("When was it?"), headed)])
    assert again is not None
    assert [len(evidence.quotes) for _, evidence in again if evidence] == [1, 0]


def test_what_answers_another_question_too_is_not_lost() -> None:
    first = _asked("When was it?", "k " * 25, "l " * 29)
    assert together([first, _asked("Who was it?", "l " * 29)]) is None
    kept = together([first, _asked("Who was it?", "k " * 25)])
    assert kept is not None
    assert [len(evidence.quotes) for _, evidence in kept if evidence] == [1, 0]


def test_a_footnote_goes_with_its_sentence() -> None:
    noted = Evidence("sentences", (_quote("m " * 20), _quote("n " * 12), _quote("o " * 6, "footnote")))
    shown = together([(understand("When was it?"), noted), _asked("Who was it?", "p " * 20)])
    assert shown is not None
    assert shown[0][1] is not None
    assert [quote.text[0] for quote in shown[0][1].quotes] == ["m"]
