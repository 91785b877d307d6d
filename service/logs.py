"""The log: one line for each request, as words or as JSON, with the request's id, and without what readers ask."""

from __future__ import annotations

import logging
import sys
import traceback
from contextvars import ContextVar
from types import TracebackType
from typing import Any

from service.config import Settings

# The id of the request that is being answered, in its task and in the thread that works for it.
request_id: ContextVar[str] = ContextVar("request_id", default="")
_TIME = "%Y-%m-%dT%H:%M:%S"
_OWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "request", "taskName", "color_message"}
_Failure = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def configure(settings: Settings) -> None:
    """Have all that this process logs written to standard error in the owner's format."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_with_request)
    handler.setFormatter(_json(settings) if settings.log_format == "json" else _Console(settings.log_questions))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("askpost").setLevel(settings.log_level.upper())
    # The server's own news are about connections, and say nothing that an owner could act on.
    logging.getLogger("uvicorn").setLevel("DEBUG" if settings.log_level == "debug" else "ERROR")
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi"):
        logging.getLogger(name).handlers = []
        # The server's line for a request holds its whole address, and with it what a form asked.
        logging.getLogger(name).propagate = name != "uvicorn.access"


def _with_request(record: logging.LogRecord) -> bool:
    record.__dict__["request"] = request_id.get()
    return True


class _Console(logging.Formatter):
    """Time, level, words, and what belongs to them as key=value; control characters are escaped."""

    def __init__(self, shows_messages: bool) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(message)s", _TIME)
        self._shows_messages = shows_messages

    def format(self, record: logging.LogRecord) -> str:
        request = record.__dict__.get("request")
        more = {
            **({"request": request} if request else {}),
            **{k: v for k, v in record.__dict__.items() if k not in _OWN},
        }
        line = f"{self.formatTime(record, _TIME)} {record.levelname:<7} {_flat(record.getMessage())}"
        line += "".join(f" {key}={_flat(str(value))}" for key, value in more.items())
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return line

    def formatException(self, ei: _Failure) -> str:  # noqa: N802 - the library's name
        return _failure(ei, self._shows_messages)


def _json(settings: Settings) -> logging.Formatter:
    from pythonjsonlogger.json import JsonFormatter

    class Json(JsonFormatter):
        def formatException(self, ei: _Failure) -> str:  # noqa: N802 - the library's name
            return _failure(ei, settings.log_questions)

        def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
            super().add_fields(log_data, record, message_dict)
            for absent in [key for key in ("request", "color_message", "taskName") if not log_data.get(key)]:
                log_data.pop(absent, None)

    return Json(
        "%(asctime)s %(levelname)s %(name)s %(message)s %(request)s",
        datefmt=f"{_TIME}%z",
        rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
        json_ensure_ascii=False,
    )


def _failure(failure: _Failure, shows_messages: bool) -> str:
    """Where it failed and with what kind of error; its message may hold what a reader asked."""
    kind, error, where = failure
    if shows_messages or kind is None:
        return "".join(traceback.format_exception(kind, error, where)).rstrip()
    return "".join(traceback.format_tb(where)) + kind.__name__


def _flat(text: str) -> str:
    """The text on one line, whoever wrote it."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
