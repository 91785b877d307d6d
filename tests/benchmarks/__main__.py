"""`make bench`: measure, print, and write the figures to results/COMMIT.json. Ends with 1 when a limit is passed."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks import latency, machine, memory, startup, widget
from tests.benchmarks.processes import ASKPOST

_RESULTS = Path(__file__).parent / "results"
# Kept, so that a second run does not index again; not the owner's index, which may be of other posts.
_INDEX = Path("build/benchmarks/index")


def main() -> int:
    subprocess.run([ASKPOST, "index", "content", "--index", str(_INDEX)], check=True, stdout=subprocess.DEVNULL)
    start = startup.measure(_INDEX)
    _line("One question on the command line, s", start.ask_s, "import sentence_transformers", start.import_s)
    _limit(f"{start.ratio:.2f} of it", start.limit, start.good)

    resident = memory.measure(_INDEX)
    ours, theirs = resident.serving, resident.sentence_transformers
    _line("Serving, resident MB", ours.rss_mb, "sentence-transformers with the model", theirs.rss_mb)
    _line("  of it not shareable, MB", ours.anon_mb, "sentence-transformers with the model", theirs.anon_mb)
    _limit(f"{ours.rss_mb:.0f} MB", resident.limit_mb, resident.good)

    asking = latency.measure(_INDEX)
    _line("POST /ask, ms", asking.ask_ms, "the encoder alone", asking.encode_ms)
    print(f"  {asking.ratio:.2f} times the encoder alone")

    chat = widget.measure(_INDEX)
    if chat is None:
        print("The chat is not measured: install Chromium, or name it in ASKPOST_CHROMIUM.")
    else:
        _line("Chat: until it is open, ms", chat.open_ms, "until the first answer shows", chat.answer_ms)
        _line("  loader on the wire, bytes", chat.loader_bytes, "the panel, when first opened", chat.panel_bytes)
        _line("  suggestions and one answer, bytes", chat.answer_bytes, "all three", chat.bytes)

    commit = machine.commit()
    figures = {
        "commit": commit,
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine.describe(),
        "startup": {**asdict(start), "ratio": start.ratio},
        "memory": asdict(resident),
        "latency": {**asdict(asking), "ratio": asking.ratio},
        "chat": asdict(chat) if chat else None,
    }
    _RESULTS.mkdir(exist_ok=True)
    file = _RESULTS / f"{commit}.json"
    file.write_text(json.dumps(_rounded(figures), indent=1) + "\n", encoding="utf-8")
    print(f"\nWritten to {file.relative_to(Path.cwd())}.")
    return 0 if start.good and resident.good else 1


def _line(what: str, ours: float, against: str, theirs: float) -> None:
    print(f"{what:<38}{ours:>8.2f}   {against:<38}{theirs:>8.2f}", flush=True)


def _limit(found: str, limit: float, good: bool) -> None:
    print(f"  {found}, limit {limit}: {'good' if good else 'TOO MUCH'}", flush=True)


def _rounded(value: object) -> object:
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return round(value, 3) if isinstance(value, float) else value


if __name__ == "__main__":
    sys.exit(main())
