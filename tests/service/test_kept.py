"""Replies that are kept: bounded, and told apart by all that changes them."""

from __future__ import annotations

import re
from pathlib import Path

import httpx

from index import BuildSettings, build_index
from service.config import Settings
from service.kept import Kept, key_of
from tests.conftest import BLOG
from tests.indexes import linked_copy
from tests.service.serving import asked, eventually, serving

QUESTION = "How much did the skiff cost?"


def test_the_one_not_asked_for_longest_goes_first() -> None:
    kept = Kept(2)
    kept.put(b"a", b"1")
    kept.put(b"b", b"2")
    assert kept.get(b"a") == b"1"
    kept.put(b"c", b"3")
    assert (kept.get(b"a"), kept.get(b"b"), kept.get(b"c")) == (b"1", None, b"3")
    assert len(kept) == 2


def test_of_none_none_is_kept() -> None:
    kept = Kept(0)
    kept.put(b"a", b"1")
    assert kept.get(b"a") is None


def test_whatever_changes_a_reply_changes_its_key() -> None:
    keys = [
        key_of("g", None, "q", [], 5, False),
        key_of("g2", None, "q", [], 5, False),
        key_of("g", "p", "q", [], 5, False),
        key_of("g", "None", "q", [], 5, False),
        key_of("g", None, "q2", [], 5, False),
        key_of("g", None, "q", ["h"], 5, False),
        key_of("g", None, "qh", [], 5, False),
        key_of("g", None, "q", ["h", "i"], 5, False),
        key_of("g", None, "q", ["hi"], 5, False),
        key_of("g", None, "q", [], 6, False),
        key_of("g", None, "q", [], 5, True),
    ]
    assert len(set(keys)) == len(keys)
    assert key_of("g", None, "q", ["h"]) == key_of("g", None, "q", ["h"])


def looked_up(api: httpx.Client) -> tuple[int, int]:
    text = api.get("/metrics").text
    hit, miss = (re.search(rf'^askpost_cache_total{{result="{r}"}} (\d+)', text, re.M) for r in ("hit", "miss"))
    assert hit
    assert miss
    return int(hit[1]), int(miss[1])


def test_an_answer_is_kept_until_the_index_changes_and_each_reader_gets_an_own_id(
    tmp_path: Path, blog: Path, model_index: Path
) -> None:
    index = linked_copy(model_index, tmp_path / "index")
    with serving(Settings(content=blog, index=index)) as api:
        first, second = asked(api, QUESTION), asked(api, QUESTION)
        assert looked_up(api) == (1, 1)
        assert first.pop("id") != second.pop("id")
        assert second.pop("took_ms") < first.pop("took_ms")
        assert first == second
        streamed = api.post("/ask", json={"question": QUESTION, "stream": True}).text
        assert "240 euros" in streamed
        asked(api, QUESTION, top_k=1)
        asked(api, QUESTION, post="moving-house")
        assert looked_up(api) == (2, 3)

        post = blog / "learning-to-row.md"
        post.write_text(post.read_text(encoding="utf-8").replace("240 euros", "250 euros"), encoding="utf-8")
        assert build_index(BuildSettings(blog, index)).published
        eventually(lambda: "250 euros" in asked(api, QUESTION)["answer"])


def test_with_a_cache_of_0_none_is_kept(model_index: Path) -> None:
    with serving(Settings(content=BLOG, index=model_index, cache=0)) as api:
        asked(api, QUESTION)
        asked(api, QUESTION)
        assert looked_up(api) == (0, 0)
