"""The sender of this process, by what the environment says."""

from __future__ import annotations

from app.door.settings import door
from app.notices.mail import server
from app.notices.reaching import reaches_inside
from app.notices.sender import Loop, Sender
from app.session.shared import database, default_language
from db import SettingRefused, is_yes, setting

VARIABLE = "GROUNDWORK_NOTICES"


def sender() -> Sender:
    """Raises MailMisconfigured, SettingRefused, DatabaseNotReady."""
    return Sender(database(), door(), server(), default_language())


def start_sending() -> Loop | None:
    """Send beside the pages, unless it is left to `groundwork due`. Raises MailMisconfigured, SettingRefused."""
    server()
    reaches_inside(door())
    if not _is_wanted() or database().is_read_only:
        return None
    loop = Loop(sender)
    loop.start()
    return loop


def _is_wanted() -> bool:
    said = setting(VARIABLE)
    answer = is_yes(said) if said else True
    if answer is None:
        raise SettingRefused(f"{VARIABLE}: write yes or no.")
    return answer
