"""A question over HTTP → the reply as JSON: one that is kept, or a new one from the live index."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from service import reply
from service.answer import Answerer
from service.config import Settings
from service.gate import Gate
from service.kept import Kept, key_of
from service.library import Library
from service.metrics import Metrics
from service.schemas import AskReply, AskRequest
from service.scope import post_in_scope

T = TypeVar("T")
Gone = Callable[[], Awaitable[bool]]
_log = logging.getLogger("askpost")
_ID_BYTES = 9


class Answering:
    """Answers requests from the library, as many at once as the gate lets through."""

    def __init__(self, settings: Settings, library: Library, metrics: Metrics) -> None:
        self._library = library
        self._metrics = metrics
        self._gate = Gate(settings, metrics)
        self._kept = Kept(settings.cache)
        self._keeps = settings.cache > 0
        self._logs_questions = settings.log_questions

    async def read(self, work: Callable[[Answerer], T], gone: Gone | None = None) -> T:
        """What the work makes of one generation of the index.

        :raises NotReadyError: when there is no index.
        :raises BusyError: when too much else is being done.
        """
        return await self._gate.run(lambda: self._use(work), gone)

    def check(self, asked: AskRequest) -> None:
        """Refuse now what would be refused at once, before a stream has begun.

        :raises UnknownPostError: when there is no such post.
        :raises NotReadyError: when there is no index.
        :raises BusyError: when the queue is full.
        """
        with self._library.using() as ready:
            post_in_scope(asked.post, ready.cards)
        self._gate.check()

    async def ask(self, asked: AskRequest, gone: Gone | None = None) -> bytes:
        """The reply to the question, as JSON.

        :raises UnknownPostError: when there is no such post.
        :raises NotReadyError: when there is no index.
        :raises BusyError: when too many others ask.
        """
        if self._logs_questions:
            _log.info("question", extra={"question": asked.question, "post": asked.post})
        started = time.perf_counter()
        if self._keeps:
            with self._library.using() as ready:
                known = self._kept.get(_key(asked, ready))
            self._metrics.looked_up(found=known is not None)
            if known is not None:
                return _as_reply(known, (time.perf_counter() - started) * 1000)
        key, made, took_ms = await self.read(lambda ready: self._answer(asked, ready, started), gone)
        self._kept.put(key, made)
        return _as_reply(made, took_ms)

    def reply(self, asked: AskRequest, post: str | None, ready: Answerer) -> AskReply:
        """The reply to a question about the post with this id, or about all, within `read`."""
        history = [turn.content for turn in asked.history if turn.role == "user"]
        answer = ready.ask(asked.question, post, history, literal=asked.literal, passages=asked.top_k)
        composed = time.perf_counter()
        made = reply.ask_reply(answer, ready, asked.top_k, asked.explain)
        self._metrics.answered(answer.question.kind, answer.reason, answer.took_ms)
        self._metrics.staged({**answer.stages, "reply": time.perf_counter() - composed})
        return made

    def close(self) -> None:
        """Take no more questions."""
        self._gate.close()

    def _use(self, work: Callable[[Answerer], T]) -> T:
        with self._library.using() as ready:
            return work(ready)

    def _answer(self, asked: AskRequest, ready: Answerer, started: float) -> tuple[bytes, bytes, float]:
        """The key of the reply, the reply without its id and its time, and that time."""
        self._metrics.staged({"queue": time.perf_counter() - started})
        made = self.reply(asked, post_in_scope(asked.post, ready.cards), ready)
        return _key(asked, ready), made.model_dump_json(exclude={"id", "took_ms"}).encode(), made.took_ms


def _key(asked: AskRequest, ready: Answerer) -> bytes:
    history = [turn.content for turn in asked.history if turn.role == "user"]
    return key_of(ready.generation, asked.post, asked.question, history, asked.top_k, asked.explain, asked.literal)


def _as_reply(made: bytes, took_ms: float) -> bytes:
    """The whole reply: each has its own id, since feedback is about one answer to one reader."""
    return b'{"id":"%s","took_ms":%.2f,%s' % (secrets.token_urlsafe(_ID_BYTES).encode(), took_ms, made[1:])
