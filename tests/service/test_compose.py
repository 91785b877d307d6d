"""Answers by template: verbatim quotes, the owner's own wording, and text that stays text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index import Post, PostCard
from index.parse import Site, parse_post
from service.compose import Composer, NotVerbatimError
from service.evidence import Evidence, Quote
from service.question import understand

SOURCE = "The skiff cost 240 euros. `{{ 7 * 7 }}` and `{% if %}` stand here.\n\n- Knots\n- Wind\n"


@pytest.fixture(scope="module")
def post() -> Post:
    parsed = parse_post("boat.md", SOURCE.encode(), Site(Path("/nowhere"))).post
    assert parsed is not None
    return parsed


def quoted(post: Post, said: str, kind: str = "sentence") -> Quote:
    start = post.text.index(said)
    card = PostCard(post.id, post.path, post.title, post.url, post.date)
    return Quote(card, (), "", kind, said, start, start + len(said))  # type: ignore[arg-type]


def test_a_sentence_is_set_in_quotation_marks_with_its_number(post: Post) -> None:
    evidence = Evidence("sentences", (quoted(post, "The skiff cost 240 euros."),))
    made = Composer().answer([(understand("How much? did the skiff cost"), evidence)], {post.id: post})
    assert made.text == "“The skiff cost 240 euros.” [1]"
    assert made.parts == (1,)
    assert made.quotes == evidence.quotes


def test_a_list_has_an_item_a_line(post: Post) -> None:
    evidence = Evidence("list", (quoted(post, "Knots", "list_item"), quoted(post, "Wind", "list_item")))
    made = Composer().answer([(understand("Which skills are needed?"), evidence)], {post.id: post})
    assert made.text.splitlines() == ["- Knots [1]", "- Wind [2]"]
    assert [part for part in made.parts if isinstance(part, int)] == [1, 2]


def test_items_below_others_are_indented_and_not_counted(post: Post) -> None:
    below = replace(quoted(post, "Wind", "list_item"), depth=1)
    evidence = Evidence("list", (quoted(post, "Knots", "list_item"), below), counted=True)
    made = Composer().answer([(understand("How many skills are listed?"), evidence)], {post.id: post})
    assert made.text.splitlines() == ["1 in all:", "- Knots [1]", "  - Wind [2]"]


@pytest.mark.parametrize("kind", ["fact", "list", "definition", "explain", "yes_no", "comparison", "lookup", "summary"])
@pytest.mark.parametrize("layout", ["sentences", "list", "row", "code"])
def test_every_kind_of_question_can_be_answered_in_every_layout(post: Post, kind: str, layout: str) -> None:
    question = replace(understand("How much did the skiff cost?"), kind=kind)  # type: ignore[arg-type]
    lead_in = quoted(post, "The skiff cost 240 euros.")
    evidence = Evidence(layout, (quoted(post, "Wind"),), lead_in)  # type: ignore[arg-type]
    made = Composer().answer([(question, evidence)], {post.id: post})
    assert "Wind" in made.text
    assert {part for part in made.parts if isinstance(part, int)} <= {1, 2}
    assert made.quotes[-1].text == "Wind"


@pytest.mark.parametrize("shift", [(1, 1), (0, 1), (-1, 0)])
def test_a_quote_that_is_off_is_never_shown(post: Post, shift: tuple[int, int]) -> None:
    good = quoted(post, "Knots")
    assert good.start is not None
    assert good.end is not None
    off = replace(good, start=good.start + shift[0], end=good.end + shift[1])
    with pytest.raises(NotVerbatimError, match="boat"):
        Composer().answer([(understand("Which knots?"), Evidence("sentences", (off,)))], {post.id: post})


@pytest.mark.parametrize("text", ["", "knots", "Knots "])
def test_a_quote_in_other_words_is_never_shown(post: Post, text: str) -> None:
    off = replace(quoted(post, "Knots"), text=text)
    with pytest.raises(NotVerbatimError):
        Composer().answer([(understand("Which knots?"), Evidence("sentences", (off,)))], {post.id: post})


def test_a_lead_in_that_is_off_is_never_shown(post: Post) -> None:
    off = replace(quoted(post, "Knots"), text="knots")
    with pytest.raises(NotVerbatimError):
        Composer().answer(
            [(understand("Which? knots"), Evidence("list", (quoted(post, "Wind"),), off))], {post.id: post}
        )


def test_template_syntax_in_a_post_stays_text(post: Post) -> None:
    said = "{{ 7 * 7 }} and {% if %} stand here."
    assert said in post.text
    evidence = Evidence("sentences", (quoted(post, said),))
    made = Composer().answer([(understand("What stands here?"), evidence)], {post.id: post})
    assert said in made.text
    assert "49" not in made.text


@pytest.mark.parametrize("reason", ["not_in_post", "off_topic", "unclear", "not_a_question"])
def test_a_refusal_is_plain_words_whatever_was_asked(reason: str) -> None:
    question = understand("{{ 7 * 7 }} <b> {% for x in y %}")
    made = Composer().refusal(question, reason, ["A {{ 7 * 7 }} <section>"])
    assert made.text
    assert "49" not in made.text
    assert made.quotes == ()
    assert all(isinstance(part, str) for part in made.parts)


def test_a_refusal_names_the_closest_sections_to_the_letter() -> None:
    made = Composer().refusal(understand("How deep is it?"), "not_in_post", ["A {{ 7 * 7 }} <section>", "Tides & wind"])
    assert "A {{ 7 * 7 }} <section>" in made.text
    assert "Tides & wind" in made.text


def test_a_refusal_says_how_many_posts_were_asked() -> None:
    question = understand("How deep is it?")
    assert Composer().refusal(question, "not_in_post", ["Tides"]).text.startswith("The post does not say")
    assert Composer().refusal(question, "not_in_post", ["Tides"], several=True).text.startswith("The posts do not say")


def test_an_owners_template_takes_the_place_of_one(post: Post, tmp_path: Path) -> None:
    (tmp_path / "fact.j2").write_text("The blog says: {{ quotes[0] }}", encoding="utf-8")
    composer = Composer(tmp_path)
    evidence = Evidence("sentences", (quoted(post, "The skiff cost 240 euros."),))

    fact = composer.answer([(understand("How much did the skiff cost?"), evidence)], {post.id: post})
    assert fact.text == "The blog says: “The skiff cost 240 euros.” [1]"
    assert fact.parts == ("The blog says: ", 1)
    explained = composer.answer([(understand("Why did the skiff cost so much?"), evidence)], {post.id: post})
    assert explained.text == "“The skiff cost 240 euros.” [1]"


def test_a_heading_that_looks_like_a_mark_of_ours_is_words() -> None:
    made = Composer().refusal(understand("How deep is it?"), "not_in_post", ["Tides \ue0007\ue001"])
    assert "Tides \ue0007\ue001" in made.text
    assert made.quotes == ()
