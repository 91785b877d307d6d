"""What each part adds, on the judging half: one row a part, each with all the parts of the rows above it.

    python -m tests.eval.ablation

prints a table in Markdown: where the right passage is ranked, how often the best sentence holds the answer, how often
the whole answer is right when nothing is declined, and, once there is a decision, what is declined.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from unittest import mock

from index import Hit, Ranking, retrieve
from service import answer as answering
from service import rank, select, sentences
from service.answer import Answerer
from service.evaluation.questions import Asked
from service.evaluation.ranks import rank_of
from service.question import understand
from service.reader import Reader
from service.reread import reread
from tests.eval.blogs import as_published, indexed
from tests.eval.judge import POSTS, read_questions, verdict

# As many as both rankings propose.
_PROPOSED = 100
_AROUND = ("near", "headed", "opening", "exact_near")


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one row, each 0 to 1; None where the parts so far do not make them."""

    name: str
    first: float
    fifth: float
    mrr: float
    sentence: float
    correct: float | None = None
    declined: float | None = None
    wrongly: float | None = None

    def markdown(self) -> str:
        """The row of the table."""
        figures = (self.first, self.fifth, self.mrr, self.sentence, self.correct, self.wrongly, self.declined)
        return " | ".join(("", self.name, *("" if f is None else f"{f:.3f}" for f in figures), "")).strip()


HEAD = """| with | passage R@1 | R@5 | MRR | best sentence @1 | correct | wrongly declined | not said: declined |
|---|---|---|---|---|---|---|---|"""


def main() -> None:
    """Measure, and print the table."""
    questions = read_questions("test")
    print(HEAD)
    with indexed(POSTS, as_published) as answerer:
        for row in of_published_model(answerer, questions):
            print(row.markdown(), flush=True)
    with indexed(POSTS) as answerer:
        for row in rows(answerer, questions):
            print(row.markdown(), flush=True)


def of_published_model(answerer: Answerer, questions: Sequence[Asked]) -> Iterator[Row]:
    """The rows that are found with the model as it was published, before it has learned of questions."""
    found, _ = _asked(answerer, questions)
    yield _retrieved("dense passages, model as published", found, lambda hit: hit.dense, {"passage": 1.0})
    yield _retrieved("fused with BM25, + late interaction, likewise", found, lambda hit: hit.score, {"match": 1.0})


def rows(answerer: Answerer, questions: Sequence[Asked]) -> Iterator[Row]:
    """The rows, from the least to the whole."""
    found, where = _asked(answerer, questions)
    answerable = [asked for asked, _ in found]
    passage_only = {"passage": 1.0}
    yield _retrieved("dense passages, with what the encoder has learned", found, lambda hit: hit.dense, passage_only)
    yield _retrieved("BM25 instead", found, lambda hit: hit.lexical, passage_only)
    yield _retrieved("both, fused", found, _fused, passage_only)
    yield _retrieved("+ late interaction", found, lambda hit: hit.score, {"match": 1.0})
    fitted = dict(rank.fitted_weights("sentence"))
    alone = {name: weight for name, weight in fitted.items() if name not in _AROUND}
    yield _retrieved("+ ranker, of the sentence alone", found, lambda hit: hit.score, alone)
    last = _retrieved("+ what leads in to it, headings", found, lambda hit: hit.score, fitted)
    yield last
    bold = Answerer(answerer.retriever, threshold=0.0)

    def whole(name: str, answerer: Answerer, parts: Collection[str], asked: Sequence[Asked], row: Row) -> Row:
        with _without(parts):
            said = [
                (
                    one,
                    verdict(
                        one, answerer.ask(one.turns[-1], where[one.id], _history(one, parts), literal="f" in parts)
                    ),
                )
                for one in asked
            ]
        own = [v for a, v in said if a.answerable]
        others = [v for a, v in said if a.kind == "unanswerable"]
        share = own.count("correct") / len(own)
        if not others:
            return replace(row, name=name, correct=share)
        declined = others.count("declined") / len(others)
        return replace(row, name=name, correct=share, wrongly=own.count("declined") / len(own), declined=declined)

    yield whole("+ rows with headers, code, the post's own facts", bold, "lqfr", answerable, last)
    yield whole("+ lists", bold, "qfr", answerable, last)
    yield whole("+ a second quote", bold, "fr", answerable, last)
    understood = [(a, _understood(answerer, a, where[a.id])) for a in answerable]
    last = _retrieved("", understood, lambda hit: hit.score, fitted)
    yield whole("+ follow-ups, misspelt words", bold, "r", answerable, last)
    yield whole("+ decision by signals, as for another model", answerer, "r", questions, last)
    yield whole("+ reader in the decision", answerer, "oc", questions, last)
    last = replace(last, sentence=_reread(understood, answerer))
    yield whole("+ reader in the order of the sentences", answerer, "c", questions, last)
    yield whole("+ read closely where doubts are left", answerer, "", questions, last)


def _asked(answerer: Answerer, questions: Sequence[Asked]) -> tuple[list[tuple[Asked, Ranking]], dict[str, str | None]]:
    """What is found for those that the posts answer, and by id the post that each question is put to.

    Until follow-ups are understood, only what the reader typed last is known.
    """
    ids = {card.path: card.id for card in answerer.cards.values()}
    where = {asked.id: ids[asked.file] if asked.file else None for asked in questions}
    answerable = [asked for asked in questions if asked.answerable]
    return [(a, answerer.retriever.retrieve(a.turns[-1], where[a.id], _PROPOSED)) for a in answerable], where


def _history(asked: Asked, without: Collection[str]) -> Sequence[str]:
    return () if "f" in without else asked.turns[:-1]


@contextmanager
def _without(parts: Collection[str]) -> Iterator[None]:
    """The service without: `l` lists, `q` a second quote, `r` the reader, `o` its say in the order of the sentences,
    `c` what is read closely. Without `f`, follow-ups and spelling, it is asked the last turn alone, to the letter.
    """
    with ExitStack() as stack:
        if "l" in parts:
            stack.enter_context(mock.patch.object(select, "prefers_list", return_value=False))
        if "q" in parts:
            stack.enter_context(mock.patch.object(sentences, "_RUNNER_UP_MARGIN", -1.0))
        if "r" in parts:
            stack.enter_context(mock.patch.object(Reader, "read", return_value=None))
        if "c" in parts:
            stack.enter_context(mock.patch.object(answering, "doubtful", return_value=False))
        if "o" in parts:
            stack.enter_context(mock.patch.object(select, "reread", lambda ranked, _: ranked))
        yield


def _understood(answerer: Answerer, asked: Asked, post: str | None) -> Ranking:
    question = understand(asked.turns[-1], asked.turns[:-1], answerer.retriever.correct)
    return answerer.retriever.retrieve(question.text, post, _PROPOSED)


def _reread(found: Sequence[tuple[Asked, Ranking]], answerer: Answerer) -> float:
    """How often the best sentence holds the answer, once the reader has its say."""
    reader = Reader.of(answerer.retriever.generation)
    assert reader
    right = 0
    for asked, ranking in found:
        if ranked := rank.rank(understand(ranking.question), ranking):
            best = reread(ranked, reader.read(ranking, ranked))[0]
            right += asked.answered_by(best.text)
    return right / len(found)


def _fused(hit: Hit) -> float:
    return (hit.score - retrieve._MATCH_SHARE * hit.match) / (1 - retrieve._MATCH_SHARE)


def _retrieved(
    name: str, found: Sequence[tuple[Asked, Ranking]], score: Callable[[Hit], float], weights: dict[str, float]
) -> Row:
    """The figures of passages ranked by the score, and of sentences ranked by the weights."""
    ranks, right = [], 0
    for asked, ranking in found:
        hits = sorted((replace(hit, score=score(hit)) for hit in ranking.hits), key=lambda hit: -hit.score)
        ranks.append(rank_of(asked, hits))
        with mock.patch.object(rank, "fitted_weights", return_value=weights):
            ranked = rank.rank(understand(ranking.question), replace(ranking, hits=tuple(hits)))
        right += bool(ranked) and asked.answered_by(ranked[0].text)
    count = len(found)
    return Row(
        name,
        first=sum(rank == 1 for rank in ranks) / count,
        fifth=sum(0 < rank <= 5 for rank in ranks) / count,
        mrr=sum(1 / rank for rank in ranks if rank) / count,
        sentence=right / count,
    )


if __name__ == "__main__":
    main()
