"""`askpost`: read arguments, call, print. Results on standard output, progress and warnings on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console

from index import AskpostError
from service.config import Settings
from service.effective import DEBUG_VARIABLE, SettingsError, effective, load_settings

EXIT_FAILURE, EXIT_USAGE, EXIT_NOT_SAID = 1, 2, 3

app = typer.Typer(
    help="Answers questions about your Markdown posts with quoted sentences.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_err = Console(stderr=True, highlight=False, soft_wrap=True)
_out = Console(highlight=False, soft_wrap=True)

IndexOption = Annotated[
    Path | None, typer.Option("--index", metavar="DIR", help="Index folder [ASKPOST_INDEX, .askpost].")
]
PostOption = Annotated[str | None, typer.Option("--post", metavar="ID", help="Ask this post only: its id or address.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the HTTP reply as JSON.")]
QuestionArgument = Annotated[list[str], typer.Argument(metavar="QUESTION", help="The question; quotes are optional.")]


@app.command("index")
def index_command(
    content: Annotated[Path | None, typer.Argument(help="Folder with the posts [ASKPOST_CONTENT, content].")] = None,
    index: IndexOption = None,
    model: Annotated[
        str | None, typer.Option(help="Sentence-transformers model: a folder or a downloaded one.")
    ] = None,
    site_url: Annotated[str | None, typer.Option(help="Address of the blog, for links to its posts.")] = None,
    generator: Annotated[str | None, typer.Option(help="Site generator, when it is not recognised.")] = None,
    check: Annotated[bool, typer.Option("--check", help="List what is stale, and build nothing.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Index again after each change, until Ctrl-C.")] = False,
    site: Annotated[
        Path | None, typer.Option(metavar="BUILT_HTML", help="Check the links against the built site in this folder.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings make the exit status 1; all is indexed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Index the posts, so that questions can be asked about them.

    Exit status: 1 when a post failed, with --check when the index is stale, with --site when a link leads nowhere.
    """
    if check + watch + (site is not None) > 1:
        _stop("--check, --watch and --site exclude one another: give one of them.", EXIT_USAGE)
    if watch and as_json:
        _stop("--watch never ends, so it prints no JSON: leave out --json.", EXIT_USAGE)
    settings = _settings(content=content, index=index, model=model, site_url=site_url, generator=generator)
    with _failures():
        from service import indexing, summary

        if watch:
            indexing.watch(settings, _out, _err)
            return
        if site:
            links = indexing.check_links(settings, site)
            _out.print_json(summary.as_json(links)) if as_json else summary.show_links(links, site, _out)
            good = not links.unresolved
        elif check:
            found = indexing.check(settings, _err)
            _out.print_json(summary.as_json(found)) if as_json else summary.show_check(
                found, settings.index, _out, _err
            )
            good = not (found.stale or found.failed or (strict and found.notices))
        else:
            report = indexing.run(settings, _err)
            _out.print_json(summary.as_json(report)) if as_json else summary.show(report, settings.index, _out, _err)
            good = not (report.failed or (strict and report.notices))
    if not good:
        raise typer.Exit(EXIT_FAILURE)


@app.command()
def ask(
    question: QuestionArgument,
    index: IndexOption = None,
    post: PostOption = None,
    as_json: JsonOption = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show what the answer was decided by.")] = False,
) -> None:
    """Answer one question. Exit status: 0 answered, 3 the post does not say, 2 wrong usage, 1 failure."""
    settings = _settings(index=index)
    from service import terminal

    text = _question(question)
    with _failures():
        answered = terminal.ask(settings, text, post, _out, as_json=as_json, explain=explain)
    if not answered:
        raise typer.Exit(EXIT_NOT_SAID)


@app.command()
def chat(index: IndexOption = None, post: PostOption = None) -> None:
    """Ask one question after another, follow-ups too; an empty line or Ctrl-D ends."""
    settings = _settings(index=index)
    from service import terminal

    with _failures():
        terminal.chat(settings, post, _out, _err)


@app.command()
def search(
    question: QuestionArgument,
    index: IndexOption = None,
    post: PostOption = None,
    top_k: Annotated[int, typer.Option(min=1, max=20, help="How many passages.")] = 5,
    as_json: JsonOption = False,
) -> None:
    """Show the passages nearest to a question, whether or not they answer it."""
    settings = _settings(index=index)
    from service import terminal

    text = _question(question)
    with _failures():
        terminal.search(settings, text, post, top_k, _out, as_json=as_json)


@app.command()
def serve(
    index: IndexOption = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on [ASKPOST_HOST, 127.0.0.1].")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on [ASKPOST_PORT, 8000].")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes that answer [ASKPOST_WORKERS, 1].")] = None,
) -> None:
    """Serve the HTTP API, the widget and the pages."""
    settings = _settings(index=index, host=host, port=port, workers=workers)
    from service import server

    with _failures():
        server.run(settings, _err)


@app.command("eval")
def eval_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Questions, one JSON object a line.")],
    index: IndexOption = None,
    failures: Annotated[bool, typer.Option("--failures", help="List each question that fell short.")] = False,
    removed: Annotated[
        bool, typer.Option("--removed", help="Ask each again with its evidence taken out of the posts.")
    ] = False,
    curve: Annotated[
        Path | None, typer.Option(metavar="SVG", help="Draw the coverage-against-error curve to this file.")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--compare", metavar="JSON", help="Show what changed since this --json.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Ask the questions of a file, and tell how good the answers are."""
    settings = _settings(index=index)
    from service import evaluating
    from service.evaluation.compare import BaselineError
    from service.evaluation.questions import QuestionFileError

    with _failures():
        try:
            wanted = evaluating.Wanted(baseline, curve, failures, removed, as_json)
            evaluating.run(settings, file, wanted, _out, _err)
        except (QuestionFileError, BaselineError) as error:
            _stop(f"{error}.", EXIT_USAGE)


@app.command()
def config(
    index: IndexOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the settings as JSON.")] = False,
) -> None:
    """Show the settings that count, and where each comes from; secrets are hidden."""
    found = effective(_settings(index=index), index=index)
    if as_json:
        _out.print_json(data={one.name: {"value": one.value, "source": one.source} for one in found})
        return
    width = max(len(one.name) + len(one.value) for one in found) + 3
    for one in found:
        setting = f"{one.name} = {one.value}"
        _out.print(f"{setting:<{width}}  # {one.source}", markup=False)


@app.command()
def doctor(index: IndexOption = None) -> None:
    """Check the environment, the settings and the index, and say what to do."""
    settings = _settings(index=index)
    from service import checks

    results = checks.run(settings)
    for check in results:
        _out.print(f"[{'green' if check.good else 'red'}]{'ok  ' if check.good else 'FAIL'}[/] {check.name}: ", end="")
        _out.print(check.detail, markup=False)
    if not all(check.good for check in results):
        raise typer.Exit(EXIT_FAILURE)


def main() -> None:
    """The command `askpost`."""
    app()


def _settings(**flags: Any) -> Settings:
    try:
        return load_settings(**flags)
    except SettingsError as error:
        _stop(str(error), EXIT_USAGE)


def _question(words: list[str]) -> str:
    """The question from the command line, or from standard input for `-`."""
    from service.schemas import QUESTION_CHARS

    try:
        text = (sys.stdin.buffer.read().decode() if words == ["-"] else " ".join(words)).strip()
        text.encode()
    except UnicodeError:
        _stop("The question is not UTF-8: set the terminal to UTF-8, or retype it.", EXIT_USAGE)
    if not text:
        _stop('The question is blank: write a few words, such as askpost ask "When was it?".', EXIT_USAGE)
    if len(text) > QUESTION_CHARS:
        _stop(
            f"The question has {len(text):,} characters, at most {QUESTION_CHARS:,} are read: shorten it.", EXIT_USAGE
        )
    return text


@contextmanager
def _failures() -> Iterator[None]:
    """Turn the failures that an owner can mend into one line and an exit status."""
    from service.scope import UnknownPostError

    try:
        yield
    except UnknownPostError as error:
        _stop(str(error), EXIT_USAGE)
    except (AskpostError, OSError) as error:
        _stop(str(error), EXIT_FAILURE)
    except ModuleNotFoundError as error:
        _stop(f"This needs {error.name}, which is not installed: pip install 'askpost[index]'.", EXIT_FAILURE)
    except KeyboardInterrupt:
        _stop("Stopped.", EXIT_FAILURE)
    except typer.Exit:
        raise
    except Exception as error:
        if DEBUG_VARIABLE in os.environ:
            raise
        _stop(f"An unexpected {type(error).__name__}: {error}. Set {DEBUG_VARIABLE}=1 to see where.", EXIT_FAILURE)


def _stop(message: str, status: int) -> NoReturn:
    _err.print(f"askpost: {message}", markup=False, style="red")
    raise typer.Exit(status)
