"""`askpost doctor`: what must be right for askpost to work here, checked one by one."""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from index import AskpostError, Retriever, index_command
from service.answer import Answerer
from service.config import OFF, Settings
from service.counted import counted
from service.gate import cores_for_each
from service.server import OTHER_FILES, listen

_OLDEST_PYTHON = (3, 11)
_MB = 1_000_000
# What a worker holds for itself: libraries, the encoder's working memory, and what it keeps of posts and answers.
_WORKER_MB = 350
_FREE_DISK_MB = 500
_OPEN = ("0.0.0.0", "::", "")  # noqa: S104 - compared with, not listened on
# Where the kernel tells a container how much memory it may have, and has (cgroup 2, then 1).
_CGROUPS = (
    ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
    ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"),
)


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check; `detail` says what was found and, when it is not good, what to do."""

    name: str
    good: bool
    detail: str


def run(settings: Settings) -> list[Check]:
    """All checks, in order."""
    return [
        _environment(),
        *_exposure(settings),
        _content(settings),
        _indexing(settings),
        *_index(settings),
        _memory(settings),
        _files(settings),
        _safely("data", lambda: _writable(settings)),
        _safely("port", lambda: _free(settings.host, settings.port, "port")),
        *_operator_port(settings),
        *_store(settings),
    ]


def _environment() -> Check:
    found = [f"Python {sys.version.split()[0]}"]
    for name in ("onnxruntime", "faiss-cpu", "fastapi", "uvicorn"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            return Check("environment", False, f"{name} is not installed: run pip install askpost")
    if sys.version_info < _OLDEST_PYTHON:
        return Check("environment", False, f"{found[0]}: askpost needs Python 3.11 or later")
    return Check("environment", True, f"{', '.join(found)}; {cores_for_each(1)} cores")


def _exposure(settings: Settings) -> Iterator[Check]:
    """What an owner might not mean, where anyone can reach the service."""
    open_to_all = settings.host in _OPEN
    if settings.rate_limit == OFF and open_to_all:
        detail = f"rate_limit is off, and {settings.host} is open to all: set one, such as 60/minute"
        yield Check("rate limit", False, detail)
    else:
        yield Check("rate limit", True, f"{settings.rate_limit} for each address, {settings.rate_limit_global} for all")
    shown = [name for name in ("metrics", "docs") if getattr(settings, name) == "open"]
    if open_to_all and shown and settings.operator_port is None:
        detail = f"anyone can read /{' and /'.join(shown)}; close them, or move them with ASKPOST_OPERATOR_PORT"
        yield Check("operator", True, detail)
    # Only a hint: a proxy before it is usual there, and without it all readers share one limit.
    if open_to_all and not settings.trusted_proxies:
        yield Check("proxies", True, "none is trusted; behind one, name it in ASKPOST_TRUSTED_PROXIES")


def _content(settings: Settings) -> Check:
    detail = str(settings.content.absolute())
    if settings.content.is_dir():
        return Check("content", True, detail)
    # Where posts are not indexed, they need not be; only their images are then missing from the pages.
    answers_only = bool(_missing_for_indexing())
    return Check("content", answers_only, f"there is no folder {detail}: name yours with ASKPOST_CONTENT")


def _indexing(settings: Settings) -> Check:
    if _missing_for_indexing():
        # Answering needs none of it, so this is how a server looks.
        return Check("indexing", True, "not installed, answering only; to index: pip install 'askpost[index]'")
    from index.embed import find_model, model_digest

    try:
        digest = model_digest(find_model(settings.model))
    except AskpostError as error:
        return Check("indexing", False, str(error))
    return Check("indexing", True, f"sentence-transformers is installed; {settings.model}, digest {digest[:12]}…")


def _missing_for_indexing() -> list[str]:
    return [name for name in ("sentence_transformers", "onnx", "markdown", "nh3") if find_spec(name) is None]


def _index(settings: Settings) -> Iterator[Check]:
    try:
        retriever = Retriever.open(settings.index, precision=settings.precision)
    except AskpostError as error:
        yield Check("index", False, str(error))
        return
    manifest = retriever.generation.manifest
    holds = f"{counted(manifest.posts, 'post')}, {counted(manifest.passages, 'passage')}"
    yield Check("index", True, f"{holds}, built {manifest.created}, each file as it was built")
    yield _model(settings, manifest.model, manifest.model_digest)
    yield _safely("answer", lambda: f"{Answerer(retriever).ask('What is this about?').took_ms:.0f} ms for a question")


def _model(settings: Settings, model: str, digest: str) -> Check:
    """Whether the index was made with the model that is set, where that can be told."""
    from index.embed import known_digest

    found = f"{model}, digest {digest[:12]}…"
    now = known_digest(settings.model)
    if now and now != digest:
        detail = f"the index was made with {found}, and {settings.model} is {now[:12]}…: "
        detail += f"run {index_command(settings.index)}"
        return Check("model", False, detail)
    return Check("model", True, found)


def _memory(settings: Settings) -> Check:
    free = _free_memory_mb()
    wanted = _WORKER_MB * settings.workers
    if free is None:
        return Check("memory", True, "what is free cannot be told here")
    if free < wanted:
        detail = (
            f"{free:,.0f} MB are free, {settings.workers} × {_WORKER_MB} MB are wanted: free some, or lower workers"
        )
        return Check("memory", False, detail)
    return Check("memory", True, f"{free:,.0f} MB are free, {wanted:,} MB are wanted at most")


def _free_memory_mb() -> float | None:
    """What this process may still take: of the machine's, or of its container's when that is less."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    free = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    for most, used in _CGROUPS:
        try:
            free = min(free, int(Path(most).read_text()) - int(Path(used).read_text()))
        except (OSError, ValueError):
            continue
    return free / _MB


def _files(settings: Settings) -> Check:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = settings.connections + OTHER_FILES
    if most != resource.RLIM_INFINITY and most < wanted:
        detail = f"{most:,} may be open, {wanted:,} are wanted: raise `ulimit -n`, or lower connections"
        return Check("open files", False, detail)
    return Check("open files", True, f"{wanted:,} are wanted, and may be open")


def _writable(settings: Settings) -> str:
    folder = settings.data.absolute()
    there = next(one for one in (folder, *folder.parents) if one.exists())
    try:
        # Tried, not asked: what is mounted read-only lets nobody write, whatever its rights say.
        with tempfile.TemporaryFile(dir=there):
            free = shutil.disk_usage(there).free / _MB
    except OSError as error:
        why = error.strerror or "it cannot be written to"
        raise OSError(
            f"feedback cannot be kept in {folder} ({why}): choose another folder with ASKPOST_DATA"
        ) from error
    if free < _FREE_DISK_MB:
        raise OSError(f"only {free:,.0f} MB are free in {there}: make room")
    return f"feedback goes to {folder}; {free:,.0f} MB are free"


def _operator_port(settings: Settings) -> Iterator[Check]:
    if (port := settings.operator_port) is not None:
        yield _safely("operator's port", lambda: _free(settings.operator_host, port, "operator-port"))


def _store(settings: Settings) -> Iterator[Check]:
    url = settings.rate_limit_store.get_secret_value()
    if settings.rate_limit == OFF or url.startswith("memory"):
        if settings.workers > 1 and settings.rate_limit != OFF:
            yield Check("rate limit's store", True, "each worker counts for itself; a Redis counts for all of them")
        return
    from limits.errors import ConfigurationError
    from limits.storage import storage_from_string

    try:
        good = storage_from_string(url, socket_connect_timeout=2, socket_timeout=2).check()
    except ConfigurationError:
        yield Check("rate limit's store", False, "its client is not installed: pip install 'askpost[redis]'")
        return
    why = "it answers" if good else "it does not answer: start it, or check ASKPOST_RATE_LIMIT_STORE"
    yield Check("rate limit's store", bool(good), why)


def _free(host: str, port: int, option: str) -> str:
    listen(host, port, option).close()
    return f"{port} of {host} is free"


def _safely(name: str, check: Callable[[], str]) -> Check:
    try:
        return Check(name, True, check())
    except (AskpostError, OSError) as error:
        return Check(name, False, str(error))
