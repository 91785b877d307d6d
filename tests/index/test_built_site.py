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
