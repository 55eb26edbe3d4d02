"""Posts to a webhook: within seconds, following nowhere, and keeping nothing of the answer but its number."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Event, Timer
from urllib.parse import SplitResult, urlsplit

from app.notices.reaching import Found, found_at
from app.notices.refused import NotTaken
from app.notices.shapes import Request

TIMEOUT_SECONDS = 10.0
_LONGEST_SECONDS = 20.0
"""An answer that comes letter by letter ends here too."""
_GONE = 410
_FOR_GOOD = frozenset({_GONE})
_PORTS = {"https": 443, "http": 80}


def post(url: str, request: Request, timeout: float = TIMEOUT_SECONDS, *, inside: bool = False) -> int:
    """Post it; returns the status of an answer that took it. `inside` lets it reach this machine and its network.

    Raises NotTaken.
    """
    parts = urlsplit(url)
    assert parts.hostname is not None
    port = parts.port or _PORTS[parts.scheme]
    try:
        with _opened(found_at(parts.hostname, port, inside=inside), timeout) as opened, _ended(opened) as is_over:
            status = _status(parts, opened, request, is_over)
    except TimeoutError:
        raise NotTaken("no answer in time") from None
    except OSError as error:
        # What the system says of it may hold the address.
        raise NotTaken(f"cannot be reached ({type(error).__name__})") from None
    if not 200 <= status < 300:
        raise NotTaken(f"answered {status}", for_good=status in _FOR_GOOD)
    return status


@contextmanager
def _opened(found: list[Found], timeout: float) -> Iterator[socket.socket]:
    """A connection to the first of the addresses that takes one."""
    last: OSError | None = None
    for family, place in found:
        opened = socket.socket(family, socket.SOCK_STREAM)
        opened.settimeout(timeout)
        try:
            opened.connect(place)
        except OSError as error:
            opened.close()
            last = error
            continue
        with opened:
            yield opened
        return
    assert last is not None
    raise last


@contextmanager
def _ended(opened: socket.socket) -> Iterator[Event]:
    """Ends the connection after a while, whatever is read from it just then; tells whether that has happened."""
    is_over = Event()
    # Of its own: who encrypts takes the connection over, and to close one does not wake who waits for it.
    with opened.dup() as held:

        def end() -> None:
            is_over.set()
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)

        watchdog = Timer(_LONGEST_SECONDS, end)
        watchdog.daemon = True
        watchdog.start()
        try:
            yield is_over
        finally:
            watchdog.cancel()
            watchdog.join()


def _status(parts: SplitResult, opened: socket.socket, request: Request, is_over: Event) -> int:
    connection = _connection(parts)
    try:
        connection.sock = _encrypted(opened, parts) if parts.scheme == "https" else opened
        connection.request("POST", _path(parts), request.body, dict(request.headers))
        return connection.getresponse().status
    except TimeoutError:
        raise
    except (OSError, HTTPException, ValueError) as error:
        if is_over.is_set():
            raise NotTaken("no answer in time") from None
        if isinstance(error, ssl.SSLError):
            raise NotTaken("its certificate is not trusted, or it speaks no TLS") from None
        raise NotTaken(f"cannot be reached ({type(error).__name__})") from None
    finally:
        connection.close()


def _encrypted(opened: socket.socket, parts: SplitResult) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(opened, server_hostname=parts.hostname)


def _connection(parts: SplitResult) -> HTTPConnection:
    """It names the host as the address does; what it speaks through is given to it."""
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    return kind(str(parts.hostname), parts.port)


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
