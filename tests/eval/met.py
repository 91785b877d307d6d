"""What is met for questions about training posts: the best sentences, and which of them answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index import Ranking
from service.answer import Answerer
from service.rank import Candidate, rank
from tests.eval.examples import examples
from tests.eval.judge import Asked, fold

# So many sentences are kept of each question: some take the place of those that answer when these are taken away, and
# an answer among the last is read in place of another.
KEPT_SENTENCES = 8
# So often the sentences that answer are taken away. What is left may answer in other words, and keeps how well the
# whole passage and what leads in to a sentence matched before, so that this counts less.
REMOVED_SHARE, REMOVED_WEIGHT = 0.15, 0.3
# So many questions bring one that is put to another post: what is off the topic has to be told too, and easily is.
_CROSSED, _CROSSED_EACH, _CROSSED_WEIGHT = "crossed", 8, 0.5


@dataclass(frozen=True, slots=True)
class Met:
    """What was found for a question. `best`: the best sentences; `right`: whether each answers; `weight`: how much the
    question counts.
    """

    ranking: Ranking
    best: tuple[Candidate, ...]
    right: tuple[bool, ...]
    weight: float


def met(answerer: Answerer, taught: Sequence[tuple[Asked, list[str]]]) -> Iterator[Met]:
    """What is met for these questions, but for those whose answer is not among the best sentences; and for some that
    are put to another post, which does not answer them.

    :param taught: each with pieces of the sentences that answer it, as of `judge.read_taught`.
    """
    evidence = {asked.id: pieces for asked, pieces in taught}
    asked = [one for one, _ in taught]
    for example in examples(answerer, [*asked, *crossed(asked)]):
        own = example.asked.kind != _CROSSED
        best = tuple(rank(example.question, example.ranking)[:KEPT_SENTENCES])
        pieces = evidence[example.asked.id] if own else []
        right = tuple(any(one in fold(candidate.text) for one in pieces) for candidate in best)
        if best and any(right) == example.asked.answerable:
            yield Met(example.ranking, best, right, 1.0 if own else _CROSSED_WEIGHT)


def crossed(asked: Sequence[Asked]) -> list[Asked]:
    """Every so many of the questions about one post, put to another one."""
    files = sorted({str(one.file) for one in asked})
    if len(files) == 1:
        return []
    return [
        replace(
            one,
            kind=_CROSSED,
            answerable=False,
            file=files[(files.index(str(one.file)) + 1 + number % (len(files) - 1)) % len(files)],
        )
        for number, one in enumerate(asked[::_CROSSED_EACH])
    ]
