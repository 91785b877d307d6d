"""What of an index no longer matches the posts: found without the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.cross_adapter import cross_digest
from index.embed import known_digest
from index.encode import as_exported_now
from index.errors import IndexDamagedError, IndexMissingError
from index.reading import Progress, Read, read_posts
from index.settings import BuildSettings
from index.store import Generation, open_index
from index.types import Notice


@dataclass(frozen=True, slots=True)
class Staleness:
    """What the next build would do. `added`, `changed` and `removed` are paths of posts; `reasons` says what makes all
    of the index stale; `failed` and `notices` are as in `Report`.
    """

    reasons: tuple[str, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    failed: tuple[str, ...]
    notices: tuple[Notice, ...]
    left_out: Mapping[str, int]
    posts: int

    @property
    def stale(self) -> bool:
        """Whether a build would publish anything."""
        return bool(self.reasons or self.added or self.changed or self.removed)


def check_index(settings: BuildSettings, progress: Progress = lambda stage, done, total: None) -> Staleness:
    """Compare the posts with the live index; nothing is written and the model is not loaded.

    :raises ContentError: when there is no post to index.
    """
    old, reasons = None, []
    try:
        old = open_index(settings.index)
    except (IndexMissingError, IndexDamagedError) as error:
        reasons.append(str(error))
    # Of a model that is not there, and not the packaged one, the name is all that can be compared.
    same = old.manifest.model_digest if old and old.manifest.model == settings.model else ""
    digest = known_digest(settings.model) or same
    read = read_posts(settings.content, settings.generator, settings.site_url, settings.chunk, old, progress)
    with read.posts:
        return compare(old, settings, digest, read, tuple(reasons))


def compare(
    old: Generation | None, settings: BuildSettings, digest: str, read: Read, reasons: tuple[str, ...] = ()
) -> Staleness:
    """The difference between the index and what was read.

    :param digest: the `model_digest` of the model that a build would use.
    :param reasons: what is already known to make the whole index stale.
    """
    if old and old.manifest.model_digest != digest:
        made = f"The index was made with the model {old.manifest.model}"
        now = "which is another now" if old.manifest.model == settings.model else f"the setting is {settings.model}"
        reasons = (*reasons, f"{made}, {now}.")
    elif old and not as_exported_now(old.encoder, cross_digest(digest)):
        reasons = (*reasons, "What reads questions has become better or faster since the index was made.")
    if old and old.manifest.passage_chars != settings.chunk.passage_chars:
        reasons = (*reasons, f"The index has passages of {old.manifest.passage_chars} characters.")
    known = {card.path: card.id for card in old.cards.values()} if old else {}
    embedded = old.keys() if old else {}
    added, changed = [], []
    for post, keys in read.posts:
        if post.path not in known:
            added.append(post.path)
        # The same post may be divided into other passages and sentences now.
        elif old and (old.post(known[post.path]) != post or any(key not in embedded for key in keys)):
            changed.append(post.path)
    return Staleness(
        reasons=reasons,
        added=tuple(added),
        changed=tuple(changed),
        removed=tuple(sorted(known.keys() - read.posts.paths)),
        failed=read.failed,
        notices=read.notices,
        left_out=read.left_out,
        posts=len(read.posts),
    )
