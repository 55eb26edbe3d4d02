"""Posts to a webhook: within seconds, following nowhere, and keeping nothing of the answer but its number."""

from __future__ import annotations

import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from urllib.parse import urlsplit

from app.notices.shapes import Request

TIMEOUT_SECONDS = 10.0
_LONGEST_SECONDS = 20.0
"""An answer that comes letter by letter ends here too."""
_GONE = 410
_FOR_GOOD = frozenset({_GONE})


class NotTaken(Exception):
    """The receiver did not take a message. `for_good` says that it never will."""

    def __init__(self, said: str, *, for_good: bool = False) -> None:
        super().__init__(said)
        self.for_good = for_good


def post(url: str, request: Request, timeout: float = TIMEOUT_SECONDS) -> int:
    """Post it; returns the status of an answer that took it. Raises NotTaken."""
    connection = _connection(url, timeout)
    watchdog = Timer(_LONGEST_SECONDS, connection.close)
    watchdog.daemon = True
    watchdog.start()
    try:
        connection.request("POST", _path(url), request.body, dict(request.headers))
        status = connection.getresponse().status
    except TimeoutError:
        raise NotTaken("no answer in time") from None
    except ssl.SSLError:
        raise NotTaken("its certificate is not trusted, or it speaks no TLS") from None
    except (OSError, HTTPException, ValueError, AttributeError) as error:
        # What the system says of it may hold the address.
        raise NotTaken(f"cannot be reached ({type(error).__name__})") from None
    finally:
        watchdog.cancel()
        connection.close()
    if not 200 <= status < 300:
        raise NotTaken(f"answered {status}", for_good=status in _FOR_GOOD)
    return status


def _connection(url: str, timeout: float) -> HTTPConnection:
    parts = urlsplit(url)
    assert parts.hostname is not None
    if parts.scheme == "https":
        return HTTPSConnection(parts.hostname, parts.port, timeout=timeout, context=ssl.create_default_context())
    return HTTPConnection(parts.hostname, parts.port, timeout=timeout)


def _path(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
