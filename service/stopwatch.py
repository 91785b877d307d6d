"""How long each stage of an answer takes."""

from __future__ import annotations

import time


class Stopwatch:
    """Runs from when it is made."""

    def __init__(self) -> None:
        self._started = self._last = time.perf_counter()
        # Seconds by stage, in the order in which they were first passed.
        self.stages: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """Note that the stage has just ended; it began when the one before did end."""
        now = time.perf_counter()
        self.stages[stage] = self.stages.get(stage, 0.0) + now - self._last
        self._last = now

    @property
    def ms(self) -> float:
        """Milliseconds from the start until now."""
        return (time.perf_counter() - self._started) * 1000
