"""What several workers report together."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from service.metrics import SHARED_FOLDER

ROOT = Path(__file__).parents[2]
_TWO_WORKERS = """
import os
from service.metrics import Metrics
Metrics().answers_from("2026-01-02T03:04:05+00:00", 7)
if os.fork() == 0:
    # The second has no index yet.
    print(Metrics().render().decode(), flush=True)
    os._exit(0)
os.wait()
"""


def test_a_worker_that_still_loads_says_nothing_of_the_index(tmp_path: Path) -> None:
    # The library looks at the variable once, when it is imported.
    done = subprocess.run(
        [sys.executable, "-c", _TWO_WORKERS],
        env={**os.environ, SHARED_FOLDER: str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = re.findall(r"^askpost_index_(\w+) (\S+)$", done.stdout, re.MULTILINE)
    assert {name: float(value) for name, value in found} == {"passages": 7, "built_timestamp_seconds": 1767323045}
