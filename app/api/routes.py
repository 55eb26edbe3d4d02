"""A small read-only JSON API beside the pages: /healthz, /api/schema, /api/proposals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.session.shared import assess_cached, store
from db import DatabaseNotReady, Filters, Listed, NotFound
from scoping import schema, to_dict


def routes() -> list[Route]:
    """The routes, for the server."""
    return [
        Route("/healthz", _route(_health)),
        Route("/api/schema", _route(lambda _: schema())),
        Route("/api/proposals", _route(_proposals)),
        Route("/api/proposals/{identity}", _route(_proposal)),
        Route("/api/proposals/{identity}/assessment", _route(_assessment)),
    ]


def _route(answer: Callable[[Request], Any]) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(await run_in_threadpool(answer, request))
        except NotFound as error:
            return JSONResponse({"error": str(error)}, status_code=404)
        except DatabaseNotReady as error:
            return JSONResponse({"error": str(error)}, status_code=503)

    return endpoint


def _health(_: Request) -> dict[str, str]:
    store().is_empty()
    return {"status": "ok"}


def _proposals(request: Request) -> dict[str, Any]:
    number = request.query_params.get("page", "1")
    text = request.query_params.get("text", "")
    page = store().list(Filters(text=text), int(number) if number.isdigit() else 1)
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
    saved = store().get(request.path_params["identity"])
    return {"id": saved.id, "version": saved.version, "document": to_dict(saved.proposal)}


def _assessment(request: Request) -> dict[str, Any]:
    return assess_cached(store().get(request.path_params["identity"]).proposal).to_dict()
