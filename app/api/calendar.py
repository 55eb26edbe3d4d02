"""/api/calendar: what is due, for a calendar to read. It knows no sign-in: who has the address may read it."""

from __future__ import annotations

from starlette.requests import Request

from app.api.answers import answering
from app.door.settings import Mode, door
from app.notices.calendar import calendar_of
from app.notices.words import language_for
from app.session.shared import database, default_language
from db import NotFound
from scoping.text.languages import message

_TYPE = "text/calendar; charset=utf-8"


def _own(request: Request) -> bytes:
    """What one person may see, by the address that they made. Raises NotFound, whatever is wrong with it."""
    person, tag = database().receiving.reader(request.path_params["token"])
    tasks = database().acting_for(person).inbox.dates()
    return calendar_of(tasks, door(), language_for(tag, default_language()))


def _all(_: Request) -> bytes:
    """Everything, where nobody signs in and only this machine is answered. Raises NotFound anywhere else."""
    here = door()
    if here.mode is not Mode.ALONE:
        raise NotFound(message("There is no calendar at this address."))
    return calendar_of(database().inbox.dates(), here, default_language())


own_dates = answering(_own, _TYPE)
all_dates = answering(_all, _TYPE)
