"""Ranking beside the same ranking by brute force in plain numpy."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index import BuildSettings, Passage, Retriever, build_index
from index.store import open_index, vectors
from index.types import Floats
from index.vectors import unit_rows
from tests.fakes import WordEncoder, stand_in_model, word_vectors

QUESTIONS = [
    "How much did the skiff cost?",
    "Which oar for 180 cm?",
    "Why small boxes for books?",
    "cleaning the machine",
]


def everything(retriever: Retriever) -> list[Passage]:
    return [retriever.generation.passage(row) for row in range(len(retriever.generation))]


def stretched(scores: Floats) -> Floats:
    return np.asarray((scores - scores.min()) / (scores.max() - scores.min()))


@pytest.mark.parametrize("question", QUESTIONS)
def test_scores_are_those_of_brute_force(word_retriever: Retriever, question: str) -> None:
    generation = word_retriever.generation
    asked = next(WordEncoder().encode([question]))
    passages = everything(word_retriever)
    contexts = {p: " > ".join((generation.cards[p.post].title, *p.heading)) for p in passages}
    dense = []
    for passage in passages:
        heading = passage.heading[:-1] if passage.sentences[0].kind == "heading" else passage.heading
        context = " > ".join((generation.cards[passage.post].title, *heading))
        dense.append(float(next(WordEncoder().encode([f"{context}\n{passage.text}"])).vector @ asked.vector))
    lexical = generation.lexical.scores(question)
    fused = 0.5 * stretched(np.array(dense)) + 0.5 * stretched(lexical)

    ranking = word_retriever.retrieve(question, limit=len(passages))

    assert len(ranking.hits) == len(passages) == len(contexts)
    for hit in ranking.hits:
        row = passages.index(hit.passage)
        quotes = [hit.passage.quote(s) for s in hit.passage.sentences]
        # A word that stands in the sentence matches its own vector; nothing can match better.
        exact = np.array([(next(WordEncoder().encode([q])).tokens @ asked.tokens.T).max(axis=0) for q in quotes])
        assert hit.dense == pytest.approx(dense[row], abs=1e-4)
        assert hit.lexical == pytest.approx(float(lexical[row]), abs=1e-4)
        assert np.abs(hit.alignment - exact).max() < 0.05
        best = float((exact @ ranking.shares).max())
        assert hit.score == pytest.approx(0.7 * best + 0.3 * float(fused[row]), abs=0.05)
        assert hit.dense_rank == 1 + sum(other > dense[row] + 1e-6 for other in dense)
    assert [hit.score for hit in ranking.hits] == sorted((hit.score for hit in ranking.hits), reverse=True)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How much did the skiff cost?", "skiff for 240 euros"),
        ("When should the machine get a descaling?", "descaling every eight weeks"),
        ("Where was Minka while the movers worked?", "Minka stayed in the bathroom"),
    ],
)
def test_the_passage_that_says_it_comes_first(word_retriever: Retriever, question: str, said: str) -> None:
    assert said in word_retriever.retrieve(question).hits[0].passage.text


def test_shares_sum_to_one_and_rare_words_count_most(word_retriever: Retriever) -> None:
    ranking = word_retriever.retrieve("the skiff")
    assert float(ranking.shares.sum()) == pytest.approx(1)
    assert ranking.shares[1] > ranking.shares[0]
    assert [ranking.question[a:b] for a, b in ranking.spans] == ["the", "skiff"]


@pytest.mark.parametrize("post", ["learning-to-row", "kitchen--espresso-notes", "moving-house"])
def test_a_scope_gives_hits_of_that_post_alone(word_retriever: Retriever, post: str) -> None:
    hits = word_retriever.retrieve("boat water box", post).hits
    assert {hit.passage.post for hit in hits} == {post}
    assert len(hits) == len(word_retriever.generation.rows(post))


def test_an_unknown_post_is_a_key_error(word_retriever: Retriever) -> None:
    with pytest.raises(KeyError, match="nowhere"):
        word_retriever.retrieve("boat", "nowhere")


@pytest.mark.parametrize("limit", [1, 2, 20])
def test_no_more_hits_than_asked_for(word_retriever: Retriever, limit: int) -> None:
    assert len(word_retriever.retrieve("boat", limit=limit).hits) == min(limit, len(everything(word_retriever)))


@pytest.mark.parametrize("question", ["what is the", "😀", "\u200b", " ", "zebra", "boat " * 200, "日本語", "?" * 1000])
def test_any_question_gives_a_ranking(word_retriever: Retriever, question: str) -> None:
    ranking = word_retriever.retrieve(question, limit=20)
    assert len(ranking.hits) == len(everything(word_retriever))
    assert all(np.isfinite([hit.score, hit.dense, hit.lexical]).all() for hit in ranking.hits)
    assert all(hit.alignment.shape == (len(hit.passage.sentences), len(ranking.shares)) for hit in ranking.hits)


def test_a_post_of_one_passage_is_found(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "only.md").write_text("One sentence.", encoding="utf-8")
    settings = BuildSettings(content, tmp_path / "index", model=str(stand_in_model(tmp_path / "model")))
    build_index(settings, load_encoder=WordEncoder)
    retriever = Retriever(open_index(settings.index), WordEncoder())

    for scope in (None, "only"):
        (hit,) = retriever.retrieve("one sentence", scope).hits
        assert hit.passage.text == "One sentence."
        assert hit.alignment.max() == pytest.approx(1, abs=0.05)


def test_the_fake_gives_the_same_word_the_same_vector() -> None:
    first, second = WordEncoder().encode(["a boat", "boat a"])
    assert first.tokens[0].tolist() == second.tokens[1].tolist()
    assert word_vectors(first.pieces).tolist() == first.tokens.tolist()


def test_one_post_of_a_large_blog_is_searched_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "_EXACT_PASSAGES", 2_000)
    rows = unit_rows(np.random.default_rng(3).standard_normal((2_500, 32)).astype(np.float32))
    post = range(700, 712)

    near = vectors.Vectors.build(rows).nearest(rows[5], 10, post)

    similarity = rows[post.start : post.stop] @ rows[5]
    assert near.tolist() == (np.argsort(-similarity)[:10] + post.start).tolist()


@pytest.mark.parametrize("most_scanned", [2_000, 100])
def test_a_vector_takes_two_bytes_a_number_and_is_rounded_once(
    most_scanned: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "_EXACT_PASSAGES", most_scanned)
    rows = unit_rows(np.random.default_rng(3).standard_normal((500, 384)).astype(np.float32))
    vectors.Vectors.build(rows).save(tmp_path / "vectors.faiss")
    kept = vectors.Vectors.load(tmp_path / "vectors.faiss")

    rounded = kept.rows(np.arange(500))

    assert np.abs(rounded @ rows.T - rows @ rows.T).max() < 5e-4
    assert np.array_equal(vectors.Vectors.build(rounded).rows(np.arange(500)), rounded)
    links = 4 * 2 * vectors._LINKS + 64 if most_scanned < 500 else 0
    assert (tmp_path / "vectors.faiss").stat().st_size < 500 * (2 * 384 + links) + 1_000


def test_whichever_thread_searches_does_so_alone() -> None:
    rows = unit_rows(np.random.default_rng(3).standard_normal((50, 32)).astype(np.float32))
    made = vectors.Vectors.build(rows)

    def threads_after_searching() -> int:
        made.nearest(rows[0], 5, range(50))
        return int(vectors.faiss.omp_get_max_threads())

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(threads_after_searching).result() == 1
