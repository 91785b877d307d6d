"""The peers' environments below build/benchmarks/, made when they are not there; never ours."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path("build/benchmarks/peers")
_HERE = Path(__file__).parent
_TORCH = "torch==2.13.0"


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer: what is installed for it, and how it is started; `{model}`, `{out}` and `{port}` are filled in."""

    name: str
    what: str
    packages: tuple[str, ...]
    script: str
    serve: tuple[str, ...]
    route: str

    @property
    def python(self) -> Path:
        """The Python of its environment."""
        return (_FOLDER / self.name / "bin" / "python").absolute()

    def run(self, *arguments: str) -> None:
        """Run its script, to the end."""
        subprocess.run([self.python, _HERE / self.script, *arguments], check=True)


PEERS = (
    Peer(
        "txtai", "its API, hybrid search", ("txtai[api]==9.14.0", _TORCH), "txtai_peer.py",
        ("-m", "uvicorn", "txtai.api:app", "--host", "127.0.0.1", "--port", "{port}", "--log-level", "error"),
        "/search?limit=5&query=",
    ),
    Peer(
        "haystack", "in-memory store, dense and BM25 joined, behind FastAPI",
        ("haystack-ai==3.4.1", "sentence-transformers-haystack==2.0.0", "fastapi", "uvicorn", _TORCH),
        "haystack_peer.py", (str(_HERE / "haystack_peer.py"), "serve", "{model}", "{out}", "{port}"), "/search",
    ),
    Peer(
        "tutorial", "sentence-transformers and a flat FAISS index, behind FastAPI",
        ("sentence-transformers==6.2.0", "faiss-cpu==1.15.1", "fastapi", "uvicorn", _TORCH),
        "tutorial_peer.py", (str(_HERE / "tutorial_peer.py"), "serve", "{model}", "{out}", "{port}"), "/search",
    ),
)  # fmt: skip
_NAMED = (
    "txtai", "haystack-ai", "sentence-transformers-haystack", "sentence-transformers", "faiss-cpu", "torch",
    "transformers", "fastapi", "uvicorn", "numpy",
)  # fmt: skip


def install(peer: Peer) -> dict[str, str]:
    """Make its environment unless it is there; the versions of what counts in it."""
    ready = _FOLDER / peer.name / ".installed"
    if not ready.exists():
        print(f"Installing {peer.name} into an environment of its own …", file=sys.stderr, flush=True)
        venv.create(_FOLDER / peer.name, with_pip=True, clear=True)
        subprocess.run([peer.python, "-m", "pip", "install", "-q", *peer.packages], check=True)
        ready.touch()
    listed = subprocess.run(
        [peer.python, "-m", "pip", "list", "--format", "json"], check=True, capture_output=True, text=True
    )
    return {p["name"]: p["version"] for p in json.loads(listed.stdout) if p["name"].lower() in _NAMED}
