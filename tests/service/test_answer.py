"""Answering is verbatim, whatever is asked; and short."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import Ranking, Retriever
from index.types import Encoding
from service import reply
from service.answer import Answerer
from tests.conftest import BLOG
from tests.indexes import Indexer

LIMITS = {"list": 150, "explain": 90, "summary": 90}
WORDS = sorted({word for path in BLOG.rglob("*.md") for word in path.read_text(encoding="utf-8").split()})
OPENINGS = ["What is", "When did", "Why", "How do I", "How many", "Which", "List all", "Who", "Is", "Explain", ""]
QUESTIONS = st.builds(
    lambda opening, words: f"{opening} {' '.join(words)}?",
    st.sampled_from(OPENINGS),
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=8)), min_size=1, max_size=8),
)
POSTS = st.sampled_from([None, "learning-to-row", "kitchen--espresso-notes", "moving-house"])


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=QUESTIONS, post=POSTS, history=st.lists(QUESTIONS, max_size=2))
def test_every_citation_is_the_posts_text_at_its_offsets(
    bold_answerer: Answerer, question: str, post: str | None, history: list[str]
) -> None:
    answer = bold_answerer.ask(question, post, history)
    made = reply.ask_reply(answer, bold_answerer, top_k=5, explain=True)

    assert made.answered == bool(made.citations)
    for citation in made.citations:
        text = bold_answerer.source(citation.post.id).post.text
        if citation.kind != "field":
            assert text[citation.start : citation.end] == citation.text
        assert citation.text in made.answer
        assert post in (None, citation.post.id)
    if made.answered and made.kind != "about_post":
        assert len(made.answer.split()) <= LIMITS.get(made.kind, 150)
    assert len(made.model_dump_json()) > 0


@pytest.mark.parametrize(
    "question", ["How much did the skiff cost?", "Which skills does a beginner need?", "what is the weather in Hanoi?"]
)
def test_the_same_question_has_the_same_answer(answerer: Answerer, question: str) -> None:
    first, again = answerer.ask(question), answerer.ask(question)
    assert first.composed == again.composed
    assert first.decision == again.decision


@pytest.mark.parametrize("question", ["What is the author's salary?", "how many children does she have"])
def test_a_question_that_points_to_somebody_in_the_post_is_not_called_off_topic(
    answerer: Answerer, question: str
) -> None:
    assert answerer.ask(question, "learning-to-row").reason == "not_in_post"


def test_a_row_is_quoted_with_its_header(answerer: Answerer) -> None:
    header, row = answerer.ask("What length of the oar is for a rower over 185 cm?").composed.quotes
    assert header.text == "Height of the rower | Length of the oar"
    assert row.text.endswith(" m")
    assert row.start is not None
    assert header.end is not None
    assert row.start > header.end


def test_code_is_quoted_with_what_leads_in_to_it(answerer: Answerer) -> None:
    quotes = answerer.ask("From which file does the timer read its settings?").composed.quotes
    assert [quote.kind for quote in quotes] == ["sentence", "code"]
    assert "seconds = 28" in quotes[1].text


def test_a_sentence_brings_its_footnote(answerer: Answerer) -> None:
    quotes = answerer.ask("Why do dry planks shrink?").composed.quotes
    assert "footnote" in {quote.kind for quote in quotes}
    assert "Henrik calls this the autumn gap." in {quote.text for quote in quotes}


def test_the_owners_threshold_is_reported_even_where_nothing_is_weighed(bold_answerer: Answerer) -> None:
    assert bold_answerer.ask("Who wrote this post?", "learning-to-row").decision.threshold == 0.0


def test_a_fact_takes_at_most_sixty_words(tmp_path: Path, indexed: Indexer) -> None:
    content = tmp_path / "content"
    content.mkdir()
    long = "The lock of Ede, " + "which has a gate of oak and a keeper, " * 12 + "opened in 1931."
    (content / "lock.md").write_text(f"# Locks\n\n{long}\n", encoding="utf-8")

    answer = Answerer(Retriever.open(indexed(content, tmp_path / "index")), threshold=0.0).ask(
        "When did the lock of Ede open?"
    )

    assert answer.question.kind == "fact"
    assert answer.composed.quotes
    assert len(answer.composed.text.split()) <= 60


def test_an_unknown_post_is_a_key_error(answerer: Answerer) -> None:
    with pytest.raises(KeyError):
        answerer.ask("How much did the skiff cost?", "nowhere")


def test_how_many_passages_are_wanted_changes_nothing_that_is_said(
    model_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answerer = Answerer(Retriever.open(model_index), threshold=1.0)
    usual = answerer.retriever.retrieve

    def turned(question: str, post: str | None, limit: int = 10, *, encoding: Encoding | None = None) -> Ranking:
        found = usual(question, post, limit, encoding)
        return replace(found, hits=found.hits[::-1]) if limit > 10 else found

    monkeypatch.setattr(answerer.retriever, "retrieve", turned)
    few, many = (answerer.ask("What did the author's skiff cost?", passages=wanted) for wanted in (1, 20))
    assert few.reason == "not_in_post"
    assert (few.composed, few.suggestions) == (many.composed, many.suggestions)
    assert len(few.hits) < len(many.hits)
