"""What the kernel says of a service and its workers: memory, open files, and who is alive."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Vitals:
    """Of all processes together, memory in MB (10^6 bytes).

    `anon_mb` (RssAnon) is what no file backs; `pss_mb` counts each shared page once, so that it says what the service
    costs the machine. `files` are open descriptors.
    """

    anon_mb: float
    pss_mb: float
    rss_mb: float
    files: int
    processes: int


def vitals(pid: int) -> Vitals:
    """The sum over the process and all that descend from it."""
    pids = [pid, *descendants(pid)]
    status = [_kib(Path(f"/proc/{one}/status")) for one in pids]
    rollup = [_kib(Path(f"/proc/{one}/smaps_rollup")) for one in pids]
    return Vitals(
        anon_mb=sum(kib["RssAnon"] for kib in status) * 1024 / 1e6,
        pss_mb=sum(kib["Pss"] for kib in rollup) * 1024 / 1e6,
        rss_mb=sum(kib["VmRSS"] for kib in status) * 1024 / 1e6,
        files=sum(len(list(Path(f"/proc/{one}/fd").iterdir())) for one in pids),
        processes=len(pids),
    )


def descendants(pid: int) -> list[int]:
    """The processes that it started, and theirs."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            found += [int(child), *descendants(int(child))]
    return found


def _kib(file: Path) -> dict[str, int]:
    lines = (line.partition(":") for line in file.read_text(encoding="ascii").splitlines())
    return {name: int(value.split()[0]) for name, _, value in lines if value.rstrip().endswith("kB")}
