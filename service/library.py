"""The index that a running service answers from: loaded in the background, replaced when a new one is published."""

from __future__ import annotations

import logging
import math
import threading
import time
from pathlib import Path

from index import AskpostError, Retriever, live_generation
from service.answer import Answerer
from service.config import Settings

_log = logging.getLogger("askpost")
_RETRY_LOADING_S = 1
_RETRY_FAILED_S = 30
_POLL_S = 1.0
_FIRST_QUESTION = "What is this about?"


class NotReadyError(Exception):
    """The index is still being loaded, or could not be."""

    def __init__(self, detail: str, retry_after_s: int) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class Library:
    """Holds the answerer, once a first question has been answered with it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._answerer: Answerer | None = None
        self._failure = ""
        self._tried: Path | None = None
        self._retry_at = math.inf
        self._closed = threading.Event()

    def open(self) -> None:
        """Load the live index in the background, and whatever takes its place from then on."""
        threading.Thread(target=self._follow, name="askpost-index", daemon=True).start()

    def close(self) -> None:
        """Stop looking for new generations."""
        self._closed.set()

    @property
    def answerer(self) -> Answerer:
        """The answerer of the newest good generation.

        :raises NotReadyError: while the first is being loaded, or when it could not be.
        """
        if self._answerer is None:
            if self._failure:
                raise NotReadyError(self._failure, _RETRY_FAILED_S)
            raise NotReadyError("The index is being loaded: ask again in a second.", _RETRY_LOADING_S)
        return self._answerer

    def _follow(self) -> None:
        while not self._closed.is_set():
            self._refresh()
            self._closed.wait(_POLL_S)

    def _refresh(self) -> None:
        """Load the live generation unless it was tried before; a bad one leaves the present answerer in place."""
        try:
            live = live_generation(self._settings.index)
            if live == self._tried and time.monotonic() < self._retry_at:
                return
            self._tried, self._retry_at = live, math.inf
            before = self._answerer.retriever if self._answerer else None
            answerer = Answerer(Retriever.open(self._settings.index, before), threshold=self._settings.threshold)
            answerer.ask(_FIRST_QUESTION)
        except AskpostError as error:
            self._fail(str(error))
        except Exception as error:
            _log.exception("The index could not be loaded.")
            self._fail(f"The index could not be loaded ({type(error).__name__}): run `askpost doctor`.")
            # It may be this machine's fault, such as too little memory, and pass.
            self._retry_at = time.monotonic() + _RETRY_FAILED_S
        else:
            self._answerer, self._failure = answerer, ""

    def _fail(self, why: str) -> None:
        if why != self._failure:
            _log.error("%s", why)
        self._failure = why
