"""Posts that are not in English are named."""

from __future__ import annotations

import pytest

from tests.index.parse.shown import parse

ENGLISH = "The boat that we sail is old, but it has a new boom and you can steer it with one hand. " * 4
GERMAN = (
    "Das Boot, mit dem wir segeln, ist alt, und der Baum ist neu, aber man kann es nicht mit einer Hand steuern. " * 4
)
VIETNAMESE = "Con thuyền của chúng tôi là một chiếc thuyền cũ và không có buồm mới trong các chuyến đi này. " * 4
CHINESE = "我们航行的船很旧，但是它有一个新的吊杆，你可以用一只手驾驶它。" * 4
DUTCH_CODE = "Run it.\n\n```\n" + GERMAN + "\n```\n"


@pytest.mark.parametrize("text", [GERMAN, VIETNAMESE, CHINESE], ids=["German", "Vietnamese", "Chinese"])
def test_a_post_in_another_language_is_named(text: str) -> None:
    assert [notice.kind for notice in parse(text).notices] == ["language"]


@pytest.mark.parametrize(
    "text",
    [ENGLISH, "Kurz.", DUTCH_CODE, "kubectl apply nginx redis postgres grafana loki tempo " * 20],
    ids=["English", "short", "code", "names"],
)
def test_english_short_posts_and_code_are_not(text: str) -> None:
    assert parse(text).notices == ()
