"""What the reader learns from: questions with the best sentences found for each, and which of them answer.

Each answerable question is asked a second time of its post without the sentences that answer it.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from index import BuildSettings, ExportedEncoder, Floats, Projection, Retriever, build_index
from index.adapter import UNCHANGED, read_adapter
from index.embed import DEFAULT_MODEL, PassageEncoder, find_model
from service.answer import Answerer
from service.evaluation.questions import Asked
from service.evaluation.removal import without_evidence
from service.question import understand
from service.rank import rank
from service.reader import READ_SENTENCES, Page, pages_of
from tests.eval.judge import HERE, fold, read_taught

# To take evidence out of a blog takes as long as the blog is.
_BLOG_POSTS = 30
# What is fitted on posts that the encoder has learned from would trust it too much.
_HALVES = 2
# Of the questions about one post, this share is also put to the whole blog, and this share to another post, which
# does not answer it.
_WIDE_SHARE = _CROSSED_SHARE = 0.25
# A post of another subject is easily told; too many of them would teach little else.
CROSSED_WEIGHT = 0.5
# What is left of a post may answer in other words, so that its questions are declined less surely than others.
REMOVED_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class Example:
    """One question as the reader meets it; `right` tells of each page whether it answers."""

    asked: np.ndarray
    pages: tuple[Page, ...]
    right: tuple[bool, ...]
    weight: float


@contextmanager
def indexed(posts: Path, load_encoder: Callable[[Path], PassageEncoder] = PassageEncoder) -> Iterator[Answerer]:
    """Answers about the posts, from an index of their own."""
    with tempfile.TemporaryDirectory() as folder:
        build_index(BuildSettings(posts, Path(folder)), load_encoder=load_encoder)
        yield Answerer(Retriever.open(Path(folder)))


def as_published(folder: Path) -> PassageEncoder:
    """The encoder before it has learned of questions; what it indexes names the one that has, and has no reader."""
    return PassageEncoder(folder, UNCHANGED)


def blogs(posts: Path) -> list[list[Path]]:
    """The posts as blogs of `_BLOG_POSTS` posts each."""
    found = sorted(posts.glob("*.md"))
    count = -(-len(found) // _BLOG_POSTS)
    return [found[number::count] for number in range(count)]


def halves(posts: Path) -> tuple[set[str], set[str]]:
    """The names of the posts, those of every other blog."""
    first, second = (
        {post.name for blog in blogs(posts)[number::_HALVES] for post in blog} for number in range(_HALVES)
    )
    return first, second


def half_file(number: int) -> Path:
    """Where is kept what the encoder learns of the posts that are not in this half."""
    return HERE.parents[1] / "build/fit" / f"without-{number}.json"


@contextmanager
def answering(posts: Path, number: int) -> Iterator[tuple[Answerer, set[str]]]:
    """Answers about the blog of this number, with the names of its posts.

    The encoder has not learned from them, as it has not from the posts that somebody asks about.
    """
    own = blogs(posts)[number]
    adapter = read_adapter(half_file(number % _HALVES))
    with tempfile.TemporaryDirectory() as copies:
        for post in own:
            shutil.copy(post, copies)
        with indexed(Path(copies), lambda folder: _Encoder(folder, adapter)) as answerer:
            yield answerer, {post.name for post in own}


class _Encoder(PassageEncoder):
    """One with other changes than the published one, and its projection."""

    def sample_tokens(self) -> Floats:
        return _published_tokens()


@cache
def _published_tokens() -> Floats:
    return PassageEncoder(find_model(DEFAULT_MODEL)).sample_tokens()


def examples(folder: Path) -> tuple[list[Example], Projection, str]:
    """What the questions of a folder of posts teach, the projection of its vectors, and the digest of their model.

    `posts/` is made into blogs of `_BLOG_POSTS`; `questions.jsonl` names what answers a question as `evidence`.
    """
    numbers = range(len(blogs(folder / "posts")))
    taught = []
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for one in pool.map(_of_blog, repeat(folder), numbers):
            taught.append(one)
            print(f"blog {len(taught)} of {len(numbers)}", file=sys.stderr)
    _, projection, digest = taught[-1]
    return [example for found, *_ in taught for example in found], projection, digest


def _of_blog(folder: Path, number: int) -> tuple[list[Example], Projection, str]:
    with answering(folder / "posts", number) as (answerer, paths):
        generation = answerer.retriever.generation
        found = list(_examples(answerer, [one for one in read_taught(folder) if one[0].file in paths], seed=number))
        return found, generation.projection, generation.manifest.model_digest


def _examples(answerer: Answerer, questions: Iterable[tuple[Asked, list[str]]], seed: int) -> Iterator[Example]:
    chance = random.Random(seed)
    encoder = ExportedEncoder(answerer.retriever.generation.encoder)
    ids = {card.path: card.id for card in answerer.cards.values()}
    for asked, evidence in questions:
        assert asked.file
        own = ids[asked.file]
        scopes = (own, None) if chance.random() < _WIDE_SHARE else (own,)
        for post in scopes:
            yield from _example(answerer, asked, evidence, post, 1.0)
        if reduced := asked.answerable and without_evidence(answerer, asked, own, encoder):
            for post in scopes:
                yield from _example(reduced, replace(asked, answerable=False), [], post, REMOVED_WEIGHT)
        if chance.random() < _CROSSED_SHARE:
            other = chance.choice([post for post in ids.values() if post != own])
            yield from _example(answerer, replace(asked, answerable=False), [], other, CROSSED_WEIGHT)


def _example(
    answerer: Answerer, asked: Asked, evidence: list[str], post: str | None, weight: float
) -> Iterator[Example]:
    question = understand(asked.turns[-1], asked.turns[:-1], answerer.retriever.correct)
    if question.topic or question.kind == "unclear":
        return
    ranking = answerer.rank(question.text, post)
    ranked = rank(question, ranking)
    if not ranked:
        return
    scale = answerer.retriever.generation.projection.scale
    right = tuple(any(piece in fold(one.text) for piece in evidence) for one in ranked[:READ_SENTENCES])
    if asked.answerable and not any(right):
        return
    yield Example(ranking.asked / scale, tuple(pages_of(ranked, scale)), right, weight)
