"""Code in colour: a lexer's tokens as spans of a few classes, which page.css gives their colours, light and dark."""

from __future__ import annotations

from functools import cache
from html import escape
from itertools import groupby
from typing import Any

from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Name, Number, Operator, String
from pygments.util import ClassNotFound

# The first that holds a token gives its class; what is in none of them stays in the colour of the text.
_CLASSES = (
    (Comment.Preproc, "name"),
    (Comment, "comment"),
    (Generic.Deleted, "deleted"),
    (Generic.Inserted, "inserted"),
    (Generic.Heading, "name"),
    (Generic.Subheading, "name"),
    (Generic.Output, "comment"),
    (Generic.Prompt, "comment"),
    (Keyword.Constant, "number"),
    (Keyword, "keyword"),
    (Operator.Word, "keyword"),
    (String, "string"),
    (Number, "number"),
    (Name.Attribute, "name"),
    (Name.Class, "name"),
    (Name.Decorator, "name"),
    (Name.Function, "name"),
    (Name.Tag, "keyword"),
)
# Names that authors use for a language and Pygments does not know.
_SAME = {"jsx": "javascript", "mjs": "javascript", "tsx": "typescript", "jsonc": "json", "json5": "json"}
# Nobody reads more in one block, and some lexers take long over it.
_MAX_CHARS = 20_000


def highlight(code: str, language: str) -> str:
    """The code as safe HTML, with spans where the language is known; the text stays the same to the letter."""
    if len(code) > _MAX_CHARS:
        return escape(code, quote=False)
    try:
        lexer = get_lexer_by_name(_SAME.get(language, language))
    except ClassNotFound:
        return escape(code, quote=False)
    # Lexers want a last line that ends. get_tokens() would see to it, but take empty lines off both ends.
    ended = code if code.endswith("\n") else f"{code}\n"
    tokens = [(token, text) for _, token, text in lexer.get_tokens_unprocessed(ended)]
    if "".join(text for _, text in tokens) != ended:
        return escape(code, quote=False)
    if ended != code:
        token, text = tokens.pop()
        tokens.append((token, text[:-1]))
    runs = groupby(tokens, key=lambda each: _class(each[0]))
    return "".join(_span(name, "".join(text for _, text in run)) for name, run in runs)


@cache
def _class(token: Any) -> str:
    return next((name for kind, name in _CLASSES if token in kind), "")


def _span(name: str, text: str) -> str:
    safe = escape(text, quote=False)
    return f'<span class="hl-{name}">{safe}</span>' if name and text.strip() else safe
