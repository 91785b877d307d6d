"""An answer → the JSON reply of the HTTP contract, which `--json` prints too."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from index import Heading, Hit, Post, PostCard
from service import links, schemas
from service.abstain import fitted_model
from service.answer import Answer, Answerer
from service.evidence import Quote, Source

_SHOWN_DECIMALS = 4


def ask_reply(answer: Answer, answerer: Answerer, top_k: int, explain: bool) -> schemas.AskReply:
    """The reply.

    :param answerer: whose answer it is.
    :param top_k: how many passages are shown.
    """
    decision = answer.decision
    return schemas.AskReply(
        id=secrets.token_urlsafe(9),
        answered=decision.answers,
        reason=decision.reason,
        kind=answer.question.kind,
        answer=answer.composed.text,
        parts=[
            schemas.CitePart(cite=part) if isinstance(part, int) else schemas.TextPart(text=part)
            for part in answer.composed.parts
        ],
        confidence=schemas.Confidence(
            score=round(decision.score, _SHOWN_DECIMALS),
            threshold=round(decision.threshold, _SHOWN_DECIMALS),
            level=decision.level,
        ),
        citations=[
            citation(number, quote, answerer.source(quote.post.id).post)
            for number, quote in enumerate(answer.composed.quotes, start=1)
        ],
        passages=[passage_item(hit, answerer.cards[hit.passage.post]) for hit in answer.hits[:top_k]],
        suggestions=list(answer.suggestions),
        interpreted_as=answer.question.interpreted_as or None,
        explain=explanation(answer) if explain else None,
        took_ms=round(answer.took_ms, 2),
    )


def citation(number: int, quote: Quote, post: Post) -> schemas.Citation:
    """The quote as a citation, with the address that opens the post at it."""
    if quote.start is None or quote.end is None:
        url = links.post_url(quote.post)
    else:
        url = links.quote_url(quote.post, quote.anchor, post, quote.start, quote.end)
    return schemas.Citation(
        n=number,
        kind=quote.kind,
        text=quote.text,
        start=quote.start,
        end=quote.end,
        field=quote.field or None,
        post=post_link(quote.post),
        heading=list(quote.heading),
        anchor=quote.anchor,
        url=url,
    )


def passage_item(hit: Hit, card: PostCard) -> schemas.PassageItem:
    """The hit as a passage of the reply."""
    passage = hit.passage
    return schemas.PassageItem(
        text=passage.text,
        score=round(min(max(hit.score, 0.0), 1.0), _SHOWN_DECIMALS),
        post=post_link(card),
        heading=list(passage.heading),
        anchor=passage.anchor,
        url=links.section_url(card, passage.anchor),
    )


def post_link(card: PostCard) -> schemas.PostLink:
    """The post with its address."""
    return schemas.PostLink(
        id=card.id, path=card.path, title=card.title, url=links.post_url(card), date=card.date or None
    )


def post_item(card: PostCard, headings: Iterable[Heading]) -> schemas.PostItem:
    """The post with its headings."""
    shown = [schemas.Heading(text=h.text, anchor=h.anchor, level=h.level) for h in headings]
    return schemas.PostItem(**post_link(card).model_dump(), headings=shown)


def post_text(source: Source) -> schemas.PostText:
    """The post with its headings and its text."""
    return schemas.PostText(**post_item(source.card, source.post.headings).model_dump(), text=source.post.text)


def explanation(answer: Answer) -> dict[str, object]:
    """What the answer was decided by: the question as it was understood, the passages with both ranks and their
    late-interaction score, and the signals with their weights, which make the score that is held against the threshold.
    """
    question = answer.question
    return {
        "question": question.text,
        "kind": question.kind,
        "expects": question.expects or None,
        "words": list(question.words),
        "parts": [part.text for part in question.parts],
        "passages": [
            {
                "post": hit.passage.post,
                "heading": list(hit.passage.heading),
                "score": round(hit.score, _SHOWN_DECIMALS),
                "match": round(hit.match, _SHOWN_DECIMALS),
                "dense": round(hit.dense, _SHOWN_DECIMALS),
                "dense_rank": hit.dense_rank,
                "lexical": round(hit.lexical, _SHOWN_DECIMALS),
                "lexical_rank": hit.lexical_rank,
            }
            for hit in answer.hits[:5]
        ],
        "signals": {k: round(v, _SHOWN_DECIMALS) for k, v in answer.signals.as_dict().items()}
        if answer.signals
        else None,
        "reading": {k: round(v, _SHOWN_DECIMALS) for k, v in answer.reading.as_dict().items()}
        if answer.reading
        else None,
        "weights": _weights(answer) if answer.signals else None,
        "score": round(answer.decision.score, _SHOWN_DECIMALS),
        "threshold": round(answer.decision.threshold, _SHOWN_DECIMALS),
    }


def _weights(answer: Answer) -> dict[str, float]:
    model = fitted_model(answer.reading)
    return {"intercept": model.intercept, **model.weights, **model.reading}
