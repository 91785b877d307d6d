"""What Prometheus reads: how many questions, how they ended and how long they took."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS_S = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)


class Metrics:
    """The counters of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._questions = Counter(
            "askpost_questions", "Questions by kind and outcome.", ("kind", "outcome"), registry=self._registry
        )
        self._seconds = Histogram(
            "askpost_answer_seconds", "Time to answer a question.", buckets=_BUCKETS_S, registry=self._registry
        )
        self._requests = Counter(
            "askpost_requests", "Requests by route and status.", ("route", "status"), registry=self._registry
        )

    def answered(self, kind: str, reason: str | None, took_ms: float) -> None:
        """Count a question; `reason` is why it was declined, None when it was not."""
        self._questions.labels(kind, reason or "answered").inc()
        self._seconds.observe(took_ms / 1000)

    def requested(self, route: str, status: int) -> None:
        """Count a request by its route's pattern."""
        self._requests.labels(route, str(status)).inc()

    def render(self) -> bytes:
        """All of it, in Prometheus' text format."""
        return generate_latest(self._registry)
