"""Where the passage that holds the answer stood: recall at k, and the mean reciprocal rank."""

from __future__ import annotations

from collections.abc import Sequence

from index import Hit
from service.evaluation.questions import Asked

RECALL_AT = (1, 3, 5, 10)


def rank_of(asked: Asked, hits: Sequence[Hit]) -> int:
    """The place, from 1, of the first hit whose passage holds the strings; 0 when none does."""
    return next((place for place, hit in enumerate(hits, 1) if asked.answered_by(hit.passage.text)), 0)


def rank_figures(ranks: Sequence[int]) -> dict[str, float | int]:
    """`questions`, `r@1`, `r@3`, `r@5`, `r@10`, each a share, and `mrr`, 0 to 1 (Voorhees, 1999); 0 is not found."""
    figures: dict[str, float | int] = {"questions": len(ranks)}
    for k in RECALL_AT:
        figures[f"r@{k}"] = round(_mean([0 < rank <= k for rank in ranks]), 4)
    return figures | {"mrr": round(_mean([1 / rank if rank else 0.0 for rank in ranks]), 4)}


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(len(values), 1)
