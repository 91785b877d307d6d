"""Which generator a post was written for, from its path, front matter and constructs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.parse.matter import Source

# A generator is told by constructs that the others show as they stand. Each pattern found counts its weight once.
_SIGNS: tuple[tuple[str, int, str], ...] = (
    ("hugo", 3, r"\{\{[<%]\s*/?[\w/.-]+[^\n]*[>%]\}\}"),
    ("quarto", 5, r"\{\{<\s*(?:include|video|meta|var|embed|pagebreak)\b"),
    ("quarto", 4, r"^`{3,}\{(?:python|r|julia|ojs|bash)\b|^:{3,}\s*\{[^}\n]*\}"),
    ("quarto", 3, r"^#\|\s|\]\{\.[\w-]|\)\{(?:width|fig-align|#fig-)"),
    ("zola", 4, r"\{%\s*end\s*%\}|\{\{\s*\w+\([^\n]*\)\s*\}\}|\]\(@/"),
    ("jekyll", 3, r"\{%-?\s*(?:highlight|include|post_url|link|raw|assign|if|for|comment|gist|endhighlight)\b"),
    ("jekyll", 3, r"\{\{-?\s*(?:site|page|layout)\.|\|\s*(?:relative_url|absolute_url|prepend:)"),
    ("jekyll", 3, r"^[ \t]*\{:|[)\]*]\{:|\{::"),
    ("pelican", 4, r"PELICAN_(?:BEGIN|END)_SUMMARY|\]\(\{(?:filename|static|attach|tag|category)\}|\|filename\|"),
    ("pelican", 3, r"\{%\s*(?:notebook|img|video|include_code|literal|youtube|blockquote|graphviz)\s"),
    ("mkdocs", 4, r"^[ \t]*(?:!!!|\?\?\?\+?|===[!+]*)\s+[\w\"]|^[ \t]*///"),
    ("mkdocs", 4, r":(?:material|octicons|fontawesome|simple)-[\w-]+:|--8<--|\{\s*\.annotate\s*\}|<!-- md:"),
    ("mkdocs", 3, r"<\w+[^>\n]*\smarkdown(?:=\"\w+\")?[\s>]|\+\+[\w+]+\+\+|\{(?:--|\+\+|==)[^}\n]+(?:--|\+\+|==)\}"),
    ("docusaurus", 3, r"^[ \t]*:{3,}\s*(?:info|tip|note|warning|danger|caution|important)\b"),
    ("docusaurus", 3, r"^import\s+.+\s+from\s+['\"]|<!--\s*truncate\s*-->|\{/\*"),
    ("docusaurus", 2, r"<[A-Z]\w*(?:\s[^>]{0,300})?/?>|^```\w*\s+(?:title=|\{[\d,-]+\}|showLineNumbers|eval)"),
    ("docusaurus", 1, r"^```\w*[^\n]*\stitle=\"|\sclassName="),
    ("commonmark", 2, r"^[^\s>#|*+-][^\n]{0,300}\n[*+-][ \t]+\S|^[^\s>#|*+\d-][^\n]{0,300}\n1[.)][ \t]+\S"),
    ("commonmark", 2, r"^>[ \t]?[^\s>#|*+-][^\n]{0,300}\n>[ \t]?[*+-][ \t]+\S"),
    (
        "commonmark",
        2,
        r"^ {0,3}[-*+] [^\n]+\n {2,3}[-*+] |^(?:[-*+]|\d\.) [^\n]+\n(?:\n {2,3}[^\s*+-]|\n? {2,3}```)",
    ),
    ("commonmark", 2, r"^<(?:div|details|section|center|table)\b[^\n]*>\s*\n(?:[^\n<]*\n)?\n"),
)
_COMPILED = tuple((name, weight, re.compile(pattern, re.MULTILINE)) for name, weight, pattern in _SIGNS)
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_MAX_LINE_CHARS = 3_000
_SPAN = re.compile(r"`[^`\n]+`")
_SURE = 3
_READ_CHARS = 200_000


def detect(path: str, source: Source) -> str:
    """The generator that the post speaks for; "" when nothing tells. "commonmark" is plain CommonMark."""
    body = source.body[:_READ_CHARS]
    scores: dict[str, int] = {}

    def count(name: str, weight: int) -> None:
        scores[name] = scores.get(name, 0) + weight

    for name, weight in _outside(path, source):
        count(name, weight)
    prose = _SPAN.sub("`c`", "\n".join(_outside_code(body)))
    for name, weight, pattern in _COMPILED:
        if pattern.search(prose):
            count(name, weight)
    if any(count >= _SURE for name, count in scores.items() if name != "commonmark"):
        # All of a family write as it does; a generator's own constructs tell more.
        scores.pop("commonmark", None)
    best = max(scores, key=lambda name: scores[name], default="")
    return best if scores.get(best, 0) >= 2 else ""


def _outside_code(body: str) -> Iterator[str]:
    """The lines of the body but those inside fences, and those that no one has typed."""
    fence = ""
    for line in body.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
        else:
            fence = mark[1] if mark else ""
            if len(line) <= _MAX_LINE_CHARS:
                yield line


def _outside(path: str, source: Source) -> list[tuple[str, int]]:
    """What the path and the front matter tell."""
    folders, meta = f"/{path}", source.meta
    found: list[tuple[str, int]] = []
    if path.endswith(".qmd"):
        found.append(("quarto", 20))
    if path.endswith(".mdx"):
        found.append(("docusaurus", 10))
    if "/_posts/" in folders:
        found.append(("jekyll", 6))
    if "/docs/blog/posts/" in folders or (source.form == "yaml" and isinstance(meta.get("date"), dict)):
        found.append(("mkdocs", 4))
    if source.form == "toml":
        zola = any(key in meta for key in ("taxonomies", "extra", "in_search_index", "template"))
        found.append(("zola" if zola else "hugo", 3))
    if source.form == "headers":
        found.append(("pelican", 4))
    if source.form == "yaml":
        if any(key in meta for key in ("sidebar_label", "sidebar_position", "hide_table_of_contents")):
            found.append(("docusaurus", 3))
        if any(key in meta for key in ("linkTitle", "weight", "publishDate", "lastmod", "cascade")):
            found.append(("hugo", 2))
        if any(key in meta for key in ("format", "execute", "bibliography", "listing")):
            found.append(("quarto", 3))
    return found
