"""Question → ranked passages: dense and BM25 fused, then each sentence of the best matched by late interaction."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.cross import CROSS_FILE, CrossEncoder
from index.encode import DEFAULT_PRECISION, OnnxEncoder, Precision
from index.late import align, shares, weigh
from index.lexical import loudness
from index.spelling import Speller
from index.store import Generation, open_index
from index.types import Encoding, Floats, Hit, Passage, QueryEncoder, Ranking

# How many passages each ranking may propose, and how many of the fused ones are read sentence by sentence: with 14 of
# them, seven of 3,795 questions were judged otherwise.
_PROPOSED_PASSAGES = 50
_READ_PASSAGES = 10
_DENSE_SHARE = 0.5
# A passage's final score: this much from its best sentence, the rest from the fused ranking.
_MATCH_SHARE = 0.7


class Retriever:
    """Ranks the passages of one generation; safe to use from several threads.

    `cross`: the cross-encoder that was exported with the encoder, for whoever reads what is found; None for none.
    """

    def __init__(self, generation: Generation, encoder: QueryEncoder, cross: CrossEncoder | None = None) -> None:
        self.generation = generation
        self.cross = cross
        self._encoder = encoder
        said = generation.words
        # An index of an earlier version has not counted its words.
        self._speller = Speller(said, encoder.knows) if said else None

    @classmethod
    def open(cls, index: Path, before: Retriever | None = None, precision: Precision = DEFAULT_PRECISION) -> Retriever:
        """A retriever on the live generation of the index folder, with the encoder that was exported into it.

        :param before: of the same precision; shares its encoders when those of the generation are the same: they hold
            most of the memory.
        :param precision: of the encoder that reads questions.
        :raises IndexMissingError: when there is no index.
        :raises IndexDamagedError: when it cannot be trusted.
        """
        return cls.of(open_index(index), before, precision)

    @classmethod
    def of(
        cls, generation: Generation, before: Retriever | None = None, precision: Precision = DEFAULT_PRECISION
    ) -> Retriever:
        """A retriever on the generation, with the encoder that was exported into it; the others as in `open`."""
        if before and before.generation.encoder_digests == generation.encoder_digests:
            return cls(generation, before._encoder, before.cross)
        encoder = OnnxEncoder(generation.encoder, precision)
        graph = generation.encoder / CROSS_FILE
        cross = CrossEncoder(graph, encoder.cut, encoder.settings.cross) if graph.exists() else None
        return cls(generation, encoder, cross)

    def close(self) -> None:
        """Let go of the encoders and of the generation's files; nothing may be asked any more."""
        del self._encoder, self._speller, self.cross
        self.generation.close()

    def correct(self, question: str) -> str:
        """The question with the words that are misspelt as the posts spell them; as it is when there are none."""
        return self._speller.correct(question) if self._speller else question

    def encode(self, question: str) -> Encoding:
        """What the encoder makes of the question."""
        return next(iter(self._encoder.encode([question])))

    def retrieve(
        self, question: str, post: str | None = None, limit: int = _READ_PASSAGES, encoding: Encoding | None = None
    ) -> Ranking:
        """At most `limit` hits, best first, from the post with this id or from all.

        :param encoding: of the question, when it has been made already.
        :raises KeyError: when there is no such post.
        """
        rows = self.generation.rows(post)
        encoding = encoding or self.encode(question)
        found = self._fuse(question, encoding, rows)
        best = np.argsort(-found.fused, kind="stable")[: max(_READ_PASSAGES, limit)]
        weights = shares(self._weights(encoding.pieces) * loudness(question, encoding.spans))
        asked = self.generation.projection.ask(encoding.tokens)
        dense_ranks, lexical_ranks = _ranks(found.dense, best), _ranks(found.lexical, best)
        hits = [
            Hit(
                passage=read.passage,
                score=_MATCH_SHARE * read.match + (1 - _MATCH_SHARE) * float(found.fused[i]),
                match=read.match,
                dense=float(found.dense[i]),
                lexical=float(found.lexical[i]),
                dense_rank=dense_rank,
                lexical_rank=lexical_rank,
                alignment=read.alignment[1:],
                context=read.alignment[0],
                tokens=read.tokens,
                starts=read.starts[1:],
            )
            for i, read, dense_rank, lexical_rank in zip(
                best.tolist(), self._read(asked, weights, found.rows[best]), dense_ranks, lexical_ranks, strict=True
            )
        ]
        hits.sort(key=lambda hit: -hit.score)
        return Ranking(question, tuple(hits[:limit]), weights, encoding.spans, asked)

    def _fuse(self, question: str, encoding: Encoding, rows: range) -> _Found:
        """The passages that either ranking proposes."""
        near = self.generation.vectors.nearest(encoding.vector, _PROPOSED_PASSAGES, rows)
        all_lexical = self.generation.lexical.scores(question)[rows.start : rows.stop]
        proposed = min(_PROPOSED_PASSAGES, len(rows))
        top = np.argpartition(-all_lexical, proposed - 1)[:proposed]
        found = np.union1d(near, top[all_lexical[top] > 0] + rows.start)
        lexical = all_lexical[found - rows.start]
        dense = self.generation.vectors.rows(found) @ encoding.vector
        fused = _DENSE_SHARE * _min_max(dense) + (1 - _DENSE_SHARE) * _min_max(lexical)
        return _Found(found, fused, dense, lexical)

    def _weights(self, pieces: NDArray[np.int64]) -> Floats:
        """How much each piece of the question counts; one that no post holds counts as the rarest."""
        known = self.generation.piece_weights
        return np.where(pieces < len(known), known[np.minimum(pieces, len(known) - 1)], known.max())

    def _read(self, asked: Floats, weights: Floats, rows: NDArray[np.int64]) -> list[_Read]:
        """What the passages hold, each aligned with the question."""
        numbers = rows.tolist()
        passages = [self.generation.passage(row) for row in numbers]
        tokens, starts = self.generation.tokens(numbers)
        alignment = align(asked, tokens, starts)
        matches = weigh(alignment, weights)
        ends = np.append(starts, len(tokens))
        read, first = [], 0
        for passage in passages:
            last = first + 1 + len(passage.sentences)
            begin = ends[first]
            own = tokens[begin : ends[last]]
            match = float(matches[first + 1 : last].max())
            read.append(_Read(passage, match, alignment[first:last], own, ends[first : last + 1] - begin))
            first = last
        return read


@dataclass(frozen=True, slots=True)
class _Found:
    rows: NDArray[np.int64]
    fused: Floats
    dense: Floats
    lexical: Floats


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage, how its best sentence matches, its alignment and its token vectors; in these its context comes first,
    then its sentences.
    """

    passage: Passage
    match: float
    alignment: Floats
    tokens: NDArray[np.int8]
    starts: NDArray[np.int64]


def _ranks(scores: Floats, places: NDArray[np.int64]) -> list[int]:
    """Of the scores in these places, how many are higher, from 1."""
    ranks: list[int] = (1 + (scores > scores[places, None]).sum(axis=1)).tolist()
    return ranks


def _min_max(scores: Floats) -> Floats:
    """The scores stretched to 0 to 1 (Lee, 1997); all 0 when they are equal."""
    low, high = float(scores.min()), float(scores.max())
    return np.asarray((scores - low) / (high - low) if high > low else np.zeros_like(scores), dtype=np.float32)
