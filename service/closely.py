"""Reads the best sentence closely, together with the question, where all else leaves it open whether that answers."""

from __future__ import annotations

from collections.abc import Mapping

from index import Place, PostCard
from service.features import read_before
from service.rank import Candidate


def place_of(candidate: Candidate, cards: Mapping[str, PostCard]) -> Place:
    """The sentence with what a reader sees above it.

    :param cards: of the posts, by id.
    """
    passage = candidate.hit.passage
    before = read_before(passage, candidate.index)
    return Place(
        heading=passage.heading[-1] if passage.heading else cards[passage.post].title,
        before="" if before is None else passage.quote(passage.sentences[before]),
        sentence=candidate.text,
    )
