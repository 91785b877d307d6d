"""Each verdict, for replies that have earned it."""

from __future__ import annotations

import pytest

from service.evaluation.judge import judge, leaks, unlinked
from service.schemas import AskReply
from tests.service.evaluation.made import TEXT, asked, cited, reply

SKIFF = "The skiff cost 240 euros."
ANSWER = f"“{SKIFF}” [1]"


@pytest.mark.parametrize(
    ("kind", "said", "verdict"),
    [
        ("fact", reply(ANSWER, cited(SKIFF)), "correct"),
        ("fact", reply("“It is red.” [1]", cited("It is red.")), "wrong"),
        ("fact", reply(ANSWER + " word" * 60, cited(SKIFF)), "too long"),
        ("explain", reply(ANSWER + " word" * 60, cited(SKIFF)), "correct"),
        ("explain", reply(ANSWER + " word" * 90, cited(SKIFF)), "too long"),
        ("list", reply(ANSWER + " word" * 140, cited(SKIFF)), "correct"),
        ("fact", reply("It does not say."), "abstained"),
        ("unanswerable", reply("It does not say."), "correct"),
        ("offtopic", reply("It does not say."), "correct"),
        ("unanswerable", reply(ANSWER, cited(SKIFF)), "answered"),
        ("fact", reply(ANSWER, cited(SKIFF, 0)), "invented"),
        ("unanswerable", reply(ANSWER, cited(SKIFF, 0)), "invented"),
        ("fact", reply(f"{ANSWER} and [2]", cited(SKIFF)), "invented"),
        ("squad", reply(f"“It is red.” [1] {ANSWER}", cited("It is red."), cited(SKIFF, n=2)), "wrong"),
        ("squad", reply(ANSWER + " word" * 90, cited(SKIFF)), "correct"),
    ],
)
def test_a_reply_has_its_verdict(kind: str, said: AskReply, verdict: str) -> None:
    assert judge(asked(kind), said, {"boats": TEXT}.__getitem__) == verdict


def test_a_refusal_that_cites_is_invented() -> None:
    said = reply(ANSWER, cited(SKIFF)).model_copy(update={"answered": False})
    assert judge(asked("unanswerable"), said, {"boats": TEXT}.__getitem__) == "invented"


def test_a_number_in_brackets_within_a_quote_is_the_quotes_own() -> None:
    text = "See [12] for the cost of 240 euros."
    said = reply(f"“{text}” [1]", cited("It is red.").model_copy(update={"text": text, "start": 0, "end": len(text)}))
    assert judge(asked(), said, {"boats": text}.__getitem__) == "correct"


def test_a_field_needs_no_offsets() -> None:
    field = cited(SKIFF).model_copy(update={"kind": "field", "start": None, "end": None, "field": "title"})
    assert judge(asked(), reply(ANSWER, field), {"boats": ""}.__getitem__) == "correct"
    assert judge(asked(), reply(ANSWER, field.model_copy(update={"start": 3})), {"boats": ""}.__getitem__) == "invented"


@pytest.mark.parametrize("text", ["{% include x %}", "a [link](there)", "{{ site.url }}", "**bold", "x[^1]", "<span>"])
def test_markup_leaks_unless_it_is_code(text: str) -> None:
    quoted = cited("It is red.").model_copy(update={"text": text})
    assert leaks(reply(f"{text} [1]", quoted))
    assert not leaks(reply(f"{text} [1]", quoted.model_copy(update={"kind": "code"})))
    assert not leaks(reply(ANSWER, cited(SKIFF)))


@pytest.mark.parametrize(
    ("url", "bad"),
    [("https://a.example/#x", False), ("/posts/a", False), ("//a.example", True), ("", True), ("javascript:1", True)],
)
def test_a_citation_needs_an_address(url: str, bad: bool) -> None:
    assert unlinked(reply(ANSWER, cited(SKIFF, url=url))) is bad
