"""`askpost serve`: uvicorn on the addresses of the settings, in one process or several."""

from __future__ import annotations

import errno
import functools
import logging
import os
import resource
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

from rich.console import Console

from index import live_generation
from service import logs
from service.config import Settings
from service.library import Library
from service.metrics import SHARED_FOLDER, Metrics

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

_log = logging.getLogger("askpost")
_BACKLOG = 1024
# Longer than Caddy (120 s) and nginx (60 s) keep theirs: a connection that is closed as a proxy sends on it loses a
# request. Idle ones make room when there are too many.
_KEEP_ALIVE_S = 125
_HEAD_BYTES = 16_384
# Beside connections: index files, log, database, what libraries open.
OTHER_FILES = 256
# A worker that hangs is replaced; on a slow machine its start may take long.
_HANGS_S = 60
# How often a thread that computes lets another go on: the one that takes requests may not wait the usual 5 ms.
_SWITCH_S = 0.001
_COUNTERS = "askpost-metrics-"
_SHARED_MEMORY = "/dev/shm"  # noqa: S108 - mkdtemp makes a name of its own there


def run(settings: Settings, err: Console) -> None:
    """Serve until a signal ends it.

    :raises IndexMissingError: when there is no index.
    :raises OSError: when a port is taken or may not be listened on; the message says what to do.
    """
    live_generation(settings.index)
    with ExitStack() as stack:
        listeners = [stack.enter_context(listen(settings.host, settings.port))]
        err.print(f"askpost answers at {_address(listeners[0])} (Ctrl-C ends)", markup=False)
        if settings.operator_port is not None:
            own = stack.enter_context(listen(settings.operator_host, settings.operator_port, "operator-port"))
            listeners.append(own)
            # A free port that was asked for is known from now on.
            settings = settings.model_copy(update={"operator_port": own.getsockname()[1]})
            err.print(f"Its operator's pages are at {_address(own)}", markup=False)
        _allow_files(settings)
        if settings.workers == 1:
            app = _application(settings)
            import uvicorn

            uvicorn.Server(configuration(settings, app)).run(sockets=listeners)
            return
        from service.workers import Workers

        counters = counters_folder()
        stack.callback(shutil.rmtree, counters, ignore_errors=True)
        os.environ[SHARED_FOLDER] = counters
        logs.configure(settings)
        Workers(configuration(settings, functools.partial(_worker, settings)), listeners).run()


def listen(host: str, port: int, option: str = "port") -> socket.socket:
    """A socket that listens there.

    :param option: the setting that would choose another port.
    :raises OSError: with a message that says what to do.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError) as error:
        raise OSError(f"The host {host!r} is unknown: choose another --host, such as 127.0.0.1.") from error
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            why = f"Port {port} of {host} is in use"
        else:
            why = f"Port {port} of {host} cannot be listened on ({error.strerror})"
        where = "--port" if option == "port" else f"ASKPOST_{option.upper().replace('-', '_')}"
        raise OSError(f"{why}: choose another with {where}.") from error
    return listener


def configuration(settings: Settings, app: Callable[[], FastAPI]) -> uvicorn.Config:
    """How uvicorn is to serve: the limits of the settings, and nothing believed of what clients say of themselves.

    :param app: makes the application.
    """
    import uvicorn

    from service.edge.connection import connection_class

    return uvicorn.Config(
        app,
        factory=True,
        http=connection_class(settings.request_seconds, settings.connections),
        ws="none",
        lifespan="on",
        # The log is ours, and so is the decision whom to believe about addresses.
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        backlog=_BACKLOG,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=round(settings.shutdown_seconds),
        timeout_worker_healthcheck=_HANGS_S,
        h11_max_incomplete_event_size=_HEAD_BYTES,
        workers=settings.workers,
        loop="service.edge.even:EvenLoop" if settings.workers > 1 else "asyncio",
    )


def _application(settings: Settings) -> Callable[[], FastAPI]:
    """What makes the application of this process; the index is being loaded from now on, while all else is imported."""
    logs.configure(settings)
    sys.setswitchinterval(_SWITCH_S)
    library = Library(settings, Metrics())
    library.open()

    def make() -> FastAPI:
        from service.app import create_app

        return create_app(settings, library)

    return make


def _worker(settings: Settings) -> FastAPI:
    """The application, in a process that has just been started for it."""
    return _application(settings)()


def counters_folder() -> str:
    """A new folder, where workers add up their counters.

    :raises OSError: when there is no place for one; the message says what to do.
    """
    # Memory first: the counters are mapped, and a disk that is full ends whoever writes to a new page of a file on it.
    for place in (_SHARED_MEMORY, None):
        try:
            return tempfile.mkdtemp(prefix=_COUNTERS, dir=place)
        except OSError as error:
            refused = error
    raise OSError(
        "There is no folder where several workers could add up their counters: mount one at /tmp (docker run "
        "--tmpfs /tmp), or set TMPDIR to one that can be written to."
    ) from refused


def _allow_files(settings: Settings) -> None:
    """Raise this process's own limit of open files as far as connections want it and the system lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = settings.connections + OTHER_FILES
    if soft >= wanted:
        return
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    if most < wanted:
        _log.warning("Only %d files may be open, %d are wanted: raise the limit, or lower connections.", most, wanted)


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
