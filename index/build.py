"""The program that makes an index: read and chunk → embed → store."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from index.chunk import chunk
from index.cross_adapter import cross_digest
from index.embed import PassageEncoder, find_model, model_digest
from index.embedded_text import embedded, embedded_texts
from index.encode import MODEL_FILE, as_exported_now
from index.errors import IndexDamagedError, IndexMissingError
from index.exported import ExportedEncoder
from index.late import Projection, fit_projection
from index.memory import give_back
from index.reading import Progress, Read, read_posts
from index.settings import BuildSettings
from index.spool import Spool
from index.staleness import compare
from index.store import (
    FORMAT,
    Draft,
    Finished,
    Generation,
    Manifest,
    add_suggestions,
    build_lock,
    new_folder,
    open_index,
    publish,
    writing,
)
from index.suggest import Suggestion, suggest
from index.types import Encoder, Floats, Notice, Passage

__all__ = ["BuildEncoder", "BuildSettings", "Check", "Progress", "Report", "build_index"]


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. `left_out` counts files by the reason; `failed` names posts that could not be read.

    `generators` counts posts by the rules they were read by, "" where neither site nor post told. `kept` are the paths
    of failed posts whose last good version stays. `embedded` and `reused` count passages; `published` is false when
    nothing had changed.
    """

    generators: Mapping[str, int]
    posts: int
    passages: int
    embedded: int
    reused: int
    left_out: Mapping[str, int]
    failed: tuple[str, ...]
    kept: tuple[str, ...]
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


# Asked a question about the post with an id: the spans of its text that answer, none when it declines.
Check = Callable[[str, str], Sequence[tuple[int, int]]]
_SUGGESTIONS_PER_POST = 5
_EMBEDDING = "Embedding passages"
# Texts that are sorted by length together, so that a batch holds few empty places.
_SORTED_TEXTS, _SORTED_CHARS = 4096, 8_000_000
# Every so many posts, what has been read of a draft is let go of.
_FORGET_POSTS = 32
# So few are embedded by the exported encoder sooner than torch is imported.
_FEW_TEXTS = 100


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
    :raises StorageError: when the disk is full, or the folder may not be written to.
    """
    started = time.monotonic()
    with ExitStack() as stack:
        stack.enter_context(writing(settings.index))
        stack.enter_context(build_lock(settings.index))
        old = _live(settings.index)
        model = find_model(settings.model)
        digest = model_digest(model)
        read = read_posts(settings.content, settings.generator, settings.site_url, settings.chunk, old, progress)
        posts = stack.enter_context(read.posts)
        if old and not compare(old, settings, digest, read).stale:
            return _report(read, old.folder, len(old), 0, published=False, started=started)
        same_model = old if old and old.manifest.model_digest == digest else None
        encoder = _Lazy(lambda: load_encoder(model))
        projection = same_model.projection if same_model else fit_projection(encoder.get().sample_tokens())
        finished = Finished(settings.index, digest, projection)
        stack.callback(finished.close)
        embedded = _embed(posts, settings, same_model, finished, encoder, projection, progress)
        folder = new_folder(settings.index)
        try:
            # Once more, since room is judged before the draft is removed.
            with writing(settings.index):
                draft = Draft(folder, projection)
                stack.callback(draft.close)
                _fill(draft, posts, settings, same_model, finished)
                draft.add_sources(read.sources)
                manifest = Manifest(FORMAT, "", settings.model, digest, 0, settings.chunk.passage_chars, 0, 0, 0, {})
                draft.finish(manifest, _exporter(same_model, digest, encoder))
                if checker:
                    checked = _suggest(Generation(folder), checker, posts, settings, same_model, progress)
                    add_suggestions(folder, checked)
        except BaseException:
            shutil.rmtree(folder)
            raise
        generation = publish(settings.index, folder)
        finished.remove()
        return _report(read, generation, posts.passages, embedded, published=True, started=started)


class _Lazy:
    """The encoder, loaded when something has to be embedded: that takes longer than all else in a small build."""

    def __init__(self, load: Callable[[], BuildEncoder]) -> None:
        self._load = load
        self._encoder: BuildEncoder | None = None

    def get(self) -> BuildEncoder:
        if self._encoder is None:
            self._encoder = self._load()
        return self._encoder

    def for_texts(self, count: int, old: Generation | None) -> Encoder:
        """What embeds so many texts soonest: the model, or for a few of them what an older build exported of it."""
        if self._encoder is None and old and count <= _FEW_TEXTS and (old.encoder / MODEL_FILE).is_file():
            return ExportedEncoder(old.encoder)
        return self.get()


def _live(index: Path) -> Generation | None:
    try:
        return open_index(index)
    except (IndexMissingError, IndexDamagedError):
        return None


def _embed(
    posts: Spool,
    settings: BuildSettings,
    old: Generation | None,
    finished: Finished,
    encoder: _Lazy,
    projection: Projection,
    progress: Progress,
) -> int:
    """Embed what neither the old index nor a killed build has, and return how many passages that were."""
    known = old.keys() if old else {}
    wanted = {key for own in posts.all_keys() for key in own if key not in known and key not in finished}
    if not wanted:
        return 0
    model = encoder.for_texts(len(wanted), old)
    total = len(wanted)
    texts = _texts(posts, settings, wanted)
    done = 0
    progress(_EMBEDDING, done, total)
    while window := sorted(_window(texts), key=lambda text: -len(text[2].text)):
        encodings = model.encode([text for _, title, passage in window for text in embedded_texts(title, passage)])
        for key, title, passage in window:
            finished.add(key, embedded(title, passage, encodings, projection))
            done += 1
            progress(_EMBEDDING, done, total)
        # Or else the next window would be read while this one is still held.
        window.clear()
        del encodings
    give_back()
    return done


def _window(texts: Iterator[tuple[str, str, Passage]]) -> Iterator[tuple[str, str, Passage]]:
    """The next texts that are sorted together."""
    chars = 0
    for text in islice(texts, _SORTED_TEXTS):
        yield text
        chars += len(text[2].text)
        if chars > _SORTED_CHARS:
            return


def _texts(posts: Spool, settings: BuildSettings, wanted: set[str]) -> Iterator[tuple[str, str, Passage]]:
    """(key, title, passage) of every passage whose key is wanted, which is then taken out: each key once."""
    for post, own in posts.holding(wanted):
        for key, passage in zip(own, chunk(post, settings.chunk), strict=True):
            if key in wanted:
                wanted.discard(key)
                yield key, post.title, passage


def _fill(draft: Draft, posts: Spool, settings: BuildSettings, old: Generation | None, finished: Finished) -> None:
    """Put every post and passage into the draft, with what the old index or this build has embedded."""
    known = old.keys() if old else {}
    for number, (post, keys) in enumerate(posts):
        draft.add_post(post, len(keys))
        for key, passage in zip(keys, chunk(post, settings.chunk), strict=True):
            draft.add_passage(passage, key, old.embedded(known[key]) if old and key in known else finished.get(key))
        if old and number % _FORGET_POSTS == 0:
            old.forget()


def _suggest(
    draft: Generation,
    checker: Callable[[Generation], Check],
    posts: Spool,
    settings: BuildSettings,
    old: Generation | None,
    progress: Progress,
) -> dict[str, list[str]]:
    """The questions of each post that are answered by the place that they were made from."""
    check = checker(draft)
    made: dict[str, list[str]] = {}
    for done, (post, _) in enumerate(posts, start=1):
        if old and post.id in old.suggestions and old.post(post.id) == post:
            made[post.id] = list(old.suggestions[post.id])
        else:
            asked = suggest(post, chunk(post, settings.chunk))
            good = (s.question for s in asked if _answered(s, check(s.question, post.id)))
            made[post.id] = list(islice(good, _SUGGESTIONS_PER_POST))
        if done % _FORGET_POSTS == 0:
            draft.forget()
        progress("Checking suggestions", done, len(posts))
    draft.close()
    return made


def _answered(suggestion: Suggestion, spans: Sequence[tuple[int, int]]) -> bool:
    if suggestion.span is None:
        return bool(spans)
    start, end = suggestion.span
    return any(first < end and start < last for first, last in spans)


def _exporter(old: Generation | None, digest: str, encoder: _Lazy) -> Callable[[Path], None]:
    if old and as_exported_now(old.encoder, cross_digest(digest)):
        return lambda folder: _copy(old.encoder, folder)
    return lambda folder: encoder.get().export(folder)


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, dirs_exist_ok=True)


def _report(read: Read, generation: Path, passages: int, embedded: int, *, published: bool, started: float) -> Report:
    return Report(
        generators=read.generators,
        posts=len(read.posts),
        passages=passages,
        embedded=embedded,
        reused=passages - embedded,
        left_out=dict(read.left_out),
        failed=read.failed,
        kept=read.kept,
        notices=read.notices,
        published=published,
        seconds=time.monotonic() - started,
        size_bytes=sum(f.stat().st_size for f in generation.rglob("*") if f.is_file()),
    )
