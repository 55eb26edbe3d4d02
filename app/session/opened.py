"""Which proposals a browser session has open: the one on its pages, and those that still wait to be saved."""

from __future__ import annotations

from typing import Any

import streamlit as st

from app.fields.words import plain
from app.session.carried import is_taken, left_behind, resumed
from app.session.language import told
from app.session.shared import store
from app.session.workspace import Workspace
from db import DatabaseNotReady, NotFound
from scoping import GroundworkError

_KEY = "workspace"
_WAITING = "workspaces_waiting"
_ADDRESS = "address_of_the_run"
_OF_A_STEP = frozenset({"proposal", "step", "part"})


def open_workspace(identity: str) -> Workspace:
    """The workspace of a proposal, as up to date as the database lets it be. Raises NotFound, DatabaseNotReady."""
    found = next((each for each in _known() if each.id == identity), None)
    if found is None:
        found = Workspace(store().get(identity), store().drafts(identity))
    else:
        found.refresh()
    # Another proposal takes the place of the one that was open; what is not saved there goes on waiting.
    st.session_state[_WAITING] = [each for each in _known() if each.is_waiting and each is not found]
    st.session_state[_KEY] = found
    return found


def _known() -> list[Workspace]:
    """The one that is open, then the others."""
    current = _current()
    others: list[Workspace] = st.session_state.get(_WAITING, [])
    return [*([current] if current else []), *(each for each in others if each is not current)]


def _current() -> Workspace | None:
    found = st.session_state.get(_KEY)
    return found if isinstance(found, Workspace) else None


def without_database() -> list[Workspace]:
    """Those that wait for the database: to save, or to see what others saved."""
    return [each for each in _known() if each.is_waiting or each.is_away]


def take_over(reported: Any) -> list[GroundworkError]:
    """Go on with what an earlier session of this tab left behind. Returns why some of it is of no use any more."""
    refused = []
    for token, carried in left_behind(reported):
        known = next((each for each in _known() if each.id == carried.identity), None)
        if known is not None and (known.is_waiting or known.conflict is not None):
            # One after the other: that one is saved first.
            continue
        try:
            _go_on(resumed(carried), known)
        except DatabaseNotReady:
            continue
        except GroundworkError as error:
            refused.append(error)
        is_taken(token)
    return refused


def _go_on(resumed: Workspace, known: Workspace | None) -> None:
    if known is not None and known is _current():
        st.session_state[_KEY] = resumed
    else:
        others = [each for each in st.session_state.get(_WAITING, []) if each is not known]
        st.session_state[_WAITING] = [*others, resumed]


def keep_in_address() -> None:
    """The open proposal stays in the address of every page, so that a reload or a link finds it again.

    A link of the menu leaves the address empty. When something is written into it, the framework first adds an entry
    to the browser's history for the page that is being left, unless its address says that already: then Back takes
    one press more. So the step that was open goes along, and the menu leads back to it too.
    """
    found = _current()
    if found is not None and "proposal" not in st.query_params:
        left = {} if st.query_params else _left_behind()
        st.query_params.update({**left, "proposal": found.id})


def _left_behind() -> dict[str, str]:
    """The address that is being left, unless filters stand in it, which mean something else on another page.

    A browser that asks for a page twice, before it has read what was written into the address, gets the same again.
    """
    address: dict[str, str] = st.session_state.get(_ADDRESS, {})
    return address if set(address) <= _OF_A_STEP else {}


def remember_address() -> None:
    """Keep the address of this run, for the one that leaves it."""
    st.session_state[_ADDRESS] = st.query_params.to_dict()


def chosen_proposal() -> Workspace | None:
    """The proposal that the address names, or else the one that is open in this session."""
    found = _current()
    identity = st.query_params.get("proposal") or (found.id if found else None)
    if not identity:
        return None
    try:
        workspace = open_workspace(identity)
    except NotFound as error:
        st.error(plain(told(error.args[0])), icon=":material/search_off:")
        return None
    if st.query_params.get("proposal") != identity:
        st.query_params["proposal"] = identity
    return workspace
