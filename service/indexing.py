"""`askpost index` for people: a progress bar while it builds, and a summary at the end."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from index import BuildSettings, Check, Generation, Report, Retriever, build_index
from service.answer import Answerer
from service.config import Settings

_NOTICES_SHOWN = 10


def run(settings: Settings, err: Console) -> Report:
    """Build the index, with progress on the given console.

    :raises AskpostError: when it cannot be built; the live index stays as it is.
    """
    wanted = BuildSettings(
        content=settings.content,
        index=settings.index,
        model=settings.model,
        generator=settings.generator,
        site_url=settings.site_url,
    )
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        tasks = {}

        def progress(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total or None)
            bar.update(tasks[stage], completed=done)

        return build_index(wanted, progress, checker=checker)


def checker(draft: Generation) -> Check:
    """What tells, with the draft, which words of a post answer a question: so a suggestion is known to be answered."""
    answerer = Answerer(Retriever.of(draft))

    def check(question: str, post: str) -> list[tuple[int, int]]:
        answer = answerer.ask(question, post)
        return [(q.start, q.end) for q in answer.composed.quotes if q.start is not None and q.end is not None]

    return check


def show(report: Report, settings: Settings, out: Console, err: Console) -> None:
    """Print what was done, and warn of what was not."""
    for failure in report.failed:
        err.print(f"failed  {failure}", markup=False, style="red")
    for notice in report.notices[:_NOTICES_SHOWN]:
        err.print(f"warning {notice.path}:{notice.line}: {notice.message}", markup=False, style="yellow")
    if len(report.notices) > _NOTICES_SHOWN:
        kinds = Counter(notice.kind for notice in report.notices)
        listed = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
        err.print(f"warning {len(report.notices)} in all: {listed}", markup=False, style="yellow")
    counts = f"{_count(report.posts, 'post')} ({report.generator}), {_count(report.passages, 'passage')}"
    if report.published:
        done = f"Indexed {counts}: {report.embedded} embedded, {report.reused} taken over"
    else:
        done = f"Nothing has changed: {counts}"
    size = f"{report.size_bytes / 1e6:.1f} MB"
    out.print(f"{done}; {report.seconds:.1f} s, {size} in {settings.index}.", markup=False)
    for reason, count in report.left_out.items():
        out.print(f"Left out: {count} ({reason}).", markup=False)


def as_json(report: Report) -> str:
    """The report as a JSON object."""
    return json.dumps(asdict(report), default=dict)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
