"""All that is told of a question set, as one value that JSON keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from service.answer import Answerer
from service.evaluation.ask import Outcome, Progress, ask_all
from service.evaluation.calibration import Bin, Point, brier, coverage_and_error, reliability
from service.evaluation.figures import Figures, count
from service.evaluation.questions import Asked
from service.evaluation.ranks import rank_figures
from service.evaluation.removal import Removed, ask_without_evidence, removal_figures


@dataclass(frozen=True, slots=True)
class Report:
    """What was asked, and how good the answers are. `removed` is None when the evidence was left in place."""

    outcomes: Sequence[Outcome]
    removed: Sequence[Removed] | None
    threshold: float

    @property
    def figures(self) -> Figures:
        """The verdicts."""
        return count(self.outcomes)

    @property
    def ranks(self) -> dict[str, float | int]:
        """Where the right passage stood, for the answerable questions that passages were looked for."""
        return rank_figures([o.rank for o in self.outcomes if o.rank is not None])

    @property
    def bins(self) -> list[Bin]:
        """The reliability table."""
        return reliability(*self._scored())

    @property
    def brier(self) -> float | None:
        """The Brier score."""
        return brier(*self._scored())

    def curve(self, *, answerable_only: bool = False) -> list[Point]:
        """The coverage-against-error curve, of all questions or of those that the posts answer."""
        return coverage_and_error(*self._scored(answerable_only=answerable_only))

    @property
    def removal(self) -> dict[str, float | int | None] | None:
        """How many were declined without their evidence."""
        return None if self.removed is None else removal_figures(self.outcomes, self.removed)

    def as_json(self) -> dict[str, Any]:
        """The scorer's figures by their names, then what comes on top of them."""
        return {
            **asdict(self.figures),
            "retrieval": self.ranks,
            "calibration": {"brier": self.brier, "bins": [asdict(one) for one in self.bins]},
            "threshold": self.threshold,
            "removed": self.removal,
            "questions": [
                {"id": o.asked.id, "kind": o.asked.kind, "verdict": o.verdict, "score": o.score, "rank": o.rank}
                for o in self.outcomes
            ],
        }

    def _scored(self, *, answerable_only: bool = False) -> tuple[list[float], list[bool]]:
        own = [(o.score, o.right) for o in self.outcomes if o.asked.answerable or not answerable_only]
        scored = [(score, right) for score, right in own if score is not None]
        return [score for score, _ in scored], [right for _, right in scored]


def evaluate(
    answerer: Answerer,
    questions: Sequence[Asked],
    posts: Mapping[str, str | None],
    threshold: float | None,
    *,
    remove: bool,
    progress: Progress,
) -> Report:
    """Ask all questions.

    :param posts: the id of the post that each question is put to, by the question's id.
    :param threshold: the owner's; without it the fitted one.
    :param remove: whether each is asked again without its evidence.
    """
    outcomes = ask_all(answerer, questions, posts, progress)
    removed = ask_without_evidence(answerer, outcomes, posts, threshold, progress) if remove else None
    return Report(outcomes, removed, next((o.threshold for o in outcomes if o.score is not None), 0.0))
