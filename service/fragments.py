"""The text directive that has a browser find and mark a quote in the post's page.

WICG, URL Fragment Text Directives. A browser marks the first place at which all terms of a directive match, each within
one block of the page; between `prefix-` and the words, or the words and `-suffix`, may be a border of blocks, but
nothing else that a page shows. So no term reaches over a gap of the post or the end of a line, and where a quote is not
the first to say its words, they are told apart by more of them, or by those around it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import TypeAlias
from urllib.parse import quote

from index import Post

# A quote longer than this is named by its first and last words.
_WHOLE_CHARS = 60
_EDGE_WORDS, _MOST_WORDS = 5, 12
_WORD, _BREAK = re.compile(r"\S+"), re.compile(r"\n+")
Span: TypeAlias = tuple[int, int]


def directive(post: Post, start: int, end: int) -> str:
    """What follows `:~:text=` for the words of `post.text[start:end]`; "" when there are none."""
    page = _Page(post)
    runs = page.runs(start, end)
    if not runs:
        return ""
    if len(runs) == 1 and page.is_short(runs[0]):
        return _whole(page, runs[0])
    return _range(page, runs)


def _whole(page: _Page, said: Span) -> str:
    """The words, with as little around them as tells them apart from what stands before them."""
    around = [("", ""), *page.around(said)]
    prefix, suffix = next((pair for pair in around if page.first_at(said, *pair)), around[0])
    return _written(prefix, page.text[slice(*said)], "", suffix)


def _range(page: _Page, runs: list[Span]) -> str:
    """The first and last words, as many as tell them apart; from a later run on, where those of the first cannot."""
    nothing: tuple[str, Span] = ("", next(page.edges(runs[0], first=True)))
    prefix, begin = next((begun for run in runs if (begun := _begin(page, run))), nothing)
    ends = [edge for edge in page.edges(runs[-1], first=False) if edge[0] >= begin[1]]
    if not ends:
        return _written(prefix, page.text[slice(*begin)], "", "")
    suffix, last = "", next((edge for edge in ends if page.first_at(edge, after=begin[1])), None)
    if last is None:
        told = ((behind, edge) for edge in ends for before, behind in page.around(edge) if behind and not before)
        follows = (pair for pair in told if page.first_at(pair[1], suffix=pair[0], after=begin[1]))
        suffix, last = next(follows, ("", ends[-1]))
    return _written(prefix, page.text[slice(*begin)], page.text[slice(*last)], suffix)


def _begin(page: _Page, run: Span) -> tuple[str, Span] | None:
    """The first words of the run, with those before them where they are needed; None when nothing tells them apart."""
    alone = next((edge for edge in page.edges(run, first=True) if page.first_at(edge)), None)
    if alone:
        return "", alone
    edges = page.edges(run, first=True)
    told = ((before, edge) for edge in edges for before, behind in page.around(edge) if before and not behind)
    return next((pair for pair in told if page.first_at(pair[1], pair[0])), None)


class _Page:
    """The post's text as a browser searches it, as far as that is known: below its title, date and contents."""

    def __init__(self, post: Post) -> None:
        self.text = post.text
        about = (post.title, post.description, *post.authors, *post.tags, post.date[:10])
        above = "\n".join([*about, *(heading.text for heading in post.headings), ""])
        self._folded = _folded(above + post.text)
        self._above = len(above)
        self._gaps = set(post.gaps)
        self._titles = {section.title_end for section in post.sections if section.is_titled}
        self._starts = {section.title_start for section in post.sections if section.is_titled}

    def runs(self, start: int, end: int) -> list[Span]:
        """The spans of words of `start:end` that a page shows without a break."""
        cuts = [(first, last) for first, last in self._gaps if first < end and last > start]
        cuts += [match.span() for match in _BREAK.finditer(self.text, start, end)]
        spans, at = [], start
        for first, last in [*sorted(cuts), (end, end)]:
            spans.append((at, min(first, end)))
            at = max(at, last)
        runs = [self._bounded(span) for span in spans]
        return [run for run in runs if self.text[slice(*run)].strip()]

    def is_short(self, span: Span) -> bool:
        """Whether the span is named whole: as a range it would not be shorter."""
        said = self.text[slice(*span)]
        return len(said) <= _WHOLE_CHARS or len(said.split()) < 2 * _EDGE_WORDS

    def edges(self, run: Span, *, first: bool) -> Iterator[Span]:
        """The first, or the last, five words of the run, six, and so on."""
        found = _WORD.finditer(self.text, *run)
        words = [match.span() for match in (islice(found, _MOST_WORDS) if first else deque(found, _MOST_WORDS))]
        for count in range(min(_EDGE_WORDS, len(words)), len(words) + 1):
            yield (run[0], words[count - 1][1]) if first else (words[-count][0], run[1])

    def around(self, span: Span) -> Iterator[tuple[str, str]]:
        """Words before and after the span, those of its own block first."""
        before, after = self._before(span[0]), self._after(span[1])
        own_before, own_after = (self.text[slice(*words)] if own else "" for words, own in (before, after))
        if own_before:
            yield own_before, ""
        if own_after:
            yield "", own_after
        all_before, all_after = self.text[slice(*before[0])], self.text[slice(*after[0])]
        if all_before:
            yield all_before, ""
        if all_after:
            yield "", all_after
        if all_before and all_after:
            yield all_before, all_after

    def first_at(self, span: Span, prefix: str = "", suffix: str = "", after: int = 0) -> bool:
        """Whether no earlier place, from `after` on, has these words with these before and after them."""
        said = self._folded[self._above + span[0] : self._above + span[1]]
        prefix, suffix = _folded(prefix), _folded(suffix)
        at = self._folded.find(said, self._above + after if after else 0)
        while 0 <= at < self._above + span[0]:
            before, behind = self._folded[:at].rstrip(), self._folded[at + len(said) :].lstrip()
            if before.endswith(prefix) and behind.startswith(suffix):
                return False
            at = self._folded.find(said, at + 1)
        return True

    def _before(self, start: int) -> tuple[Span, bool]:
        """The words right before, and whether they stand in the same block; an empty span where a page may show more.

        Behind a heading a page may show a link to it.
        """
        end = len(self.text[:start].rstrip())
        touched = any(first <= start and last >= end for first, last in self._gaps)
        runs = self.runs(self.text.rfind("\n", 0, end) + 1, end)
        if not runs or runs[-1][1] < end or end in self._titles or touched:
            return (start, start), False
        words = [match.span() for match in _WORD.finditer(self.text, *runs[-1])]
        return (words[-min(_EDGE_WORDS, len(words))][0], end), "\n" not in self.text[end:start]

    def _after(self, end: int) -> tuple[Span, bool]:
        """The words right after, and whether they stand in the same block."""
        start = end + len(self.text[end:]) - len(self.text[end:].lstrip())
        touched = any(first <= start and last >= end for first, last in self._gaps)
        close = self.text.find("\n", start)
        runs = self.runs(start, close if close >= 0 else len(self.text))
        if not runs or end in self._titles or start in self._starts or touched:
            return (end, end), False
        words = [match.span() for match in _WORD.finditer(self.text, *runs[0])]
        return (start, words[min(_EDGE_WORDS, len(words)) - 1][1]), "\n" not in self.text[end:start]

    def _bounded(self, span: Span) -> Span:
        """The span from and to the border of a word: a word that a footnote's number is glued to is not found."""
        said = self.text[slice(*span)]
        glued = (span[1], span[1]) in self._gaps and re.search(r"\w$|\d[.,:]$", said)
        end = len(re.sub(r"\S+$", "", said).rstrip() if glued else said.rstrip())
        return span[0] + len(said) - len(said.lstrip()), span[0] + end


def _folded(words: str) -> str:
    """The words in lower case, since the search heeds none; a letter that would become two stays, so that places do."""
    low = words.lower()
    return low if len(low) == len(words) else "".join(s if len(s.lower()) > 1 else s.lower() for s in words)


def _written(prefix: str, first: str, last: str, suffix: str) -> str:
    terms = [f"{_encoded(prefix)}-" if prefix else "", _encoded(first), _encoded(last)]
    return ",".join(term for term in [*terms, f"-{_encoded(suffix)}" if suffix else ""] if term)


def _encoded(words: str) -> str:
    # `-`, `,` and `&` have a meaning in the directive; quote() leaves the first alone.
    return quote(words, safe="").replace("-", "%2D")
