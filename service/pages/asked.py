"""A question asked by the form of a page, without scripts: this post first, then all, as the widget does."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from service.schemas import QUESTION_CHARS, AskReply, AskRequest, Citation, PassageItem, TextPart

# Asks about the post with an id, or about all.
Ask = Callable[[AskRequest, str | None], AskReply]
_SHOWN_SECTIONS = 3
_ONLY_SIGNS = re.compile(r"[\W_]*")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its reply; `problem` says why there is none.

    `pieces` is the reply in order: words of the template, and quotes of one section together. `sections` are the
    closest. `scope` tells where the reply is from: `here` as asked, `elsewhere` when this post declined and another
    answered, `nowhere` when neither this post nor another says it.
    """

    question: str
    here: str | None = None
    reply: AskReply | None = None
    scope: Literal["here", "elsewhere", "nowhere"] = "here"
    problem: str = ""

    @property
    def pieces(self) -> list[str | list[Citation]]:
        """Words, and quotes that stand together."""
        reply, pieces = self.reply, list[str | list[Citation]]()
        if reply is None:
            return pieces
        citations = {citation.n: citation for citation in reply.citations}
        for part in reply.parts:
            if isinstance(part, TextPart):
                if not (reply.answered and _ONLY_SIGNS.fullmatch(part.text)):
                    pieces.append(part.text.strip())
                continue
            citation, last = citations[part.cite], pieces[-1] if pieces else ""
            if isinstance(last, list) and _place(last[0]) == _place(citation):
                last.append(citation)
            else:
                pieces.append([citation])
        return pieces

    @property
    def sections(self) -> list[PassageItem]:
        """The closest sections, each once, without those that are quoted."""
        if self.reply is None:
            return []
        quoted = {_place(citation) for citation in self.reply.citations}
        found = {_place(passage): passage for passage in reversed(self.reply.passages) if _place(passage) not in quoted}
        return list(reversed(found.values()))[:_SHOWN_SECTIONS]

    def link(self, target: Citation | PassageItem) -> str:
        """Where the quote or the section can be read; in the post that is shown, beside the answer."""
        if target.post.id == self.here:
            return f"?q={quote(self.question)}#{target.url.partition('#')[2]}"
        return target.url


def by_form(given: str, post: str | None, posts: int, ask: Ask) -> Asked:
    """Ask about the post that is shown, None for all of the `posts`; where it does not say, ask all."""
    question = given.strip()
    if not question:
        return Asked("", post, problem="Write a few words first.")
    if len(question) > QUESTION_CHARS:
        return Asked(question[:QUESTION_CHARS], post, problem=f"A question has at most {QUESTION_CHARS:,} characters.")
    asked = AskRequest(question=question)
    reply = ask(asked, post)
    if post and posts > 1 and reply.reason in ("not_in_post", "off_topic"):
        wider = ask(asked, None)
        if wider.answered:
            return Asked(question, post, wider, "elsewhere")
        return Asked(question, post, reply, "nowhere" if reply.reason == "not_in_post" else "here")
    return Asked(question, post, reply)


def _place(target: Citation | PassageItem) -> Sequence[str]:
    return target.post.id, target.anchor
