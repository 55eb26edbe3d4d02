"""One thread of comments: what it is about, what stands there now, what was written, and what can be done with it."""

from __future__ import annotations

import streamlit as st

from app.fields.words import plain, short_plain
from app.session.comments import About, about
from app.session.language import tell, told
from app.session.person import person
from app.session.shared import store
from app.session.workspace import Workspace
from app.views.parts.comment_writing import act, reply_to, say_refused, state_key
from db import Comment, Store, Thread
from scoping.text.wording import moment

_LONGEST_NAME, _LONGEST_PLACE, _LONGEST_VALUE = 60, 120, 160


def draw_thread(workspace: Workspace, panel: str, thread: Thread, *, is_linked: bool) -> None:
    """The thread in a frame of its own."""
    found = about(store(), workspace.saved, workspace.proposal, thread)
    key = state_key(workspace, panel, "thread", thread.id)
    with st.container(border=True, gap="small", key=key):
        _head(thread, found, is_linked=is_linked)
        for comment in thread.comments:
            _comment(workspace, key, comment)
        _settled(thread)
        _acts(workspace, key, thread, short_plain(told(found.words), _LONGEST_PLACE))
        say_refused(key)


def _head(thread: Thread, found: About, *, is_linked: bool) -> None:
    mark = ":material/link: " if is_linked else ""
    state = "" if thread.is_open else f" :green-badge[:material/check: {tell('Resolved')}]"
    st.markdown(f"{mark}**{short_plain(told(found.words), _LONGEST_PLACE)}**{state}")
    if found.now is None:
        version = str(thread.version)
        st.caption(tell("About something that is gone since: it was there in version {version}.", version=version))
    elif found.has_changed:
        st.caption(f":material/edit: {_change(found)}")


def _change(found: About) -> str:
    """What stood there when it was written about, and what stands there now."""
    if not (found.old or found.new):
        return tell("Changed since this was written")
    nothing = tell("nothing")
    old, new = (short_plain(told(each), _LONGEST_VALUE) or nothing for each in (found.old, found.new))
    return tell("Changed since this was written: {old} → {new}", old=old, new=new)


def _comment(workspace: Workspace, key: str, comment: Comment) -> None:
    name = short_plain(comment.by, _LONGEST_NAME)
    when = tell("{moment} · version {version}", moment=moment(comment.at), version=str(comment.version))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{name}** :small[:gray[{plain(when)}]]", width="content")
        if _is_own(store(), comment) and not comment.is_taken_back:
            st.button(
                tell("Take back"), key=f"{key}:take_back:{comment.id}", type="tertiary", icon=":material/undo:",
                on_click=_take_back, args=(workspace, key, comment.id),
            )  # fmt: skip
    if comment.is_taken_back:
        st.caption(tell("This comment was taken back"))
    else:
        st.text(comment.text)


def _is_own(here: Store, comment: Comment) -> bool:
    return comment.is_own and (here.person.is_signed_in or comment.by == person())


def _settled(thread: Thread) -> None:
    if thread.changed_at is None:
        return
    who, when = short_plain(thread.changed_by, _LONGEST_NAME), moment(thread.changed_at)
    st.caption(
        tell("Reopened by {name}, {moment}", name=who, moment=when)
        if thread.is_open
        else tell("Resolved by {name}, {moment}", name=who, moment=when)
    )


def _acts(workspace: Workspace, key: str, thread: Thread, called: str) -> None:
    """Answer, resolve or reopen; `called` says which thread, where several buttons have the same words."""
    replying = f"{key}:replying"
    is_replying = bool(st.session_state.get(replying))
    with st.container(horizontal=True, gap="small"):
        st.button(
            tell("Close") if is_replying else tell("Reply"), key=f"{replying}:button", type="tertiary",
            icon=":material/reply:", help=called, on_click=_turn, args=(replying, is_replying),
        )  # fmt: skip
        st.button(
            tell("Resolve") if thread.is_open else tell("Reopen"), key=f"{key}:settle", type="tertiary",
            icon=":material/check:" if thread.is_open else ":material/replay:", help=called,
            on_click=_settle, args=(workspace, key, thread),
        )  # fmt: skip
    if is_replying:
        reply_to(workspace, f"{key}:reply", thread.id)


def _turn(key: str, is_open: bool) -> None:
    st.session_state[key] = not is_open


def _settle(workspace: Workspace, key: str, thread: Thread) -> None:
    here = store().commenting
    change = here.resolve if thread.is_open else here.reopen
    act(workspace, key, lambda: change(workspace.id, thread.id, person()))


def _take_back(workspace: Workspace, key: str, comment_id: int) -> None:
    act(workspace, key, lambda: store().commenting.take_back(workspace.id, comment_id, person()))
