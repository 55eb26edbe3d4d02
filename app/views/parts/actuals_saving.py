"""Why what somebody entered of actuals was not taken, a line for each thing."""

from __future__ import annotations

import streamlit as st

from app.fields.words import plain, short
from app.session.language import tell, told
from app.views.parts.notices import refusal
from db import Measured
from scoping import DocumentRefused, GroundworkError
from scoping.document.paths import Path
from scoping.reports.measured.entering import places

REFUSED = "actuals_refused"
_SHOWN = 20


def keep_refused(part: str, error: GroundworkError, measured: Measured) -> None:
    """Remember it until that part of the page is drawn."""
    st.session_state[REFUSED] = (part, lines_of(error, measured))


def keep_lines(part: str, lines: list[str]) -> None:
    """The same, where the lines are there already."""
    st.session_state[REFUSED] = (part, lines)


def show_refused(part: str) -> None:
    """What was not taken of this part, if anything."""
    found = st.session_state.get(REFUSED)
    if not found or found[0] != part:
        return
    del st.session_state[REFUSED]
    st.error(
        tell("Nothing was saved:") + "\n" + "\n".join(f"- {each}" for each in found[1][:_SHOWN]),
        icon=":material/error:",
    )
    if len(found[1]) > _SHOWN:
        st.caption(tell("The first {shown} of {count}.", shown=str(_SHOWN), count=str(len(found[1]))))


def lines_of(error: GroundworkError, measured: Measured) -> list[str]:
    """What was wrong and what is allowed, by the names by which people know the places."""
    if not isinstance(error, DocumentRefused):
        return [refusal(error)]
    return [
        f"{_where(each.path, measured)}: {plain(each.value)} {plain(told(each.allowed))}" for each in error.problems
    ]


def _where(path: str, measured: Measured) -> str:
    """The line of the document in words: which thing, in which month."""
    keys = Path(path).keys
    entries = measured.actuals.entries
    if keys[:1] == ("entries",) and int(keys[1]) < len(entries):
        entry = entries[int(keys[1])]
        titles = {
            str(each.path): told(each.title)
            for each in places(measured.signed, measured.actuals, measured.decision.conditions)
        }
        return plain(f"{short(titles.get(entry.about, entry.about))}, {tell('month {month}', month=str(entry.month))}")
    return plain(path or tell("The whole"))
