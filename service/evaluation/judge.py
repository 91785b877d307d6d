"""A reply → its verdict."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, TypeAlias, get_args

from service.evaluation.questions import Asked
from service.schemas import AskReply, Citation

Verdict: TypeAlias = Literal["correct", "wrong", "too long", "abstained", "answered", "invented", "error"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

# Markup that a reader never sees.
_LEAK = re.compile(
    r"\{%|%\}|\{\{[<%]|[%>]\}\}|\{\{\s*[\w.]+\s*\}\}|\{:|\[\^\w+\]|<!--|-->|\]\(|:::|(?m:^!!! |^\?\?\? |^=== \")|--8<--"
    r"|:(?:material|octicons|fontawesome)-|</?(?:admon|toc|FigureCaption|details|summary|div|iframe|span)\b"
    r"|\*\*\w|\$\$"
)
_MARK = re.compile(r"\[(\d{1,2})\]")
_LINK = re.compile(r"https?://\w|/(?!/)")


def judge(asked: Asked, reply: AskReply, text_of: Callable[[str], str]) -> Verdict:
    """`correct`, or what is wrong with the reply.

    `abstained`: it declined what the posts say; `answered`: it answered what they do not say; `invented`: a citation
    is not what the post says, or a mark in the answer cites nothing.

    :param text_of: the text of the post with an id.
    """
    if not reply.answered:
        if asked.answerable:
            return "abstained"
        return "invented" if reply.citations else "correct"
    if not all(_verbatim(citation, text_of) for citation in reply.citations):
        return "invented"
    if not reply.citations or {int(n) for n in _MARK.findall(reply.answer)} - _citable(reply.citations):
        return "invented"
    if not asked.answerable:
        return "answered"
    # The questions of SQuAD have one sentence as their answer, and no words around it count.
    text = reply.citations[0].text if asked.kind == "squad" else reply.answer
    if not asked.answered_by(text):
        return "wrong"
    return "too long" if len(text.split()) > asked.limit else "correct"


def leaks(reply: AskReply) -> bool:
    """Whether markup shows in the answer, or in a citation that is not code."""
    shown = [citation.text for citation in reply.citations if citation.kind != "code"]
    if len(shown) == len(reply.citations):
        shown.append(reply.answer)
    return any(_LEAK.search(text) for text in shown)


def unlinked(reply: AskReply) -> bool:
    """Whether a citation has no usable address."""
    return any(not _LINK.match(citation.url) for citation in reply.citations)


def _verbatim(citation: Citation, text_of: Callable[[str], str]) -> bool:
    if citation.kind == "field":
        return citation.start is None and bool(citation.text)
    return text_of(citation.post.id)[citation.start : citation.end] == citation.text != ""


def _citable(citations: list[Citation]) -> set[int]:
    """The numbers of the citations, and bracketed numbers inside of quotes."""
    quoted = {int(n) for citation in citations for n in _MARK.findall(citation.text)}
    return {citation.n for citation in citations} | quoted
