"""`make release-check`: build the wheel, install it into an empty environment, and do there what the README's first two
commands do: index and serve the posts of content/, and run the tests. Nothing of the checkout is on the way: only the
tests and what they read are copied, without index/ and service/. Ends with 1 at the first thing that fails.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
_QUESTION = "When did the author start with computer vision?"
_READ_BY_TESTS = (
    "tests", "content", "README.md", "CHANGELOG.md", "LICENSE", "Makefile", "Dockerfile", "pyproject.toml",
    "constraints.txt", "deploy", "docs",
)  # fmt: skip
_READY_WITHIN_S = 60


def main() -> int:
    given = argparse.ArgumentParser(prog="make release-check", description=__doc__)
    given.add_argument("tests", nargs="*", default=["tests"], help="what pytest runs")
    options = given.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        wheel = _wheel(folder / "dist")
        _say(f"built {wheel.name}, {wheel.stat().st_size / 1e6:.1f} MB, {len(_names(wheel))} files")
        bin_ = folder / "env" / "bin"
        venv.create(folder / "env", with_pip=True)
        _run([bin_ / "python", "-m", "pip", "install", "-q", "-c", ROOT / "constraints.txt", f"{wheel}[index]"], folder)
        _say("installed into an empty environment")

        blog = folder / "blog"
        shutil.copytree(ROOT / "content", blog / "content")
        _say(_run([bin_ / "askpost", "index"], blog).strip())
        answer = json.loads(_run([bin_ / "askpost", "ask", "--json", _QUESTION], blog))
        _say(f"asked on the command line: {answer['answer'].splitlines()[0]}")
        _serve(bin_ / "askpost", blog)

        work = folder / "work"
        work.mkdir()
        for name in _READ_BY_TESTS:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, work / name, ignore=shutil.ignore_patterns("__pycache__"))
            elif source.exists():
                shutil.copy(source, work / name)
        _run(
            [bin_ / "python", "-m", "pip", "install", "-q", "-c", ROOT / "constraints.txt", f"{wheel}[index,dev]"],
            folder,
        )
        said = _run([bin_ / "python", "-m", "pytest", "-r", "s", *options.tests], work)
        _say(f"tests against the installed wheel: {said.strip().splitlines()[-1]}")
    _say("good")
    return 0


def _wheel(folder: Path) -> Path:
    _run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, ROOT], ROOT)
    (wheel,) = folder.glob("*.whl")
    odd = [name for name in _names(wheel) if not re.match(r"(index|service|askpost-[\d.]+\.dist-info)/", name)]
    if odd:
        raise SystemExit(f"the wheel holds what it should not: {', '.join(odd)}")
    return wheel


def _names(wheel: Path) -> list[str]:
    from zipfile import ZipFile

    with ZipFile(wheel) as opened:
        return opened.namelist()


def _serve(askpost: Path, blog: Path) -> None:
    """Start it as `make serve` does, ask over HTTP, look at a page, and end it as Ctrl-C does."""
    with subprocess.Popen([askpost, "serve", "--port", "0"], cwd=blog, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            address = re.search(r"http://\S+", process.stderr.readline())
            assert address, "askpost serve did not say where it answers"
            started = time.monotonic()
            while not _ready(address[0]):
                if time.monotonic() - started > _READY_WITHIN_S or process.poll() is not None:
                    raise SystemExit("askpost serve did not get ready")
                time.sleep(0.1)
            asked = urllib.request.Request(
                f"{address[0]}/ask", json.dumps({"question": _QUESTION}).encode(), {"Content-Type": "application/json"}
            )
            with urllib.request.urlopen(asked) as reply, urllib.request.urlopen(f"{address[0]}/widget.js") as widget:
                answer, script = json.load(reply), widget.read()
            assert answer["answered"]
            assert script
            _say(f"asked over HTTP: {answer['answer'].splitlines()[0]}")
        finally:
            process.terminate()


def _ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz") as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


def _run(command: list[str | Path], folder: Path) -> str:
    """What the command prints.

    :raises SystemExit: when it fails, with what it said.
    """
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHONPATH", "VIRTUAL_ENV"))}
    done = subprocess.run(command, cwd=folder, env=outside, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def _say(what: str) -> None:
    print(f"release-check: {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
