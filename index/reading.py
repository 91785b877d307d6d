"""Reads the posts of the content folder; one that has not changed is taken from the index instead of parsed again."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from index.chunk import ChunkSettings, chunk
from index.discover import SUFFIXES, find_posts
from index.embedded_text import passage_key
from index.errors import ContentError, PostError
from index.parse import MAX_BYTES, Parsed, Site, parse_post, read_site
from index.spool import Spool
from index.store import Generation
from index.types import Notice, Post

Progress = Callable[[str, int, int], None]
_STAGE = "Reading posts"
_RENDERERS = ("markdown", "markdown-it-py", "mdit-py-plugins", "nh3", "pymdown-extensions", "python-frontmatter")


@dataclass(frozen=True, slots=True)
class Read:
    """What was read. `posts` is on disk and open until it is closed; `kept` are the failed posts whose last good
    version stands in for them; `generators` counts posts by the rules they were read by, "" where nothing told.
    `sources` is what `Draft.add_sources` takes.
    """

    posts: Spool
    left_out: Mapping[str, int]
    generators: Mapping[str, int]
    failed: tuple[str, ...]
    kept: tuple[str, ...]
    notices: tuple[Notice, ...]
    sources: Mapping[str, object]


@dataclass(slots=True)
class _Reader:
    content: Path
    site: Site
    chunk: ChunkSettings
    old: Generation | None
    spool: Spool
    left_out: Counter[str]
    known: dict[str, str] = field(default_factory=dict)
    sources: dict[str, Any] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)
    generators: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def read(self, path: str) -> None:
        """Take the post; a failure of whatever kind stays this post's own."""
        try:
            source = _read_file(self.content, path)
            parsed = self._unchanged(path, source) or parse_post(path, source, self.site)
            self._take(path, source, parsed)
        except PostError as error:
            self._fail(path, str(error))
        except Exception as error:  # a post that the parser cannot take must not stop the others
            self._fail(path, f"{path}: {type(error).__name__} while it was read; simplify the post, or report this")

    def _unchanged(self, path: str, source: bytes) -> Parsed | None:
        """What was read of the same bytes by the same rules, if that is known and cannot have changed since."""
        entry = self.sources.get(path)
        # A post that expires is read anew, since the answer depends on the day.
        if not entry or entry["digest"] != hashlib.sha256(source).hexdigest() or b"xpir" in source:
            return None
        post = self._old_post(path)
        if not post:
            return None
        return Parsed(post, tuple(Notice(**notice) for notice in entry["notices"]), generator=entry["generator"])

    def _old_post(self, path: str) -> Post | None:
        post = self.old.post(self.known[path]) if self.old and path in self.known else None
        # Without the hash that tells it from another post: that one may be gone.
        return post and replace(post, id=str(PurePosixPath(path).with_suffix("")).replace("/", "--"))

    def _take(self, path: str, source: bytes, parsed: Parsed) -> None:
        if parsed.post is None:
            self.notices += parsed.notices
            self.left_out[parsed.left_out] += 1
            return
        self._add(parsed.post)
        self.notices += parsed.notices
        self.generators[parsed.generator] += 1
        self.found[path] = {
            "digest": hashlib.sha256(source).hexdigest(),
            "generator": parsed.generator,
            "notices": [asdict(notice) for notice in parsed.notices],
        }

    def _add(self, post: Post) -> None:
        self.spool.add(post, tuple(passage_key(post.title, passage) for passage in chunk(post, self.chunk)))

    def _fail(self, path: str, message: str) -> None:
        self.failed.append(message)
        if post := self._old_post(path):
            self._add(post)
            self.kept.append(path)


def read_posts(
    content: Path,
    generator: str | None,
    site_url: str | None,
    settings: ChunkSettings,
    old: Generation | None,
    progress: Progress,
) -> Read:
    """Read every post; one that cannot be read keeps its last good version.

    :raises ContentError: when there is no post to index.
    """
    found = find_posts(content)
    site = read_site(content, generator, site_url)
    rules = _rules(site, content)
    before = old.sources() if old else {}
    reader = _Reader(content, site, settings, old, Spool(), Counter(found.left_out))
    reader.known = {card.path: card.id for card in old.cards.values()} if old else {}
    reader.sources = before.get("posts", {}) if before.get("rules") == rules else {}
    reader.notices += (*site.notices, *found.notices)
    try:
        for done, path in enumerate(found.paths):
            progress(_STAGE, done, len(found.paths))
            reader.read(path)
        progress(_STAGE, len(found.paths), len(found.paths))
    except BaseException:
        reader.spool.close()
        raise
    if not len(reader.spool):
        reader.spool.close()
        reasons = "; ".join([*reader.failed, *(f"{count} left out: {why}" for why, count in reader.left_out.items())])
        raise ContentError(f"No post in {content} can be indexed ({reasons}): mend or add one.")
    return Read(
        posts=reader.spool,
        left_out=dict(reader.left_out),
        generators=dict(reader.generators.most_common()),
        failed=tuple(reader.failed),
        kept=tuple(reader.kept),
        notices=tuple(reader.notices),
        sources={"rules": rules, "posts": reader.found},
    )


def _read_file(content: Path, path: str) -> bytes:
    file = content / path
    try:
        about = file.stat()
        # A pipe or a device would be read for ever.
        if not stat.S_ISREG(about.st_mode):
            raise PostError(f"{path}: is not a file; move it out of the folder")
        if about.st_size > MAX_BYTES:
            raise PostError(
                f"{path}: {about.st_size / 1e6:.0f} MB is too large for a post; split it below"
                f" {MAX_BYTES / 1e6:.0f} MB or move it out"
            )
        return file.read_bytes()
    except OSError as error:
        raise PostError(f"{path}: cannot be read ({error.strerror}): check the file and its permissions.") from error


def _rules(site: Site, content: Path) -> str:
    """A digest of all that a post's reading depends on besides its own bytes: site, parser, and the files beside it."""
    digest = hashlib.sha256(_parser_digest().encode())
    digest.update(repr(site).encode())
    for folder, folders, names in os.walk(content):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
        others = sorted(name for name in names if Path(name).suffix.lower() not in SUFFIXES)
        digest.update(repr((Path(folder).relative_to(content).as_posix(), others)).encode(errors="surrogateescape"))
    return digest.hexdigest()


@cache
def _parser_digest() -> str:
    digest = hashlib.sha256()
    for file in sorted((Path(__file__).parent / "parse").glob("*.py")):
        digest.update(file.read_bytes())
    for name in _RENDERERS:
        digest.update(f"{name} {version(name)}\n".encode())
    return digest.hexdigest()
