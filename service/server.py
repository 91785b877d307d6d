"""`askpost serve`: uvicorn on the address of the settings."""

from __future__ import annotations

import errno
import socket

import uvicorn
from rich.console import Console

from index import live_generation
from service.app import create_app
from service.config import Settings

_BACKLOG = 128


def run(settings: Settings, err: Console) -> None:
    """Serve until a signal ends it.

    :raises IndexMissingError: when there is no index.
    :raises OSError: when the port is taken or may not be listened on; the message says what to do.
    """
    live_generation(settings.index)
    with listen(settings.host, settings.port) as listener:
        host, port = listener.getsockname()[:2]
        err.print(
            f"askpost answers at http://{f'[{host}]' if ':' in host else host}:{port} (Ctrl-C ends)", markup=False
        )
        config = uvicorn.Config(create_app(settings), log_level="warning", access_log=False)
        uvicorn.Server(config).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there.

    :raises OSError: with a message that says what to do.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
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
        raise OSError(f"{why}: choose another with --port.") from error
    return listener
