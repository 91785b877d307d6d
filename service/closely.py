"""Reads the best sentence together with the question, by the cross-encoder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index import CrossEncoder, Excerpt, PostCard
from service.features import read_before
from service.rank import Candidate
from service.reader import Reading
from service.reread import reread


def read_closely(
    cross: CrossEncoder, question: str, ranked: Sequence[Candidate], reading: Reading, cards: Mapping[str, PostCard]
) -> float:
    """The log odds that the sentence answers which ranker and reader put first together; any number.

    It is the one that is quoted first, but for a row: in its place another one of its table may be.

    :param question: the stand-alone one.
    :param ranked: from `rank.rank`, with what the reader says.
    :param cards: of the posts, by id.
    """
    return cross.odds(question, excerpt_of(reread(ranked, reading)[0], cards))


def excerpt_of(candidate: Candidate, cards: Mapping[str, PostCard]) -> Excerpt:
    """The sentence with what a reader sees above it."""
    passage = candidate.hit.passage
    before = read_before(passage, candidate.index)
    return Excerpt(
        heading=passage.heading[-1] if passage.heading else cards[passage.post].title,
        before="" if before is None else passage.quote(passage.sentences[before]),
        sentence=candidate.text,
    )
