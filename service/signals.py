"""What speaks for and against an answer: numbers about the question, the ranking and the chosen sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from index import Ranking, words
from service.question import Question
from service.rank import Candidate

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NAME = re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][\w\-]+")
# A word piece of the question counts as found when something matches it at least as well as this.
_FOUND_COSINE = 0.6


@dataclass(frozen=True, slots=True)
class Signals:
    """All between -1 and 1; higher speaks for an answer, but for `missing_*` and `rivals`.

    `match`: late-interaction score of the best sentence alone; `read`: the same with its heading and neighbour;
    `best_dense`: highest cosine of a passage; `weakest`: how well the least matched weighty piece of the question is
    matched; `anywhere`: late-interaction score when each piece may match in any passage; `coverage`: weighted share
    of the question's pieces found in the passage; `words`: share of its content words that stand in the passage or
    above it; `expected`: whether the expected kind of fact is there (0 when none is expected, -1 when it is not
    there); `missing_numbers` and `missing_names`: share of the question's numbers and names that the passage lacks;
    `margin`: lead over the best sentence of another passage.
    """

    match: float
    read: float
    best_dense: float
    weakest: float
    anywhere: float
    coverage: float
    words: float
    expected: float
    missing_numbers: float
    missing_names: float
    margin: float

    def as_dict(self) -> dict[str, float]:
        """The signals by name."""
        return asdict(self)


def measure(question: Question, ranking: Ranking, ranked: Sequence[Candidate], title: str) -> Signals:
    """The signals for answering with the best candidate.

    :param ranked: from `rank.rank`; not empty.
    :param title: of the best candidate's post.
    """
    best = ranked[0]
    hit = best.hit
    shares = ranking.shares
    whole = hit.alignment.max(axis=0)
    everywhere = np.max([h.alignment.max(axis=0) for h in ranking.hits], axis=0)
    weighty = shares >= shares.mean() if len(shares) else shares > 0
    around = " ".join((title, *hit.passage.heading, hit.passage.text))
    said = set(words(around))
    rival = next((c.score for c in ranked if c.hit is not hit), 0.0)
    return Signals(
        match=best.features.match,
        read=best.features.headed,
        best_dense=max(h.dense for h in ranking.hits),
        weakest=float(whole[weighty].min()) if weighty.any() else 0.0,
        anywhere=float(everywhere @ shares),
        coverage=float(shares[whole >= _FOUND_COSINE].sum()),
        words=sum(word in said for word in question.words) / max(len(question.words), 1),
        expected=best.features.expected,
        missing_numbers=_missing(_NUMBER.findall(question.text), around),
        missing_names=_missing(_NAME.findall(question.text), around),
        margin=best.score - rival,
    )


def _missing(asked: Sequence[str], text: str) -> float:
    lowered = text.lower()
    return sum(word.lower() not in lowered for word in asked) / max(len(asked), 1)
