"""`askpost index`: builds with a progress bar, checks, watches, and compares with the built site."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from index import (
    AskpostError,
    BuildSettings,
    Check,
    Generation,
    Report,
    Retriever,
    SiteCheck,
    Staleness,
    build_index,
    changes,
    check_index,
    check_site,
)
from service import summary
from service.answer import Answerer
from service.config import Settings


def run(settings: Settings, err: Console) -> Report:
    """Build the index, with progress on the given console.

    :raises AskpostError: when it cannot be built; the live index stays as it is.
    """
    with _Bar(err) as bar:
        return build_index(_wanted(settings), bar, checker=checker)


def check(settings: Settings, err: Console) -> Staleness:
    """Compare the posts with the index, without the model; nothing is written.

    :raises AskpostError: when there is no post to index.
    """
    with _Bar(err) as bar:
        return check_index(_wanted(settings), bar)


def check_links(settings: Settings, built: Path) -> SiteCheck:
    """Compare the links of the index with the built site.

    :raises AskpostError: when there is no usable index, or no built site.
    """
    return check_site(_wanted(settings), built)


def watch(settings: Settings, out: Console, err: Console) -> None:
    """Build now and after each change until Ctrl-C; a build that fails is shown, and the next change tried."""
    changed = changes(settings.content, settings.index)
    try:
        while True:
            try:
                summary.show(run(settings, err), settings.index, out, err)
            except (AskpostError, OSError) as error:
                err.print(f"failed  {error}", markup=False, style="red")
            err.print(f"Watching {settings.content}; Ctrl-C ends.", markup=False, style="dim")
            next(changed)
    except KeyboardInterrupt:
        err.print("Stopped.", style="dim")


def checker(draft: Generation) -> Check:
    """What tells, with the draft, which words of a post answer a question: so a suggestion is known to be answered."""
    answerer = Answerer(Retriever.of(draft))

    def check(question: str, post: str) -> list[tuple[int, int]]:
        answer = answerer.ask(question, post)
        return [(q.start, q.end) for q in answer.composed.quotes if q.start is not None and q.end is not None]

    return check


def _wanted(settings: Settings) -> BuildSettings:
    return BuildSettings(
        content=settings.content,
        index=settings.index,
        model=settings.model,
        generator=settings.generator,
        site_url=settings.site_url,
    )


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s" if speed else "")


class _Bar:
    """A bar for each stage, with the rate and the time left."""

    def __init__(self, err: Console) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=err, transient=True, disable=not err.is_terminal)
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, total=total or None)
        self._progress.update(self._tasks[stage], completed=done)

    def __enter__(self) -> _Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()
