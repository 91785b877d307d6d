"""Answers on the terminal: `ask`, `chat` and `search`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from difflib import get_close_matches

from rich.console import Console
from rich.text import Text

from index import PostCard, Retriever
from service import explained, reply
from service.answer import Answerer
from service.config import Settings
from service.schemas import AskReply, PassageList
from service.scope import UnknownPostError, post_in_scope

_TOP_K = 5
_NEAREST = 3


def ask(settings: Settings, text: str, post: str | None, out: Console, *, as_json: bool, explain: bool) -> bool:
    """Print the answer to one question, and return whether there is one.

    :raises AskpostError: when there is no usable index.
    :raises UnknownPostError: when there is no such post.
    """
    answerer = _open(settings)
    answer = answerer.ask(text, _scope(post, answerer.cards))
    made = reply.ask_reply(answer, answerer, _TOP_K, explain)
    if as_json:
        out.print_json(made.model_dump_json())
    else:
        _show(made, out)
        if made.explain:
            explained.show(made.explain, out)
    return made.answered


def chat(settings: Settings, post: str | None, out: Console, err: Console) -> None:
    """Answer one question after another until an empty line or the end of the input."""
    answerer = _open(settings)
    scope = _scope(post, answerer.cards)
    asked: list[str] = []
    err.print("Ask about the posts; an empty line ends.", style="dim")
    while True:
        try:
            err.print("> ", end="", style="bold")
            text = input().strip()
        except EOFError:
            text = ""
        if not text:
            return
        answer = answerer.ask(text, scope, asked)
        _show(reply.ask_reply(answer, answerer, _TOP_K, explain=False), out)
        # As it was typed: what came before it is put in anew for each turn.
        asked.append(text)


def search(settings: Settings, text: str, post: str | None, top_k: int, out: Console, *, as_json: bool) -> None:
    """Print the passages nearest to the question."""
    answerer = _open(settings)
    hits = answerer.search(text, _scope(post, answerer.cards), top_k)
    items = [reply.passage_item(hit, answerer.cards[hit.passage.post]) for hit in hits]
    if as_json:
        out.print_json(PassageList(passages=items).model_dump_json())
        return
    for item in items:
        where = " › ".join((item.post.title, *item.heading))
        out.print(Text(f"{item.score:.2f}  {where}", style="bold"))
        out.print(Text(item.text))
        out.print(Text(item.url, style="dim"))
        out.print()


def _open(settings: Settings) -> Answerer:
    return Answerer(Retriever.open(settings.index, precision=settings.precision), threshold=settings.threshold)


def _scope(post: str | None, cards: Mapping[str, PostCard]) -> str | None:
    """The id of the post that is meant; None means all posts.

    :raises UnknownPostError: with the ids that are nearest to it, since no request here could list them.
    """
    try:
        return post_in_scope(post, cards)
    except UnknownPostError as error:
        near = get_close_matches(str(post), cards, n=_NEAREST, cutoff=0)
        raise UnknownPostError(f"There is no post {post!r}; the nearest ids: {', '.join(near)}.") from error


def _show(made: AskReply, out: Console) -> None:
    """What the question was taken to mean, the answer, then where each quote stands."""
    if made.interpreted_as:
        out.print(Text(f"Taken to mean: “{made.interpreted_as}”", style="dim"))
    out.print(Text(made.answer))
    for citation in made.citations:
        where = " › ".join((citation.post.title, *citation.heading))
        out.print(Text(f"  [{citation.n}] {where}  {citation.url}", style="dim"))
    if made.suggestions:
        out.print(Text("You can ask:"))
        for suggestion in made.suggestions:
            out.print(Text(f"  {suggestion}"))
    sys.stdout.flush()
