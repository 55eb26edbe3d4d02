"""Many proposals that nobody has valued yet: said beforehand, valued behind the page, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app.choosing.pool import is_being_valued, unvalued, value_behind, without_failed
from app.choosing.progress import Progress, usual_time
from app.session.language import tell, tell_count, told
from app.session.shared import store
from app.views.parts.under_way import under_way
from db import Listed

_WHILE_DRAWN = 8
"""So few are valued while the page is drawn: to begin a process takes longer."""
_UNASKED = 40
_YES = "choice_value_all"


def are_valued(rows: Mapping[str, Listed]) -> bool:
    """Whether a choice can be made among them now; otherwise it is drawn what it waits for."""
    left = without_failed(store(), unvalued(store(), rows))
    is_begun = is_being_valued(store(), left)
    if not is_begun and len(left) <= _WHILE_DRAWN:
        return True
    if not is_begun and len(left) > _UNASKED and not st.session_state.get(_YES):
        _asked(len(left))
        return False
    value_behind(store(), left)
    counted = {name: row for name, row in rows.items() if row.rate is not None}
    under_way(Progress(store(), counted))
    st.caption(
        tell("You can leave this page, or work on in another: it goes on, for everybody, and what is valued is kept.")
    )
    return False


def _asked(many: int) -> None:
    """So many take a while: somebody says yes to that, or filters them."""
    st.info(
        tell_count(
            "{count} of these proposals has not been valued for a choice yet. That takes {time}, is done once for every change of a proposal, for everybody, and you can work on meanwhile.",
            "{count} of these proposals have not been valued for a choice yet. That takes {time}, is done once for every change of a proposal, for everybody, and you can work on meanwhile.",
            many,
            time=told(usual_time(many)),
        ),
        icon=":material/hourglass_top:",
    )
    st.button(tell("Value them now"), type="primary", key="choice_value", on_click=_say_yes)


def _say_yes() -> None:
    st.session_state[_YES] = True
