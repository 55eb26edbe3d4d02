"""/api/calendar: what is due, for a calendar to read. It knows no sign-in: who has the address may read it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import NOT_TO_BE_KEPT, limiter, problem
from app.door.settings import Mode, door
from app.notices.calendar import calendar_of
from app.notices.words import language_for
from app.session.shared import database, default_language
from db import NotFound
from scoping.text.languages import message

_TYPE = "text/calendar; charset=utf-8"


def _own(token: str) -> bytes:
    """What one person may see, by the address that they made. Raises NotFound, whatever is wrong with it."""
    person, tag = database().receiving.reader(token)
    tasks = database().acting_for(person).inbox.dates()
    return calendar_of(tasks, door(), language_for(tag, default_language()))


def _all() -> bytes:
    """Everything, where nobody signs in and only this machine is answered. Raises NotFound anywhere else."""
    here = door()
    if here.mode is not Mode.ALONE:
        raise NotFound(message("There is no calendar at this address."))
    return calendar_of(database().inbox.dates(), here, default_language())


async def own_dates(request: Request) -> Response:
    """The calendar of one person."""
    return await _answer(partial(_own, request.path_params["token"]))


async def all_dates(_request: Request) -> Response:
    """The calendar of this machine."""
    return await _answer(_all)


async def _answer(work: Callable[[], bytes]) -> Response:
    try:
        answer = Response(await anyio.to_thread.run_sync(work, limiter=limiter()), media_type=_TYPE)
    except Exception as error:
        answer = problem(error)
    answer.headers.update(NOT_TO_BE_KEPT)
    return answer
