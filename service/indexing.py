"""`askpost index`: builds with a progress bar, checks, watches, and compares with the built site."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

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
from service.progress import Bar


def run(settings: Settings, err: Console) -> Report:
    """Build the index, with progress on the given console.

    :raises AskpostError: when it cannot be built; the live index stays as it is.
    """
    with Bar(err) as bar:
        return build_index(_wanted(settings), bar, checker=checker)


def check(settings: Settings, err: Console) -> Staleness:
    """Compare the posts with the index, without the model; nothing is written.

    :raises AskpostError: when there is no post to index.
    """
    with Bar(err) as bar:
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
