"""What all addresses for machines have in common: JSON, also where something is wrong, and headers for browsers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import anyio.to_thread
from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.door.identity import NotSignedIn
from app.logs import log_unexpected
from db import DatabaseNotReady, NotAllowed, NotAMember, NotFound
from scoping import GroundworkError, Refused

_AT_ONCE = 40
"""So many answers wait for the database at once, in threads of their own: the pages' files do not wait for it."""

_RETRY_SECONDS = "5"
_NOT_TO_BE_KEPT = {"Cache-Control": "no-store"}
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_STATUS: dict[type[GroundworkError], int] = {
    NotFound: 404,
    NotSignedIn: 401,
    NotAMember: 403,
    NotAllowed: 403,
    Refused: 400,
    DatabaseNotReady: 503,
}
_SENTENCES = {
    404: "There is nothing at this address. What there is: /api/schema, /api/proposals, /healthz, /readyz.",
    405: "What is at this address can only be read, with GET or HEAD.",
}

Endpoint = Callable[[Request], Any]


def answering(work: Callable[[Request], Any], media_type: str = "application/json") -> Endpoint:
    """An endpoint that answers with what `work` gives, as JSON, or bytes of another type.

    It holds data, so nobody keeps it on the way.
    """

    async def endpoint(request: Request) -> Response:
        try:
            found = await anyio.to_thread.run_sync(work, request, limiter=_limiter())
        except Exception as error:
            return problem(error)
        if isinstance(found, bytes):
            return Response(found, media_type=media_type, headers=_NOT_TO_BE_KEPT)
        return JSONResponse(found, headers=_NOT_TO_BE_KEPT)

    return endpoint


_limiters = RunVar[CapacityLimiter]("answers")


def _limiter() -> CapacityLimiter:
    """One for each event loop, to which it belongs."""
    found = _limiters.get(None)
    if found is None:
        found = CapacityLimiter(_AT_ONCE)
        _limiters.set(found)
    return found


def problem(error: Exception) -> JSONResponse:
    """What is said instead of an answer."""
    if isinstance(error, GroundworkError):
        status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500)
        return refused(status, str(error), {"Retry-After": _RETRY_SECONDS} if status == 503 else None)
    log_unexpected("an answer failed", error)
    return refused(500, "Something went wrong on our side. The server's log says what.")


def refused(status: int, said: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """An answer that says what is wrong."""
    return JSONResponse({"error": said}, status, headers={**_NOT_TO_BE_KEPT, **(headers or {})})


def http_problem(_request: Request, error: Exception) -> Response:
    """The web framework's own refusals, as JSON too."""
    assert isinstance(error, HTTPException)
    return refused(error.status_code, _SENTENCES.get(error.status_code, error.detail), error.headers)


class BindingHeaders:
    """No browser runs, frames or reinterprets what is meant for machines."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, with_headers)
