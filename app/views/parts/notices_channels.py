"""Webhooks, and messages that were not taken: for administrators."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.door.settings import door
from app.fields.words import plain, short_plain
from app.notices.testing import send_test
from app.notices.words import TITLES
from app.session.language import tell, told
from app.session.person import person
from app.session.remembered import all_held, text_of
from app.session.shared import store
from app.views.parts.notices import refusal
from db import Action, Channel, EventKind, MessageState, Shape, Stuck, Webhook, WebhookRequest
from scoping import GroundworkError
from scoping.text.languages import message
from scoping.text.wording import moment

_REFUSED, _MADE, _ANSWER = "channels_refused", "webhook_secret_made", "webhook_answer"
_FIELDS = ("webhook_name", "webhook_url", "webhook_secret", "webhook_project")
_NAME, _URL, _SECRET, _PROJECT = _FIELDS
_SHAPE, _KINDS, _RESTRICTED = "webhook_shape", "webhook_kinds", "webhook_restricted"
_MOST_SHOWN = 20
_SHAPES: dict[Shape, str] = {
    Shape.PLAIN: message("Plain, signed (Standard Webhooks)"),
    Shape.SLACK: message("Slack"),
    Shape.TEAMS: message("Microsoft Teams"),
    Shape.GITHUB: message("GitHub issues"),
    Shape.JIRA: message("Jira issues"),
}
_USUAL = (EventKind.DECIDED, EventKind.REVIEW_DUE, EventKind.CONDITION_DUE)


def channels() -> None:
    """What is told where, and what could not be told."""
    if not store().may(Action.MANAGE):
        return
    st.header(tell("Messages"), anchor="messages")
    st.markdown(tell("Webhooks tell other tools what happens: chats, trackers of issues, your own programs."))
    if not door().public_url:
        st.caption(tell("Messages bear no links: {variable} is not set.", variable="GROUNDWORK_PUBLIC_URL"))
    if refused := st.session_state.pop(_REFUSED, ""):
        st.error(refused, icon=":material/error:")
    _made()
    if answer := st.session_state.pop(_ANSWER, ""):
        st.info(answer, icon=":material/webhook:")
    for each in store().webhooks.all():
        _line(each)
    with st.expander(tell("Add a webhook"), icon=":material/add_link:"):
        _add()
    _stuck()


def _made() -> None:
    if made := st.session_state.pop(_MADE, ""):
        st.success(tell("Added. Its messages are signed with this secret, which is shown this once:"))
        st.code(made, language=None)


def _line(each: Webhook) -> None:
    kinds = ", ".join(told(TITLES[kind]) for kind in each.kinds)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        where = f"{told(_SHAPES[each.shape])}, {plain(each.host)}"
        st.markdown(f"**{short_plain(each.name)}**  \n:small[{where}. {kinds}]", width="stretch")
        st.button(tell("Send a test"), key=f"test:{each.id}", on_click=_act, args=(_test, each.id))
        st.button(tell("Remove"), key=f"unhook:{each.id}", type="tertiary", on_click=_act, args=(_remove, each.id))


def _add() -> None:
    shapes, kinds = [*Shape], [*EventKind]
    st.text_input(tell("Name"), text_of(_NAME), key=_NAME, max_chars=80, placeholder=tell("Portfolio channel"))
    shape = st.selectbox(
        tell("Shape"), shapes, key=_SHAPE, format_func={each: told(_SHAPES[each]) for each in shapes}.__getitem__
    )
    st.text_input(tell("Address"), text_of(_URL), key=_URL, placeholder=_example(shape))
    if shape not in (Shape.SLACK, Shape.TEAMS):
        st.text_input(tell("Secret"), text_of(_SECRET), key=_SECRET, type="password", help=_secret_help(shape))
    if shape is Shape.JIRA:
        st.text_input(tell("Project"), text_of(_PROJECT), key=_PROJECT, placeholder="ML", width=160)
    chosen = [EventKind.TASK_OPENED] if shape in (Shape.GITHUB, Shape.JIRA) else [*_USUAL]
    st.multiselect(
        tell("Told of"),
        kinds,
        chosen,
        # Issues are made of what is to be done, messages of what happened: each shape begins with its own.
        key=f"{_KINDS}:{shape in (Shape.GITHUB, Shape.JIRA)}",
        format_func={each: told(TITLES[each]) for each in kinds}.__getitem__,
    )
    st.checkbox(tell("Also of restricted proposals: whoever reads there sees their titles"), key=_RESTRICTED)
    st.button(tell("Add"), key="webhook_add", icon=":material/add:", on_click=_act, args=(_add_one, ""))


def _example(shape: Shape) -> str:
    return {
        Shape.GITHUB: "https://api.github.com/repos/OWNER/NAME/issues",
        Shape.JIRA: "https://NAME.atlassian.net/rest/api/3/issue",
    }.get(shape, "https://example.org/…")


def _secret_help(shape: Shape) -> str:
    if shape is Shape.GITHUB:
        return tell("A token that may write issues of this repository, and nothing else. It is not shown again.")
    if shape is Shape.JIRA:
        return tell("E-mail address and token with a colon between them. It is not shown again.")
    return tell("Leave it empty to have one made.")


def _stuck() -> None:
    found = store().outbox.stuck()
    if not found:
        return
    st.subheader(tell("Not taken"), anchor=False)
    for each in found[:_MOST_SHOWN]:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(_said_of(each), width="stretch")
            st.button(tell("Try again"), key=f"again:{each.id}", on_click=_act, args=(_again, each.id))


def _said_of(each: Stuck) -> str:
    how = tell("Mail") if each.channel is Channel.MAIL else tell("Webhook")
    if each.state is MessageState.GIVEN_UP:
        state = tell("Given up after {tries} tries", tries=str(each.tries))
    else:
        state = tell(
            "Tried {tries} times, again at {moment}", tries=str(each.tries), moment=told(moment(each.next_try_at))
        )
    return f"**{how}: {short_plain(each.receiver)}**  \n:small[{plain(state)}. {short_plain(each.last_error, 200)}]"


def _act(change: Callable[[str], None], identity: str) -> None:
    try:
        change(identity)
    except GroundworkError as refused:
        st.session_state[_REFUSED] = refusal(refused)


def _add_one(_: str) -> None:
    shape = Shape(st.session_state[_SHAPE])
    request = WebhookRequest(
        name=_typed(_NAME),
        url=_typed(_URL),
        shape=shape,
        kinds=tuple(EventKind(each) for each in st.session_state[f"{_KINDS}:{shape in (Shape.GITHUB, Shape.JIRA)}"]),
        secret="" if shape in (Shape.SLACK, Shape.TEAMS) else _typed(_SECRET),
        project=_typed(_PROJECT) if shape is Shape.JIRA else "",
        is_for_restricted=bool(st.session_state[_RESTRICTED]),
    )
    st.session_state[_MADE] = store().webhooks.add(request, person())
    for key in _FIELDS:
        st.session_state[key] = ""


def _typed(key: str) -> str:
    """What a text field holds; nothing where it is not on the page."""
    return str(all_held([key]).get(key) or "")


def _remove(identity: str) -> None:
    store().webhooks.remove(identity, person())


def _again(identity: str) -> None:
    store().outbox.again(identity)


def _test(identity: str) -> None:
    st.session_state[_ANSWER] = plain(told(send_test(store(), identity)))
