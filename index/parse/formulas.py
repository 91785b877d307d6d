r"""Math: `$$…$$`, `$…$`, `\(…\)`, `\[…\]` and LaTeX environments; not amounts of money, variables or prompts."""

from __future__ import annotations

import re

from index.parse.lexer import Lexer, Rule
from index.parse.stash import Verbatim

_MAX_CHARS = 5_000
_MATHS = re.compile(r"[\\^_={}<>+*/|]|^\w$|^\w\(\w\)$|^-?\d+(?:\.\d+)?$|^[A-Za-z]\d$|^\w+(?:,\s*\w+)+$")
_WORDS = re.compile(r"(?<![\\\w])[A-Za-z]{4,} [A-Za-z]{3,}")
_BLANK_LINE = re.compile(r"\n[ \t>]*\n")
_FRAMED = re.compile(r"[ \t]*\n.*\n[ \t>]*", re.DOTALL)
_BEHIND_PRICE = re.compile(r"[ \t]*(?:[),.;:!?]|\|[ \t\n])")
_TEXT = re.compile(r"\\(?:text|mathrm|operatorname|mbox)\{[^}]*\}")
_COMMAND = re.compile(rf"{_TEXT.pattern}|\\[A-Za-z]+")
_RUNNING = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}|\]\(|\|[ \t]*\n|\n[ \t]*[-*+] ")


def display(lexer: Lexer, match: re.Match[str]) -> int | None:
    """`$$…$$`, in a line or over several; blank ones are included where nothing else stands on the lines of the signs,
    or a formula begins and ends on lines of its own.
    """
    found = lexer.find_here(r"\$\$(.+?)(?<!\$)\$\$(?!\$)", match.start(), _MAX_CHARS)
    if found is None or not found[1].strip() or not _is_displayed(lexer, found):
        return None
    return _put(lexer, found, found[1])


def _is_displayed(lexer: Lexer, found: re.Match[str]) -> bool:
    """Whether it is no running text between two signs of prices, as of “a $$ bar and a $$ cook”."""
    said = found[1]
    if lexer.alone(found.start(), found.end()):
        return True
    if _BLANK_LINE.search(said):
        return _FRAMED.fullmatch(said) is not None and _MATHS.search(said.strip()) is not None
    if _BEHIND_PRICE.match(said):
        return False
    if said == said.strip():
        return True
    # Signs of prices have spaces around them too, and then there are words between, or cells, links and items.
    bare = _COMMAND.sub("", said)
    if re.search(r"[A-Za-z]{2}", bare):
        return _MATHS.search(said.strip()) is not None and not _RUNNING.search(bare)
    return "|" not in said or "\n" not in said


def inline(lexer: Lexer, match: re.Match[str]) -> int | None:
    """`$…$` when it reads like a formula: no space inside the signs, no digit right behind, no running words."""
    found = lexer.find_here(
        r"\$(?![\s$])((?:\\.|[^\\$\n`]|\n(?![ \t]*\n))+?)(?<![\s\\])\$(?![\w$])", match.start(), 500
    )
    if found is None or not _is_formula(found[1]):
        return None
    lexer.emit_held(Verbatim(found[1], math=True))
    return found.end()


def _is_formula(text: str) -> bool:
    if _WORDS.search(_TEXT.sub("", text)):
        return False
    if text[:1].isdigit() and not re.search(r"[\\^_=]", text):
        return re.fullmatch(r"\d+(?:\.\d+)?", text) is not None
    return _MATHS.search(text) is not None and not re.fullmatch(r"[A-Z_]{3,}|[A-Z_]+=.*", text)


def bracketed(lexer: Lexer, match: re.Match[str]) -> int | None:
    r"""`\\(…\\)` and `\\[…\\]`, also with single backslashes when a formula stands between them."""
    slashes, closing = match[0][:-1], {"(": ")", "[": "]"}[match[0][-1]]
    pattern = rf"{re.escape(match[0])}(.+?){re.escape(slashes)}{re.escape(closing)}"
    found = lexer.find_here(pattern, match.start(), _MAX_CHARS)
    sure = len(slashes) == 2 or "pymdownx.arithmatex" in lexer.extensions
    if found is None or (not sure and not re.search(r"\\[a-zA-Z]|[\^_=]", found[1])):
        lexer.emit(match[0])
        return match.end()
    return _put(lexer, found, found[1])


def environment(lexer: Lexer, match: re.Match[str]) -> int | None:
    r"""`\begin{…} … \end{…}` that stands on its own."""
    found = lexer.find_here(r"\\begin\{(\w+\*?)\}.*?\\end\{\1\}", match.start(), _MAX_CHARS)
    return None if found is None else _put(lexer, found, found[0])


def _put(lexer: Lexer, found: re.Match[str], formula: str) -> int:
    lines = [re.sub(r"^[ \t]*>+", "", line) for line in formula.split("\n")]
    held = lexer.stash.hold(Verbatim(" ".join(" ".join(lines).split()), math=True))
    if lexer.alone(found.start(), found.end()) and "\n" in formula:
        lexer.emit_block(held, found.start(), found.end())
    else:
        lexer.emit(held)
    return found.end()


DISPLAY = Rule(r"(?<!\$)\$\$(?!\$)", display)
INLINE = Rule(r"(?<![\\\w$])\$(?![\s$])", inline)
BRACKETED = Rule(r"\\{1,2}[(\[]", bracketed)
ENVIRONMENT = Rule(r"\\begin\{", environment)
