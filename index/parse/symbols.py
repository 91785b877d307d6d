"""Small things that a generator replaces: icons and emoji, snippets, abbreviations, Quarto's table captions."""

from __future__ import annotations

import re

from pymdownx import gemoji_db

from index.parse.lexer import Lexer, Rule
from index.parse.stash import Role, Sign

_ALIASES: dict[str, str] = gemoji_db.aliases
# They put emoji in place before they make the ids of headings.
_SIGNS_FIRST = frozenset({"mkdocs", "quarto"})
_SNIPPETS = r"\n(?:[^\n]*\n){1,20}?[ \t]*-+8<-+[ \t]*(?=\n|\Z)"
_SNIPPET_MARK = re.compile(r"\[(?:start|end):")
_ANNOTATED_PARAGRAPH = re.compile(r"[ \t]*\{[^}]*\.annotate\b[^}]*\}[ \t]*")
_ANNOTATED_BLOCK = re.compile(r"[ \t]*(?:!!!|\?\?\?\+?)[^\n]*\bannotate\b")
_ANNOTATED_DIVISION = re.compile(r"[ \t]*<div[^>]*\bannotate\b")
# No paragraph that anybody wrote has more.
_MOST_LINES = 200
_FIRST_ITEM = re.compile(r"[ \t]*1\.[ \t]")
_SMART = {
    **{"(c)": "©", "(r)": "®", "(tm)": "™", "c/o": "℅", "+/-": "±", "=/=": "≠", "<-->": "↔", "<--": "←", "-->": "→"},
    **{"1/4": "¼", "1/2": "½", "3/4": "¾", "1/3": "⅓", "2/3": "⅔", "1/5": "⅕", "2/5": "⅖", "3/5": "⅗", "4/5": "⅘"},
    **{"1/6": "⅙", "5/6": "⅚", "1/8": "⅛", "3/8": "⅜", "5/8": "⅝", "7/8": "⅞"},
}
_EMOJI: dict[str, dict[str, str]] = gemoji_db.emoji


def icon(lexer: Lexer, match: re.Match[str]) -> int | None:
    """`:material-home:` goes; `:tada:` becomes its sign."""
    if re.match(r":(?:material|octicons|fontawesome|simple|custom)-", match[0]):
        look = lexer.find_here(r"\{[^{}\n]*\}", match.end(), 200)
        return look.end() if look else match.end()
    found = _EMOJI.get(_ALIASES.get(match[0], match[0]), {}).get("unicode")
    if found is None and lexer.generator == "mkdocs":
        found = _twemoji(match[0])
    if found is None:
        return None
    sign = "".join(chr(int(point, 16)) for point in found.split("-"))
    if lexer.is_heading(match.start()) and lexer.generator not in _SIGNS_FIRST:
        lexer.emit_held(Sign(sign, match[0]))
    else:
        lexer.emit(sign)
    return match.end()


def _twemoji(name: str) -> str | None:
    """The sign of an emoji in the set that MkDocs Material uses: it has names that GitHub's has not."""
    from pymdownx import twemoji_db  # here: few posts have one

    emoji: dict[str, dict[str, str]] = twemoji_db.emoji
    aliases: dict[str, str] = twemoji_db.aliases
    return emoji.get(aliases.get(name, name), {}).get("unicode")


def snippet(lexer: Lexer, match: re.Match[str]) -> int:
    """A line that includes another file, two with the files between them, or one at an end of what others include."""
    end = match.end()
    if not match[0].strip(" \t-8<"):
        close = lexer.find_here(_SNIPPETS, end)
        end = close.end() if close else end
    if not _SNIPPET_MARK.search(match[0]):
        files = " ".join(lexer.body[match.start() : end].split())
        lexer.note("include", match.start(), f"what it includes is not read: {files[:80]}")
    lexer.emit_block("", match.start(), end)
    return end


def annotation(lexer: Lexer, match: re.Match[str]) -> int | None:
    """`(1)` in a block with the class `annotate`: a button, whose text is the item of the list below."""
    if lexer.annotated is None:
        lexer.annotated = _annotated_lines(lexer.body)
    return match.end() if lexer.line_start(match.start()) in lexer.annotated else None


def _annotated_lines(body: str) -> frozenset[int]:
    """The offsets of the lines of each paragraph that ends with the class, and of each admonition or division with it,
    above the list of what is behind the buttons.
    """
    found: set[int] = set()
    waiting: list[int] = []
    paragraph: list[int] = []
    until = ""
    at = 0
    for line in body.split("\n"):
        blank = not line.strip()
        if until == "indent" and not blank and not line.startswith(("    ", "\t")):
            until = ""
        elif until:
            waiting.append(at)
            until = "" if until == "division" and line.strip() == "</div>" else until
            at += len(line) + 1
            continue
        if waiting and not blank:
            found.update(waiting if _FIRST_ITEM.match(line) else ())
            waiting = []
        if _ANNOTATED_PARAGRAPH.fullmatch(line):
            waiting, paragraph = paragraph, []
        elif _ANNOTATED_BLOCK.match(line) or _ANNOTATED_DIVISION.match(line):
            waiting, paragraph, until = [at], [], "division" if "<div" in line else "indent"
        else:
            paragraph = [] if blank else [*paragraph, at] if len(paragraph) < _MOST_LINES else paragraph
        at += len(line) + 1
    return frozenset(found)


def smart(lexer: Lexer, match: re.Match[str]) -> int | None:
    """`(c)` and the like, where `pymdownx.smartsymbols` makes signs of them."""
    if "pymdownx.smartsymbols" not in lexer.extensions:
        return None
    lexer.emit(_SMART[match[0]])
    return match.end()


def struck(lexer: Lexer, match: re.Match[str]) -> int:
    """`~x~`, which goldmark and remark strike out as they do `~~x~~`."""
    lexer.emit(f"<del>{match[1]}</del>")
    return match.end()


def hard_space(lexer: Lexer, match: re.Match[str]) -> int:
    """`&nbsp`: a space that no line breaks at."""
    lexer.emit("&nbsp;")
    return match.end()


def abbreviation(lexer: Lexer, match: re.Match[str]) -> int:
    """`*[HTML]: …` says what is shown when the pointer rests on the word."""
    return match.end()


def definition(lexer: Lexer, match: re.Match[str]) -> int | None:
    """A link's definition right below a paragraph, which CommonMark would take for a part of it."""
    before = lexer.body[: match.start()].rsplit("\n", 2)
    if len(before) < 2 or not before[-2].strip() or re.match(r" {0,3}\[[^\]\n]+\]:", before[-2]):
        return None
    lexer.emit(f"\n{match[0]}")
    return match.end()


def table_caption(lexer: Lexer, match: re.Match[str]) -> int | None:
    """pandoc's `: caption {#tbl-id}` or `Table: caption`, below a table or above it, up to the next blank line."""
    above = lexer.body[max(0, match.start() - 2_000) : match.start()].rstrip()
    end = lexer.paragraph_end(match.start())
    below = re.compile(r"\s*(?:[ \t]*\|.*\||[ \t]*\+[-=:]|.*\n?[ \t]*-{3,}[ \t]*(?:-|$))", re.MULTILINE)
    if not (
        above.rsplit("\n", 1)[-1].lstrip().startswith(("|", "+--", "---", ":--"))
        or (lexer.table_until and not lexer.body[lexer.table_until : match.start()].strip())
        or (match[0].startswith("Table") and below.match(lexer.body, end))
    ):
        return None
    caption(lexer, re.sub(r"[ \t]*\{[^}]*\}\s*$", "", lexer.body[match.end() : end]), match.start(), end)
    return end


def caption(lexer: Lexer, text: str, start: int, end: int) -> None:
    """Put a caption in place of `start:end`."""
    lexer.emit_block(lexer.stash.hold(Role("caption")) + lexer.inline(text, start), start, end)


def figure(lexer: Lexer, match: re.Match[str]) -> int:
    """A picture in a paragraph of its own: pandoc shows its text below it."""
    lexer.emit(f"![{match[1]}]{match[2]}")
    caption(lexer, " ".join(match[1].split()), match.end(), match.end())
    return match.end()


def alert(lexer: Lexer, match: re.Match[str]) -> int:
    """The first line of an alert, `> [!NOTE]`: its kind is no text; a title of the author's own is."""
    lexer.emit(match[0][: match[0].index("[!")])
    return match.end()


ALERT = Rule(r"^(?:[ \t]*>)+[ \t]*\[![A-Za-z]+\][+-]?", alert)
_BRACKETED = r"((?:[^\[\]\n]|\n(?!\s*\n)|\[(?:[^\[\]\n]|\n(?!\s*\n)){0,200}\]){1,2000}?)"
FIGURE = Rule(
    rf"^(?:(?<=\n\n)|(?<=\A\n)|\A)!\[{_BRACKETED}\](\((?:[^()\n]|\([^()\n]*\))*\))"
    r"(?:\{[^{}]*\})?(?=[ \t]*(?:\n[ \t]*\n|\n?\Z))",
    figure,
)
ANNOTATION = Rule(r"[ \t]?\(\d{1,2}\)!?(?!\w)", annotation)
STRUCK = Rule(r"(?<![~/\\])~(?![\s~/.])([^\s~`<>\[\](){}]{1,30})(?<!\\)~(?![~/])", struck)
SMART = Rule(
    r"\((?:c|r|tm)\)|\bc/o\b|\+/-|=/=|<-->|(?<!-)-->|<--(?!-)|(?<!\d)(?:[13]/4|[12]/3|[1-4]/5|[15]/6|[1357]/8|1/2)(?!\d)",
    smart,
)
ICON = Rule(r"(?<![\w:/]):[a-z0-9+_-]{1,60}:(?![\w:])", icon)
SNIPPET = Rule(r"^[ \t]*(?:-+8<-+[^\n]*|\{![ \t]*[^\s{}!][^{}\n]*?![ \t]*\}[ \t]*)$", snippet)
# Without the semicolon that CommonMark asks for, browsers read it all the same.
HARD_SPACE = Rule(r"&nbsp(?![;\w])", hard_space)
ABBREVIATION = Rule(r"^\*\[[^\]\n]+\]:[^\n]*$", abbreviation)
DEFINITION = Rule(r"^ {0,3}\[(?!\^)[^\[\]\n]{1,300}\]:[ \t]+\S+(?:[ \t]+[\"'(][^\n]*)?[ \t]*$", definition)
TABLE_CAPTION = Rule(r"^(?:[Tt]able)?:[ \t]+(?=\S)", table_caption)
