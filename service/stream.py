"""An answer as server-sent events (WHATWG HTML): `sources`, `answer` in pieces, `done`; `error` if it fails midway."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

from service.gate import BusyError
from service.library import NotReadyError
from service.schemas import AskReply, CitePart, Problem

MEDIA_TYPE = "text/event-stream"
_PING = ": ping\n\n"
_PING_S = 15.0
_log = logging.getLogger("askpost")


async def events(answer: Callable[[], Awaitable[bytes]]) -> AsyncIterator[str]:
    """The events of one answer; a comment keeps the connection open while it takes long.

    :param answer: gives the reply as JSON.
    """
    working = asyncio.ensure_future(answer())
    try:
        while not (await asyncio.wait({working}, timeout=_PING_S))[0]:
            yield _PING
        whole = working.result()
    except (BusyError, NotReadyError) as error:
        yield _error("Service Unavailable", 503, str(error))
        return
    except Exception:
        _log.exception("A streamed answer failed.")
        yield _error("Internal Server Error", 500, "Something went wrong here: ask again.")
        return
    finally:
        # The reader has gone before the answer came: nobody needs it any more.
        working.cancel()
    reply = AskReply.model_validate_json(whole)
    sources = reply.model_dump(mode="json", include={"citations", "passages"})
    yield _event("sources", json.dumps(sources, ensure_ascii=False))
    for delta in _deltas(reply):
        yield _event("answer", json.dumps({"delta": delta}, ensure_ascii=False))
    yield _event("done", whole.decode())


def _error(title: str, status: int, detail: str) -> str:
    problem = Problem(title=title, status=status, detail=detail)
    return _event("error", problem.model_dump_json(exclude_none=True))


def _deltas(reply: AskReply) -> list[str]:
    """The answer in pieces that end where a quote's number does; joined they are the answer."""
    pieces, rest = [], reply.answer
    for part in reply.parts:
        mark = f" [{part.cite}]" if isinstance(part, CitePart) else part.text
        before, found, after = rest.partition(mark)
        if found:
            pieces.append(before + found)
            rest = after
    return [piece for piece in (*pieces, rest) if piece]


def _event(name: str, data: str) -> str:
    return f"event: {name}\ndata: {data}\n\n"
