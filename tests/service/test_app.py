"""Every route, over HTTP, in the shapes of the contract."""

from __future__ import annotations

import math
import re
import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest

from index import BuildSettings, build_index
from service.config import Settings
from tests.conftest import BLOG
from tests.indexes import Indexer, linked_copy
from tests.service.serving import asked, problem, serving

ROW = "learning-to-row"
REPLY = {
    "id", "answered", "reason", "kind", "answer", "parts", "confidence", "citations", "passages", "suggestions",
    "interpreted_as", "explain", "took_ms",
}  # fmt: skip
POST = {"id", "path", "title", "url", "date"}
KINDS = {
    "fact", "list", "definition", "explain", "yes_no", "comparison", "lookup", "about_post", "summary", "small_talk",
    "unclear",
}  # fmt: skip
CITATION_KINDS = {"sentence", "list_item", "row", "code", "heading", "caption", "footnote", "quote", "field"}
QUESTIONS = [
    "How much did the skiff cost?",
    "Which skills does a beginner need?",
    "What is an espresso?",
    "Why do books go into small boxes?",
    "How do I set the seconds of the timer?",
    "Which oar for a rower of 180 cm?",
    "What is the weather like in Hanoi today?",
    "how do I bake bread",
    "Hello",
    "???",
]


def shown(reply: dict[str, Any]) -> str:
    """The answer put together from its parts, without the marks that are set around quotes."""
    texts = {citation["n"]: citation["text"] for citation in reply["citations"]}
    return "".join(
        part["text"] if "text" in part else f"{texts[part['cite']]}[{part['cite']}]" for part in reply["parts"]
    )


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("post", [None, ROW])
def test_a_reply_has_the_shape_of_the_contract(api: httpx.Client, question: str, post: str | None) -> None:
    reply = asked(api, question, post=post)
    texts = {item["id"]: api.get(f"/posts/{item['id']}").json()["text"] for item in api.get("/posts").json()["posts"]}

    assert set(reply) == REPLY
    assert reply["id"]
    assert reply["kind"] in KINDS
    assert reply["answered"] == (reply["reason"] is None) == bool(reply["citations"])
    assert reply["reason"] in {None, "not_in_post", "off_topic", "unclear", "not_a_question"}
    assert reply["confidence"].keys() == {"score", "threshold", "level"}
    assert 0 <= reply["confidence"]["score"] <= 1
    assert 0 <= reply["confidence"]["threshold"] <= 1
    assert reply["confidence"]["level"] in {"high", "medium", "low"}
    assert reply["answered"] == (reply["confidence"]["score"] >= reply["confidence"]["threshold"])
    assert reply["took_ms"] > 0
    assert reply["explain"] is None
    assert [citation["n"] for citation in reply["citations"]] == list(range(1, len(reply["citations"]) + 1))
    for citation in reply["citations"]:
        assert citation.keys() == {"n", "kind", "text", "start", "end", "field", "post", "heading", "anchor", "url"}
        assert citation["kind"] in CITATION_KINDS
        assert texts[citation["post"]["id"]][citation["start"] : citation["end"]] == citation["text"]
        assert citation["text"] in reply["answer"]
        assert f"[{citation['n']}]" in reply["answer"]
        assert citation["post"].keys() == POST
        assert citation["url"].startswith(f"/posts/{citation['post']['id']}#{citation['anchor']}:~:text=")
    for passage in reply["passages"]:
        assert passage.keys() == {"text", "score", "post", "heading", "anchor", "url"}
        assert passage["text"] in texts[passage["post"]["id"]]
        assert 0 <= passage["score"] <= 1
    assert len(reply["passages"]) <= 5
    if post:
        assert {item["post"]["id"] for item in (*reply["citations"], *reply["passages"])} <= {post}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_parts_make_up_the_answer(api: httpx.Client, question: str) -> None:
    reply = asked(api, question)
    plain = re.sub(r"[“”]|\s", "", reply["answer"])
    assert plain == re.sub(r"[“”]|\s", "", shown(reply))
    cited = [part["cite"] for part in reply["parts"] if "cite" in part]
    assert sorted(cited) == [citation["n"] for citation in reply["citations"]]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How much did the skiff cost?", "240 euros"),
        ("What is an espresso?", "An espresso is a small coffee"),
        ("Why do books go into small boxes?", "a large box of books cannot be lifted"),
    ],
)
def test_a_question_is_answered_by_the_sentence_that_says_it(api: httpx.Client, question: str, said: str) -> None:
    reply = asked(api, question)
    assert reply["answered"]
    assert said in reply["citations"][0]["text"]


def test_a_list_is_given_whole_an_item_a_line(api: httpx.Client) -> None:
    reply = asked(api, "Which skills does a beginner need?")
    items = [c["text"] for c in reply["citations"] if c["kind"] == "list_item"]
    assert items == [
        "Feathering the blade",
        "Steering by a point ashore",
        "Getting back into the boat",
        "from the bank",
        "from deep water",
        "Reading the wind",
    ]
    lines = reply["answer"].splitlines()
    assert all(sum(item in line for line in lines) == 1 for item in items)
    assert len(lines) >= len(items)


@pytest.mark.parametrize("question", ["what is the weather like in Hanoi today?", "how do I bake bread"])
def test_what_no_post_says_is_declined_with_the_closest_sections(api: httpx.Client, question: str) -> None:
    reply = asked(api, question)
    assert not reply["answered"]
    assert reply["reason"] in {"not_in_post", "off_topic"}
    assert reply["answer"]
    assert reply["citations"] == []
    assert reply["passages"]
    assert reply["confidence"]["level"] == "low"


def test_what_is_declined_comes_with_questions_that_are_answered(api: httpx.Client) -> None:
    reply = asked(api, "How deep is the harbour of Ede?")
    assert not reply["answered"]
    assert reply["suggestions"]
    for suggestion in reply["suggestions"]:
        assert asked(api, suggestion)["answered"]


@pytest.mark.parametrize(
    ("said", "reason"), [("Hello!", "not_a_question"), ("thanks", "not_a_question"), ("???", "unclear")]
)
def test_what_is_no_question_is_told_so(api: httpx.Client, said: str, reason: str) -> None:
    assert asked(api, said)["reason"] == reason


@pytest.mark.parametrize("top_k", [1, 2, 20])
def test_top_k_is_the_number_of_passages(api: httpx.Client, top_k: int) -> None:
    assert len(asked(api, "boat", top_k=top_k)["passages"]) == min(top_k, 11)
    found = api.post("/search", json={"question": "boat", "top_k": top_k}).json()
    assert len(found["passages"]) == min(top_k, 11)


def test_explain_tells_what_the_answer_was_decided_by(api: httpx.Client) -> None:
    explained = asked(api, "How much did the skiff cost?", explain=True)["explain"]
    assert explained["kind"] == "fact"
    assert explained["threshold"] == asked(api, "How much did the skiff cost?")["confidence"]["threshold"]
    assert explained["question"] == "How much did the skiff cost?"
    assert explained["expects"] == "amount"
    first = explained["passages"][0]
    assert first["post"] == "learning-to-row"
    assert first["dense_rank"] == first["lexical_rank"] == 1
    assert 0 < first["match"] <= 1
    weights = dict(explained["weights"])
    odds = weights.pop("intercept")
    values = explained["signals"] | explained["reading"]
    assert set(weights) == set(values)
    odds += sum(values[name] * weight for name, weight in weights.items())
    assert explained["score"] == pytest.approx(1 / (1 + math.exp(-odds)), abs=0.01)


def test_where_nothing_was_weighed_explain_says_so(api: httpx.Client) -> None:
    explained = asked(api, "hello", explain=True)["explain"]
    assert explained["kind"] == "small_talk"
    assert explained["weights"] is explained["signals"] is None


def test_a_follow_up_is_answered_as_the_question_it_stands_for(api: httpx.Client) -> None:
    history = [
        {"role": "user", "content": "How much did the skiff cost?"},
        {"role": "assistant", "content": "240 euros."},
    ]
    reply = asked(api, "and when was it bought?", history=history)
    assert "skiff" in reply["interpreted_as"]
    assert asked(api, "When was the skiff bought?", history=history)["interpreted_as"] is None


def test_a_misspelt_word_is_mended_and_the_reader_is_told(api: httpx.Client) -> None:
    reply = asked(api, "How much did the skif cost?")
    assert reply["interpreted_as"] == "How much did the skiff cost?"
    assert "240 euros" in reply["answer"]


def test_a_literal_question_is_taken_as_it_is_typed(api: httpx.Client) -> None:
    assert asked(api, "How much did the skif cost?", literal=True)["interpreted_as"] is None


def test_passages_are_searched_for_what_was_meant(api: httpx.Client) -> None:
    meant, typed = (
        api.post("/search", json={"question": question}).json()["passages"]
        for question in ("caulking the seams", "caulking the saems")
    )
    assert typed == meant


def test_the_server_keeps_no_history(api: httpx.Client) -> None:
    asked(api, "How much did the skiff cost?")
    assert asked(api, "and when was it bought?")["interpreted_as"] is None


@pytest.mark.parametrize(
    "post", ["https://elsewhere.example/some-post/", "https://elsewhere.example/", "/a/b", "http://[", "//"]
)
def test_an_unknown_address_means_the_whole_blog(api: httpx.Client, post: str) -> None:
    found = api.post("/search", json={"question": "boat", "post": post, "top_k": 20}).json()["passages"]
    assert len({passage["post"]["id"] for passage in found}) == 3


@pytest.mark.parametrize("post", [ROW, f"/posts/{ROW}", f"http://127.0.0.1:8000/posts/{ROW}?q=1#x"])
def test_a_post_is_meant_by_its_id_or_its_page(api: httpx.Client, post: str) -> None:
    found = api.post("/search", json={"question": "espresso", "post": post}).json()["passages"]
    assert {passage["post"]["id"] for passage in found} == {ROW}


def test_search_gives_passages_best_first(api: httpx.Client) -> None:
    reply = api.post("/search", json={"question": "How often does the machine need a descaling?"}).json()
    assert reply.keys() == {"passages"}
    assert "every eight weeks" in reply["passages"][0]["text"]
    scores = [passage["score"] for passage in reply["passages"]]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 5


def test_posts_are_listed_with_their_headings(api: httpx.Client) -> None:
    reply = api.get("/posts").json()
    assert reply.keys() == {"posts"}
    listed = {post["id"]: post for post in reply["posts"]}
    assert listed.keys() == {ROW, "kitchen--espresso-notes", "moving-house"}
    assert listed["kitchen--espresso-notes"] == {
        "id": "kitchen--espresso-notes",
        "path": "kitchen/espresso-notes.md",
        "title": "Notes on espresso",
        "url": "/posts/kitchen--espresso-notes",
        "date": "2023-11-20",
        "headings": [
            {"text": "Notes on espresso", "anchor": "notes-on-espresso", "level": 1},
            {"text": "Settings", "anchor": "settings", "level": 2},
            {"text": "Cleaning", "anchor": "cleaning", "level": 2},
        ],
    }
    assert listed["moving-house"]["date"] is None


def test_a_post_as_json_adds_the_text_that_offsets_refer_to(api: httpx.Client) -> None:
    post = api.get("/posts/moving-house").json()
    (listed,) = [item for item in api.get("/posts").json()["posts"] if item["id"] == "moving-house"]
    assert post == {
        **listed,
        "text": "We moved in June with eleven boxes of books and one cat.\n\nThe cat\n\nMinka stayed in the bathroom"
        " while the movers worked. She came out from under the bathtub after two days.\n\nThe boxes\n\nBooks go into"
        " small boxes, because a large box of books cannot be lifted.",
    }


def test_a_post_as_html_is_the_rendered_post_with_the_chat(api: httpx.Client) -> None:
    response = api.get(f"/posts/{ROW}", headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.headers["content-type"].startswith("text/html")
    assert '<h2 id="the-first-boat">The first boat</h2>' in response.text
    assert f'<ask-post post="{ROW}">' in response.text
    assert "<title>How I learned to row" in response.text
    assert f'src="/posts/{ROW}/files/images/skiff.png"' in response.text


def test_both_forms_of_a_post_vary_by_what_is_accepted(api: httpx.Client) -> None:
    for accepted in ("text/html", "application/json"):
        assert "Accept" in api.get(f"/posts/{ROW}", headers={"Accept": accepted}).headers["vary"]


def test_home_lists_the_posts(api: httpx.Client) -> None:
    page = api.get("/", headers={"Accept": "text/html"}).text
    for post in (ROW, "kitchen--espresso-notes", "moving-house"):
        assert f'href="/posts/{post}"' in page
    assert page.index("kitchen--espresso-notes") < page.index(ROW)


def test_home_shows_the_only_post(tmp_path: Path, indexed: Indexer) -> None:
    content = tmp_path / "content"
    content.mkdir()
    shutil.copy(BLOG / "moving-house.md", content)
    with serving(Settings(content=content, index=indexed(content, tmp_path / "index"))) as api:
        assert '<ask-post post="moving-house">' in api.get("/", headers={"Accept": "text/html"}).text


def test_images_that_a_post_shows_are_served(api: httpx.Client) -> None:
    response = api.get(f"/posts/{ROW}/files/images/skiff.png")
    assert response.status_code == 200
    assert response.headers["content-type"] == "image/png"
    assert response.content == (BLOG / "images" / "skiff.png").read_bytes()


@pytest.mark.parametrize(
    "path", ["moving-house.md", "images/none.png", "..%2f..%2fconftest.py", "%2e%2e/conftest.py", "", "images", "%00"]
)
def test_no_other_file_is_served(api: httpx.Client, path: str) -> None:
    problem(api.get(f"/posts/{ROW}/files/{path}"), 404)
    problem(api.get(f"/posts/moving-house/files/{'images/skiff.png'}"), 404)


@pytest.mark.parametrize("path", ["/", f"/posts/{ROW}", "/docs", "/posts/nowhere", "/nowhere"])
def test_pages_take_scripts_from_this_service_alone(api: httpx.Client, path: str) -> None:
    response = api.get(path, headers={"Accept": "text/html"})
    policy = response.headers["content-security-policy"]
    assert response.headers["content-type"].startswith("text/html")
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert not re.search(r"<script(?![^>]*\ssrc=\"/)", response.text)
    assert not re.search(r"\son\w+=|\sstyle=|<style", response.text)


def test_livez_readyz_and_metrics(api: httpx.Client) -> None:
    assert api.get("/livez").json()["status"] == "ok"
    assert api.get("/readyz").json()["status"] == "ok"
    asked(api, "Hello")
    metrics = api.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain")
    assert re.search(
        r'^askpost_questions_total\{kind="small_talk",outcome="not_a_question"\} [1-9]', metrics.text, re.M
    )
    assert re.search(r'^askpost_requests_total\{route="/ask",status="200"\} [1-9]', metrics.text, re.M)
    assert re.search(r"^askpost_answer_seconds_count [1-9]", metrics.text, re.M)


def test_metrics_count_unknown_routes_together(api: httpx.Client) -> None:
    api.get("/never-seen-before")
    assert "never-seen-before" not in api.get("/metrics").text


def test_the_api_describes_itself(api: httpx.Client) -> None:
    described = api.get("/openapi.json").json()
    assert {"/ask", "/search", "/posts", "/posts/{post}", "/livez", "/readyz", "/metrics"} <= set(described["paths"])
    page = api.get("/docs", headers={"Accept": "text/html"}).text
    assert "POST /ask" in page
    assert "http://" not in page
    assert "https://" not in page


def test_the_widget_is_served_as_a_script(api: httpx.Client) -> None:
    response = api.get("/widget.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert "ask-post" in response.text


def test_an_address_of_the_blog_makes_links_to_it(tmp_path: Path, model_index: Path) -> None:
    index = linked_copy(model_index, tmp_path / "index")
    build_index(BuildSettings(BLOG, index, site_url="https://rows.example"))
    with serving(Settings(content=BLOG, index=index)) as api:
        (post,) = [item for item in api.get("/posts").json()["posts"] if item["id"] == ROW]
        assert post["url"].startswith("https://rows.example/")
        reply = asked(api, "How much did the skiff cost?", post=post["url"])
        assert reply["citations"][0]["url"].startswith(f"{post['url']}#the-first-boat:~:text=")
        found = api.post("/search", json={"question": "espresso", "post": post["url"]}).json()["passages"]
        assert {passage["post"]["id"] for passage in found} == {ROW}
