"""What Prometheus reads: requests, questions and how they ended, the time of each stage, and the state of all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Where the workers of one service keep their counters, so that any of them can report for all.
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """The counters of one application; those of all its workers when `SHARED_FOLDER` is set."""

    def __init__(self) -> None:
        # When each counter was made tells nobody anything.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        own = self._registry = CollectorRegistry()
        self._shared = os.environ.get(SHARED_FOLDER)
        self._requests = Counter("askpost_requests", "Requests by route and status.", ("route", "status"), registry=own)
        self._request_seconds = Histogram(
            "askpost_request_seconds", "Time of a request by route.", ("route",), buckets=_BUCKETS_S, registry=own
        )
        self._questions = Counter(
            "askpost_questions", "Questions by kind and outcome.", ("kind", "outcome"), registry=own
        )
        self._seconds = Histogram(
            "askpost_answer_seconds", "Time to answer a question.", buckets=_BUCKETS_S, registry=own
        )
        self._stages = Histogram(
            "askpost_stage_seconds", "Time of each stage of an answer.", ("stage",), buckets=_BUCKETS_S, registry=own
        )
        self._cache = Counter("askpost_cache", "Answers looked for among those kept.", ("result",), registry=own)
        self._limited = Counter("askpost_rate_limited", "Requests refused by a rate limit.", ("policy",), registry=own)
        self._refused = Counter("askpost_queue_refused", "Questions turned away unanswered.", ("why",), registry=own)
        self._reloads = Counter("askpost_reloads", "Indexes taken over or refused.", ("result",), registry=own)
        self.waiting = Gauge("askpost_queue_waiting", "Questions that wait.", registry=own, multiprocess_mode="livesum")
        self.running = Gauge(
            "askpost_queue_running", "Questions being answered.", registry=own, multiprocess_mode="livesum"
        )
        self._built = Gauge(
            "askpost_index_built_timestamp_seconds",
            "When the index was built that answers; its age is time() less this.",
            registry=own,
            multiprocess_mode="livemostrecent",
        )
        self._passages = Gauge(
            "askpost_index_passages", "Passages of that index.", registry=own, multiprocess_mode="livemostrecent"
        )
        for result in ("hit", "miss"):
            self._cache.labels(result)
        for result in ("taken", "refused"):
            self._reloads.labels(result)

    def requested(self, route: str, status: int, seconds: float) -> None:
        """Count a request by its route's pattern."""
        self._requests.labels(route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def answered(self, kind: str, reason: str | None, took_ms: float) -> None:
        """Count a question; `reason` is why it was declined, None when it was not."""
        self._questions.labels(kind, reason or "answered").inc()
        self._seconds.observe(took_ms / 1000)

    def staged(self, stages: Mapping[str, float]) -> None:
        """Note the seconds of each stage by its name."""
        for stage, seconds in stages.items():
            self._stages.labels(stage).observe(seconds)

    def looked_up(self, *, found: bool) -> None:
        """Count a look among the answers that are kept."""
        self._cache.labels("hit" if found else "miss").inc()

    def limited(self, policy: str) -> None:
        """Count a request that a rate limit refused."""
        self._limited.labels(policy).inc()

    def refused(self, why: str) -> None:
        """Count a question that was turned away: the queue was "full", its wait too "long", or it was too "slow"."""
        self._refused.labels(why).inc()

    def reloaded(self, *, good: bool) -> None:
        """Count an index that was taken over or refused."""
        self._reloads.labels("taken" if good else "refused").inc()

    def answers_from(self, built: str, passages: int) -> None:
        """Note the index that answers; `built` is the time in its manifest."""
        self._built.set(datetime.fromisoformat(built).timestamp())
        self._passages.set(passages)

    def render(self) -> bytes:
        """All of it, in Prometheus' text format."""
        if not self._shared:
            return generate_latest(self._registry)
        from prometheus_client.multiprocess import MultiProcessCollector

        _forget_the_dead(Path(self._shared))
        whole = CollectorRegistry()
        MultiProcessCollector(whole, path=self._shared)  # type: ignore[no-untyped-call]
        return generate_latest(whole)


def _forget_the_dead(folder: Path) -> None:
    """Leave out the gauges of workers that have ended, which the library keeps until it is told."""
    from prometheus_client.multiprocess import mark_process_dead

    for pid in {int(file.stem.rpartition("_")[2]) for file in folder.glob("gauge_live*.db")}:
        if not Path(f"/proc/{pid}").exists():
            mark_process_dead(pid, str(folder))  # type: ignore[no-untyped-call]
