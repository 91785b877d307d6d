"""What `askpost index` says at the end, for people and for scripts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import islice, zip_longest
from pathlib import Path

from rich.console import Console

from index import Notice, Report, SiteCheck, Staleness, index_command
from service.counted import counted

_SHOWN = 10


def show(report: Report, index: Path, out: Console, err: Console) -> None:
    """Print what was done, and warn of what was not."""
    kept = set(report.kept)
    for failure in report.failed:
        stays = "; the index keeps its last good version" if failure.split(":")[0] in kept else ""
        err.print(f"failed  {failure}{stays}", markup=False, style="red")
    _warn(report.notices, err)
    made = _generators(report.generators)
    counts = f"{counted(report.posts, 'post')} ({made}), {counted(report.passages, 'passage')}"
    if report.published:
        done = f"Indexed {counts}: {report.embedded} embedded, {report.reused} taken over"
    else:
        done = f"Nothing has changed: {counts}"
    size = f"{report.size_bytes / 1e6:.1f} MB"
    out.print(f"{done}; {report.seconds:.1f} s, {size} in {index}.", markup=False)
    _left_out(report.left_out, out)


def show_check(found: Staleness, index: Path, out: Console, err: Console) -> None:
    """Print what is stale, one thing a line, or that nothing is."""
    for failure in found.failed:
        err.print(f"failed  {failure}", markup=False, style="red")
    _warn(found.notices, err)
    for reason in found.reasons:
        out.print(f"stale   {reason}", markup=False)
    # Without an index every post is new; the reason says it in one line.
    kinds = () if found.reasons else (("added", found.added), ("changed", found.changed), ("removed", found.removed))
    for kind, paths in kinds:
        for path in paths:
            out.print(f"{kind:<8}{path}", markup=False)
    if found.stale:
        out.print(f"The index is stale: run {index_command(index)}.", markup=False)
    else:
        out.print(f"The index is up to date: {counted(found.posts, 'post')}.", markup=False)


def show_links(found: SiteCheck, built: Path, out: Console) -> None:
    """Print the links that lead nowhere, one a line, and how many were looked at."""
    for link in found.unresolved:
        out.print(f"{link.path}: {link.url or 'no link'}: {link.why}", markup=False)
    good = found.links - len(found.unresolved)
    out.print(f"{good:,} of {counted(found.links, 'link')} resolve in {built}.", markup=False)


def as_json(report: Report | Staleness | SiteCheck) -> str:
    """The result as a JSON object; `warnings` counts the notices by kind."""
    made = asdict(report)
    if isinstance(report, Staleness):
        made["stale"] = report.stale
    if not isinstance(report, SiteCheck):
        made["warnings"] = Counter(notice.kind for notice in report.notices)
    return json.dumps(made, default=dict)


def _warn(notices: Sequence[Notice], err: Console) -> None:
    for notice in _shown(notices):
        place = f"{notice.path}:{notice.line}" if notice.line else notice.path
        err.print(f"warning {place}: {notice.message}", markup=False, style="yellow")
    if notices:
        kinds = Counter(notice.kind for notice in notices)
        listed = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
        more = f"; {_SHOWN} are shown, --json lists all" if len(notices) > _SHOWN else ""
        err.print(f"{counted(len(notices), 'warning')}: {listed}{more}", markup=False, style="yellow")


def _shown(notices: Sequence[Notice]) -> list[Notice]:
    """So many as a person reads, in order: some of each kind, so that a hundred of one do not hide another."""
    kinds: dict[str, list[Notice]] = {}
    for notice in notices:
        kinds.setdefault(notice.kind, []).append(notice)
    turns = (notice for turn in zip_longest(*kinds.values()) for notice in turn if notice)
    chosen = set(map(id, islice(turns, _SHOWN)))
    return [notice for notice in notices if id(notice) in chosen]


def _left_out(left_out: Mapping[str, int], out: Console) -> None:
    for reason, count in left_out.items():
        out.print(f"Left out: {count} ({reason}).", markup=False)


def _generators(counts: Mapping[str, int]) -> str:
    """`hugo`, or `hugo 3, plain 2` when posts were read by different rules."""
    named = {name or "plain": count for name, count in counts.items()}
    if len(named) == 1:
        return next(iter(named))
    return ", ".join(f"{name} {count}" for name, count in named.items()) or "none read"
