"""The processes that are measured: askpost as it is installed, and Python with sentence-transformers."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO
from urllib.parse import quote

from tests.benchmarks.peers.environments import Peer

ASKPOST = str(Path(sys.executable).with_name("askpost"))
_READY_WITHIN_S = 60
_POLL_S = 0.02
_UNLIMITED = {"rate_limit": "off", "rate_limit_global": "off"}


def wall_time_s(command: list[str]) -> float:
    """Seconds that the command takes from start to end.

    :raises RuntimeError: when it fails, with what it said.
    """
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    taken = time.perf_counter() - started
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with status {done.returncode}: {done.stderr.strip()}")
    return taken


@dataclass(frozen=True, slots=True)
class Service:
    """A running service, askpost or a peer; `ready_s` from the start of its process until it answered.

    `route` is where it is asked: by POST of a question, or by GET when it ends with `=`.
    """

    pid: int
    port: int
    ready_s: float
    connection: http.client.HTTPConnection
    route: str = "/ask"

    def ask(self, question: str) -> float:
        """Seconds until the whole reply has been read."""
        started = time.perf_counter()
        if self.route.endswith("="):
            self.connection.request("GET", self.route + quote(question))
        else:
            body = json.dumps({"question": question})
            self.connection.request("POST", self.route, body, {"Content-Type": "application/json"})
        response = self.connection.getresponse()
        response.read()
        taken = time.perf_counter() - started
        if response.status != 200:
            raise RuntimeError(f"{self.route} answered {question!r} with status {response.status}")
        return taken


@contextmanager
def serving(index: Path, **settings: str) -> Iterator[Service]:
    """Askpost serving the index on a free port, ready to answer, and limiting nobody; it ends with the block.

    :param settings: more `ASKPOST_*` variables, by their names without the prefix, lower case.
    """
    command = [ASKPOST, "serve", "--index", str(index), "--host", "127.0.0.1", "--port", "0"]
    variables = {f"ASKPOST_{name.upper()}": value for name, value in {**_UNLIMITED, **settings}.items()}
    started = time.perf_counter()
    with (
        tempfile.TemporaryFile("w+") as log,
        subprocess.Popen(command, stderr=log, text=True, env={**os.environ, **variables}) as process,
    ):
        try:
            port = _port(process, log)
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=_READY_WITHIN_S)) as connection:
                _wait_until_ready(connection)
                yield Service(process.pid, port, time.perf_counter() - started, connection)
        finally:
            process.terminate()


def _port(process: subprocess.Popen[str], log: IO[str]) -> int:
    """Where the process says that it listens."""
    deadline = time.monotonic() + _READY_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        log.seek(0)
        if address := re.search(r"http://127\.0\.0\.1:(\d+)", log.read()):
            return int(address[1])
        time.sleep(_POLL_S)
    log.seek(0)
    raise RuntimeError(f"askpost serve did not start: {log.read().strip()}")


@contextmanager
def serving_peer(peer: Peer, model: Path, out: Path) -> Iterator[Service]:
    """The peer serving its index on a free port, asked a first question; it ends with the block."""
    port = _free_port()
    filled = [part.format(model=model, out=out, port=port) for part in peer.serve]
    variables = {"CONFIG": str(out / "api.yml"), "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    started = time.perf_counter()
    with (
        tempfile.TemporaryFile("w+") as log,
        subprocess.Popen([peer.python, *filled], stdout=log, stderr=log, env={**os.environ, **variables}) as process,
    ):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_READY_WITHIN_S)
            service = Service(process.pid, port, 0.0, connection, peer.route)
            while True:
                try:
                    service.ask("What is this about?")
                    break
                except ConnectionError as error:
                    connection.close()
                    if process.poll() is not None or time.perf_counter() - started > 2 * _READY_WITHIN_S:
                        log.seek(0)
                        raise RuntimeError(f"{peer.name} did not start: {log.read()[-2000:]}") from error
                    time.sleep(_POLL_S)
            yield replace(service, ready_s=time.perf_counter() - started)
            connection.close()
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def sentence_transformers_loaded() -> Iterator[int]:
    """The pid of a Python that has imported sentence-transformers and loaded the same model."""
    code = (
        "from sentence_transformers import SentenceTransformer\n"
        "from index.embed import DEFAULT_MODEL, find_model\n"
        "model = SentenceTransformer(str(find_model(DEFAULT_MODEL)), device='cpu')\n"
        "print('loaded', flush=True)\n"
        "input()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            if process.stdout.readline() != "loaded\n":
                raise RuntimeError("the model could not be loaded with sentence-transformers")
            yield process.pid
        finally:
            process.terminate()


def _wait_until_ready(connection: http.client.HTTPConnection) -> None:
    deadline = time.monotonic() + _READY_WITHIN_S
    while True:
        try:
            connection.request("GET", "/readyz")
            response = connection.getresponse()
            said = response.read()
        except ConnectionError as error:
            connection.close()
            said = str(error).encode()
        else:
            if response.status == 200:
                return
        if time.monotonic() > deadline:
            raise RuntimeError(f"askpost serve is not ready after {_READY_WITHIN_S} s: {said.decode()}")
        time.sleep(_POLL_S)
