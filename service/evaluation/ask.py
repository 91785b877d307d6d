"""Puts the questions to the answerer, and judges what it says."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from service import reply
from service.answer import Answer, Answerer
from service.evaluation.judge import Verdict, judge, leaks, unlinked
from service.evaluation.questions import Asked
from service.evaluation.ranks import rank_of

_SHOWN_PASSAGES = 5
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a question.

    `said` is the answer or the error; `score` the confidence, 0 to 1, None after an error. `right` tells whether the
    evidence that was found answers the question, also where it was declined. `rank` is the place, from 1, of the first
    passage that holds the strings, 0 when none of the hits does, None where no passage was looked for.
    """

    asked: Asked
    verdict: Verdict
    said: str
    score: float | None = None
    threshold: float = 0.0
    right: bool = False
    rank: int | None = None
    words: int = 0
    ms: float = 0.0
    leak: bool = False
    unlinked: bool = False


def ask_all(
    answerer: Answerer, questions: Sequence[Asked], posts: Mapping[str, str | None], progress: Progress
) -> list[Outcome]:
    """The outcome of every question, in order.

    :param posts: the id of the post that each question is put to, by the question's id.
    """
    # Declines nothing, so that the evidence behind a refusal can be judged.
    bold = Answerer(answerer.retriever, threshold=0.0)
    outcomes = []
    for done, asked in enumerate(questions, start=1):
        outcomes.append(_ask(answerer, bold, asked, posts[asked.id]))
        progress("Asking", done, len(questions))
    return outcomes


def converse(answerer: Answerer, asked: Asked, post: str | None) -> tuple[Answer, float]:
    """The answer to the last turn, after the turns before it were asked, and its time in milliseconds."""
    history: list[str] = []
    for turn in asked.turns[:-1]:
        answerer.ask(turn, post, history)
        history.append(turn)
    started = time.perf_counter()
    answer = answerer.ask(asked.turns[-1], post, history)
    return answer, (time.perf_counter() - started) * 1000


def _ask(answerer: Answerer, bold: Answerer, asked: Asked, post: str | None) -> Outcome:
    def text_of(of: str) -> str:
        return answerer.source(of).post.text

    try:
        answer, ms = converse(answerer, asked, post)
        made = reply.ask_reply(answer, answerer, _SHOWN_PASSAGES, explain=False)
        verdict = judge(asked, made, text_of)
        behind = verdict
        if not made.answered and asked.answerable:
            other, _ = converse(bold, asked, post)
            behind = judge(asked, reply.ask_reply(other, bold, _SHOWN_PASSAGES, explain=False), text_of)
    except Exception as error:  # whatever went wrong with one, the other questions are still asked
        return Outcome(asked, "error", f"{type(error).__name__}: {error}")
    return Outcome(
        asked,
        verdict,
        made.answer,
        score=answer.decision.score,
        threshold=answer.decision.threshold,
        right=asked.answerable and behind == "correct",
        rank=rank_of(asked, answer.hits) if answer.hits and asked.answerable else None,
        words=len(made.answer.split()),
        ms=ms,
        leak=leaks(made),
        unlinked=unlinked(made),
    )
