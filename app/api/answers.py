"""What all addresses for machines have in common: JSON, also where something is wrong, and headers for browsers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import Any

import anyio.to_thread
from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.entry import Asked
from app.api.parameters import first_refused
from app.api.refusals import ApiRefused
from app.api.versions import etag
from app.door.identity import NotSignedIn
from app.door.middleware import Refused as RefusedAtDoor
from app.logs import log_unexpected
from db import DatabaseNotReady, KeyRefused, NotAllowed, NotAMember, NotAToken, NotFound, StaleActuals, StaleSave
from scoping import DocumentRefused, GroundworkError, Refused, UnknownFormat

_AT_ONCE = 40
"""So many answers wait for the database at once, in threads of their own: the pages' files do not wait for it."""

_RETRY_SECONDS = "5"
NOT_TO_BE_KEPT = {"Cache-Control": "no-store"}
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_STATUS: dict[type[GroundworkError], int] = {
    NotFound: 404,
    UnknownFormat: 404,
    NotAToken: 401,
    NotSignedIn: 401,
    NotAMember: 403,
    NotAllowed: 403,
    StaleSave: 412,
    StaleActuals: 412,
    DocumentRefused: 422,
    KeyRefused: 422,
    Refused: 400,
    DatabaseNotReady: 503,
}
_NOT_THERE = (
    "There is nothing at this address. "
    "What there is: /api/openapi.json, /api/schema, /api/proposals, /healthz, /readyz."
)
_READ_ONLY = "What is at this address can only be read, with GET or HEAD."


def answering(work: Callable[..., Any]) -> Callable[..., Any]:
    """An endpoint that answers with what `work` gives for what was `asked`. It holds data, so nobody keeps it."""

    @wraps(work)
    async def endpoint(asked: Asked, **parameters: Any) -> Response:
        try:
            found = await anyio.to_thread.run_sync(partial(work, asked, **parameters), limiter=limiter())
            answer = found if isinstance(found, Response) else JSONResponse(found)
        except Exception as error:
            answer = problem(error)
        answer.headers.update({**NOT_TO_BE_KEPT, **asked.told})
        return answer

    return endpoint


_limiters = RunVar[CapacityLimiter]("answers")


def limiter() -> CapacityLimiter:
    """How many answers are worked on at once; one for each event loop, to which it belongs."""
    found = _limiters.get(None)
    if found is None:
        found = CapacityLimiter(_AT_ONCE)
        _limiters.set(found)
    return found


def problem(error: Exception) -> JSONResponse:
    """What is said instead of an answer."""
    if isinstance(error, ApiRefused):
        return refused(error.status, str(error), error.headers)
    if isinstance(error, GroundworkError):
        status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500)
        return refused(status, str(error), _headers_of(error, status), **_beside(error))
    log_unexpected("an answer failed", error)
    return refused(500, "Something went wrong on our side. The server's log says what.")


def _headers_of(error: GroundworkError, status: int) -> dict[str, str]:
    """What machines act on."""
    if status == 503:
        return {"Retry-After": _RETRY_SECONDS}
    if isinstance(error, NotAToken):
        return {"WWW-Authenticate": 'Bearer realm="groundwork", error="invalid_token"'}
    if status == 401:
        return {"WWW-Authenticate": 'Bearer realm="groundwork"'}
    return {"ETag": etag(error.current.version)} if isinstance(error, StaleSave) else {}


def _beside(error: GroundworkError) -> dict[str, Any]:
    """What a program needs beside the sentence."""
    if isinstance(error, DocumentRefused):
        found = [{"path": each.path, "value": each.value, "allowed": str(each.allowed)} for each in error.problems]
        return {"problems": found, "total": error.total}
    if isinstance(error, StaleSave):
        return {"version": error.current.version, "changed": [*error.changed]}
    return {}


def refused(status: int, said: str, headers: Mapping[str, str] | None = None, **beside: Any) -> JSONResponse:
    """An answer that says what is wrong."""
    return JSONResponse({"error": said, **beside}, status, headers={**NOT_TO_BE_KEPT, **(headers or {})})


def http_problem(_request: Request, error: Exception) -> Response:
    """The web framework's own refusals, as JSON too."""
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        allowed = (error.headers or {}).get("Allow", "")
        is_read_only = not {"GET", "HEAD"}.symmetric_difference(allowed.split(", "))
        return refused(405, _READ_ONLY if is_read_only else f"What this address takes: {allowed}.", error.headers)
    return refused(error.status_code, _NOT_THERE if error.status_code == 404 else error.detail, error.headers)


def api_problem(_request: Request, error: Exception) -> Response:
    """What was refused before anything was asked."""
    return problem(error)


def parameter_problem(_request: Request, error: Exception) -> Response:
    """A parameter that is none, in our words."""
    assert isinstance(error, RequestValidationError)
    return problem(first_refused(error))


def door_problem(_request: Request, error: Exception) -> Response:
    """A body that the door ends."""
    assert isinstance(error, RefusedAtDoor)
    return refused(error.status, error.reason)


def gone(_request: Request, _error: Exception) -> Response:
    """Whoever asked did not wait for the answer: there is nobody to tell, and nothing to log."""
    return refused(400, "The request ended in the middle.")


HANDLERS: dict[int | type[Exception], Any] = {
    HTTPException: http_problem,
    RequestValidationError: parameter_problem,
    ApiRefused: api_problem,
    RefusedAtDoor: door_problem,
    ClientDisconnect: gone,
}
"""Who answers for what goes wrong outside an endpoint's own work."""


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
