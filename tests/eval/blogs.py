"""Blogs to fit on and to measure with, each indexed by an encoder that may know their posts, or does not."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index import BuildSettings, Retriever, build_index
from index.adapter import UNCHANGED, read_adapter
from index.embed import PassageEncoder
from service.answer import Answerer
from service.reader import Reader, read_network
from tests.eval.judge import HERE

# What is fitted on posts that encoder and reader have learned from would trust them too much. Here is kept what they
# learn of all others than those that are set aside.
_OTHERS = HERE.parents[1] / "build/fit"
OTHERS_ADAPTER, OTHERS_READER = _OTHERS / "adapter.json", _OTHERS / "reader.json"
# Questions are put to one post of a blog, so that its size tells only how rare its words are.
_BLOG_POSTS = 30


@contextmanager
def indexed(posts: Path, load_encoder: Callable[[Path], PassageEncoder] = PassageEncoder) -> Iterator[Answerer]:
    """Answers about the posts, from an index of their own."""
    with tempfile.TemporaryDirectory() as folder:
        build_index(BuildSettings(posts, Path(folder)), load_encoder=load_encoder)
        yield Answerer(Retriever.open(Path(folder)))


def as_published(folder: Path) -> PassageEncoder:
    """The encoder before it has learned of questions. What it indexes names the one that has, whose reader must not
    be asked.
    """
    return PassageEncoder(folder, UNCHANGED)


def blogs(posts: Path) -> list[list[Path]]:
    """The posts as blogs of `_BLOG_POSTS` each."""
    found = sorted(posts.glob("*.md"))
    count = -(-len(found) // _BLOG_POSTS)
    return [found[number::count] for number in range(count)]


def set_aside(posts: Path) -> list[list[Path]]:
    """Every other blog."""
    return blogs(posts)[::2]


@contextmanager
def indexed_blog(
    blog: Iterable[Path], load_encoder: Callable[[Path], PassageEncoder] = PassageEncoder
) -> Iterator[Answerer]:
    """Answers about these posts of a folder, from an index of their own."""
    with tempfile.TemporaryDirectory() as copies:
        for post in blog:
            shutil.copy(post, copies)
        with indexed(Path(copies), load_encoder) as answerer:
            yield answerer


def answering_aside(posts: Path) -> Iterator[tuple[Answerer, Reader, set[str]]]:
    """Answers about each of the blogs that are set aside, with their reader, and the names of its posts.

    Encoder and reader have not learned from them, as they have not from the posts that somebody asks about.
    """
    adapter, (_, network) = read_adapter(OTHERS_ADAPTER), read_network(OTHERS_READER)
    for blog in set_aside(posts):
        with indexed_blog(blog, lambda folder: PassageEncoder(folder, adapter)) as answerer:
            yield answerer, Reader.on(answerer.retriever.generation.projection, network), {post.name for post in blog}
