"""What a link leads to that was made for somebody without an account: the summary of one version, as a page."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from app.api.answers import limiter
from app.exports.notes import decision_notes, today
from app.logs import log_unexpected
from app.session.shared import assess_in_full_cached, database, default_language
from db import DatabaseNotReady, NotFound, Shown
from scoping import GroundworkError
from scoping.reports import Edition, render, summarise
from scoping.text.languages import language_of, message, say

PATH = "/shared/"
_KEPT_PAGES = 64
_NOT_NOW = message("This summary cannot be shown at the moment. Try again in a few minutes.")
_HEADERS = {
    # A page without a script: it may use the style and the charts that it brings, and nothing from elsewhere.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


def address_of(secret: str) -> str:
    """The path of a link on this server."""
    return f"{PATH}{secret}"


async def shared(request: Request) -> Response:
    """The page behind a link; no more than that it leads nowhere, where it does not."""
    try:
        secret, is_looked_at = request.path_params["secret"], request.method == "GET"
        page = await anyio.to_thread.run_sync(_page, secret, is_looked_at, limiter=limiter())
    except GroundworkError as error:
        return _said(error)
    except Exception as error:
        log_unexpected("a shared summary failed", error)
        return _text("Something went wrong on our side. The server's log says what.", 500)
    return Response(page, media_type="text/html", headers=_HEADERS)


def _page(secret: str, is_looked_at: bool) -> bytes:
    links = database().links
    shown = links.shown(secret)
    if is_looked_at:
        # Where nothing can be written at the moment, it can still be read.
        with suppress(DatabaseNotReady):
            links.opened(secret)
    key = (secret, *((each.id, each.state) for each in shown.decisions))
    return _rendered(_Page(key, today(), shown))


@dataclass(frozen=True)
class _Page:
    """What a page is made of; the key says which one it is."""

    key: tuple[object, ...]
    on: date
    shown: Shown = field(compare=False)


@lru_cache(maxsize=_KEPT_PAGES)
def _rendered(page: _Page) -> bytes:
    shown = page.shown
    assessment = assess_in_full_cached(shown.proposal)
    notes = decision_notes(shown.decisions)
    edition = Edition(page.on, shown.version)
    return render(summarise(shown.proposal, assessment, notes, language_of(shown.language), edition), "html")


def _said(error: GroundworkError) -> Response:
    """What is wrong with our house is for those who live in it."""
    if isinstance(error, NotFound):
        return _text(say(error.args[0], default_language()), 404)
    return _text(say(_NOT_NOW, default_language()), 503)


def _text(said: str, status: int, headers: Mapping[str, str] = _HEADERS) -> Response:
    return PlainTextResponse(said, status, headers=dict(headers))
