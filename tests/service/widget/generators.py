"""Sites as real generators build them: the posts and the configuration of tests/sites/, put where each expects them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.service.widget.fixture_service import ROOT

SITES = ROOT / "tests" / "sites"
# Where `make sites` and `make docusaurus` put what comes from PyPI and npm.
TOOLS = ROOT / "build" / "sites"
TITLES = {"tide-log": "A log of the tide", "paraffin-lamp": "A paraffin lamp"}
DATES = {"tide-log": "2024-03-02", "paraffin-lamp": "2024-11-17"}
_PATIENCE_S = 300


@dataclass(frozen=True, slots=True)
class Generator:
    """How a generator is run, and where its posts go and come out.

    `post` is a post's file, of `{slug}` and `{date}`; `page` its path, of `{slug}`, `{year}`, `{month}` and `{day}`.
    """

    name: str
    command: tuple[str, ...]
    content: str
    post: str
    page: str
    built: str
    missing: str
    program: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def there(self) -> bool:
        """Whether it is installed."""
        return bool(self.program and self.program.exists()) or shutil.which(self.command[0]) is not None

    def path(self, slug: str) -> str:
        """The path of the post on the built site."""
        year, month, day = DATES[slug].split("-")
        return self.page.format(slug=slug, year=year, month=month, day=day)

    def build(self, folder: Path, site: str, service: str) -> Path:
        """Write the site's sources into the folder and build them; returns the folder of the built site.

        :param site: the origin where the site will be served.
        :param service: the origin of askpost.
        """
        shutil.copytree(SITES / self.name, folder, dirs_exist_ok=True)
        for file in [path for path in folder.rglob("*") if path.is_file()]:
            file.write_text(file.read_text("utf-8").replace("SITE", site).replace("SERVICE", service), "utf-8")
        for slug, title in TITLES.items():
            post = folder / self.content / self.post.format(slug=slug, date=DATES[slug])
            post.parent.mkdir(parents=True, exist_ok=True)
            matter = f"---\ntitle: {title}\ndate: {DATES[slug]}\nlayout: post\n---\n\n"
            post.write_text(matter + (SITES / "posts" / f"{slug}.md").read_text("utf-8"), "utf-8")
        if self.name == "mkdocs":
            (folder / self.content / "index.md").write_text("# Notes from the creek\n", "utf-8")
        elif self.name == "docusaurus":
            (folder / "node_modules").symlink_to(TOOLS / "docusaurus" / "node_modules")
        program = [str(self.program), *self.command[1:]] if self.program and self.program.exists() else self.command
        done = subprocess.run(
            program,
            cwd=folder,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
            check=False,
        )
        assert done.returncode == 0, f"{self.name} failed: {done.stdout[-2000:]} {done.stderr[-2000:]}"
        return folder / self.built


GENERATORS = [
    Generator(
        "jekyll",
        ("jekyll", "build", "--quiet"),
        content="_posts",
        post="{date}-{slug}.md",
        page="/{year}/{month}/{slug}/",
        built="_site",
        missing="no Jekyll: install it (Debian: apt install jekyll)",
    ),
    Generator(
        "hugo",
        ("hugo", "--quiet"),
        content="content/posts",
        post="{slug}.md",
        page="/{year}/{slug}/",
        built="public",
        missing="no Hugo: install it (Debian: apt install hugo)",
    ),
    Generator(
        "mkdocs",
        ("mkdocs", "build", "--quiet"),
        content="docs",
        post="{slug}.md",
        page="/{slug}/",
        built="site",
        missing="no MkDocs Material: `make sites` installs it",
        program=Path(sys.executable).with_name("mkdocs"),
    ),
    Generator(
        "docusaurus",
        ("docusaurus", "build"),
        content="blog",
        post="{date}-{slug}.md",
        page="/{year}/{month}/{day}/{slug}/",
        built="build",
        missing="no Docusaurus: `make docusaurus` installs it",
        program=TOOLS / "docusaurus" / "node_modules" / ".bin" / "docusaurus",
        environment={"DOCUSAURUS_NO_TELEMETRY": "1"},
    ),
]
