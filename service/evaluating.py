"""`askpost eval`: reads the files, asks with a progress bar, prints, and draws."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from index import Retriever
from service.answer import Answerer
from service.config import Settings
from service.evaluation import curve, show
from service.evaluation.compare import compare, read_baseline
from service.evaluation.questions import posts_of, read_questions
from service.evaluation.report import Report, evaluate
from service.progress import Bar


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the options ask for: a file to compare with, one to draw to, and what else is done or printed."""

    baseline: Path | None
    curve: Path | None
    failures: bool
    remove: bool
    as_json: bool


def run(settings: Settings, file: Path, wanted: Wanted, out: Console, err: Console) -> None:
    """Ask the questions of the file, and print how good the answers are.

    :raises QuestionFileError: when the file, or a line of it, is no question.
    :raises BaselineError: when the file to compare with is not a report.
    :raises AskpostError: when there is no usable index.
    """
    questions = read_questions(file)
    before = read_baseline(wanted.baseline) if wanted.baseline else None
    answerer = Answerer(Retriever.open(settings.index, precision=settings.precision), threshold=settings.threshold)
    posts = posts_of(file, questions, {card.path: card.id for card in answerer.cards.values()})
    with Bar(err) as bar:
        report = evaluate(answerer, questions, posts, settings.threshold, remove=wanted.remove, progress=bar)
    if wanted.curve:
        wanted.curve.write_text(_drawn(file, report), encoding="utf-8")
    made = report.as_json()
    if wanted.as_json:
        out.print_json(data=made)
        # Standard output is the report alone.
        out = err
    else:
        show.show(report, out)
    if wanted.failures:
        show.show_failures(report, out)
    if before:
        show.show_comparison(compare(before, made), out)


def _drawn(file: Path, report: Report) -> str:
    return curve.draw(
        f"{file.name}: {len(report.outcomes)} questions",
        [
            curve.Line("All questions", report.curve(), report.threshold),
            curve.Line("Those that the posts answer", report.curve(answerable_only=True), report.threshold),
        ],
    )
