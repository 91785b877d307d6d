"""Evidence → answer, by Jinja2 templates that put a few words around the quotes and never a fact."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined

from index import Post
from service.evidence import SET_APART, Evidence, Quote
from service.question import Question

# Private-use characters around the number of a quote: no template or post writes them, so the parts can be told apart.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(rf"{_OPEN}(\d+){_CLOSE}")
# Quoted lines and list items stand for themselves, with what leads in to them; other quotes are set in quotation marks.
_MARKED_BESIDE = frozenset({"sentence", "list_item", "quote", "caption"})


class NotVerbatimError(AssertionError):
    """A quote is not what the post says: a fault of this program, never to be shown as an answer."""


@dataclass(frozen=True, slots=True)
class Composed:
    """An answer ready to show. `parts` are the template's words (str) and the numbers (int, from 1) of `quotes`."""

    text: str
    parts: tuple[str | int, ...]
    quotes: tuple[Quote, ...]


class Composer:
    """Fills the templates."""

    def __init__(self, templates: Path | None = None) -> None:
        """:param templates: the owner's folder; a template that is not in it is taken from the package."""
        own = [FileSystemLoader(templates)] if templates else []
        # Plain text, not HTML: who shows it escapes it.
        self._environment = Environment(  # noqa: S701
            loader=ChoiceLoader([*own, PackageLoader("service")]),
            undefined=StrictUndefined,
            # A template that has been read is not looked at again for each answer.
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def answer(self, asked: Sequence[tuple[Question, Evidence | None]], posts: Mapping[str, Post]) -> Composed:
        """The answers to several questions, one below the other; those without evidence are told last, and those whose
        evidence has no quotes are answered by what the others quote.

        :param posts: the quoted posts by id.
        :raises NotVerbatimError: when a quote is not the post's text at its offsets.
        """
        texts: list[str] = []
        quotes: list[Quote] = []
        marked: list[bool] = []
        for question, evidence in asked:
            if evidence and evidence.quotes:
                own = evidence.all_quotes
                for quote in own:
                    _check(quote, posts)
                texts.append(self._rendered(question, evidence, len(quotes)))
                quotes += own
                marked += [_is_marked(quote, evidence) for quote in own]
        if unsaid := [number for number, (_, evidence) in enumerate(asked, start=1) if not evidence]:
            texts.append(self._environment.get_template("unsaid.j2").render(unsaid=unsaid).strip())
        return _composed("\n".join(texts), tuple(quotes), marked)

    def refusal(
        self, question: Question, reason: str, sections: Sequence[str] | None, *, several: bool = False
    ) -> Composed:
        """The words that say why there is no answer.

        :param sections: names of the closest sections; None where the post's own fields lack what is asked for.
        :param several: whether more posts than one were asked.
        """
        made = self._environment.get_template("declined.j2").render(
            question=question, reason=reason, sections=sections, several=several
        )
        # Headings are the post's words: nothing in them is taken for a quote.
        text = made.strip()
        return Composed(text, (text,), ())

    def _rendered(self, question: Question, evidence: Evidence, before: int) -> str:
        """The answer with a place for each quote.

        :param before: how many quotes stand before these.
        """
        numbered = [f"{_OPEN}{before + number}{_CLOSE}" for number in range(1, len(evidence.all_quotes) + 1)]
        lead_in = numbered.pop(0) if evidence.lead_in else None
        fields = {
            topic: [place for quote, place in zip(evidence.quotes, numbered, strict=True) if quote.field == topic]
            for topic in question.topics
        }
        made = self._environment.get_template(f"{question.kind}.j2").render(
            layout=evidence.layout,
            lead_in=lead_in,
            quotes=numbered,
            fields=fields,
            question=question,
            evidence=evidence,
        )
        return made.strip()


def _check(quote: Quote, posts: Mapping[str, Post]) -> None:
    if quote.field:
        return
    if not quote.text or posts[quote.post.id].text[quote.start : quote.end] != quote.text:
        raise NotVerbatimError(f"{quote.post.id}[{quote.start}:{quote.end}] is not {quote.text!r}")


def _is_marked(quote: Quote, evidence: Evidence) -> bool:
    """Whether it is set in quotation marks; beside a row or code a sentence would else be taken for more of that."""
    if evidence.layout in SET_APART:
        return quote is not evidence.lead_in and quote.kind in _MARKED_BESIDE
    return evidence.layout != "list" and quote.kind not in SET_APART


def _composed(made: str, quotes: tuple[Quote, ...], marked: Sequence[bool]) -> Composed:
    parts: list[str | int] = []
    shown: list[str] = []
    for index, piece in enumerate(_MARK.split(made)):
        if index % 2 == 0:
            if piece:
                parts.append(piece)
                shown.append(piece)
            continue
        number = int(piece)
        text = quotes[number - 1].text
        parts.append(number)
        shown.append(f"“{text}” [{number}]" if marked[number - 1] else f"{text} [{number}]")
    return Composed("".join(shown), tuple(parts), quotes)
