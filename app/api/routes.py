"""What machines read beside the pages: /healthz, /readyz, /metrics on request, and the JSON API."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from app.api.answers import HANDLERS, BindingHeaders, answering, http_problem
from app.api.calendar import all_dates, own_dates
from app.api.exposition import metrics
from app.api.health import alive, ready
from app.api.openapi import openapi_of
from app.api.operation import Reading, Resource
from app.api.outside import PATH, shared
from app.metrics import are_wanted
from app.registry import declared

OPENAPI = "/api/openapi.json"


def routes() -> list[Route]:
    """The routes, for the server. Whatever begins with /api is answered here, and never by a page."""
    machines = application()
    own = [Route("/healthz", alive), Route("/readyz", ready)]
    own += [Route("/metrics", metrics)] if are_wanted() else []
    machines.router.routes[:0] = own
    # Whoever has the address of one of these may read it: no sign-in is asked for.
    outside = (
        Route(f"{PATH}{{secret}}", shared),
        Route("/api/calendar.ics", all_dates),
        Route("/api/calendar/{token}.ics", own_dates),
    )
    return [*outside, *(Route(path, machines) for path in (*(each.path for each in own), "/api", "/api/{rest:path}"))]


@cache
def resources() -> tuple[Resource, ...]:
    """What the API offers, in the order of its document."""
    return declared("app.api.resources", "RESOURCE", Resource)


def application() -> FastAPI:
    """The API as an application of its own."""
    app = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        middleware=[Middleware(BindingHeaders)],
        exception_handlers=HANDLERS | {HTTPException: _http_problem},
    )
    for each in resources():
        for operation in each.operations:
            operation.add_to(app)
    app.add_api_route(OPENAPI, _openapi(openapi_of(app)), include_in_schema=False)
    for route in app.routes:
        if isinstance(route, APIRoute) and route.methods and "GET" in route.methods:
            route.methods.add("HEAD")
    return app


def _openapi(document: dict[str, Any]) -> Any:
    def openapi(asked: Reading) -> dict[str, Any]:
        asked.let_in()
        return document

    return answering(openapi)


def _http_problem(request: Request, error: Exception) -> Response:
    """The framework names the methods of one route; an address may have several."""
    if isinstance(error, HTTPException) and error.status_code == 405:
        found = [each for each in request.app.routes if each.matches(request.scope)[0] is not Match.NONE]
        methods = sorted({method for each in found for method in getattr(each, "methods", None) or ()})
        return http_problem(request, HTTPException(405, headers={"Allow": ", ".join(methods)}))
    return http_problem(request, error)
