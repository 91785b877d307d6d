"""`make bench`: measure, print, and write results/COMMIT.json and COMMIT.svg. Ends with 1 when a goal is not reached.

Takes half an hour when the indexes and the peers' environments are there, an hour more when they are made. Each part
is written down as it ends, and can be measured alone; the goals are judged once all parts of a commit are there.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from index import Precision
from index.embed import DEFAULT_MODEL, find_model
from tests.benchmarks import floor, latency, machine, picture, sizes, stages, startup, throughput
from tests.benchmarks.figures import rounded
from tests.benchmarks.goals import judge
from tests.benchmarks.peers.environments import PEERS, install
from tests.benchmarks.processes import Service, serving, serving_peer
from tests.load.vitals import Vitals, vitals

RESULTS = Path(__file__).parent / "results"
_AT = 10_000
_STARTS = 3


def main() -> int:
    given = argparse.ArgumentParser(prog="make bench", description=__doc__)
    given.add_argument("parts", nargs="*", choices=[*PARTS, []], help="those to be measured; without any, all")
    given.add_argument("--questions", type=int, default=200, help="for each latency")
    given.add_argument("--seconds", type=float, default=10, help="of each throughput")
    given.add_argument("--rounds", type=int, default=3, help="of each throughput; the medians count")
    options = given.parse_args()
    file = RESULTS / f"{machine.commit()}.json"
    figures: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    figures |= {
        "commit": machine.commit(),
        "date": datetime.now(UTC).isoformat(timespec="minutes"),
        "machine": machine.describe(),
        "load": figures.get("load", {}),
    }
    for name in options.parts or PARTS:
        _say(name)
        before = os.getloadavg()[0]
        figures |= PARTS[name](options)
        figures["load"][name] = [before, os.getloadavg()[0]]
        RESULTS.mkdir(exist_ok=True)
        file.write_text(json.dumps(rounded(figures), indent=1) + "\n", encoding="utf-8")
    if missing := [name for name in PARTS if name not in figures["load"]]:
        print(f"Written to {file.relative_to(Path.cwd())}; still to be measured: {', '.join(missing)}.")
        return 0
    kept = json.loads(file.read_text(encoding="utf-8"))
    kept["goals"] = [asdict(goal) for goal in judge(kept)]
    file.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    file.with_suffix(".svg").write_text(picture.draw(kept), encoding="utf-8")
    goals = judge(kept)
    for goal in goals:
        print(f"{'good    ' if goal.good else 'NOT GOOD'}  {goal.what}: {goal.found} (goal: {goal.wanted})")
    print(f"Written to {file.relative_to(Path.cwd())}, with a picture beside it.")
    return 0 if all(goal.good for goal in goals) else 1


def _startup(_: argparse.Namespace) -> dict[str, Any]:
    sizes.build(_AT)
    return {"startup": asdict(startup.measure(sizes.index_of(_AT)))}


def _sizes(options: argparse.Namespace) -> dict[str, Any]:
    built = {size: sizes.build(size, anew=size == min(sizes.SIZES)) for size in sizes.SIZES}
    return {"sizes": {size: _size(size, built[size], options.questions) for size in sizes.SIZES}}


def _stages(options: argparse.Namespace) -> dict[str, Any]:
    return {"stages_ms": stages.measure(sizes.index_of(_AT), options.questions, seed=21)}


def _prepare_peers() -> None:
    """Have each peer's index of the same passages."""
    out = [sizes.index_of(_AT).parent / peer.name for peer in PEERS]
    if all((folder / ".made").exists() for folder in out):
        return
    data, model = sizes.export_for_peers(_AT), find_model(DEFAULT_MODEL)
    for peer, folder in zip(PEERS, out, strict=True):
        folder.mkdir(exist_ok=True)
        peer.run("index", str(model), str(data), str(folder.absolute()))
        (folder / ".made").touch()


def _size(size: int, built: sizes.Built, count: int) -> dict[str, object]:
    """What an index of this size costs to build, to hold and to ask."""
    index = sizes.index_of(size)
    ready = []
    for _ in range(_STARTS):
        with serving(index) as service:
            ready.append(service.ready_s)
    with serving(index) as service:
        asked = latency.measure(index, {"askpost": service}, count, seed=size)["askpost"]
        held = vitals(service.pid)
    return {
        **asdict(built),
        "passages_per_second": built.rate,
        "ready_s": median(ready),
        "ask": asdict(asked),
        "memory": asdict(held),
    }


def _beside_peers(options: argparse.Namespace) -> dict[str, Any]:
    """Every service at once, asked in turn; started by turns before that, to see how soon each is ready."""
    versions = {peer.name: {"what": peer.what, "versions": install(peer)} for peer in PEERS}
    _prepare_peers()
    index, model = sizes.index_of(_AT), find_model(DEFAULT_MODEL)
    ready: dict[str, list[float]] = {"askpost": [], **{peer.name: [] for peer in PEERS}}
    for _ in range(_STARTS):
        with serving(index) as service:
            ready["askpost"].append(service.ready_s)
        for peer in PEERS:
            with serving_peer(peer, model, _out(peer.name)) as service:
                ready[peer.name].append(service.ready_s)
    with ExitStack() as stack:
        services = {"askpost": stack.enter_context(serving(index))}
        services |= {p.name: stack.enter_context(serving_peer(p, model, _out(p.name))) for p in PEERS}
        asked = latency.measure(index, services, options.questions, seed=31)
        held: dict[str, Vitals] = {name: vitals(service.pid) for name, service in services.items()}
    found = {
        name: {"ready_s": median(ready[name]), "ask": asdict(asked[name]), "memory": asdict(held[name])}
        for name in asked
    }
    return {
        "askpost": found["askpost"],
        "peers": {peer.name: versions[peer.name] | found[peer.name] for peer in PEERS},
    }


def _throughput(options: argparse.Namespace) -> dict[str, Any]:
    """By turns in each round: the bare encoder, askpost with one worker and with one for each core, the peers."""
    index, model, cores = sizes.index_of(_AT), find_model(DEFAULT_MODEL), os.cpu_count() or 1
    bare: dict[Precision, list[float]] = {"float32": [], "int8": []}
    runs: dict[str, dict[int, list[throughput.Throughput]]] = {}
    for turn in range(options.rounds):
        for precision, found in bare.items():
            found.append(floor.questions_per_second(index, options.seconds, precision))
        for workers in (1, cores):
            with serving(index, workers=str(workers)) as service:
                for clients in throughput.CLIENTS:
                    of = runs.setdefault(f"{workers} workers", {}).setdefault(clients, [])
                    of.append(_load(service, clients, options, turn))
        for peer in PEERS:
            with serving_peer(peer, model, _out(peer.name)) as service:
                runs.setdefault(peer.name, {}).setdefault(8, []).append(_load(service, 8, options, turn))
    return {
        "floor_per_second": median(bare["float32"]),
        "floor_int8_per_second": median(bare["int8"]),
        "throughput": {
            name: {clients: _middle(found) for clients, found in levels.items()} for name, levels in runs.items()
        },
    }


def _load(service: Service, clients: int, options: argparse.Namespace, turn: int) -> throughput.Throughput:
    return throughput.measure(service.port, service.route, clients, options.seconds, seed=100 + turn)


def _middle(runs: list[throughput.Throughput]) -> dict[str, float]:
    """The median of each figure; of errors, all that were met, and of the slowest, the slowest."""
    made = {name: median(getattr(run, name) for run in runs) for name in asdict(runs[0])}
    return made | {"errors": sum(run.errors for run in runs), "slowest_ms": max(run.slowest_ms for run in runs)}


def _workers(_: argparse.Namespace) -> dict[str, Any]:
    held = {}
    for workers in (1, 4):
        with serving(sizes.index_of(_AT), workers=str(workers)) as service:
            throughput.measure(service.port, service.route, 8, 5, seed=41)
            held[workers] = asdict(vitals(service.pid))
    return {"workers": held}


def _out(name: str) -> Path:
    return (sizes.index_of(_AT).parent / name).absolute()


def _say(what: str) -> None:
    print(f"Measuring {what} …", file=sys.stderr, flush=True)


PARTS: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    "startup": _startup,
    "sizes": _sizes,
    "stages": _stages,
    "peers": _beside_peers,
    "throughput": _throughput,
    "workers": _workers,
}

if __name__ == "__main__":
    sys.exit(main())
