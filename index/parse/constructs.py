"""The constructs that are looked for in a post of each generator; where two begin at one place, the first wins."""

from __future__ import annotations

from index.parse import (
    attributes,
    code,
    columns,
    components,
    containers,
    formulas,
    gatsby,
    grid,
    kramdown,
    liquid,
    markup,
    pandoc,
    shortcodes,
    symbols,
    wikilinks,
)
from index.parse.lexer import Rule

_FIRST = [
    attributes.CONTENTS,
    attributes.LINE,
    symbols.SNIPPET,
    symbols.ALERT,
    symbols.ABBREVIATION,
    containers.LEAF,
    containers.TEXT_DIRECTIVE,
    containers.CONTAINER,
    components.STATEMENT,
]
_LAST = [
    formulas.BRACKETED,
    formulas.ENVIRONMENT,
    markup.ESCAPE,
    code.SPAN,
    markup.COMMENT,
    markup.UNSEEN,
    code.ELEMENT,
    components.ELEMENT,
    shortcodes.SHORTCODE,
    liquid.TAG,
    liquid.OUTPUT,
    attributes.EXTENSION,
    attributes.CLOSING,
    attributes.ATTACHED,
    formulas.DISPLAY,
    formulas.INLINE,
    symbols.ICON,
    symbols.HARD_SPACE,
    wikilinks.LINK,
]


def rules(generator: str, *, mdx: bool, commonmark: bool) -> list[Rule]:
    """The rules for a post.

    :param mdx: whether braces hold expressions, and indented lines are no code.
    :param commonmark: whether a CommonMark parser reads what comes out.
    """
    found = [code.FENCE, *([] if mdx else [code.INDENTED]), markup.LONG_LINE, *_FIRST]
    if generator == "quarto":
        found += [containers.TAB_HEADING, symbols.TABLE_CAPTION, symbols.FIGURE, attributes.SPAN]
        found += [
            grid.TABLE,
            columns.SIMPLE,
            columns.HEADLESS,
            columns.MULTILINE,
            pandoc.NO_ITEM,
            pandoc.ITEM,
            pandoc.EXAMPLE,
            pandoc.BRACKETED,
            pandoc.CITATION,
            pandoc.REFERENCE,
            pandoc.NARRATIVE,
            pandoc.RAISED,
            pandoc.COMMAND,
            pandoc.INLINE_COMMAND,
            pandoc.HARD_SPACE,
            pandoc.LINE,
        ]
    if generator == "jekyll":
        found += [kramdown.END_OF_BLOCK, kramdown.LINE_BREAK, kramdown.SEPARATOR, kramdown.HEADLESS, kramdown.NUMBERED]
    if not generator:
        # A post that does not tell may be one of Jekyll's, whose header may be longer than the line below it.
        found.append(kramdown.SEPARATOR)
    if generator == "mkdocs":
        found += [symbols.ANNOTATION, symbols.SMART, attributes.CELL, liquid.COMMENT]
    if generator == "hugo":
        found.append(shortcodes.COLUMNS)
    if generator == "gatsby":
        found.append(gatsby.BLOCK)
    if generator in {"hugo", "docusaurus", "gatsby"}:
        found.append(symbols.STRUCK)
    if generator in {"jekyll", "hugo"}:
        found += [kramdown.QUOTATION_MARK, kramdown.TERM]
    if commonmark:
        found.append(symbols.DEFINITION)
    found += _LAST
    if mdx:
        found.append(components.EXPRESSION)
    return found
