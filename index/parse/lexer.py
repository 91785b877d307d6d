"""Reads a post's body from left to right and rewrites what Markdown parsers do not know.

The leftmost construct wins, so a tag inside code stays code and a backtick inside a tag stays part of the tag. Each
construct is a `Rule`; what no rule takes is passed on unchanged.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from index.parse.branches import TagBlock
from index.parse.stash import Held, Stash
from index.parse.values import Values
from index.types import Notice

_PATIENCE, _SHORT_CHARS, _BUDGET_CHARS = 300, 40, 60_000
# A caption may hold a tag that has a caption; nobody goes on from there.
_MAX_DEPTH = 2
_BLANK_LINE = re.compile(r"\n[ \t>]*(?=\n|\Z)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A construct: what it begins with, and what rewrites it.

    `apply` emits what takes the construct's place and returns where reading goes on, or None when it is something else.
    """

    opening: str
    apply: Callable[[Lexer, re.Match[str]], int | None]


class Lexer:
    """The state of one pass over one body."""

    def __init__(
        self,
        path: str,
        body: str,
        first_line: int,
        stash: Stash,
        *,
        generator: str = "",
        values: Values | None = None,
        tags_in_code: bool = False,
        mdx: bool = False,
        commonmark: bool = False,
        extensions: frozenset[str] = frozenset(),
    ) -> None:
        """:param first_line: the line of the file on which the body begins, from 1.
        :param values: what the names in template tags stand for, as far as it is known.
        :param tags_in_code: whether the generator runs its template tags inside code too.
        :param mdx: whether braces hold expressions and tags are components.
        :param commonmark: whether a CommonMark parser reads what comes out.
        :param extensions: what the generator's parser is told to use.
        """
        # `whole` is the body of the post, also where only a line of it is read.
        self.path, self.body, self.whole, self.stash = path, body, body, stash
        self.generator, self.values = generator, values or Values()
        self.tags_in_code, self.mdx, self.commonmark = tags_in_code, mdx, commonmark
        self.extensions = extensions
        self.html_is_markdown = (
            generator == "quarto" or "parse_block_html" in extensions or 'parse_block_html="true"' in body
        )
        self.notices: list[Notice] = []
        self.backticks: dict[int, list[int]] | None = None
        self.indented: frozenset[int] | None = None
        self.raw_end = 0
        self.annotated: frozenset[int] | None = None
        self.unfenced: set[int] = set()
        self.missed = 0
        self.tabs_until = 0
        self.table_until = 0
        self.tag_blocks: Mapping[int, TagBlock] | None = None
        self.skips: dict[int, int] = {}
        self._first_line = first_line
        self._out: list[str] = []
        self._rules: Sequence[Rule] = ()
        self._depth = 0
        self._breaks = [match.start() for match in re.finditer("\n", body)]
        self._blanks = [match.start() for match in _BLANK_LINE.finditer(body)]
        self._exhausted: set[str] = set()

    def run(self, rules: Sequence[Rule]) -> str:
        """The body with every construct rewritten; `notices` then says what was not understood."""
        self._rules = rules
        openings = [re.compile(rule.opening, re.MULTILINE) for rule in rules]
        scanner = re.compile("|".join(f"(?:{rule.opening})" for rule in rules), re.MULTILINE)
        position = passed = 0
        while position < len(self.body) and (match := scanner.search(self.body, position)):
            start = match.start()
            self._out.append(self.body[passed:start])
            passed = start
            position = start + 1
            for opening, rule in zip(openings, rules, strict=True):
                found = opening.match(self.body, start)
                end = rule.apply(self, found) if found else None
                if end is not None:
                    position = passed = end
                    break
        self._out.append(self.body[passed:])
        return "".join(self._out)

    def inline(self, text: str, at: int) -> str:
        """A line that a construct at `at` holds, such as a caption or a cell, with its own constructs rewritten."""
        rules = [rule for rule in self._rules if not rule.opening.startswith("^")]
        if self._depth >= _MAX_DEPTH:
            return text
        inner = Lexer(
            self.path,
            text,
            self.line(at),
            self.stash,
            generator=self.generator,
            values=self.values,
            tags_in_code=self.tags_in_code,
            mdx=self.mdx,
            commonmark=self.commonmark,
            extensions=self.extensions,
        )
        inner._depth, inner.whole = self._depth + 1, self.whole
        read = inner.run(rules)
        self.notices += inner.notices
        return " ".join(read.split())

    def emit(self, text: str) -> None:
        """Put text in the running line."""
        self._out.append(text)

    def emit_held(self, thing: Held) -> None:
        """Put a thing that the parser must not touch in the running line."""
        self._out.append(self.stash.hold(thing))

    def emit_block(self, text: str, start: int, end: int) -> None:
        """Put lines in place of `start:end` as a block of its own, in the container of the line on which it starts."""
        before = self.body[self.line_start(start) : start]
        prefix = self.prefix(start)
        blank = prefix.rstrip(" \t")
        lines = ("\n" + prefix).join(text.split("\n"))
        if before.strip(" \t>"):
            opener = re.sub(r"(?:[-*+]|\d{1,9}[.)])(?=[ \t])", "", before).strip(" \t>")
            lead = f"\n{blank}\n{prefix}" if opener else ""
        else:
            lead = f"\n{prefix}"
        rest = self.body[end : self.line_end(end)].strip(" \t")
        self._out.append(f"{lead}{lines}\n{blank}" + (f"\n{prefix}" if rest else ""))

    def trim(self, closing: str) -> bool:
        """Take back `closing` when it is the very last that was put out; whether it was."""
        if self._out and self._out[-1].endswith(closing):
            self._out[-1] = self._out[-1].removesuffix(closing)
            return True
        return False

    def note(self, kind: str, at: int, message: str) -> None:
        """Remember something that the owner should know, with its line."""
        self.notices.append(Notice(self.path, self.line(at), kind, message))

    def line(self, at: int) -> int:
        """The line of the file, from 1, that this place of the body is on."""
        return self._first_line + bisect_left(self._breaks, at)

    def where(self, text: str) -> int:
        """Where a text that was left over stands in the body; its start when it cannot be found."""
        return max(0, self.body.find(text.strip()))

    def find(self, pattern: str, start: int) -> re.Match[str] | None:
        """The next match of a closing construct; linear over the whole pass, since a miss is remembered."""
        if pattern in self._exhausted:
            return None
        match = re.compile(pattern, re.IGNORECASE | re.MULTILINE).search(self.body, start)
        if match is None:
            self._exhausted.add(pattern)
        return match

    def find_here(self, pattern: str, start: int, chars: int = 5_000) -> re.Match[str] | None:
        """A match of the pattern at `start`, within a bounded number of characters."""
        found = re.compile(pattern, re.DOTALL).match(self.body, start, self.reach(start, chars))
        self.missed += found is None
        return found

    def reach(self, start: int, chars: int) -> int:
        """How far to look for the end of what opens at `start`: not far, in a post that keeps leaving things open."""
        if self.missed > _PATIENCE:
            chars = min(chars, max(_SHORT_CHARS, _BUDGET_CHARS // self.missed))
        return min(len(self.body), start + chars)

    def paragraph_end(self, at: int) -> int:
        """Where the run of lines without a blank one ends."""
        index = bisect_left(self._blanks, at)
        return self._blanks[index] if index < len(self._blanks) else len(self.body)

    def paragraph_start(self, at: int) -> int:
        """Where the run of lines without a blank one begins that this place, the beginning of a line, is in."""
        index = bisect_left(self._blanks, at - 1)
        if not index:
            return 0
        return self.line_end(self._blanks[index - 1] + 1) + 1

    def line_start(self, at: int) -> int:
        """Where the line begins."""
        return self.body.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """Where the line ends, before its line break."""
        index = bisect_left(self._breaks, at)
        return self._breaks[index] if index < len(self._breaks) else len(self.body)

    def is_heading(self, at: int) -> bool:
        """Whether the line is a heading, by number signs or by the line below it."""
        line = self.body[self.line_start(at) : self.line_end(at)]
        if re.match(r"[ \t>]*#{1,6}[ \t]", line):
            return True
        below = self.line_end(at) + 1
        return (
            bool(line.strip())
            and re.match(r" {0,3}(?:=+|-{2,})[ \t]*$", self.body[below : self.line_end(below)]) is not None
        )

    def prefix(self, at: int) -> str:
        """The indentation and quotation marks that a further line needs to stand in the same container."""
        line = self.body[self.line_start(at) : at]
        lead = re.match(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*", line)
        return re.sub(r"[^ \t>]", " ", lead[0]) if lead else ""

    def alone(self, start: int, end: int) -> bool:
        """Whether nothing else stands on the lines of `start:end`."""
        before = self.body[self.line_start(start) : start]
        opened = re.sub(r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*", "", before)
        return not opened.strip(" \t>") and not self.body[end : self.line_end(end)].strip(" \t")
