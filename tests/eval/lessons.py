"""What encoder and reader learn from: posts as word pieces, with questions and the sentences that answer each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.chunk import ChunkSettings, chunk
from index.embed import DEFAULT_MODEL, find_model, sample_texts
from index.embedded_text import embedded_texts, text_starts
from index.late import piece_weights
from index.lexical import loudness
from index.reading import read_posts
from index.types import Floats, Passage
from service.features import may_answer, read_before
from service.question import understand
from tests.eval.judge import fold, read_taught

# As many as the model reads at once, less the two special ones.
_READ_PIECES = 254


@dataclass(frozen=True, slots=True)
class Page:
    """A passage below its title and headings.

    `pieces`: its word pieces; `segments`: of each piece the number of its sentence, -1 for title and headings.
    `header`: of each sentence the number of its table's header, -1 for those that are no rows. `is_heading` and
    `may_answer` tell of each sentence; headings, questions, the headers of tables and what is not read
    are no answers.
    """

    pieces: NDArray[np.int64]
    segments: NDArray[np.int64]
    header: NDArray[np.int64]
    is_heading: NDArray[np.bool_]
    may_answer: NDArray[np.bool_]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """(1 + sentences,) how many pieces title and headings have, and each sentence; 0 for one that was left out."""
        return np.bincount(self.segments + 1, minlength=1 + len(self.may_answer))

    @property
    def before(self) -> NDArray[np.int64]:
        """(sentences,) the number of what is read right before each: a row's header, else the sentence before; -1 where
        nothing is.
        """
        numbers = np.full(len(self.may_answer), -1)
        is_read = self.lengths[1:] > 0
        read = np.flatnonzero(is_read)
        numbers[read[1:]] = read[:-1]
        rows = np.flatnonzero(self.header >= 0)
        numbers[rows] = np.where(is_read[self.header[rows]], self.header[rows], -1)
        return numbers

    def without(self, sentences: NDArray[np.bool_]) -> Page:
        """The page as it would be without these sentences; those that are left keep their numbers."""
        kept = (self.segments < 0) | ~sentences[self.segments]
        return Page(
            self.pieces[kept],
            self.segments[kept],
            self.header,
            self.is_heading & ~sentences,
            self.may_answer & ~sentences,
        )


@dataclass(frozen=True, slots=True)
class Exercise:
    """A question's word pieces, and how much each counts as a word, whatever the posts are about; `right` tells of each
    sentence of the post's pages whether it answers, none does where the post does not say.
    """

    pieces: NDArray[np.int64]
    loudness: Floats
    right: tuple[NDArray[np.bool_], ...]

    @property
    def answerable(self) -> bool:
        """Whether the post says it."""
        return any(page.any() for page in self.right)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A post and what is asked about it."""

    path: str
    pages: tuple[Page, ...]
    exercises: tuple[Exercise, ...]


def lessons(folder: Path) -> list[Lesson]:
    """A lesson for each post in `posts/`, with its questions of `questions.jsonl` and `lists.jsonl`."""
    tokenizer = _tokenizer()
    asked: dict[str, list[tuple[NDArray[np.int64], Floats, list[str]]]] = {}
    for one, evidence in read_taught(folder):
        question = understand(one.turns[-1], one.turns[:-1])
        if one.file and not question.topic and question.kind != "unclear":
            read = tokenizer.encode(question.text, add_special_tokens=False)
            heard = loudness(question.text, np.array(read.offsets))
            asked.setdefault(one.file, []).append((np.array(read.ids), heard, evidence))
    made = []
    with read_posts(folder / "posts", None, None, ChunkSettings(), None, lambda *_: None).posts as posts:
        for post, _ in posts:
            passages = chunk(post)
            pages = tuple(_page(post.title, passage, tokenizer) for passage in passages)
            made.append(Lesson(post.path, pages, tuple(_exercises(asked.get(post.path, ()), passages, pages))))
    return made


def weights_of(taught: Iterable[Lesson]) -> Floats:
    """(vocabulary,) float32: how much each word piece counts, by the sentences of all posts."""
    sentences = [
        np.unique(page.pieces[page.segments == number])
        for lesson in taught
        for page in lesson.pages
        for number in range(len(page.may_answer))
    ]
    return piece_weights(
        np.bincount(np.concatenate(sentences), minlength=_tokenizer().get_vocab_size()), len(sentences)
    )


def sample_pieces() -> list[NDArray[np.int64]]:
    """The word pieces of the texts that the index's projection is fitted to."""
    tokenizer = _tokenizer()
    texts = sample_texts(tokenizer.get_vocab())
    return [np.array(read.ids) for read in tokenizer.encode_batch(texts, add_special_tokens=False)]


def _tokenizer() -> Tokenizer:
    tokenizer: Tokenizer = Tokenizer.from_file(str(find_model(DEFAULT_MODEL) / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _exercises(
    asked: Iterable[tuple[NDArray[np.int64], Floats, list[str]]], passages: Sequence[Passage], pages: Sequence[Page]
) -> Iterable[Exercise]:
    said = [[fold(passage.quote(sentence)) for sentence in passage.sentences] for passage in passages]
    for pieces, heard, evidence in asked:
        found = [np.array([any(one in text for one in evidence) for text in texts], bool) for texts in said]
        exercise = Exercise(pieces, heard, tuple(own & page.may_answer for own, page in zip(found, pages, strict=True)))
        if exercise.answerable or not evidence:
            yield exercise


def _page(title: str, passage: Passage, tokenizer: Tokenizer) -> Page:
    read = tokenizer.encode(embedded_texts(title, passage)[0], add_special_tokens=False)
    begins = np.array([start for start, _ in read.offsets])
    starts = np.searchsorted(begins, text_starts(title, passage))
    segments = np.searchsorted(starts, np.arange(len(begins)), side="right") - 2
    segments = segments[:_READ_PIECES]
    numbers = np.arange(len(passage.sentences))
    above = [read_before(passage, number) if one.header else None for number, one in enumerate(passage.sentences)]
    return Page(
        np.array(read.ids)[:_READ_PIECES],
        segments,
        np.array([-1 if header is None else header for header in above]),
        np.array([sentence.kind == "heading" for sentence in passage.sentences]),
        np.isin(numbers, may_answer(passage)) & np.isin(numbers, segments),
    )
