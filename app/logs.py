"""What the server writes about itself: one line an event, as plain text or as JSON (GROUNDWORK_LOG=json).

What an error says may hold what people typed, and a typed text may hold line breaks: neither gets into the log.
"""

from __future__ import annotations

import json
import logging
import threading
import traceback
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from uvicorn.config import LOGGING_CONFIG

from db import DatabaseNotReady, setting
from scoping import Refused

VARIABLE = "GROUNDWORK_LOG"
_PLAIN, _JSON = "plain", "json"
_LOG = logging.getLogger("groundwork")
_PLAIN_FORMAT, _MESSAGE_ALONE = "%(asctime)s %(levelname)s %(message)s", "%(message)s"


class LogRefused(Refused):
    """A form of the log that there is none of."""


def wants_json() -> bool:
    """Whether each line of the log is a JSON object. Raises LogRefused."""
    form = setting(VARIABLE).lower() or _PLAIN
    if form not in (_PLAIN, _JSON):
        raise LogRefused(f"{VARIABLE}: must be {_PLAIN} or {_JSON}.")
    return form == _JSON


def set_up() -> dict[str, Any]:
    """From now on every line of this process is safe and of one form; returns what the web framework must be told.

    The framework and the web server have loggers and handlers of their own, which come and go. So the record of an
    event, which all of them share, knows how it is written.
    """
    as_json = wants_json()
    logging.setLogRecordFactory(JsonRecord if as_json else PlainRecord)
    logging.captureWarnings(True)
    form = _MESSAGE_ALONE if as_json else _PLAIN_FORMAT
    logging.basicConfig(format=form, level=logging.WARNING, force=True)
    _LOG.setLevel(logging.INFO)
    # What a page could not do is told by `unexpected`; once is enough.
    logging.getLogger("streamlit.error_util").addFilter(_tells_no_error)
    threading.excepthook = _thread_failed
    if not as_json:
        return {"logger.enableRich": False}
    for each in LOGGING_CONFIG["formatters"].values():
        each["fmt"] = form
    return {"logger.enableRich": False, "logger.messageFormat": form, "logger.hideWelcomeMessage": True}


def _tells_no_error(record: logging.LogRecord) -> bool:
    return not getattr(record, "tells_error", False)


class PlainRecord(logging.LogRecord):
    """An event on one line; where an error is told, the places in the code that it passed follow."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        error = self.exc_info[1] if self.exc_info else None
        self.tells_error = error is not None
        if error is not None:
            # Formatters take this instead of what they would make of the error.
            self.exc_text = "".join(passed_by(error)).rstrip()

    @property
    def ids(self) -> Mapping[str, str]:
        """What the event is about."""
        found: Mapping[str, str] = self.__dict__.get("ids", {})
        return found

    def getMessage(self) -> str:  # noqa: N802 the library's name
        """The event, and what it is about."""
        named = (f" {name}={_one_line(value)}" for name, value in self.ids.items())
        return _one_line(super().getMessage()) + "".join(named)


class JsonRecord(PlainRecord):
    """An event as one JSON object."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._passed = self.exc_text
        # A formatter would add another line.
        self.exc_info = self.exc_text = self.stack_info = None

    def getMessage(self) -> str:  # noqa: N802 the library's name
        """The whole line."""
        line = {
            **self.ids,
            "time": datetime.fromtimestamp(self.created, UTC).isoformat(timespec="milliseconds"),
            "level": self.levelname.lower(),
            "event": logging.LogRecord.getMessage(self),
            "logger": self.name,
        }
        return json.dumps(line | ({"error": self._passed.splitlines()} if self._passed else {}))


def passed_by(error: BaseException) -> Iterator[str]:
    """Of which kind an error is and where it came from, line by line, with its causes; not what it says."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from passed_by(cause)
        yield "which led to\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__module__}.{type(error).__qualname__}\n"


def _one_line(text: str) -> str:
    """Line breaks and other marks that a terminal or a reader of logs acts on, by their codes."""
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in str(text))


def log_unexpected(event: str, error: Exception) -> None:
    """An error that nobody foresaw."""
    _LOG.error(event, exc_info=error)


def log_database(error: DatabaseNotReady) -> None:
    """The database did not do its work for a page; once for each error."""
    if not error.is_logged:
        error.is_logged = True
        _LOG.error("database not available", extra={"ids": {"failure": error.failure.value, "code": error.code}})


def _thread_failed(given: threading.ExceptHookArgs) -> None:
    if isinstance(given.exc_value, Exception):
        log_unexpected("a thread failed", given.exc_value)
