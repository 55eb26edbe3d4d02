"""What machines read beside the pages: /healthz, /readyz, /metrics on request, and a small read-only JSON API."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.api.answers import BindingHeaders, answering, http_problem
from app.api.calendar import all_dates, own_dates
from app.api.exposition import metrics
from app.api.health import alive, ready
from app.api.parameters import page_number, search_text
from app.door.identity import claims_at, token_of_cookies
from app.door.settings import door
from app.metrics import are_wanted
from app.session.shared import assess_cached, database
from db import Filters, Listed, Store
from scoping import schema, to_dict
from scoping.reports.digits import settled


def routes() -> list[Route]:
    """The routes, for the server. Whatever begins with /api is answered here, and never by a page."""
    own = _routes()
    machines = Starlette(
        routes=own,
        middleware=[Middleware(BindingHeaders)],
        exception_handlers={HTTPException: http_problem},
    )
    outside = [route.path for route in own if not route.path.startswith("/api/")]
    return [Route(path, machines) for path in (*outside, "/api", "/api/{rest:path}")]


def _routes() -> list[Route]:
    return [
        Route("/healthz", alive),
        Route("/readyz", ready),
        *([Route("/metrics", metrics)] if are_wanted() else []),
        Route("/api/schema", _schema),
        Route("/api/calendar.ics", all_dates),
        Route("/api/calendar/{token}.ics", own_dates),
        Route("/api/proposals", answering(_proposals)),
        Route("/api/proposals/{identity}", answering(_proposal)),
        Route("/api/proposals/{identity}/assessment", answering(_assessment)),
    ]


def _store(request: Request) -> Store:
    """The Store for who asks. Raises NotSignedIn, NotAMember."""
    here = door()
    if not here.asks:
        return database()
    claims = claims_at(here, request.headers, lambda: token_of_cookies(request.cookies, here))
    return database().acting_for(database().people.enter(claims))


async def _schema(request: Request) -> Response:
    """It needs no database, and waits for none, unless somebody has to have signed in."""
    return await answering(_known_schema)(request) if door().asks else JSONResponse(schema())


def _known_schema(request: Request) -> dict[str, Any]:
    _store(request)
    return schema()


def _proposals(request: Request) -> dict[str, Any]:
    number, text = page_number(request), search_text(request)
    page = _store(request).list(Filters(text=text), number)
    return {
        "page": page.number,
        "pages": page.pages,
        "total": page.total,
        "has_more": page.has_more,
        "proposals": [_line(row) for row in page.rows],
    }


def _line(row: Listed) -> dict[str, Any]:
    review_on = row.review_on.isoformat() if row.review_on else None
    return {**settled(asdict(row)), "saved_at": row.saved_at.isoformat(), "review_on": review_on}


def _proposal(request: Request) -> dict[str, Any]:
    saved = _store(request).get(request.path_params["identity"])
    return {"id": saved.id, "version": saved.version, "document": to_dict(saved.proposal)}


def _assessment(request: Request) -> dict[str, Any]:
    figures: dict[str, Any] = assess_cached(_store(request).get(request.path_params["identity"]).proposal).to_dict()
    return settled(figures)
