"""A generation without some of its sentences: what would be found if the posts did not say them.

For measuring whether a question is declined once its evidence is gone. Nothing on disk changes: the passages that lose
sentences are embedded again by the exported encoder, and words and word pieces are counted as if the sentences had
never been there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.cut import Cut, Span
from index.embedded_text import embedded, embedded_texts
from index.late import piece_frequencies, piece_weights
from index.lexical import Lexical, words
from index.postings import Postings
from index.store import Embedded, Generation, Vectors
from index.types import Encoder, Floats, Passage, Post

_KEPT_TEXTS = 20_000


def without(whole: Generation, cuts: Mapping[str, Sequence[Span]], encoder: Encoder) -> Generation:
    """The generation as it would be without these sentences; its rows are those of the whole.

    :param cuts: the spans of whole sentences by the id of their post.
    :param encoder: encodes passages.
    :raises KeyError: when there is no such post.
    """
    return _Reduced(whole, cuts, encoder)


class _Reduced(Generation):
    """A passage that lost all its sentences keeps its row and is found by no question."""

    def __init__(self, whole: Generation, cuts: Mapping[str, Sequence[Span]], encoder: Encoder) -> None:
        # Everything else is the whole generation's own; nothing of it is written to.
        self.__dict__.update(whole.__dict__)
        self._whole = whole
        self._own_posts: dict[str, Post] = {}
        self._own_passages: dict[int, Passage | None] = {}
        self._own_embedded: dict[int, Embedded] = {}
        lost = [pieces for post, spans in cuts.items() for pieces in self._cut(post, spans, encoder)]
        gone = {row for row, left in self._own_passages.items() if left is None}
        self.vectors = _ReducedVectors(whole, self._own_embedded, gone)
        self.lexical = self._count_words()
        self.piece_weights = _less_frequent(whole, lost)

    def post(self, post: str) -> Post | None:
        return self._own_posts.get(post) or self._whole.post(post)

    def posts(self) -> Iterator[Post]:
        return (self._own_posts.get(post.id, post) for post in self._whole.posts())

    def passage(self, row: int) -> Passage:
        return self._own_passages.get(row) or self._whole.passage(row)

    def tokens(self, rows: Sequence[int]) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
        tokens, starts, length = [], [], 0
        for row in rows:
            own = self._own_embedded.get(row)
            vectors, begins = (own.tokens, own.starts) if own else self._whole.tokens([row])
            tokens.append(vectors)
            starts.append(begins + length)
            length += len(vectors)
        return np.concatenate(tokens), np.concatenate(starts)

    def _cut(self, post: str, spans: Sequence[Span], encoder: Encoder) -> Iterator[NDArray[np.int32]]:
        """Cut the post, and give the word pieces of each sentence that is lost."""
        whole = self._whole.post(post)
        if whole is None:
            raise KeyError(post)
        cut = Cut(whole, spans)
        self._own_posts[post] = cut.post
        for row in self._whole.rows(post):
            before = self._whole.passage(row)
            left = self._own_passages[row] = cut.passage(before)
            yield from _lost_pieces(self._whole, row, before, spans)
            if left and embedded_texts(whole.title, left) != embedded_texts(whole.title, before):
                encodings = encoder.encode(embedded_texts(whole.title, left))
                self._own_embedded[row] = embedded(whole.title, left, iter(encodings), self.projection)

    def _count_words(self) -> Lexical:
        body, head = Postings(), Postings()
        try:
            for row in range(len(self)):
                passage = self._own_passages.get(row, self._whole.passage(row))
                title = self.cards[passage.post].title if passage else ""
                body.add(_words(passage.text) if passage else ())
                head.add(_words(" ".join((title, *passage.heading))) if passage else ())
            return Lexical(body.index(), head.index(), len(self))
        finally:
            body.close()
            head.close()


class _ReducedVectors(Vectors):
    """The vectors of the whole, but for the rows that were embedded again or are gone."""

    def __init__(self, whole: Generation, own: Mapping[int, Embedded], gone: set[int]) -> None:
        self._whole, self._own, self._gone = whole.vectors, own, gone

    def nearest(self, query: Floats, limit: int, within: range) -> NDArray[np.int64]:
        """At most `limit` rows of the range, the nearest to the (dim,) query first."""
        changed = self._gone | set(self._own)
        found = self._whole.nearest(query, limit + len(changed), within)
        rows = np.array(
            [*(r for r in found if int(r) not in changed), *(r for r in self._own if r in within)], np.int64
        )
        return rows[np.argsort(-(self.rows(rows) @ query), kind="stable")][:limit] if len(rows) else rows

    def rows(self, rows: NDArray[np.int64]) -> Floats:
        """(n, dim) float32: the vectors of the rows."""
        vectors = self._whole.rows(rows)
        for place, row in enumerate(rows.tolist()):
            if row in self._own:
                vectors[place] = self._own[row].vector
        return vectors


def _lost_pieces(whole: Generation, row: int, passage: Passage, spans: Sequence[Span]) -> Iterator[NDArray[np.int32]]:
    pieces = whole.pieces(row)
    _, starts = whole.tokens([row])
    ends = [*starts[1:].tolist(), len(pieces)]
    for sentence, start, end in zip(passage.sentences, starts[1:].tolist(), ends[1:], strict=True):
        if any(first <= sentence.start and sentence.end <= last for first, last in spans):
            yield pieces[start:end]


def _less_frequent(whole: Generation, lost: Iterable[NDArray[np.int32]]) -> Floats:
    """The weights of the word pieces, where these sentences no longer hold theirs."""
    sentences = whole.manifest.sentences
    frequencies = piece_frequencies(whole.piece_weights, sentences)
    removed = 0
    for pieces in lost:
        frequencies[np.unique(pieces)] -= 1
        removed += 1
    return piece_weights(np.maximum(frequencies, 0), sentences - removed)


@lru_cache(_KEPT_TEXTS)
def _words(text: str) -> tuple[str, ...]:
    return tuple(words(text))
