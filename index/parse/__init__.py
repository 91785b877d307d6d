"""One file to one `Post`: read top to bottom, `parse_post` is how a post becomes the text that its reader sees."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from index.errors import PostError
from index.parse import links, matter, metadata
from index.parse.anchors import set_anchors
from index.parse.blackfriday import with_own_items
from index.parse.collections import defaults
from index.parse.constructs import rules
from index.parse.detect import detect
from index.parse.extensions import extensions
from index.parse.gatsby import without_bars
from index.parse.language import is_english
from index.parse.lexer import Lexer
from index.parse.pictures import Pictures
from index.parse.render import PYTHON_MARKDOWN, render
from index.parse.site import Site, read_site
from index.parse.stash import CLOSE, OPEN, Stash
from index.parse.tidy import tidy
from index.parse.tree import read, write
from index.parse.values import Values
from index.parse.versions import IDS_OF_TEXT
from index.parse.walk import prose, walk
from index.types import Notice, Post

__all__ = ["Parsed", "Site", "parse_post", "read_site"]

MAX_BYTES = 5_000_000
_CONTROL_CHARS = r"\x00-\x08\x0b\x0e-\x1f\x7f"
_CONTROL = re.compile(f"[{_CONTROL_CHARS}]".encode())
_TOO_DEEP = "nested so deep that what is innermost, and what follows it, is left out: nest lists and quotations less"
# As far as its beginning tells: the parser takes 40 levels, a list's item for two.
_DEEP_LINE = re.compile(r"^(?:[ \t]*>){38}|^[ \t>]{38,}(?:[-*+]|\d{1,9}[.)])[ \t]", re.MULTILINE)
# A post in `.md` with `:::tip` may be VitePress's, which knows no expressions in braces.
_MDX = re.compile(
    r"^(?:import|export)\s|</?[A-Z]\w*[\s/>]|\{/\*|\s\{#[\w-]+\}$|^```[^\n]*\stitle=|<!--truncate-->", re.M
)
_UNWANTED = re.compile(f"[{_CONTROL_CHARS}{OPEN}{CLOSE}]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A post, or why there is none: `post` is None exactly when `left_out` gives a reason, such as "draft".

    `generator` is the one by whose rules the post was read; "" when neither site nor post told.
    """

    post: Post | None
    notices: tuple[Notice, ...] = ()
    left_out: str = ""
    generator: str = ""


def parse_post(path: str, source: bytes, site: Site) -> Parsed:
    """The post in a file's bytes.

    :param path: POSIX, relative to the content folder.
    :raises PostError: not UTF-8, too large, or front matter that does not parse; names path and place.
    """
    text = _decoded(path, source)
    parts = matter.split(path, text)
    if site.generator == "jekyll":
        parts = replace(parts, meta={**defaults(PurePosixPath(site.offset) / path, site.settings), **parts.meta})
    reason = metadata.left_out(path, parts.meta)
    if reason:
        return Parsed(None, left_out=reason)
    generator = site.generator or detect(path, parts)
    if generator == "gatsby":
        parts = replace(parts, body=without_bars(parts.body))
    elif generator == "hugo":
        parts = replace(parts, body=with_own_items(parts.body))

    stash = Stash()
    told = site.generator == "docusaurus" or _MDX.search(parts.body) is not None
    mdx = path.endswith(".mdx") or (generator == "docusaurus" and told)
    commonmark = generator not in PYTHON_MARKDOWN
    lexer = Lexer(
        path,
        parts.body,
        parts.first_line,
        stash,
        generator=generator,
        values=Values(_given(generator, parts, site), liquid=generator == "jekyll"),
        tags_in_code=generator in {"hugo", "quarto"},
        mdx=mdx,
        commonmark=commonmark,
        extensions=extensions(generator, site.settings),
    )
    body = lexer.run(rules(generator, mdx=mdx, commonmark=commonmark))
    raw_ids = generator == "jekyll" or (generator == "hugo" and bool(site.version and site.version < IDS_OF_TEXT))
    deep = _DEEP_LINE.search(parts.body)
    tell_deep = partial(lexer.note, "nested", deep.start() if deep else 0, _TOO_DEEP)
    root = read(render(body, generator, mdx=mdx, raw_ids=raw_ids, tell_deep=tell_deep))
    pictures = Pictures(site.root, PurePosixPath(path).parent)
    tidy(root, stash, pictures.show, lambda rest: lexer.note("leftover", lexer.where(rest), f"taken out: {rest[:80]}"))
    set_anchors(root, generator, site.settings)
    walked = walk(root)

    about = metadata.read(path, parts.meta, site.people)
    first_heading = next((section.heading[-1] for section in walked.sections if section.level == 1), "")
    title = about.title or first_heading or about.label or metadata.file_title(path, parts.meta)
    if not walked.text:
        notice = Notice(path, 1, "empty", "the post has no text of its own: left out")
        return Parsed(None, (*dict.fromkeys(lexer.notices), notice), "empty")
    control = _CONTROL.search(source)
    if control:
        line = source.count(b"\n", 0, control.start()) + 1
        lexer.notices.append(Notice(path, line, "control", "control characters, such as NUL, are taken out"))
    if not is_english(prose(walked)):
        lexer.note("language", 0, "not in English: questions about it will be answered less well")
    post = Post(
        id=str(PurePosixPath(path).with_suffix("")).replace("/", "--"),
        path=path,
        title=title,
        url=links.post_url(path, parts.meta, title, about.date, site, generator),
        date=about.date,
        text=walked.text,
        html=write(root),
        sections=walked.sections,
        digest=hashlib.sha256(source).hexdigest(),
        description=about.description,
        updated=about.updated,
        authors=about.authors,
        tags=about.tags,
        questions=about.questions,
        note_marks=walked.note_marks,
        gaps=walked.gaps,
        images=pictures.shown(),
    )
    return Parsed(post, tuple(dict.fromkeys(lexer.notices)), generator=generator)


def _given(generator: str, parts: matter.Source, site: Site) -> dict[str, object]:
    """What template tags can name of front matter and configuration, by the names that the generator gives them."""
    match generator:
        case "jekyll":
            return {"page": parts.meta, **({"site": site.settings} if site.settings else {})}
        case "hugo":
            named = {**_mapping(site.settings.get("params")), **parts.meta, **_mapping(parts.meta.get("params"))}
            return {"param": {str(key).lower(): value for key, value in named.items()}}
        case "quarto":
            execute = {**_mapping(site.settings.get("execute")), **_mapping(parts.meta.get("execute"))}
            bibliography = parts.meta.get("bibliography") or site.settings.get("bibliography")
            return {"bibliography": bibliography, "execute": execute, "meta": parts.meta}
        case "docusaurus":
            return {"frontMatter": parts.meta}
        case "mkdocs":
            # As the plug-in for macros names them; front matter goes before the configuration.
            named = {**_mapping(site.settings.get("extra")), **parts.meta}
            return {"config": site.settings, "page": {**parts.meta, "meta": parts.meta}, **named}
        case _:
            return {}


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _decoded(path: str, source: bytes) -> str:
    if len(source) > MAX_BYTES:
        size = f"{len(source) / 1e6:.0f} MB"
        raise PostError(
            f"{path}: {size} is too large for a post; split it below {MAX_BYTES / 1e6:.0f} MB or move it out"
        )
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PostError(
            f"{path}: not UTF-8 at byte {error.start} (0x{source[error.start]:02x}); save the file as UTF-8"
        ) from None
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
