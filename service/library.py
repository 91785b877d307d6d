"""The index that a running service answers from: loaded in the background, replaced when a new one is published."""

from __future__ import annotations

import gc
import logging
import math
import shlex
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index import AskpostError, Generation, Retriever, give_back, live_generation
from service.answer import Answerer
from service.config import Settings
from service.metrics import Metrics

_log = logging.getLogger("askpost")
_RETRY_LOADING_S = 1
_RETRY_FAILED_S = 30
_POLL_S = 0.5
_FIRST_QUESTION = "What is this about?"


class NotReadyError(Exception):
    """The index is still being loaded, or could not be."""

    def __init__(self, detail: str, retry_after_s: int) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


@dataclass(slots=True)
class _Shelf:
    """An opened generation, and how many are using it; once replaced, the last of them closes it."""

    answerer: Answerer
    users: int = 0
    replaced: bool = False


class Library:
    """Holds the answerer, once a first question has been answered with it."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self._settings = settings
        self.metrics = metrics
        self._lock = threading.Lock()
        self._shelf: _Shelf | None = None
        self._failure = ""
        self._tried: Path | None = None
        self._retry_at = math.inf
        self._closed = threading.Event()
        self._began = threading.Event()
        self._follower = threading.Thread(target=self._follow, name="askpost-index", daemon=True)

    def open(self) -> None:
        """Load the live index in the background, and whatever takes its place from then on; once is enough."""
        if self._follower.ident is None:
            # What is loaded and imported until then stays; to look through it for garbage takes a tenth of the time.
            gc.disable()
            self._follower.start()

    def wait(self) -> None:
        """Wait until the first try to load an index has ended, well or not."""
        self._began.wait()

    def close(self) -> None:
        """Stop looking for new generations, and close the present one when nobody uses it any more."""
        self._closed.set()
        self._put(None)

    @contextmanager
    def using(self) -> Iterator[Answerer]:
        """The answerer of the newest good generation; it stays open, and the same, until the block ends.

        :raises NotReadyError: while the first is being loaded, or when it could not be.
        """
        with self._lock:
            shelf = self._shelf
            if shelf:
                shelf.users += 1
        if shelf is None:
            if self._failure:
                raise NotReadyError(self.warning, _RETRY_FAILED_S)
            raise NotReadyError("The index is being loaded: ask again in a second.", _RETRY_LOADING_S)
        try:
            yield shelf.answerer
        finally:
            with self._lock:
                shelf.users -= 1
            self._close_unused(shelf)

    @property
    def warning(self) -> str:
        """Why a newer index is not answered from, or "" when there is none; where it lies only the log says."""
        index = self._settings.index
        if not index.is_absolute():
            return self._failure
        named = self._failure.replace(f" --index {shlex.quote(str(index))}", "").replace(f"{index}/", "")
        return named.replace(str(index), "its folder")

    def _follow(self) -> None:
        self._refresh()
        gc.enable()
        self._began.set()
        while not self._closed.wait(_POLL_S):
            self._refresh()

    def _refresh(self) -> None:
        """Load the live generation unless it was tried before; a bad one leaves the present answerer in place."""
        try:
            live = live_generation(self._settings.index)
            if self._shelf and self._shelf.answerer.generation == live.name:
                # CURRENT may have named something else for a while, and is right again.
                self._tried, self._failure = live, ""
                return
            if live == self._tried and time.monotonic() < self._retry_at:
                return
            self._tried = live
            started = time.monotonic()
            before = self._shelf.answerer.retriever if self._shelf else None
            retriever = Retriever.of(Generation(live), before, self._settings.precision)
            answerer = Answerer(retriever, threshold=self._settings.threshold)
            answerer.ask(_FIRST_QUESTION)
        except AskpostError as error:
            self._fail(str(error))
        except Exception as error:
            _log.exception("The index could not be loaded.")
            self._fail(f"The index could not be loaded ({type(error).__name__}): run `askpost doctor`.")
        else:
            self._put(_Shelf(answerer))
            _set_aside()
            self._failure = ""
            self.metrics.reloaded(good=True)
            manifest = answerer.manifest
            self.metrics.answers_from(manifest.created, manifest.passages)
            seconds = round(time.monotonic() - started, 2)
            about = {"generation": live.name, "posts": manifest.posts, "passages": manifest.passages, "s": seconds}
            _log.info("index taken", extra=about)

    def _put(self, shelf: _Shelf | None) -> None:
        """Answer from this one from now on; after `close`, from none."""
        with self._lock:
            if self._closed.is_set():
                old, self._shelf = self._shelf, None
                late = shelf
            else:
                old, self._shelf, late = self._shelf, shelf, None
            for one in (old, late):
                if one:
                    one.replaced = True
        for one in (old, late):
            if one:
                self._close_unused(one)

    def _close_unused(self, shelf: _Shelf) -> None:
        with self._lock:
            if not shelf.replaced or shelf.users:
                return
            # So that it is closed once.
            shelf.replaced = False
        shelf.answerer.close()

    def _fail(self, why: str) -> None:
        if why != self._failure:
            self.metrics.reloaded(good=False)
            more = {"answers_from": self._shelf.answerer.generation} if self._shelf else {}
            _log.error("%s", why, extra=more)
        self._failure = why
        # It may pass: what came damaged is copied again, and too little memory becomes more.
        self._retry_at = time.monotonic() + _RETRY_FAILED_S


def _set_aside() -> None:
    """Spare what lasts as long as this index from being looked through for garbage, again and again."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    # The one before is gone by now, and leaves holes.
    give_back()
