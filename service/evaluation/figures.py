"""Outcomes → verdicts counted by kind, and the shares that are told of a set."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.evaluation.ask import Outcome
from service.evaluation.judge import VERDICTS

COLUMNS = ("asked", *VERDICTS, "leak", "unlinked")


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares are 0 to 1, None of no question."""

    answerable_correct: float | None
    answerable_abstained: float | None
    unanswerable_declined: float | None
    offtopic_declined: float | None
    all_correct: float | None
    invented: int
    leaks: int
    errors: int
    words_median: float | None
    ms_median: float | None
    kinds: Mapping[str, Mapping[str, int]]

    @property
    def total(self) -> Mapping[str, int]:
        """All kinds together."""
        return sum((Counter(tally) for tally in self.kinds.values()), Counter())


def count(outcomes: Sequence[Outcome]) -> Figures:
    """The figures of the outcomes."""
    kinds: dict[str, Counter[str]] = {}
    for outcome in outcomes:
        tally = kinds.setdefault(outcome.asked.kind, Counter())
        tally.update({"asked": 1, outcome.verdict: 1, "leak": int(outcome.leak), "unlinked": int(outcome.unlinked)})
    unanswerable = [kind for kind in kinds if kind.endswith(("unanswerable", "impossible"))]
    off_topic = [kind for kind in kinds if kind == "offtopic"]
    answerable = [kind for kind in kinds if kind not in (*unanswerable, *off_topic)]

    def share(chosen: Sequence[str], what: str) -> float | None:
        asked = sum(kinds[kind]["asked"] for kind in chosen)
        return round(sum(kinds[kind][what] for kind in chosen) / asked, 4) if asked else None

    judged = [outcome for outcome in outcomes if outcome.verdict != "error"]
    total = sum(kinds.values(), Counter[str]())
    return Figures(
        answerable_correct=share(answerable, "correct"),
        answerable_abstained=share(answerable, "abstained"),
        unanswerable_declined=share(unanswerable, "correct"),
        offtopic_declined=share(off_topic, "correct"),
        all_correct=share(list(kinds), "correct"),
        invented=total["invented"],
        leaks=total["leak"],
        errors=total["error"],
        words_median=statistics.median(o.words for o in judged) if judged else None,
        ms_median=round(statistics.median(o.ms for o in judged), 2) if judged else None,
        kinds={kind: {column: kinds[kind][column] for column in COLUMNS} for kind in sorted(kinds)},
    )
