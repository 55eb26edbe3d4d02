"""A small read-only JSON API beside the pages: /healthz, /api/schema, /api/proposals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.door.identity import NotSignedIn, claims_of_headers, claims_of_token, token_of_cookies
from app.door.settings import Mode, door
from app.session.shared import assess_cached, database
from db import DatabaseNotReady, Filters, Listed, NotAllowed, NotAMember, NotFound, Store, StoreError
from scoping import schema, to_dict
from scoping.text.languages import ENGLISH, say


def routes() -> list[Route]:
    """The routes, for the server."""
    return [
        Route("/healthz", _route(_health)),
        Route("/api/schema", _route(_schema)),
        Route("/api/proposals", _route(_proposals)),
        Route("/api/proposals/{identity}", _route(_proposal)),
        Route("/api/proposals/{identity}/assessment", _route(_assessment)),
    ]


_STATUS: dict[type[StoreError], int] = {
    NotFound: 404,
    NotSignedIn: 401,
    NotAMember: 403,
    NotAllowed: 403,
    DatabaseNotReady: 503,
}


def _route(answer: Callable[[Request], Any]) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(await run_in_threadpool(answer, request), headers=_NOT_TO_BE_KEPT)
        except tuple(_STATUS) as error:
            status = next(code for kind, code in _STATUS.items() if isinstance(error, kind))
            return JSONResponse({"error": _said(error)}, status_code=status, headers=_NOT_TO_BE_KEPT)

    return endpoint


_NOT_TO_BE_KEPT = {"Cache-Control": "no-store"}


def _said(error: Exception) -> str:
    return say(str(error.args[0]), ENGLISH) if error.args else str(error)


def _store(request: Request) -> Store:
    """The Store for who asks. Raises NotSignedIn, NotAMember."""
    here = door()
    if not here.asks:
        return database()
    if here.mode is Mode.PROXY:
        claims = claims_of_headers(request.headers, here, datetime.now(UTC))
    else:
        claims = claims_of_token(token_of_cookies(request.cookies, here), here, datetime.now(UTC))
    return database().acting_for(database().people.enter(claims))


def _schema(request: Request) -> dict[str, Any]:
    _store(request)
    return schema()


def _health(_: Request) -> dict[str, str]:
    database().list(size=1)
    return {"status": "ok"}


def _proposals(request: Request) -> dict[str, Any]:
    number = request.query_params.get("page", "1")
    text = request.query_params.get("text", "")
    page = _store(request).list(Filters(text=text), int(number) if number.isdigit() else 1)
    return {
        "page": page.number,
        "pages": page.pages,
        "total": page.total,
        "proposals": [_line(row) for row in page.rows],
    }


def _line(row: Listed) -> dict[str, Any]:
    review_on = row.review_on.isoformat() if row.review_on else None
    return {**asdict(row), "saved_at": row.saved_at.isoformat(), "review_on": review_on}


def _proposal(request: Request) -> dict[str, Any]:
    saved = _store(request).get(request.path_params["identity"])
    return {"id": saved.id, "version": saved.version, "document": to_dict(saved.proposal)}


def _assessment(request: Request) -> dict[str, Any]:
    return assess_cached(_store(request).get(request.path_params["identity"]).proposal).to_dict()
