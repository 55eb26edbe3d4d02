"""What the app says when something goes wrong. Never a traceback."""

from __future__ import annotations

import streamlit as st

from app.fields.words import plain
from app.logs import log_database, log_unexpected
from app.session.language import tell, told
from db import DatabaseNotReady
from scoping import GroundworkError


def unexpected(error: Exception) -> None:
    """Tell about an error that no page expected; the log has the details."""
    if isinstance(error, DatabaseNotReady):
        log_database(error)
        st.error(refusal(error), title=tell("The database is not available"), icon=":material/database_off:")
        return
    if isinstance(error, GroundworkError):
        st.error(refusal(error))
        return
    log_unexpected("a page failed", error)
    st.error(
        tell(
            "Reload the page. Everything that was saved is still there. If it happens again, "
            "the server's log says what went wrong."
        ),
        title=tell("Something went wrong on our side"),
    )


def nothing_can_be_saved() -> None:
    """Told above every page of a database that may only be read."""
    st.warning(
        tell("Saving is not possible: the database can only be read. What is typed here is lost with this tab."),
        icon=":material/edit_off:",
    )


def refusal(error: GroundworkError) -> str:
    """What was wrong and what is allowed, in this session's language where the error can be said in it."""
    said = error.args[0] if error.args else ""
    return plain(told(said) if isinstance(said, str) else str(error))
