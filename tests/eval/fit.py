"""Fits what the service weighs, on posts and questions that are for fitting, and writes it down.

    python -m tests.eval.fit [encoder] [sentences] [reader] [others] [cross] [trust] [lists] [decision]

fits all in this order, or those that are named: each builds on what those before it have written.

On `training/`: what encoder and reader learn of questions, in `index/adapter.json` and `service/reader.json`; what the
reader learns anew of what it meets when answering; what both learn without every other blog of these posts, in
`build/fit/`, for what is fitted on these later; and the cross-encoder, in `index/cross.json`. On `fit.jsonl`, which
none has seen, in `service/rank.json`: the weights of sentences and of lists, by listwise softmax (Cao et al., 2007). On
both, in the same file: when a list is shown instead of a sentence, by logistic regression. On `fit.jsonl` and
`technical/fit.jsonl`: how much what the reader says moves a sentence, by listwise softmax too; and, with the questions
asked again of the posts without their evidence, the decision to answer, by logistic regression, in
`service/abstain.json`, and once more, on `fit.jsonl` alone, with the model as published, for other models. Its
threshold declines a set share of the answerable questions, each judged by a fit without its post.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from unittest import mock

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from scipy.special import logsumexp

import service
from index import Floats, Projection
from index.embed import DEFAULT_MODEL, known_digest
from service import lists, rank, select
from service.answer import Answerer
from service.evidence import Evidence
from service.features import Features
from service.listing import list_evidence
from service.reader import Reader, fitted_network
from service.room import LIST_ROOM_WORDS
from tests.eval import fit_cross, fit_decision, fit_models, fit_reader
from tests.eval.blogs import (
    OTHERS_ADAPTER,
    OTHERS_READER,
    answering_aside,
    as_published,
    blogs,
    indexed,
    indexed_blog,
    set_aside,
)
from tests.eval.examples import Example, examples, sets_for_fitting
from tests.eval.fit_decision import Weighed, weighed
from tests.eval.fit_reader import Case, cases_of
from tests.eval.judge import POSTS, TRAINING, Asked, read_questions, read_taught, read_training
from tests.eval.lessons import lessons
from tests.eval.regression import Numbers, logistic

RANK_FILE = Path(service.__file__).parent / "rank.json"
ABSTAIN_FILE = Path(service.__file__).parent / "abstain.json"
# Scores are cosines; the softmax needs odds.
_SHARPNESS = 10.0
_RANK_PENALTY = 0.1
_LIST_STRENGTH = 0.1
# Not fitted either: the posts of this set hold hardly anything long, and few of its questions ask what something is. Of
# weights of `long` from -0.1 to -0.5 the last was best on `technical/`, and all gave the same on every other set. Those
# of `defines`, 0.4 and 0.6, gave the same on every set but for one answer, which was right with either.
_SET_OF_SENTENCES = {"long": -0.5, "defines": 0.6}


def main(steps: Sequence[str]) -> None:
    """Fit what is named in `STEPS`, or everything.

    :raises KeyError: when there is no such step.
    """
    for name in steps or STEPS:
        STEPS[name]()


def encoder() -> None:
    """Fit what encoder and reader learn of all training posts."""
    learned = fit_models.fit(lessons(TRAINING))
    fit_models.write_adapter(learned.adapter)
    fit_models.write_reader(learned.reader, known_digest(DEFAULT_MODEL))


def reader() -> None:
    """Fit the reader anew to what it meets in indexes of all training posts."""
    model, learned = fitted_network()
    cases: list[Case] = []
    projection: Projection | None = None
    for answerer, taught in _answering_training():
        own = answerer.retriever.generation.projection
        # Each index fits its own, to the same texts: one that came out otherwise would spoil what is learned.
        assert projection is None or np.array_equal(own.matrix, projection.matrix)
        projection = own
        cases += cases_of(answerer, taught, learned)
        print(f"{len(cases):,} questions to read for", file=sys.stderr)
    assert projection
    fit_models.write_reader(fit_reader.of_encoder(fit_reader.fit(cases), projection, learned), model)


def others() -> None:
    """Fit what encoder and reader learn of the training posts that are not set aside."""
    aside = {post.name for blog in set_aside(TRAINING / "posts") for post in blog}
    learned = fit_models.fit([lesson for lesson in lessons(TRAINING) if lesson.path not in aside])
    OTHERS_ADAPTER.parent.mkdir(parents=True, exist_ok=True)
    fit_models.write_adapter(learned.adapter, OTHERS_ADAPTER)
    fit_models.write_reader(learned.reader, "", OTHERS_READER)


def cross() -> None:
    """Fit the cross-encoder on what is met in indexes of all training posts."""
    cases: list[fit_cross.Case] = []
    for answerer, taught in _answering_training():
        cases += fit_cross.cases_of(answerer, taught)
        print(f"{len(cases):,} questions to read closely for", file=sys.stderr)
    fit_cross.write_cross(fit_cross.fit(cases))


def sentences() -> None:
    """Fit the weights of sentences."""
    with indexed(POSTS) as answerer:
        answerable = [e for e in examples(answerer, read_questions("fit")) if e.asked.answerable]
        _write_weights("sentence", _fit_sentences([e for e in answerable if not e.asked.kind.endswith("list")]))


def trust() -> None:
    """Fit how much the reader is trusted."""
    choices = []
    for one in sets_for_fitting():
        with indexed(one.posts) as answerer:
            answerable = [e for e in examples(answerer, one.questions) if e.asked.answerable]
            choices += _read([e for e in answerable if not e.asked.kind.endswith("list")], answerer)
    _write_weights("read", _fit_trust(choices))


def of_lists() -> None:
    """Fit the weights of lists, and when a list is shown."""
    with indexed(POSTS) as answerer:
        answerable = [e for e in examples(answerer, read_questions("fit")) if e.asked.answerable]
        _write_weights("list", _fit_lists([e for e in answerable if e.asked.kind.endswith("list")], answerer))
        choices = list(_choices(answerable, answerer, _reader(answerer)))
    taught = [one for one in read_training() if one.answerable]
    for answerer, reader, paths in answering_aside(TRAINING / "posts"):
        choices += _choices(examples(answerer, [one for one in taught if one.file in paths]), answerer, reader)
    _write_weights("prefer_list", _fit_preference(choices))


def decision() -> None:
    """Fit the decision to answer: with what the reader says; with what is read closely too, where that leaves doubts;
    and without both, for another model, which has not learned.
    """
    sets = sets_for_fitting()
    parts = []
    for one in sets:
        with indexed(one.posts) as answerer:
            parts.append(weighed(answerer, _reader(answerer), one))
    # With the technical set as well, what is off-topic would be told less surely.
    first = sets[0]
    with indexed(first.posts, as_published) as answerer:
        unread = weighed(answerer, None, first)
    decisions = fit_decision.decisions(Weighed.all(parts), unread)
    ABSTAIN_FILE.write_text(json.dumps(decisions, indent=1) + "\n", encoding="utf-8")


STEPS: dict[str, Callable[[], None]] = {
    "encoder": encoder,
    "sentences": sentences,
    "reader": reader,
    "others": others,
    "cross": cross,
    "trust": trust,
    "lists": of_lists,
    "decision": decision,
}


def _answering_training() -> Iterator[tuple[Answerer, list[tuple[Asked, list[str]]]]]:
    """Answers about each blog of the training posts, with the questions about it, as of `judge.read_taught`."""
    taught = read_taught(TRAINING)
    for blog in blogs(TRAINING / "posts"):
        names = {post.name for post in blog}
        with indexed_blog(blog) as answerer:
            yield answerer, [one for one in taught if one[0].file in names]


def _fit_sentences(examples: Sequence[Example]) -> dict[str, float]:
    names = [f.name for f in fields(Features) if f.name not in _SET_OF_SENTENCES]
    choices = []
    for example in examples:
        candidates = rank.rank(example.question, example.ranking)
        choices.append(
            (
                np.array([[getattr(c.features, name) for name in names] for c in candidates]),
                np.array([example.asked.answered_by(c.text) for c in candidates]),
            )
        )
    weights = _listwise(choices, names) | _SET_OF_SENTENCES
    return {f.name: weights[f.name] for f in fields(Features)}


def _read(examples: Sequence[Example], answerer: Answerer) -> list[tuple[Numbers, Floats, NDArray[np.bool_]]]:
    """Of each question, (read,) each: the scores of what is read, what the reader says of it, and which answers."""
    reader = _reader(answerer)
    choices = []
    for example in examples:
        candidates = rank.rank(example.question, example.ranking)
        said = reader.read(example.ranking, candidates).scores
        read = candidates[: len(said)]
        scored = np.array([c.score for c in read])
        choices.append((scored, said, np.array([example.asked.answered_by(c.text) for c in read])))
    return choices


def _fit_trust(choices: Sequence[tuple[Numbers, Floats, NDArray[np.bool_]]]) -> dict[str, float]:
    """How much of what the reader says is added to the score of a sentence."""

    def loss(trust: float) -> float:
        every = [(_SHARPNESS * (scored + trust * said), right) for scored, said, right in choices if right.any()]
        return sum(float(logsumexp(scores) - logsumexp(scores[right])) for scores, right in every)

    return {"said": float(minimize_scalar(loss, bounds=(0, 1), method="bounded").x)}


def _fit_lists(examples: Sequence[Example], answerer: Answerer) -> dict[str, float]:
    choices = []
    for example in examples:
        found = list(lists.find_lists(example.ranking, answerer.source))
        choices.append(
            (
                np.array([list(asdict(c.features).values()) for c in found]),
                np.array([_answers(example, list_evidence(c, LIST_ROOM_WORDS)) for c in found]),
            )
        )
    return _listwise(choices, [f.name for f in fields(lists.ListFeatures)])


def _choices(
    examples: Iterable[Example], answerer: Answerer, reader: Reader
) -> Iterator[tuple[lists.PreferenceFeatures, bool]]:
    """Whether the list answers, for the questions that either the best list or the best sentence does, and not both.

    :param reader: has its say in which sentences are quoted.
    """
    for example in examples:
        candidates = rank.rank(example.question, example.ranking)
        listed = next(lists.find_lists(example.ranking, answerer.source), None)
        if not listed or not candidates:
            continue
        with mock.patch.object(select, "prefers_list", return_value=False):
            reading = reader.read(example.ranking, candidates)
            sentences = select.select(example.question, example.ranking, candidates, answerer.source, reading)
        by_list = _answers(example, select.shown_of(example.question, listed))
        if by_list != _answers(example, sentences):
            yield lists.preference_features(example.question, listed, candidates[0]), by_list


def _fit_preference(choices: Sequence[tuple[lists.PreferenceFeatures, bool]]) -> dict[str, float]:
    rows = np.array([list(asdict(features).values()) for features, _ in choices])
    listed = np.array([by_list for _, by_list in choices])
    print(f"{listed.sum()} of {len(listed)} questions are answered by the list", file=sys.stderr)
    intercept, coefficients = logistic(rows, listed, np.ones(len(rows)), _LIST_STRENGTH, np.ones(rows.shape[1]))
    names = [f.name for f in fields(lists.PreferenceFeatures)]
    return {"intercept": intercept, **dict(zip(names, coefficients.tolist(), strict=True))}


def _reader(answerer: Answerer) -> Reader:
    reader = Reader.of(answerer.retriever.generation)
    assert reader
    return reader


def _listwise(choices: Sequence[tuple[Numbers, NDArray[np.bool_]]], names: Sequence[str]) -> dict[str, float]:
    """The weights with which the right ones of each choice get the greatest share of a softmax."""
    usable = [(values, right) for values, right in choices if len(right) and right.any()]

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        total, slope = 0.0, np.zeros(len(weights))
        for values, right in usable:
            scores = _SHARPNESS * values @ weights
            shares = np.exp(scores - logsumexp(scores))
            of_right = np.exp(scores[right] - logsumexp(scores[right]))
            total += float(logsumexp(scores) - logsumexp(scores[right]))
            slope += _SHARPNESS * (shares @ values - of_right @ values[right])
        penalty = _RANK_PENALTY * float(weights @ weights)
        return total / len(usable) + penalty, slope / len(usable) + 2 * _RANK_PENALTY * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return dict(zip(names, found.x.tolist(), strict=True))


def _answers(example: Example, evidence: Evidence) -> bool:
    text = " ".join(quote.text for quote in evidence.all_quotes)
    return example.asked.answered_by(text) and len(text.split()) + 2 * len(evidence.all_quotes) <= example.asked.limit


def _write_weights(of: str, weights: dict[str, float]) -> None:
    known = json.loads(RANK_FILE.read_text(encoding="utf-8"))
    known[of] = {name: round(weight, 3) for name, weight in weights.items()}
    RANK_FILE.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    rank.fitted_weights.cache_clear()


if __name__ == "__main__":
    main(sys.argv[1:])
