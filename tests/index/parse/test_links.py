"""The address of a post on its owner's site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from index.errors import ContentError
from index.parse import parse_post, read_site
from tests.index.parse.shown import post

HOST = "https://b.org"


def url(generator: str, path: str, meta: str = "title: T", offset: str = "", **settings: object) -> str:
    """The address of a post without its host."""
    parsed = post(f"---\n{meta}\n---\nx", path, generator, url=HOST, settings=settings, offset=offset)
    assert parsed.url.startswith(f"{HOST}/")
    return parsed.url.removeprefix(HOST)


@pytest.mark.parametrize(
    ("path", "meta", "settings", "expected"),
    [
        ("_posts/2016-01-02-a-b.md", "title: T", {}, "/2016/01/02/a-b.html"),
        ("_posts/2016-01-02-a-b.md", "categories: sea Sky", {}, "/sea/sky/2016/01/02/a-b.html"),
        ("_posts/2016-01-02-a.md", "x: y", {"permalink": "pretty"}, "/2016/01/02/a/"),
        ("_posts/2016-01-02-a.md", "x: y", {"permalink": "/blog/:title/"}, "/blog/a/"),
        ("_posts/2016-01-02-a.md", "permalink: /own/", {}, "/own/"),
        ("_posts/2016-01-02-Mixed Case_x & y (1).md", "x: y", {"permalink": "/:title"}, "/Mixed-Case_x-&-y-(1)"),
        ("_posts/2016-01-02-Mixed Case_x & y.md", "x: y", {"permalink": "/:slug"}, "/mixed-case-x-y"),
        ("about.md", "x: y", {"defaults": [{"scope": {"path": "ab"}, "values": {"permalink": "/i/"}}]}, "/i/"),
        ("_posts/2016-01-02-a.md", "categories: [Field Notes, B, b]", {}, "/field%20notes/b/2016/01/02/a.html"),
        ("_posts/2016-01-02-a.md", "category: Field Notes", {}, "/field%20notes/2016/01/02/a.html"),
        (
            "_posts/2016-01-02-a.md",
            "category: Field Notes",
            {"permalink": "/:slugified_categories/:title"},
            "/field-notes/a",
        ),
        (
            "_posts/2016-01-02-a.md",
            "x: y",
            {"defaults": [{"scope": {"path": "", "type": "posts"}, "values": {"permalink": "/b/:title/"}}]},
            "/b/a/",
        ),
        ("_docs/one/two.md", "x: y", {"collections": {"docs": {"output": True}}}, "/docs/one/two.html"),
        ("_docs/two.md", "x: y", {"collections": {"docs": {"permalink": "/d/:path/"}}}, "/d/two/"),
        ("about.md", "x: y", {}, "/about.html"),
        ("docs/index.md", "x: y", {}, "/docs/"),
    ],
)
def test_jekyll(path: str, meta: str, settings: dict[str, Any], expected: str) -> None:
    assert url("jekyll", path, meta, **settings) == expected


@pytest.mark.parametrize(
    ("path", "meta", "settings", "expected"),
    [
        ("content/posts/My Post.md", "title: T", {}, "/posts/my-post/"),
        ("content/posts/a/index.md", "title: T", {}, "/posts/a/"),
        ("content/Docs/My  Page - one (v2).md", "title: T", {}, "/docs/my-page-one-v2/"),
        ("content/posts/a.md", "slug: With Caps", {"permalinks": {"posts": "/:slug/"}}, "/with-caps/"),
        ("content/posts/_index.md", "title: T", {}, "/posts/"),
        ("content/posts/a.md", "slug: b", {}, "/posts/b/"),
        ("content/posts/a.md", "url: /events/b/", {}, "/events/b/"),
        ("content/en/a.md", "title: T", {"languages": {"en": {"contentDir": "content/en"}}}, "/a/"),
        (
            "content/posts/a.md",
            "title: A B\ndate: 2020-03-04",
            {"permalinks": {"posts": "/:year/:slug/"}},
            "/2020/a-b/",
        ),
        ("content/a.md", "title: T", {"uglyURLs": True}, "/a.html"),
    ],
)
def test_hugo(path: str, meta: str, settings: dict[str, Any], expected: str) -> None:
    assert url("hugo", path, meta, **settings) == expected


@pytest.mark.parametrize(
    ("generator", "path", "meta", "settings", "expected"),
    [
        ("zola", "content/blog/2020-01-02-a-b.md", "title: T", {}, "/blog/a-b/"),
        ("zola", "content/blog/a/index.md", "slug: c", {}, "/blog/c/"),
        ("zola", "content/a.md", "path: x/y", {}, "/x/y/"),
        ("mkdocs", "docs/a/b.md", "title: T", {}, "/a/b/"),
        ("mkdocs", "docs/a/index.md", "title: T", {}, "/a/"),
        ("mkdocs", "docs/a/b.md", "title: T", {"use_directory_urls": False}, "/a/b.html"),
        ("mkdocs", "docs/index.md", "title: T", {"use_directory_urls": False}, "/index.html"),
        ("mkdocs", "docs/blog/posts/x.md", "title: Fair winds!\ndate: 2021-12-27", {}, "/blog/2021/12/27/fair-winds/"),
        ("mkdocs", "docs/blog/posts/x.md", "title: A & b\ndate: 2021-12-27", {}, "/blog/2021/12/27/a--b/"),
        (
            "mkdocs",
            "docs/news/posts/x.md",
            "title: Fair winds\ndate: 2021-12-27\ncategories: [Sea Log]",
            {
                "plugins": [
                    "search",
                    {
                        "blog": {
                            "blog_dir": "news",
                            "post_url_format": "{categories}/{date}-{file}",
                            "post_url_date_format": "yyyy-MM",
                        }
                    },
                ]
            },
            "/news/sea-log/2021-12-x/",
        ),
        ("docusaurus", "blog/2025-12-29-a-b.md", "title: T", {}, "/blog/2025/12/29/a-b"),
        ("docusaurus", "blog/2025-12-29-a/index.md", "slug: c", {}, "/blog/c"),
        ("docusaurus", "docs/01-intro.md", "title: T", {}, "/docs/intro"),
        ("docusaurus", "docs/a/b.md", "id: c", {"docs.routeBasePath": "/"}, "/a/c"),
        ("docusaurus", "docs/a/index.md", "title: T", {"trailingSlash": True}, "/docs/a/"),
        ("docusaurus", "src/pages/a/hello.md", "title: T", {}, "/a/hello"),
        ("docusaurus", "src/pages/index.md", "title: T", {}, "/"),
        ("gatsby", "content/blog/a/index.md", "title: T", {}, "/a/"),
        ("gatsby", "content/blog/a.md", "path: /b", {}, "/b"),
        ("pelican", "content/x.md", "title: A B", {}, "/a-b.html"),
        ("pelican", "content/x.md", "title: Über Café — it's", {}, "/uber-cafe-its.html"),
        (
            "pelican",
            "content/x.md",
            "title: A\ndate: 2013-10-26",
            {"ARTICLE_URL": "blog/{date:%Y}/{slug}/"},
            "/blog/2013/a/",
        ),
        ("pelican", "content/pages/x.md", "title: A", {}, "/pages/a.html"),
        ("quarto", "posts/a.qmd", "title: T", {}, "/posts/a.html"),
        ("quarto", "posts/a/index.qmd", "title: T", {}, "/posts/a/"),
        ("", "a/b.md", "url: x/y", {}, "/x/y"),
        ("", "a/b.md", "title: T", {}, "/a/b/"),
    ],
)
def test_the_other_generators(generator: str, path: str, meta: str, settings: dict[str, Any], expected: str) -> None:
    assert url(generator, path, meta, **settings) == expected


def test_the_content_folder_may_lie_inside_the_project() -> None:
    assert url("hugo", "a.md", offset="content/posts") == "/posts/a/"


def test_without_a_host_there_is_no_address() -> None:
    assert post("---\nurl: x/y\n---\nx").url == ""


CONFIGURATIONS = [
    (
        "_config.yml",
        "url: https://b.org\nbaseurl: /sub\n",
        "_posts/2016-01-02-a.md",
        "jekyll",
        "/sub/2016/01/02/a.html",
    ),
    ("hugo.toml", 'baseURL = "https://b.org/"\n', "content/a.md", "hugo", "/a/"),
    ("config.toml", 'baseURL = "https://b.org/"\n', "content/a.md", "hugo", "/a/"),
    ("config/_default/hugo.yaml", "baseURL: https://b.org/\n", "content/a.md", "hugo", "/a/"),
    ("config.toml", 'base_url = "https://b.org"\n', "content/a.md", "zola", "/a/"),
    ("mkdocs.yml", "site_url: https://b.org/docs\nx: !ENV [A, b]\n", "docs/a.md", "mkdocs", "/docs/a/"),
    (
        "docusaurus.config.js",
        "// url: 'https://no'\nmodule.exports = {\n  url: 'https://b.org', baseUrl: '/',\n"
        "  presets: [['classic', {docs: {routeBasePath: '/', path: 'docs'}, blog: {showReadingTime: true}}]],\n};\n",
        "docs/a.md",
        "docusaurus",
        "/a",
    ),
    (
        "gatsby-config.js",
        "module.exports = {siteMetadata: {siteUrl: `https://b.org`}}\n",
        "content/blog/a.md",
        "gatsby",
        "/a/",
    ),
    (
        "pelicanconf.py",
        "SITEURL = 'https://b.org'\nARTICLE_URL = '{slug}/'\nX = f()\n",
        "content/a.md",
        "pelican",
        "/t/",
    ),
    ("_quarto.yml", "website:\n  site-url: https://b.org\n", "a.qmd", "quarto", "/a.html"),
]


@pytest.mark.parametrize(("file", "text", "path", "generator", "expected"), CONFIGURATIONS)
def test_the_configuration_is_found_above_the_content(
    tmp_path: Path, file: str, text: str, path: str, generator: str, expected: str
) -> None:
    for name, body in ((file, text), (path, "---\ntitle: T\n---\nx")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(body, encoding="utf-8")
    content = (tmp_path / path).parent
    site = read_site(content)
    parsed = parse_post(Path(path).name, (tmp_path / path).read_bytes(), site).post

    assert site.generator == generator
    assert parsed is not None
    assert parsed.url == HOST + expected


def test_no_configuration_is_read_above_the_repository(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_url: https://b.org\n")
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "content").mkdir()

    assert read_site(tmp_path / "repo" / "content").url == ""


def test_settings_win_over_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_url: https://b.org\n")
    site = read_site(tmp_path, generator="hugo", site_url="https://c.org/x/")

    assert (site.generator, site.url, site.settings) == ("hugo", "https://c.org/x", {})


@pytest.mark.parametrize("arguments", [{"generator": "hexo9"}, {"site_url": "b.org"}])
def test_a_bad_setting_is_named(tmp_path: Path, arguments: dict[str, str]) -> None:
    with pytest.raises(ContentError, match=next(iter(arguments.values()))):
        read_site(tmp_path, **arguments)


@pytest.mark.parametrize("text", ["a: [", "\x00", "- 1\n"])
def test_a_configuration_that_cannot_be_read_still_names_the_generator(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text)

    found = read_site(tmp_path)
    assert (found.root, found.generator, found.settings) == (tmp_path.resolve(), "mkdocs", {})


@pytest.mark.parametrize(
    ("name", "text", "line", "problem"),
    [
        ("mkdocs.yml", "site_name: x\nnav: [a\nplugins: {\n", 3, "expected"),
        ("hugo.toml", "baseURL = \n", 0, "line 1"),
        ("pelicanconf.py", "A = 1\nB = (\n", 2, "never closed"),
        ("_config.yml", "- 1\n", 0, "holds no settings"),
    ],
)
def test_a_configuration_that_cannot_be_read_is_named(
    tmp_path: Path, name: str, text: str, line: int, problem: str
) -> None:
    (tmp_path / name).write_text(text)
    (notice,) = read_site(tmp_path).notices

    assert (notice.path, notice.line, notice.kind) == (name, line, "configuration")
    assert problem in notice.message


@pytest.mark.parametrize(
    ("zone", "expected"),
    [(None, "/2020/01/03/reef.html"), ("Asia/Tokyo", "/2020/01/04/reef.html"), ("x/y", "/2020/01/03/reef.html")],
)
def test_jekyll_dates_an_address_in_the_time_zone_of_the_site(zone: str | None, expected: str) -> None:
    settings = {"timezone": zone} if zone else {}
    assert url("jekyll", "_posts/2020-01-02-reef.md", "date: 2020-01-03 23:30:00 -0500", **settings) == expected


def test_names_of_files_count_where_the_configuration_says_so() -> None:
    dates: dict[str, Any] = {
        "permalinks": {"posts": "/:year/:slug/"},
        "frontmatter": {"date": [":filename", ":default"]},
    }
    assert url("hugo", "content/posts/2020-05-06-reef.md", "title: Other", **dates) == "/2020/reef/"
    named = {"FILENAME_METADATA": r"(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>.*)"}
    assert url("pelican", "content/2020-05-06-reef.md", "title: Other", **named) == "/reef.html"
    assert url("pelican", "content/2020-05-06-reef.md", "title: Other", FILENAME_METADATA="(") == "/other.html"
