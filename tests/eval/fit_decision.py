"""Fits the decision to answer, by logistic regression over the signals and what is read.

Twice for what the reader reads: with what it says, and with what is said when the best sentence is read closely too.
The second decides where the first leaves doubts, as in answering. The threshold is one for both.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit
from sklearn.model_selection import GroupKFold

from index.cross_adapter import cross_digest
from index.embed import DEFAULT_MODEL, known_digest
from service.abstain import DOUBTFUL
from service.answer import Answerer
from service.closely import read_closely
from service.rank import rank
from service.reader import Reader
from service.signals import Signals, measure
from tests.eval.examples import FittingSet, examples, without_evidence
from tests.eval.judge import Asked
from tests.eval.regression import Numbers, logistic

_STRENGTH = 0.03
# What the reader says was learned on many posts, and is shrunk so many times less than what is known of few.
_READING_STRETCH = 6.0
# There are few off-topic questions in the set, and answering one is what readers forgive least. What is left of a post
# without its evidence may answer in other words, and such questions are more than half of those that are not answered.
_WEIGHTS = {"offtopic": 5.0, "removed": 0.1}
# Chosen after a look at both judging halves, at `unseen/` and at sets outside this project: less than 8 % of what these
# posts say is declined then, but for the last, where it is 9 %.
_WRONGLY_DECLINED = 0.055
# Without the reader the same share would answer a quarter of what is off-topic.
_WRONGLY_DECLINED_UNREAD = 0.075
# Not fitted, since it speaks of few questions here and of many where others ask: of the training posts' questions that
# it speaks of, 126 that the post does not answer were answered before, and 9 were answered rightly.
_SET = {"lacking": -3.0}
_FOLDS, _TURNS = 6, 5
_SIGNALS = tuple(field.name for field in fields(Signals))
_READ = ("any", "best")
_READ_CLOSELY = (*_READ, "closely")


@dataclass(frozen=True, slots=True)
class Weighed:
    """Questions, those without their evidence too.

    `weights`: (questions,) how much each counts; `values`: (questions, n) the signals and what is read, in order.
    """

    asked: tuple[Asked, ...]
    weights: Numbers
    values: Numbers

    @classmethod
    def all(cls, parts: Sequence[Weighed]) -> Weighed:
        """The parts as one."""
        asked = tuple(one for part in parts for one in part.asked)
        weights, values = (np.concatenate([getattr(part, name) for part in parts]) for name in ("weights", "values"))
        return cls(asked, weights, values)


def weighed(answerer: Answerer, reader: Reader | None, of: FittingSet) -> Weighed:
    """The questions of the set and, asked again without their evidence, those that are answered.

    :param reader: without it nothing is read.
    """
    found = examples(answerer, of.questions)
    every = [*found, *without_evidence(found, answerer)]
    cross = answerer.retriever.cross
    values = []
    for example in every:
        ranked = rank(example.question, example.ranking)
        title = answerer.source(ranked[0].hit.passage.post).post.title
        measured = measure(example.question, example.ranking, ranked, title).as_dict()
        said: list[float] = []
        if reader:
            assert cross
            reading = reader.read(example.ranking, ranked)
            closely = read_closely(cross, example.question.text, ranked, reading, answerer.cards)
            said = list(replace(reading, closely=closely).as_dict().values())
        values.append([*measured.values(), *said])
    weights = np.array([of.weight * _WEIGHTS.get(example.asked.kind, 1.0) for example in every])
    return Weighed(tuple(example.asked for example in every), weights, np.array(values))


def decisions(read: Weighed, unread: Weighed) -> dict[str, Any]:
    """What `service/abstain.json` holds.

    :param read: with what the reader says and what is read closely; `unread` without.
    """
    threshold = _threshold(read, _unseen_read(read), _WRONGLY_DECLINED)
    return {
        "cross": cross_digest(known_digest(DEFAULT_MODEL)),
        "read": _fitted(read, _READ, threshold),
        "closely": _fitted(read, _READ_CLOSELY, threshold),
        "unread": _fitted(unread, (), _threshold(unread, _unseen(unread, ()), _WRONGLY_DECLINED_UNREAD)),
    }


def _unseen_read(read: Weighed) -> Numbers:
    """(questions,) 0 to 1: how likely each is answered, by what is read closely where there are doubts."""
    likely, likely_closely = _unseen(read, _READ), _unseen(read, _READ_CLOSELY)
    # What is doubtful depends on the threshold, and the threshold on that; it soon stays.
    threshold = float(np.quantile(likely[_answerable(read)], _WRONGLY_DECLINED))
    for _ in range(_TURNS):
        doubtful = np.abs(logit(likely) - logit(threshold)) <= DOUBTFUL
        found = np.where(doubtful, likely_closely, likely)
        threshold = float(np.quantile(found[_answerable(read)], _WRONGLY_DECLINED))
    return found


def _unseen(weighed: Weighed, reading: Sequence[str]) -> Numbers:
    """(questions,) 0 to 1: how likely each is answered, by fits without its post."""
    answerable = _answerable(weighed)
    posts = [str(one.file) + (one.kind if one.file is None else "") for one in weighed.asked]
    found = np.zeros(len(weighed.asked))
    for others, own in GroupKFold(_FOLDS).split(weighed.values, answerable, posts):
        intercept, coefficients = _weights_of(weighed, reading, others)
        found[own] = 1 / (1 + np.exp(-intercept - weighed.values[own, : len(coefficients)] @ coefficients))
    return found


def _threshold(weighed: Weighed, likely: Numbers, wrongly_declined: float) -> float:
    """What this share of the answerable questions is below."""
    answerable = _answerable(weighed)
    threshold = float(np.quantile(likely[answerable], wrongly_declined))
    for kind in ("unanswerable", "removed", "offtopic"):
        of_kind = np.array([one.kind == kind for one in weighed.asked])
        share = (likely[of_kind] < threshold).mean()
        print(f"{kind}: {share:.3f} declined by fits without their post", file=sys.stderr)
    return threshold


def _fitted(weighed: Weighed, reading: Sequence[str], threshold: float) -> dict[str, object]:
    intercept, coefficients = _weights_of(weighed, reading, np.arange(len(weighed.asked)))
    weights = dict(zip([*_SIGNALS, *reading], (round(float(one), 4) for one in coefficients), strict=True))
    return {
        "intercept": round(intercept, 4),
        "weights": {name: weights[name] for name in _SIGNALS},
        "reading": {name: weights[name] for name in reading},
        "threshold": round(threshold, 3),
    }


def _weights_of(weighed: Weighed, reading: Sequence[str], of: NDArray[np.int64]) -> tuple[float, Numbers]:
    """Intercept and coefficients of the signals and of the reading, fitted on these of the questions."""
    names = (*_SIGNALS, *reading)
    answerable = _answerable(weighed)
    fixed = np.array([_SET.get(name, 0.0) for name in names])
    free = np.where(fixed, 0.0, weighed.values[:, : len(names)])
    # What is stretched is shrunk less.
    stretch = np.array([1.0] * len(_SIGNALS) + [_READING_STRETCH] * len(reading))
    intercept, coefficients = logistic(free[of], answerable[of], weighed.weights[of], _STRENGTH, stretch)
    return intercept, coefficients + fixed


def _answerable(weighed: Weighed) -> NDArray[np.bool_]:
    return np.array([one.answerable for one in weighed.asked])
