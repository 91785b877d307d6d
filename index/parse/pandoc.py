"""What pandoc adds to Markdown, for Quarto: references to figures, citations, lists by letters, line blocks."""

from __future__ import annotations

import re

from index.parse.lexer import Lexer, Rule
from index.parse.stash import Gap, Verbatim

_KINDS = {"fig": "Figure", "tbl": "Table", "eq": "Equation", "lst": "Listing", "sec": "Section", "thm": "Theorem"}
# The first line of what can only be one.
_PARAGRAPH = re.compile(r"(?!\(?[\w@#-]{0,9}[.)][ \t])[A-Za-z\"'“‘]")
_LABEL = r"(?:[Ff]ig|[Tt]bl|[Ee]q|[Ll]st|[Ss]ec|[Tt]hm)-[\w-]*\w"


def reference(lexer: Lexer, match: re.Match[str]) -> int:
    """`@fig-x`: the kind and the number that the page shows, by the order in which the labels stand in the post."""
    lexer.emit(_shown(lexer, match[0]))
    return match.end()


def _shown(lexer: Lexer, written: str) -> str:
    label = written.lstrip("-@")
    label = label[:1].lower() + label[1:]
    kind = label.partition("-")[0]
    number = _number(lexer, kind, label)
    if written.startswith("-"):
        return str(number or "")
    return f"{_KINDS[kind]} {number}" if number else _KINDS[kind]


def bracketed(lexer: Lexer, match: re.Match[str]) -> int:
    """`[@fig-x]`, or with words of the author's own for the kind: `[Fig. @fig-x]`."""
    lexer.emit(match[0][: match[0].index("[")])
    words = match[1].strip()
    lexer.emit(
        f"{words} {_shown(lexer, f'-@{match[3]}')}".strip() if words else _shown(lexer, f"{match[2]}@{match[3]}")
    )
    return match.end()


def _number(lexer: Lexer, kind: str, label: str) -> int:
    """Which of its kind the label is, from 1; 0 when the post does not have it, and for sections, seldom numbered."""
    if kind == "sec":
        return 0
    own = rf"{kind}-[\w-]*\w"
    pattern = re.compile(rf"\{{[^}}\n]*#({own})|^[ \t]*#\|[ \t]*label:[ \t]*({own})", re.MULTILINE)
    found = list(dict.fromkeys(attribute or option for attribute, option in pattern.findall(lexer.whole)))
    return found.index(label) + 1 if label in found else 0


def citation(lexer: Lexer, match: re.Match[str]) -> int:
    """`[@key, p. 3]`: what is shown for it is in the bibliography, not in the post."""
    lexer.note("citation", match.start(), f"taken out, since the bibliography is not read: {match[0].strip()[:80]}")
    lexer.emit_held(Gap())
    return match.end()


def example(lexer: Lexer, match: re.Match[str]) -> int | None:
    """`(@label)` in a sentence: the number of the item with that label, among all such items of the post."""
    labels = re.findall(r"^[ \t]*\(@([\w-]*)\)[ \t]+\S", lexer.whole, re.MULTILINE)
    if match[1] not in labels:
        return None
    lexer.emit(f"({labels.index(match[1]) + 1})")
    return match.end()


def narrative(lexer: Lexer, match: re.Match[str]) -> int | None:
    """`@key` in a sentence: its key stands for the names that the page shows, so that the sentence has its subject."""
    if not lexer.values.get("bibliography"):
        return None
    lexer.note("citation", match.start(), f"its key is shown, since the bibliography is not read: {match[0]}")
    lexer.emit_held(Verbatim(match[1], math=True))
    return match.end()


def raised(lexer: Lexer, match: re.Match[str]) -> int:
    """`x^2^` and `H~2~O`."""
    tag = "sup" if match[0][0] == "^" else "sub"
    lexer.emit(f"<{tag}>{match[0][1:-1]}</{tag}>")
    return match.end()


def command(lexer: Lexer, match: re.Match[str]) -> int:
    r"""A line of LaTeX, such as `\newpage`, which no page shows."""
    lexer.emit_block("", match.start(), match.end())
    return match.end()


def inline_command(lexer: Lexer, match: re.Match[str]) -> int:
    r"""LaTeX in a sentence, such as `\textbf{x}`: pandoc leaves it out of a page."""
    lexer.note("template", match.start(), f"taken out, as pandoc leaves LaTeX out of pages: {match[0][:80]}")
    lexer.emit_held(Gap())
    return match.end()


def hard_space(lexer: Lexer, match: re.Match[str]) -> int:
    """A blank that no line may break at."""
    lexer.emit(" ")
    return match.end()


def item(lexer: Lexer, match: re.Match[str]) -> int | None:
    """A list's item by a letter, a Roman numeral or a label in brackets: the parser knows numbers only."""
    above = lexer.body[lexer.line_start(match.start() - 1) : match.start()] if match.start() else ""
    if above.strip() and not re.match(r"[ \t]*(?:[-*+]|\(?[\w@#]+[.)])[ \t]", above):
        return None
    sign = match[2].strip()
    lexer.emit(match[1] + "1" + (")" if sign.endswith(")") else ".") + " " * min(len(match[2]) - 2, 4))
    return match.end()


def no_item(lexer: Lexer, match: re.Match[str]) -> int | None:
    """A mark of a list within a paragraph: pandoc begins a list below an empty line only."""
    start = lexer.paragraph_start(match.start())
    if start == match.start() or not _PARAGRAPH.match(lexer.body, start):
        return None
    lexer.emit(f"{match[1]}\\{match[2]}")
    return match.end()


def line(lexer: Lexer, match: re.Match[str]) -> int | None:
    """A line of a line block: its bar goes, its end is a line break."""
    end = lexer.line_end(match.end())
    if "|" in lexer.body[match.end() : end]:
        return None
    lexer.emit(lexer.body[match.end() : end] + "  ")
    return end


REFERENCE = Rule(rf"(?<![\w@])-?@{_LABEL}", reference)
BRACKETED = Rule(rf"[ \t]?\[([^\[\]\n@]*?)(-?)@({_LABEL})\](?![(\[])", bracketed)
CITATION = Rule(r"[ \t]?\[(?:[^\[\]\n@]*[ \t(])?-?@[A-Za-z][\w:.#$%&+?<>~/-]*[^\[\]\n]*\](?![(\[])", citation)
NARRATIVE = Rule(r"(?<![\w@/.:`\\])-?@([A-Za-z][\w:-]*\w)(?:[ \t]\[[^\[\]\n@]*\](?![(\[]))?", narrative)
EXAMPLE = Rule(r"\(@([\w-]+)\)", example)
RAISED = Rule(r"(?<=[\w)\]])(?:\^[^\s^\[\]]{1,30}\^|(?<!~)~(?!~)[^\s~]{1,30}~(?!~))", raised)
COMMAND = Rule(r"^\\(?!begin\b|end\b)[a-zA-Z]+(?:\[[^\]\n]*\]|\{[^{}\n]*\})*[ \t]*$", command)
INLINE_COMMAND = Rule(r"\\(?!begin\b|end\b)[a-zA-Z]+(?:\[[^\]\n]*\]|\{[^{}\n]*\})*", inline_command)
HARD_SPACE = Rule(r"\\ (?=\S)", hard_space)
ITEM = Rule(r"^([ \t]*)((?:[a-z]\.|\(\d{1,3}\)|\([a-z]\)|[a-z]\)|\(@[\w-]*\)|#\.|\(?[ivx]+[.)])[ \t]+)(?=\S)", item)
NO_ITEM = Rule(r"^(\d{0,9})([-*+](?=[ \t])|(?<=\d)[.)](?=[ \t]))", no_item)
LINE = Rule(r"^\|[ \t]+(?=\S)", line)
