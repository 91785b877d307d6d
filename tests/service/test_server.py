"""`askpost serve` as a process: it ends what is in flight, and several workers are one service."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from service import server
from tests.conftest import BLOG
from tests.indexes import linked_copy
from tests.service.serving import eventually

ROOT = Path(__file__).parents[2]
ASK = {"question": "How much did the skiff cost?"}
_IN_FLIGHT = 30


@contextmanager
def started(
    index: Path, folder: Path, **settings: object
) -> Iterator[tuple[subprocess.Popen[str], httpx.Client, Path]]:
    """The process, a client once it is ready, and its log."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("ASKPOST_")}
    given = {"CONTENT": BLOG, "INDEX": index, "PORT": 0, "RATE_LIMIT": "off", **settings}
    environment = own | {"PYTHONPATH": str(ROOT)} | {f"ASKPOST_{name}": str(value) for name, value in given.items()}
    log = folder / "log"
    with log.open("w") as written:
        process = subprocess.Popen(
            [sys.executable, "-c", "from service.cli import main; main()", "serve"],
            cwd=folder, env=environment, stderr=written, text=True,
        )  # fmt: skip
    try:
        eventually(lambda: "http://" in log.read_text())
        port = re.findall(r"http://127\.0\.0\.1:(\d+)", log.read_text())[0]
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            eventually(lambda: _status(client, "/readyz") == 200)
            yield process, client, log
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(90)


def _status(client: httpx.Client, path: str) -> int:
    try:
        return client.get(path).status_code
    except httpx.TransportError:
        return 0


@pytest.mark.parametrize("workers", [1, 2])
def test_sigterm_lets_what_is_in_flight_be_answered(model_index: Path, tmp_path: Path, workers: int) -> None:
    with started(model_index, tmp_path, WORKERS=workers, CACHE=0, CONCURRENCY=1, QUEUE_SECONDS=20) as (
        process,
        client,
        log,
    ):
        statuses: list[int] = []
        together = threading.Barrier(_IN_FLIGHT + 1)

        def ask(number: int) -> None:
            with httpx.Client(base_url=client.base_url, timeout=30) as own:
                # A connection that has been taken: one that still waits for that is not in flight.
                own.get("/livez")
                together.wait()
                question = f"How much did the skiff cost in {number}?"
                statuses.append(own.post("/ask", json={"question": question}).status_code)

        asking = [threading.Thread(target=ask, args=(number,)) for number in range(_IN_FLIGHT)]
        for thread in asking:
            thread.start()
        together.wait()
        eventually(lambda: _received(client) + len(statuses) >= _IN_FLIGHT)
        process.send_signal(signal.SIGTERM)
        for thread in asking:
            thread.join()
        assert statuses == [200] * _IN_FLIGHT
        assert process.wait(30) in (0, -signal.SIGTERM)
        assert "Traceback" not in log.read_text()


def _received(client: httpx.Client) -> float:
    """The questions that wait or are being answered."""
    return sum(
        float(value)
        for value in re.findall(r"^askpost_queue_(?:waiting|running) (\S+)", client.get("/metrics").text, re.M)
    )


def _answered(client: httpx.Client) -> float:
    """The questions that have had their reply, over all workers."""
    counted = re.search(
        r'^askpost_requests_total\{route="/ask",status="200"\} (\S+)', client.get("/metrics").text, re.M
    )
    return float(counted[1]) if counted else 0


def test_workers_count_together_share_the_index_and_are_replaced(model_index: Path, tmp_path: Path) -> None:
    index = linked_copy(model_index, tmp_path / "index")
    with started(index, tmp_path, WORKERS=2, LOG_FORMAT="json") as (process, client, _):
        for number in range(20):
            # A connection each, so that both workers get some.
            assert (
                httpx.post(f"{client.base_url}/ask", json={"question": f"What cost {number} euros?"}).status_code == 200
            )
        # A worker counts a request after its reply is sent, while the other may be reporting already.
        eventually(lambda: _answered(client) >= 20)
        assert _answered(client) == 20

        eventually(lambda: len(_workers(process.pid, index)) == 2)
        workers = _workers(process.pid, index)
        for pid in workers:
            maps = Path(f"/proc/{pid}/maps").read_text()
            for shared in ("vectors.faiss", "tokens.int8", "model.weights"):
                assert re.search(rf"^\S+ r\S+ .*{re.escape(shared)}$", maps, re.M), shared

        os.kill(workers[0], signal.SIGKILL)
        eventually(lambda: len(set(_workers(process.pid, index)) - {workers[0]}) == 2)
        eventually(lambda: _status(client, "/readyz") == 200)
        assert client.get("/metrics").status_code == 200


def test_a_worker_that_dies_while_it_is_asked_whether_it_lives_is_replaced_soon(
    model_index: Path, tmp_path: Path
) -> None:
    index = linked_copy(model_index, tmp_path / "index")
    with started(index, tmp_path, WORKERS=2) as (process, _, _):
        eventually(lambda: len(_workers(process.pid, index)) == 2)
        (silent, other) = _workers(process.pid, index)
        os.kill(silent, signal.SIGSTOP)
        time.sleep(2)  # the supervisor asks each twice a second
        os.kill(silent, signal.SIGKILL)
        eventually(lambda: len(set(_workers(process.pid, index)) - {silent, other}) == 1)


def test_connections_that_come_at_once_are_shared_out_among_workers(model_index: Path, tmp_path: Path) -> None:
    index = linked_copy(model_index, tmp_path / "index")
    with started(index, tmp_path, WORKERS=2) as (process, client, _):
        eventually(lambda: len(_workers(process.pid, index)) == 2)
        workers = _workers(process.pid, index)

        def shared() -> bool:
            before = [_sockets(pid) for pid in workers]
            with contextlib.ExitStack() as stack, ThreadPoolExecutor(16) as pool:
                visitors = [stack.enter_context(httpx.Client(base_url=client.base_url)) for _ in range(16)]
                assert {reply.status_code for reply in pool.map(lambda one: one.get("/livez"), visitors)} == {200}
                taken = [_sockets(pid) - held for pid, held in zip(workers, before, strict=True)]
            return sum(taken) == 16 and min(taken) >= 3

        # A worker that has the index open may still be about to listen.
        eventually(shared)


def _sockets(pid: int) -> int:
    return sum(str(fd.readlink()).startswith("socket:") for fd in Path(f"/proc/{pid}/fd").iterdir())


def _workers(parent: int, index: Path) -> list[int]:
    """The processes below that have the index open."""
    found = []
    for children in Path(f"/proc/{parent}/task").glob("*/children"):
        for pid in map(int, children.read_text().split()):
            with contextlib.suppress(OSError):
                if f"{index}/generations" in Path(f"/proc/{pid}/maps").read_text():
                    found.append(pid)
    return found


def test_it_is_soon_ready(model_index: Path, tmp_path: Path) -> None:
    begun = time.monotonic()
    with started(model_index, tmp_path):
        # Two seconds on a machine of its own; this one may be busy with other tests.
        assert time.monotonic() - begun < 20


@pytest.fixture
def no_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Python finds where /tmp cannot be written to, as in a container whose root is read-only.

    :param tmp_path: made before.
    """

    def nothing() -> str:
        raise FileNotFoundError("No usable temporary directory found")

    monkeypatch.setattr(tempfile, "gettempdir", nothing)


@pytest.mark.usefixtures("no_tmp")
def test_workers_add_up_their_counters_where_there_is_no_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_SHARED_MEMORY", str(tmp_path))
    assert Path(server.counters_folder()).parent == tmp_path


def test_counters_are_on_a_disk_where_there_is_no_shared_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "_SHARED_MEMORY", str(tmp_path / "none"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert Path(server.counters_folder()).parent == tmp_path


@pytest.mark.usefixtures("no_tmp")
def test_where_nothing_can_be_written_it_says_what_workers_need(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "_SHARED_MEMORY", str(tmp_path / "none"))
    with pytest.raises(OSError, match=r"--tmpfs /tmp.*TMPDIR"):
        server.counters_folder()
