"""Nothing leaves the machine: index, ask and serve where there is no network but the loopback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import BLOG

ROOT = Path(__file__).parents[2]
# A namespace of its own has no way out; its loopback has to be brought up first.
_LOOPBACK_UP = """
import fcntl, socket, struct
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any:
    request = struct.pack("16sh14x", b"lo", 0)
    flags = struct.unpack("16sh14x", fcntl.ioctl(any, 0x8913, request))[1]
    fcntl.ioctl(any, 0x8914, struct.pack("16sh14x", b"lo", flags | 1))
"""
# Where no namespace may be made, a socket that leads elsewhere ends the process with a line that the test looks for.
_GUARD = """
import os, socket, sys
def guarded(name):
    real = getattr(socket.socket, name)
    def call(self, address, *more):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            print("WENT OUT", address, file=sys.stderr, flush=True)
            os._exit(99)
        return real(self, address, *more)
    return call
for name in ("connect", "connect_ex"):
    setattr(socket.socket, name, guarded(name))
"""
_ALL_OF_IT = """
import json, os, re, signal, socket, subprocess, sys, time, urllib.request
def askpost(*words, **more):
    return [sys.executable, "-c", PRELUDE + "from service.cli import main; main()", *words]
subprocess.run(askpost("index"), check=True)
said = subprocess.run(askpost("ask", "How much did the skiff cost?"), check=True, capture_output=True, text=True).stdout
assert "240 euros" in said, said
serving = subprocess.Popen(askpost("serve", "--port", "0"), stderr=subprocess.PIPE, text=True)
base = re.search(r"http://\\S+", serving.stderr.readline())[0]
for _ in range(400):
    try:
        urllib.request.urlopen(base + "/readyz"); break
    except OSError:
        time.sleep(0.1)
body = json.dumps({"question": "How much did the skiff cost?"}).encode()
asked = urllib.request.Request(base + "/ask", body, {"Content-Type": "application/json"})
assert "240 euros" in urllib.request.urlopen(asked).read().decode()
for path in ("/", "/docs", "/posts/learning-to-row", "/widget.js", "/metrics"):
    page = urllib.request.Request(base + path, headers={"Accept": "text/html"})
    assert urllib.request.urlopen(page).status == 200
serving.send_signal(signal.SIGTERM)
assert "WENT OUT" not in serving.stderr.read()
print("all of it")
"""


@pytest.mark.model
def test_index_ask_and_serve_work_without_a_network(tmp_path: Path) -> None:
    shutil.copytree(BLOG, tmp_path / "content")
    (tmp_path / "home").mkdir()
    own = {name: value for name, value in os.environ.items() if not name.startswith(("ASKPOST_", "HF_"))}
    environment = own | {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path / "home"), "ASKPOST_CONTENT": "content"}
    isolated = subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode == 0
    prelude = "" if isolated else _GUARD
    code = (_LOOPBACK_UP if isolated else "") + f"PRELUDE = {prelude!r}\n" + _ALL_OF_IT
    command = [*(("unshare", "-n") if isolated else ()), sys.executable, "-c", code]
    run = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1] == "all of it"
    assert "WENT OUT" not in run.stderr
