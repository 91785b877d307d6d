"""What the templates of the pages do with citations, passages and dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import groupby

from markupsafe import Markup

from service.schemas import Citation, PassageItem

_LINE_ENDS = re.compile(r"\n+")


def places(target: Citation | PassageItem) -> list[str]:
    """The title and the headings, of which the first often says the same."""
    return target.heading if target.heading[:1] == [target.post.title] else [target.post.title, *target.heading]


def runs(citations: Sequence[Citation]) -> list[tuple[str, list[Citation]]]:
    """Neighbours of one kind together, with the kind."""
    return [(kind, list(run)) for kind, run in groupby(citations, key=lambda citation: citation.kind)]


def stamp(iso: str) -> Markup:
    """The day of an ISO date as a `<time>`, written as the widget writes it in English."""
    day = date.fromisoformat(iso[:10])
    return Markup('<time datetime="{}">{}</time>').format(iso, f"{day:%b} {day.day}, {day.year}")


def snippet(passage: PassageItem) -> str:
    """What a found passage says, without its heading, which is named above it; each block on its own line."""
    text = passage.text.removeprefix(passage.heading[-1] if passage.heading else "").strip()
    return _LINE_ENDS.sub("\n", text)


FILTERS: Mapping[str, Callable[..., object]] = {"places": places, "runs": runs, "snippet": snippet, "stamp": stamp}
