"""What a caller breaks is one line in the log: with a history, anybody could fill it."""

from __future__ import annotations

import logging

from h11 import ProtocolError

_LOGGERS = ("asyncio", "uvicorn.error")
"""Where the web server writes of a connection that it could not go on with."""


class _InOneLine(logging.Filter):
    """Takes the history from an error that is a caller's. It changes records, and keeps all of them."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, ProtocolError):
            record.msg, record.args, record.exc_info = "A caller broke the protocol: %s", (str(error)[:200],), None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


_IN_ONE_LINE = _InOneLine()


def keep_log_short() -> None:
    """Asked for once or several times, it is done once."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_IN_ONE_LINE)
