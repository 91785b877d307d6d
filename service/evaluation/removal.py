"""Asks again with the evidence gone: what the posts then no longer say is to be declined.

The posts lose every sentence that holds one of the question's strings, what is left of their passages is embedded
again, and retrieval starts anew on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index import ExportedEncoder, Retriever, without
from service.answer import Answerer
from service.evaluation.ask import Outcome, Progress, converse
from service.evaluation.questions import Asked
from service.evaluation.wording import fold, within

_WRONGLY_DECLINED = 0.1


@dataclass(frozen=True, slots=True)
class Removed:
    """A question asked without its evidence: whether it was declined, and the confidence of answering, 0 to 1."""

    asked: Asked
    declined: bool
    score: float
    said: str


def ask_without_evidence(
    answerer: Answerer,
    outcomes: Sequence[Outcome],
    posts: Mapping[str, str | None],
    threshold: float | None,
    progress: Progress,
) -> list[Removed]:
    """What is said to each answerable question without its evidence.

    A question whose strings stand in no sentence (the title, the author), or in all of them, is left out.

    :param threshold: the owner's; without it the fitted one.
    """
    chosen = [outcome.asked for outcome in outcomes if outcome.asked.answerable and outcome.verdict != "error"]
    encoder = ExportedEncoder(answerer.retriever.generation.encoder)
    found = []
    for done, asked in enumerate(chosen, start=1):
        other = without_evidence(answerer, asked, posts[asked.id], encoder, threshold)
        if other:
            answer, _ = converse(other, asked, posts[asked.id])
            found.append(Removed(asked, not answer.decision.answers, answer.decision.score, answer.composed.text))
        progress("Asking without the evidence", done, len(chosen))
    return found


def without_evidence(
    answerer: Answerer, asked: Asked, post: str | None, encoder: ExportedEncoder, threshold: float | None = None
) -> Answerer | None:
    """Answers as if the posts did not say what answers the question; None where nothing of it can be removed."""
    cuts = evidence_of(answerer, asked, post)
    if not cuts:
        return None
    reduced = without(answerer.retriever.generation, cuts, encoder)
    return Answerer(Retriever.of(reduced, answerer.retriever), threshold=threshold)


def evidence_of(answerer: Answerer, asked: Asked, post: str | None) -> dict[str, list[tuple[int, int]]]:
    """The spans of the sentences that hold one of the question's strings, by post; none when nothing would be left."""
    wanted = [fold(one) for one in (*asked.all, *asked.any)]
    generation = answerer.retriever.generation
    cuts: dict[str, list[tuple[int, int]]] = {}
    kept = 0
    for row in generation.rows(post):
        passage = generation.passage(row)
        for sentence in passage.sentences:
            said = fold(passage.quote(sentence))
            if any(within(one, said) for one in wanted):
                cuts.setdefault(passage.post, []).append((sentence.start, sentence.end))
            else:
                kept += 1
    return cuts if kept else {}


def removal_figures(outcomes: Sequence[Outcome], removed: Sequence[Removed]) -> dict[str, float | int | None]:
    """`asked`; `declined`: the share at the threshold in use, and `wrongly_declined` there of the same questions whole.

    `declined_at_10_percent`: the share at the threshold that declines a tenth of the questions as they are;
    `area`: under the ROC curve of the confidence, by which the two are told apart.
    """
    if not removed:
        return {"asked": 0, "declined": None, "wrongly_declined": None, "declined_at_10_percent": None, "area": None}
    own = {one.asked.id for one in removed}
    whole = [o for o in outcomes if o.asked.id in own]
    scores = sorted(o.score or 0.0 for o in whole)
    without = [one.score for one in removed]
    least = scores[int(len(scores) * _WRONGLY_DECLINED)]
    beaten = sum((score > other) + (score == other) / 2 for score in scores for other in without)
    return {
        "asked": len(removed),
        "declined": round(sum(one.declined for one in removed) / len(removed), 4),
        "wrongly_declined": round(sum(o.verdict == "abstained" for o in whole) / len(whole), 4),
        "declined_at_10_percent": round(sum(score < least for score in without) / len(without), 4),
        "area": round(beaten / (len(scores) * len(without)), 4),
    }
