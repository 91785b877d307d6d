"""The program that makes an index: read → chunk → embed → store."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from operator import eq
from pathlib import Path
from typing import Protocol

import numpy as np

from index.chunk import ChunkSettings, chunk
from index.discover import find_posts
from index.embed import DEFAULT_MODEL, PassageEncoder, find_model, model_digest
from index.errors import ContentError, IndexDamagedError, IndexMissingError, PostError
from index.late import fit_projection
from index.parse import parse_post, read_site
from index.store import (
    FORMAT,
    Draft,
    Generation,
    Manifest,
    add_suggestions,
    build_lock,
    new_folder,
    open_index,
    publish,
)
from index.suggest import Suggestion, suggest
from index.types import Encoder, Encoding, Floats, Notice, Passage, Post


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """What to index, where to, and how."""

    content: Path
    index: Path
    model: str = DEFAULT_MODEL
    generator: str | None = None
    site_url: str | None = None
    chunk: ChunkSettings = field(default_factory=ChunkSettings)


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. `left_out` counts files by the reason; `failed` names posts that could not be read.

    `embedded` and `reused` count passages; `published` is false when nothing had changed.
    """

    generator: str
    posts: int
    passages: int
    embedded: int
    reused: int
    left_out: Mapping[str, int]
    failed: tuple[str, ...]
    notices: tuple[Notice, ...]
    published: bool
    seconds: float
    size_bytes: int


class BuildEncoder(Encoder, Protocol):
    """An encoder that can also be fitted for and exported to the answering side."""

    def export(self, folder: Path) -> None:
        """Write the query encoder into the folder."""
        ...

    def sample_tokens(self) -> Floats:
        """(n, dim) float32 unit rows to fit the projection of token vectors to."""
        ...


Progress = Callable[[str, int, int], None]
# Asked a question about the post with an id: the spans of its text that answer, none when it declines.
Check = Callable[[str, str], Sequence[tuple[int, int]]]
_SUGGESTIONS_PER_POST = 5


def build_index(
    settings: BuildSettings,
    progress: Progress = lambda stage, done, total: None,
    load_encoder: Callable[[Path], BuildEncoder] = PassageEncoder,
    checker: Callable[[Generation], Check] | None = None,
) -> Report:
    """Index the content folder and publish the result; until then, and if it fails, the live index stays as it is.

    :param progress: called with what is being done, how many are done, and of how many.
    :param checker: makes, of the finished draft, what checks the suggested questions; without it none are suggested.
    :raises ContentError: when there is no post to index.
    :raises ModelError: when the model cannot be used.
    :raises IndexBusyError: when another build writes to the same folder.
    """
    started = time.monotonic()
    with build_lock(settings.index):
        old = _live(settings.index)
        read = _read_posts(settings, old, progress)
        model = find_model(settings.model)
        digest = model_digest(model)
        manifest = Manifest(FORMAT, "", settings.model, digest, 0, settings.chunk.passage_chars, 0, 0, 0, {})
        same_model = old if old and old.manifest.model_digest == digest else None
        if same_model and _unchanged(same_model, settings, read.posts):
            return _report(read, same_model.folder, len(same_model), 0, published=False, started=started)
        passages = [chunk(post, settings.chunk) for post in read.posts]
        encoder = _Lazy(lambda: load_encoder(model))
        folder = new_folder(settings.index)
        try:
            projection = same_model.projection if same_model else fit_projection(encoder.get().sample_tokens())
            draft = Draft(folder, projection)
            embedded = _fill(draft, read.posts, passages, same_model, encoder, progress)
            draft.finish(manifest, _exporter(same_model, encoder))
            if checker:
                add_suggestions(
                    folder, _suggest(Generation(folder), checker, read.posts, passages, same_model, progress)
                )
        except BaseException:
            shutil.rmtree(folder)
            raise
        generation = publish(settings.index, folder)
        total = sum(map(len, passages))
        return _report(read, generation, total, embedded, published=True, started=started)


@dataclass(frozen=True, slots=True)
class _Read:
    generator: str
    posts: list[Post]
    left_out: Mapping[str, int]
    failed: tuple[str, ...]
    notices: tuple[Notice, ...]


class _Lazy:
    """The encoder, loaded when something has to be embedded: that takes longer than all else in a small build."""

    def __init__(self, load: Callable[[], BuildEncoder]) -> None:
        self._load = load
        self._encoder: BuildEncoder | None = None

    def get(self) -> BuildEncoder:
        if self._encoder is None:
            self._encoder = self._load()
        return self._encoder


def _live(index: Path) -> Generation | None:
    try:
        return open_index(index)
    except (IndexMissingError, IndexDamagedError):
        return None


def _read_posts(settings: BuildSettings, old: Generation | None, progress: Progress) -> _Read:
    """Parse every post; one that cannot be read keeps its last good version."""
    found = find_posts(settings.content)
    site = read_site(settings.content, settings.generator, settings.site_url)
    known = {card.path: card.id for card in old.cards.values()} if old else {}
    posts: list[Post] = []
    notices: list[Notice] = []
    failed: list[str] = []
    left_out = Counter(found.left_out)
    for done, path in enumerate(found.paths):
        progress("Reading posts", done, len(found.paths))
        try:
            parsed = parse_post(path, _read_file(settings.content, path), site)
        except PostError as error:
            failed.append(str(error))
            if old and path in known and (kept := old.post(known[path])):
                posts.append(kept)
            continue
        notices += parsed.notices
        if parsed.post is None:
            left_out[parsed.left_out] += 1
        elif parsed.post.text:
            posts.append(parsed.post)
        else:
            left_out["no text"] += 1
    progress("Reading posts", len(found.paths), len(found.paths))
    if not posts:
        reasons = "; ".join([*failed, *(f"{count} left out: {reason}" for reason, count in left_out.items())])
        raise ContentError(f"No post in {settings.content} can be indexed ({reasons}): mend or add one.")
    return _Read(site.generator, _distinct(posts), left_out, tuple(failed), tuple(notices))


def _read_file(content: Path, path: str) -> bytes:
    try:
        return (content / path).read_bytes()
    except OSError as error:
        raise PostError(f"{path}: cannot be read ({error.strerror}): check the file and its permissions.") from error


def _distinct(posts: Sequence[Post]) -> list[Post]:
    """The posts, with a short hash of the path added to ids that would else be the same."""
    counts = Counter(post.id for post in posts)
    return [
        post if counts[post.id] == 1 else replace(post, id=f"{post.id}-{_sha256(post.path.encode())[:8]}")
        for post in posts
    ]


def _unchanged(old: Generation, settings: BuildSettings, posts: Sequence[Post]) -> bool:
    same_settings = old.manifest.passage_chars == settings.chunk.passage_chars
    return same_settings and len(old.cards) == len(posts) and all(map(eq, old.posts(), posts))


def _fill(
    draft: Draft,
    posts: Sequence[Post],
    passages: Sequence[Sequence[Passage]],
    old: Generation | None,
    encoder: _Lazy,
    progress: Progress,
) -> int:
    """Put every passage into the draft, with its old vectors where there are some; return how many were embedded."""
    known = old.keys() if old else {}
    titles = {post.id: post.title for post in posts}
    everything = [(p, _context(titles[p.post], p)) for own in passages for p in own]
    keys = [_key(passage, context) for passage, context in everything]
    fresh = [f"{context}{p.text}" for (p, context), key in zip(everything, keys, strict=True) if key not in known]
    encodings = encoder.get().encode(fresh) if fresh else iter(())
    embedded = 0
    for post, own in zip(posts, passages, strict=True):
        draft.add_post(post, len(own))
    for (passage, context), key in zip(everything, keys, strict=True):
        if old and key in known:
            row = known[key]
            tokens, starts = old.tokens([row])
            draft.add_passage(passage, key, old.vectors.rows(np.array([row]))[0], tokens, old.pieces(row), starts)
            continue
        _add_embedded(draft, passage, key, next(encodings), len(context))
        embedded += 1
        progress("Embedding passages", embedded, len(fresh))
    return embedded


def _context(title: str, passage: Passage) -> str:
    """What the encoder reads before the passage, so that a sentence is understood where it stands."""
    heading = passage.heading[:-1] if passage.sentences[0].kind == "heading" else passage.heading
    return " > ".join((title, *heading)) + "\n"


def _key(passage: Passage, context: str) -> str:
    spans = ",".join(f"{s.start - passage.start}:{s.end - passage.start}" for s in passage.sentences)
    return _sha256(f"{context}\0{passage.text}\0{spans}".encode())


def _add_embedded(draft: Draft, passage: Passage, key: str, encoding: Encoding, offset: int) -> None:
    """Put the passage in; its text begins at `offset` in what was encoded."""
    tokens, pieces, begins = encoding.tokens, encoding.pieces, encoding.spans[:, 0]
    if not len(tokens):
        # Nothing that the tokenizer knows of, such as zero-width characters alone.
        tokens = np.zeros((1, encoding.tokens.shape[1]), np.float32)
        pieces = begins = np.zeros(1, np.int64)
    firsts = np.searchsorted(begins, [0, *(s.start - passage.start + offset for s in passage.sentences)])
    starts = np.minimum(firsts, len(tokens) - 1)
    draft.add_passage(passage, key, encoding.vector, draft.projection.store(tokens), pieces.astype(np.int32), starts)


def _suggest(
    draft: Generation,
    checker: Callable[[Generation], Check],
    posts: Sequence[Post],
    passages: Sequence[list[Passage]],
    old: Generation | None,
    progress: Progress,
) -> dict[str, list[str]]:
    """The questions of each post that are answered by the place that they were made from."""
    check = checker(draft)
    made: dict[str, list[str]] = {}
    for done, (post, own) in enumerate(zip(posts, passages, strict=True), start=1):
        if old and post.id in old.suggestions and old.post(post.id) == post:
            made[post.id] = list(old.suggestions[post.id])
        else:
            good = (s.question for s in suggest(post, own) if _answered(s, check(s.question, post.id)))
            made[post.id] = list(islice(good, _SUGGESTIONS_PER_POST))
        progress("Checking suggestions", done, len(posts))
    draft.close()
    return made


def _answered(suggestion: Suggestion, spans: Sequence[tuple[int, int]]) -> bool:
    if suggestion.span is None:
        return bool(spans)
    start, end = suggestion.span
    return any(first < end and start < last for first, last in spans)


def _exporter(old: Generation | None, encoder: _Lazy) -> Callable[[Path], None]:
    if old:
        return lambda folder: _copy(old.encoder, folder)
    return lambda folder: encoder.get().export(folder)


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, dirs_exist_ok=True)


def _report(read: _Read, generation: Path, passages: int, embedded: int, *, published: bool, started: float) -> Report:
    return Report(
        generator=read.generator,
        posts=len(read.posts),
        passages=passages,
        embedded=embedded,
        reused=passages - embedded,
        left_out=dict(read.left_out),
        failed=read.failed,
        notices=read.notices,
        published=published,
        seconds=time.monotonic() - started,
        size_bytes=sum(f.stat().st_size for f in generation.rglob("*") if f.is_file()),
    )


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
