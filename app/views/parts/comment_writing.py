"""To write a comment: about which place, what, and who should hear of it. What is typed stays until it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from app.fields.words import plain
from app.session.language import tell, told
from app.session.person import person
from app.session.remembered import all_held, held, place_of
from app.session.shared import store
from app.session.workspace import Workspace
from app.views.parts.notices import refusal
from app.views.parts.unfinished import box_of, sent, unfinished_text
from app.views.parts.who import name_field
from db import Member, Remark
from scoping import GroundworkError
from scoping.text.languages import message

_COMMENT = "comment"
_HEIGHT = 90
Send = Callable[[Remark], object]


def state_key(workspace: Workspace, *names: str | int) -> str:
    """The name under which the session keeps something of the comments of a proposal."""
    return ":".join(["comments", workspace.id, *map(str, names)])


def changed(workspace: Workspace) -> None:
    """Something was written, resolved or reopened here: the page counts anew."""
    st.session_state[state_key(workspace, "changed")] = True


def has_changed(workspace: Workspace) -> bool:
    """Whether that is so, asked once."""
    return bool(st.session_state.pop(state_key(workspace, "changed"), False))


def act(workspace: Workspace, key: str, do: Callable[[], object]) -> None:
    """Do what a button stands for; why it could not be done is said beside it."""
    try:
        do()
    except GroundworkError as why:
        st.session_state[f"{key}:refused"] = refusal(why)
        return
    changed(workspace)


def say_refused(key: str) -> None:
    """Why the last try there came to nothing."""
    if refused := st.session_state.pop(f"{key}:refused", ""):
        st.error(refused, icon=":material/error:")


def new_comment(workspace: Workspace, panel: str, places: Mapping[str, str]) -> None:
    """The boxes in which a thread is begun."""
    key = state_key(workspace, panel, "new")
    _ask_name(key)
    if not places:
        st.caption(tell("There is no field here to comment on."))
        return
    place = f"{key}:place"
    titles = {path: told(title) for path, title in places.items()}
    if st.session_state.get(place) not in titles:
        st.session_state[place] = next(iter(titles))
    st.selectbox(
        tell("About"), list(titles), place_of(place, list(titles)) or 0, key=place, format_func=titles.__getitem__
    )
    composer(workspace, key, tell("Comment"), lambda remark: _begin(workspace, place, remark))


def _begin(workspace: Workspace, place: str, remark: Remark) -> None:
    store().commenting.write(workspace.id, str(held(place)), remark, person())


def reply_to(workspace: Workspace, key: str, thread_id: int) -> None:
    """The boxes in which a thread is answered."""
    composer(
        workspace,
        key,
        tell("Reply"),
        lambda remark: store().commenting.reply(workspace.id, thread_id, remark, person()),
    )


def composer(workspace: Workspace, key: str, label: str, send: Send) -> None:
    """A box for the text, the people who should hear of it, and the button that sends both."""
    unfinished_text(workspace, _name(workspace, key), label, height=_HEIGHT)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _mention(workspace, key)
        st.button(tell("Send"), key=f"{key}:send", icon=":material/send:", on_click=_send, args=(workspace, key, send))
    say_refused(key)


def _mention(workspace: Workspace, key: str) -> None:
    people = {each.id: each for each in readers(workspace)}
    if people:
        st.multiselect(
            tell("Mention"), list(people), key=f"{key}:mention", format_func=lambda each: people[each].label,
            placeholder=tell("Nobody in particular"), label_visibility="collapsed",
            help=tell("They hear of it. You can also write @ and a whole name in the text."),
        )  # fmt: skip


def readers(workspace: Workspace) -> tuple[Member, ...]:
    """Who else may be called; nobody where nobody signs in."""
    here = store()
    if not here.person.is_signed_in:
        return ()
    return tuple(each for each in here.commenting.people(workspace.id) if each.id != here.person.id)


def _ask_name(key: str) -> None:
    """A comment stands beside a name."""
    if not person():
        name_field(f"{key}:name", message("It stands beside your comments."))


def _name(workspace: Workspace, key: str) -> str:
    """Under which name the text is kept until it is sent."""
    return f"{_COMMENT}{key.removeprefix(state_key(workspace))}:text"


def _send(workspace: Workspace, key: str, send: Send) -> None:
    text, mention = box_of(workspace, _name(workspace, key)), f"{key}:mention"
    found = all_held([text, mention])
    remark = Remark(str(found.get(text) or ""), tuple(found.get(mention) or ()), workspace.saved.version)
    act(workspace, key, lambda: _sent(workspace, key, send, remark))


def _sent(workspace: Workspace, key: str, send: Send, remark: Remark) -> None:
    send(remark)
    sent(workspace, _name(workspace, key))
    if f"{key}:mention" in st.session_state:
        st.session_state[f"{key}:mention"] = []
    st.toast(plain(tell("Sent")), icon=":material/chat:")
