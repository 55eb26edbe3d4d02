"""Links to the summary of this version, for people who have no account here."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from app.api.outside import address_of
from app.door.settings import Mode, door
from app.fields.words import plain, short_plain
from app.session.browser import times_focused
from app.session.language import chosen_language, tell, tell_count, told
from app.session.person import person
from app.session.remembered import text_of
from app.session.shared import store
from app.session.workspace import Workspace
from app.views.parts.notices import refusal
from db import LINK_DAYS, LONGEST_NOTE, MOST_LINK_DAYS, Action, Link, LinkRequest
from scoping import GroundworkError
from scoping.text.wording import day

_MADE, _REFUSED = "link_made", "link_refused"
_NOTE, _LAST_DAY = "link_note", "link_last_day"
_LONGEST_NAME = 60


def links(workspace: Workspace) -> None:
    """The panel on Review, for who may share the proposal."""
    if workspace.is_away or Action.SHARE not in workspace.allowed():
        return
    panel = st.popover(
        tell("Link for others"),
        icon=":material/link:",
        type="tertiary",
        on_change="rerun",
        key=f"{workspace.id}:links:{times_focused()}",
    )
    if panel.open:
        with panel:
            _panel(workspace)


def _panel(workspace: Workspace) -> None:
    if refused := st.session_state.pop(_REFUSED, ""):
        st.error(refused, icon=":material/error:")
    _made(workspace)
    version = str(workspace.saved.version)
    st.markdown(
        tell(
            "Whoever has the link reads the summary of version {version} and the decisions on it, without an account. "
            "Later versions are not shown.",
            version=version,
        )
    )
    if door().mode is Mode.ALONE:
        st.caption(tell("This server listens to this machine alone: from elsewhere, nobody reaches the link."))
    today = store().today()
    st.text_input(tell("For whom"), text_of(_NOTE), key=_NOTE, max_chars=LONGEST_NOTE)
    st.date_input(
        tell("Until"),
        today + timedelta(days=LINK_DAYS),
        min_value=today,
        max_value=today + timedelta(days=MOST_LINK_DAYS),
        key=_LAST_DAY,
        format="YYYY-MM-DD",
    )
    st.button(
        tell("Make a link"), icon=":material/add_link:", key="link_make", on_click=_make, args=(workspace,)
    )  # fmt: skip
    _all(workspace)


def _made(workspace: Workspace) -> None:
    """The address, this once: nobody can look it up later. On another proposal it would be sent for that one."""
    proposal, version, address = st.session_state.get(_MADE, ("", 0, ""))
    if proposal == workspace.id:
        said = tell("The link to version {version}. Copy it now: it is not shown again.", version=str(version))
        st.success(said, icon=":material/link:")
        st.code(address, language=None, wrap_lines=True)


def _make(workspace: Workspace) -> None:
    last_day = st.session_state.get(_LAST_DAY) or store().today() + timedelta(days=LINK_DAYS)
    note = str(st.session_state.get(_NOTE) or "")
    request = LinkRequest(workspace.saved.version, chosen_language().tag, last_day, note)
    try:
        address = _whole(store().links.make(workspace.id, request, person()))
    except GroundworkError as refused:
        st.session_state[_REFUSED] = refusal(refused)
        return
    st.session_state[_MADE] = (workspace.id, request.version, address)
    st.session_state[_NOTE] = ""


def _whole(secret: str) -> str:
    """With the server's name: the one that is set, or the one in the address of this page."""
    base = door().public_url or str(st.context.url or "").split("/review")[0]
    return f"{base.rstrip('/')}{address_of(secret)}"


def _all(workspace: Workspace) -> None:
    today = store().today()
    known = store().links.of(workspace.id)
    opened = [each for each in known if each.is_open(today)]
    if known:
        st.divider()
        ended = len(known) - len(opened)
        st.caption(tell_count("{count} link is open.", "{count} links are open.", len(opened)))
        for each in opened:
            _one(workspace, each)
        if ended:
            st.caption(tell_count("{count} link has ended.", "{count} links have ended.", ended))


def _one(workspace: Workspace, link: Link) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_told(link), width="stretch")
        st.button(
            tell("Revoke"), key=f"link_revoke:{link.id}", type="tertiary",
            on_click=_revoke, args=(workspace, link.id),
        )  # fmt: skip


def _told(link: Link) -> str:
    who = short_plain(link.note, _LONGEST_NAME) or tell("nobody named")
    said = tell(
        "**{who}**: version {version}, until {day}",
        who=who,
        version=str(link.version),
        day=plain(told(day(link.last_day))),
    )
    times = tell_count("opened once", "opened {count} times", link.times_opened)
    return f"{said} · {times if link.times_opened else tell('not opened yet')}"


def _revoke(workspace: Workspace, link_id: str) -> None:
    st.session_state.pop(_MADE, None)
    try:
        store().links.revoke(workspace.id, link_id, person())
    except GroundworkError as refused:
        st.session_state[_REFUSED] = refusal(refused)
