"""New generations of one index, published as a build does, without embedding anything."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from pathlib import Path

from index.store import live_generation, open_index
from index.store.layout import CURRENT, GENERATIONS, manifest_mark, read_manifest, write_manifest
from tests.benchmarks.blog import write_blog
from tests.benchmarks.processes import ASKPOST

_KEPT = Path("build/load")
_POSTS = 100


def small_index() -> Path:
    """The index of a made-up blog of 100 posts, by the real model; kept, so that a second run does not build it."""
    posts = _KEPT / "posts"
    if not posts.exists():
        write_blog(posts, _POSTS)
    index = _KEPT / "index"
    subprocess.run([ASKPOST, "index", str(posts), "--index", str(index)], check=True, stdout=subprocess.DEVNULL)
    return index


class Republisher:
    """Publishes, over and over, what some indexes hold: each time a generation of its own, by renaming `CURRENT`."""

    def __init__(self, target: Path, *sources: Path) -> None:
        """Publish the first one into the new folder `target`; the files are links to those of the sources."""
        self._sources = [live_generation(source) for source in sources]
        self._target = target
        generation = open_index(sources[0])
        self.posts = list(generation.cards)
        generation.close()
        (target / GENERATIONS).mkdir(parents=True)
        self.names: list[str] = []
        self.publish()

    def publish(self) -> str:
        """A new generation of the next source, live; its name. The one before stays, older ones go, as in a build."""
        source = self._sources[len(self.names) % len(self._sources)]
        draft = self._target / GENERATIONS / f".draft-{secrets.token_hex(4)}"
        shutil.copytree(source, draft, copy_function=os.link)
        manifest = read_manifest(source)
        (draft / "manifest.json").unlink()
        write_manifest(draft, manifest)
        name = f"{len(self.names):06}-{secrets.token_hex(2)}-{manifest_mark(draft)}"
        draft.rename(draft.with_name(name))
        fresh = self._target / f"{CURRENT}.new"
        fresh.write_text(name + "\n", encoding="utf-8")
        fresh.replace(self._target / CURRENT)
        self.names.append(name)
        for old in self.names[:-2]:
            shutil.rmtree(self._target / GENERATIONS / old, ignore_errors=True)
        return name
