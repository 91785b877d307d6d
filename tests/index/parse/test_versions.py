"""Hugo's version, and the ids of headings before and since 0.144, as both were seen to make them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from index.parse import read_site
from tests.index.parse.shown import post


@pytest.mark.parametrize(
    ("name", "text", "version"),
    [
        ("netlify.toml", '[build.environment]\n  HUGO_VERSION = "0.111.3"\n', (0, 111)),
        (".github/workflows/site.yml", "env:\n  HUGO_VERSION: 0.151.0\n", (0, 151)),
        (".github/workflows/site.yaml", "with:\n  hugo-version: '0.128.0'\n", (0, 128)),
        (".tool-versions", "nodejs 20.1\nhugo extended_0.122.0\n", (0, 122)),
        (".hvm", "v0.145.0\n", (0, 145)),
        ("vercel.json", '{"build": {"env": {"HUGO_VERSION": "0.92.0"}}}', (0, 92)),
        ("package.json", '{"devDependencies": {"hugo-extended": "^0.147.9"}}', (0, 147)),
        ("package.json", '{"version": "0.1.0"}', None),
        ("package.json", "[", None),
        ("README.md", "hugo 0.111\n", None),
    ],
)
def test_files_beside_the_configuration_tell(
    tmp_path: Path, name: str, text: str, version: tuple[int, int] | None
) -> None:
    (tmp_path / "hugo.toml").write_text("title = 'T'\n")
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text)
    assert read_site(tmp_path).version == version


def test_files_that_contradict_one_another_do_not_tell(tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text("title = 'T'\n")
    (tmp_path / ".hvm").write_text("0.111.3")
    (tmp_path / "netlify.toml").write_text("HUGO_VERSION = '0.150.0'")
    assert read_site(tmp_path).version is None


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("[module.hugoVersion]\nmax = '0.120.0'\n", True),
        ("[module.hugoVersion]\nmin = '0.112.0'\n", None),
        ("[module.hugoVersion]\nmin = '0.146.0'\n", False),
        ("[markup.goldmark.parser]\nautoIDType = 'github'\n", False),
    ],
)
def test_the_configuration_tells(tmp_path: Path, text: str, old: bool | None) -> None:
    (tmp_path / "hugo.toml").write_text(text)
    version = read_site(tmp_path).version
    assert (version and version < (0, 144)) == old


@pytest.mark.parametrize(
    ("heading", "old", "new"),
    [
        ("## A [link](https://x.example/y) here", "a-linkhttpsxexampley-here", "a-link-here"),
        ("## Dash -- en and --- em", "dash----en-and-----em", "dash--en-and--em"),
        ("## An image ![alt text](a.png) end", "an-image-alt-textapng-end", "an-image-alt-text-end"),
        ("## Star &amp; entity", "star-amp-entity", "star--entity"),
        ("## Foot[^1] note\n\n[^1]: n", "foot1-note", "foot-note"),
        ("## <b>html</b> tag", "bhtmlb-tag", "html-tag"),
        ("## Auto <https://a.b/c>", "auto-httpsabc", "auto"),
        ("Setext heading\nwith two lines\n----", "with-two-lines", "with-two-lines"),
        ("## Own {#it}", "it", "it"),
    ],
)
def test_ids_are_those_of_the_version(heading: str, old: str, new: str) -> None:
    def anchor(**site: Any) -> str:
        return post(f"{heading}\n\nText.\n", generator="hugo", **site).sections[0].anchor

    assert (anchor(version=(0, 111)), anchor(version=(0, 168)), anchor()) == (old, new, new)
