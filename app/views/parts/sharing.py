"""Who works on a proposal, and who else may see it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.fields.words import short_plain
from app.session.browser import times_focused
from app.session.language import tell
from app.session.shared import store
from app.session.workspace import Workspace
from app.views.parts.notices import refusal
from db import Action, Member, Shared
from scoping import GroundworkError

_REFUSED = "sharing_refused"
_LONGEST_NAME = 60


def sharing(workspace: Workspace) -> None:
    """The panel that opens from the head of a proposal, where people sign in."""
    if workspace.is_away or not store().person.is_signed_in:
        return
    # One face, whatever is chosen within: a panel whose button changes is another panel to the framework, and shut.
    panel = st.popover(
        tell("Share"),
        icon=":material/group:",
        type="tertiary",
        on_change="rerun",
        key=f"{workspace.id}:share:{times_focused()}",
    )
    # To ask who belongs here is for who opens it, and not for each change of a field.
    if panel.open:
        with panel:
            _panel(workspace, store().sharing.of(workspace.id))


def _panel(workspace: Workspace, shared: Shared) -> None:
    if refused := st.session_state.pop(_REFUSED, ""):
        st.error(refused, icon=":material/error:")
    _who(shared)
    if Action.SHARE in workspace.allowed():
        _change(workspace.id, shared)
    else:
        st.caption(tell("The owner, or an administrator, changes this."))


def _who(shared: Shared) -> None:
    st.markdown(
        tell("**Restricted**: only these people and administrators see it.")
        if shared.is_restricted
        else tell("**Open**: all members see it, and contributors edit it.")
    )
    owner = short_plain(shared.owner.label, _LONGEST_NAME) if shared.owner else tell("nobody")
    st.markdown(tell("Owner: {name}", name=owner))


def _change(identity: str, shared: Shared) -> None:
    for each in shared.members:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(short_plain(each.label, _LONGEST_NAME), width="stretch")
            st.button(
                tell("Remove"), key=f"unshare:{each.id}", type="tertiary",
                on_click=_act, args=(lambda who: store().sharing.remove(identity, who), each.id),
            )  # fmt: skip
    _people(identity, shared)
    st.session_state["restricted"] = shared.is_restricted
    st.toggle(
        tell("Only these people"),
        key="restricted",
        on_change=_act,
        args=(lambda _: store().sharing.restrict(identity, bool(st.session_state["restricted"])), ""),
    )


def _people(identity: str, shared: Shared) -> None:
    known = {each.id for each in (*shared.members, *([shared.owner] if shared.owner else []))}
    others: dict[str, Member] = {each.id: each for each in store().people.directory() if each.id not in known}
    if not others:
        st.caption(tell("Everybody who has a role here works on it already."))
        return
    st.selectbox(
        tell("Somebody else"),
        list(others),
        key="share_with",
        format_func={key: each.label for key, each in others.items()}.__getitem__,
    )
    with st.container(horizontal=True):
        st.button(
            tell("Let them work on it"), icon=":material/person_add:", key="share_add",
            on_click=_act, args=(lambda _: store().sharing.add(identity, st.session_state["share_with"]), ""),
        )  # fmt: skip
        st.button(
            tell("Make them the owner"), key="share_give", type="tertiary",
            on_click=_act, args=(lambda _: _give(identity), ""),
        )  # fmt: skip


def _give(identity: str) -> None:
    store().sharing.give_to(identity, st.session_state["share_with"])


def _act(change: Callable[[str], None], who: str) -> None:
    try:
        change(who)
    except GroundworkError as refused:
        st.session_state[_REFUSED] = refusal(refused)
