"""The index's links beside a built site."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import BuildSettings, ContentError, build_index
from index.built_site import check_site
from tests.fakes import WordEncoder, stand_in_model


@pytest.fixture
def settings(tmp_path: Path) -> BuildSettings:
    """Two posts of a Hugo site that lies below a path of its host."""
    content = tmp_path / "content"
    (content / "posts").mkdir(parents=True)
    (tmp_path / "hugo.toml").write_text('baseURL = "https://a.example/blog/"\n')
    (content / "posts" / "one.md").write_text("---\ntitle: One\n---\nText.\n\n## First part\n\nMore.\n")
    (content / "posts" / "two.md").write_text("---\ntitle: Two\n---\nText.\n\n## Old name\n\nMore.\n")
    settings = BuildSettings(content, tmp_path / "index", model=str(stand_in_model(tmp_path / "model")))
    build_index(settings, load_encoder=WordEncoder)
    return settings


def site(folder: Path, **pages: str) -> Path:
    for name, html in pages.items():
        (folder / "posts" / name).mkdir(parents=True)
        (folder / "posts" / name / "index.html").write_text(html)
    return folder


def test_pages_and_anchors_that_are_there_resolve(settings: BuildSettings, tmp_path: Path) -> None:
    built = site(tmp_path / "public", one='<h2 id="first-part">', two='<a name="old-name"></a><h2>')
    found = check_site(settings, built)
    assert (found.links, found.unresolved) == (4, ())


def test_what_does_not_resolve_is_listed(settings: BuildSettings, tmp_path: Path) -> None:
    built = site(tmp_path / "public", two='<h2 id="new-name" data-old="old-name">')
    found = check_site(settings, built)
    assert [(link.path, link.url) for link in found.unresolved] == [
        ("posts/one.md", "https://a.example/blog/posts/one/"),
        ("posts/one.md", "https://a.example/blog/posts/one/#first-part"),
        ("posts/two.md", "https://a.example/blog/posts/two/#old-name"),
    ]
    assert found.links == 4


def test_a_page_elsewhere_does_not_count(settings: BuildSettings, tmp_path: Path) -> None:
    built = site(tmp_path / "public", one="<p>")
    (built / "two").mkdir()
    (built / "two" / "index.html").write_text('<h2 id="old-name">')
    assert "posts/two.md" in {link.path for link in check_site(settings, built).unresolved}


def test_posts_without_an_address_are_listed(settings: BuildSettings, tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").write_text("title = 'no address'\n")
    build_index(settings, load_encoder=WordEncoder)
    found = check_site(settings, site(tmp_path / "public", one="<p>"))
    assert len(found.unresolved) == found.links == 4
    assert "site_url" in found.unresolved[0].why


def test_a_folder_that_is_no_built_site_is_refused(settings: BuildSettings, tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="nowhere"):
        check_site(settings, tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ContentError, match="no HTML page"):
        check_site(settings, tmp_path / "empty")


# A post of each generator, its configuration, and the page in which the generator was seen to show it, shortened.
BUILT = [
    (
        {"_config.yml": "url: https://a.example\nbaseurl: /notes\npermalink: /:categories/:year/:title/\n"},
        "_posts/2023-05-02-gauge.md",
        "---\ncategories: [Field Notes]\n---\nx\n\n## 2. How to \"zero\" it — now\n\ny\n\n## Offset {#off}\n\nz\n",
        "field notes/2023/gauge/index.html",
        '<h2 id="2-how-to-zero-it--now">2. How to “zero” it — now</h2><h2 id="off">Offset</h2>',
    ),
    (
        {"hugo.toml": 'baseURL = "https://a.example/log/"\n[permalinks]\nposts = "/:year/:slug/"\n'},
        "content/posts/Winter Schedule.md",
        "---\ntitle: 'Winter schedule: what now?'\ndate: 2024-10-28\n---\n## What's `--next`?\n\ny\n\n## ???\n\nz\n",
        "2024/winter-schedule-what-now/index.html",
        '<h2 id="whats---next">What’s</h2><h2 id="heading">???</h2>',
    ),
    (
        {"mkdocs.yml": "site_url: https://a.example/\nplugins: [blog]\nmarkdown_extensions:\n  - toc:\n      slugify:"
                       " !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}\n"},
        "docs/blog/posts/frost.md",
        "---\ndate: 2024-04-22\n---\n# Frost: −3 °C & more\n\nx\n\n## Über & unter\n\ny\n",
        "blog/2024/04/22/frost-3-c--more/index.html",
        '<h1 id="frost-3-c--more">Frost<a class="headerlink" href="#">¶</a></h1><h2 id="über--unter">Über</h2>',
    ),
    (
        {"docusaurus.config.js": "module.exports = { url: 'https://a.example', baseUrl: '/base/' };\n"},
        "blog/2024-05-01-short.md",
        "---\ntitle: Short\n---\nx\n\n## C++ & C#\n\ny\n\n## With a note[^1]\n\nz\n\n[^1]: n\n",
        "blog/2024/05/01/short/index.html",
        '<h2 class="anchor" id="c--c">C++</h2><h2 class="anchor" id="with-a-note">With</h2>',
    ),
    (
        {"pelicanconf.py": 'SITEURL = "https://a.example"\nARTICLE_URL = "{date:%Y}/{date:%b}/{slug}/"\n'},
        "content/photo/tins.md",
        "Title: Which tin?\nDate: 2020-01-05\n\nx\n\n## Résumé\n\ny\n",
        "2020/Jan/which-tin/index.html",
        '<h2 id="resume">Résumé</h2>',
    ),
]  # fmt: skip


@pytest.mark.parametrize(("files", "path", "source", "page", "html"), BUILT, ids=[next(iter(b[0])) for b in BUILT])
def test_links_resolve_in_the_page_that_the_generator_makes(
    tmp_path: Path, files: dict[str, str], path: str, source: str, page: str, html: str
) -> None:
    blog, built = tmp_path / "blog", tmp_path / "built"
    for place, text in (
        (blog / path, source),
        (built / page, html),
        *((blog / name, text) for name, text in files.items()),
    ):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    settings = BuildSettings(blog, tmp_path / "index", model=str(stand_in_model(tmp_path / "model")))
    build_index(settings, load_encoder=WordEncoder)
    found = check_site(settings, built)
    assert found.unresolved == ()
    assert found.links > 1
