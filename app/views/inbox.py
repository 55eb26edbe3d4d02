"""Inbox: what waits for the person at the screen, in order of what is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from app.fields.words import plain, short_plain
from app.notices.words import TASKS, TITLES, page_of
from app.session.language import tell, tell_count, told
from app.session.navigation import Page, link
from app.session.person import person
from app.session.remembered import held
from app.session.shared import store
from app.views.parts.notices import refusal
from db import EventKind, Notice, StaleDraft, Task, TaskKind, Waiting
from scoping import GroundworkError
from scoping.text.languages import listed, message
from scoping.text.reviewing import function_title
from scoping.text.wording import day

_REFUSED, _DONE = "inbox_refused", "inbox_done"
_SHOWN = 20
_LONGEST_TITLE, _LONGEST_TEXT = 80, 300


def draw() -> None:
    """Tasks first, by their days; then what is new; then drafts that were left."""
    st.title(tell("Inbox"), anchor=False)
    if refused := st.session_state.pop(_REFUSED, ""):
        st.error(refused, icon=":material/error:")
    if st.session_state.pop(_DONE, False):
        st.toast(tell("Done"), icon=":material/check:")
    inbox = store().inbox
    tasks, notices, drafts = inbox.tasks(), inbox.notices(), inbox.stale()
    asked = store().reviewing.waiting_for(store().person)
    if not (asked or tasks or notices or drafts):
        _nothing()
        return
    mentioned = [each for each in notices if each.kind is EventKind.MENTIONED]
    others = [each for each in notices if each not in mentioned]
    _asked(asked)
    _tasks(tasks)
    _notices(tell("You were mentioned"), mentioned)
    _notices(tell("What else is new"), others)
    _drafts(drafts)


def _nothing() -> None:
    st.info(
        tell(
            "Nothing waits for you. Reviews, conditions and milestones of decisions come here when their day comes near, "
            "and so do questions for your advice, mentions, and drafts of yours that nobody touched for long."
        ),
        icon=":material/inbox:",
    )


def _asked(rounds: Sequence[Waiting]) -> None:
    """Rounds of review in which a function waits for whose advice this person may give it."""
    if not rounds:
        return
    st.header(tell("Your advice is asked"), anchor=False)
    for each in rounds[:_SHOWN]:
        with st.container(border=True):
            with st.container(horizontal=True, vertical_alignment="center"):
                names = plain(told(listed([function_title(name) for name in each.functions])))
                st.markdown(f"**{names}**", width="content")
                title = short_plain(each.title, _LONGEST_TITLE)
                link("review", title, ":material/rate_review:", proposal=each.proposal_id)
            on = plain(told(day(each.submitted_at.date())))
            name = short_plain(each.submitted_by) or tell("Someone")
            version = str(each.version)
            st.caption(tell("Version {version}, submitted by {name}, {day}", version=version, name=name, day=on))
    _more(len(rounds))


def _tasks(tasks: Sequence[Task]) -> None:
    if not tasks:
        return
    st.header(tell("Due, and due soon"), anchor=False)
    for each in tasks[:_SHOWN]:
        _task(each)
    _more(len(tasks))


def _task(task: Task) -> None:
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            _day_badge(task)
            st.markdown(f"**{told(TASKS[task.kind])}**", width="content")
            page = "actuals" if task.kind is TaskKind.WATCHED else "review"
            link(page, short_plain(task.title, _LONGEST_TITLE), ":material/fact_check:", proposal=task.proposal_id)
        if task.text:
            st.markdown(short_plain(task.text, _LONGEST_TEXT))
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.caption(tell("Owner: {name}", name=short_plain(task.owner)) if task.owner else tell("Nobody's yet"))
            with st.container(horizontal=True, width="content"):
                with st.popover(tell("Give to…"), icon=":material/person_add:", type="tertiary"):
                    _give(task)
                with st.popover(tell("Done…"), icon=":material/check:"):
                    _finish(task)


def _finish(task: Task) -> None:
    key = f"task_note:{task.id}"
    st.text_area(
        tell("What came of it"),
        key=key,
        height=80,
        max_chars=2_000,
        placeholder=tell("In a sentence; it stands in the audit trail"),
    )
    st.button(
        tell("It is done"), key=f"task_done:{task.id}", type="primary", on_click=_act, args=(_set_done, str(task.id))
    )


def _give(task: Task) -> None:
    """To somebody who may see the proposal; by name, where nobody signs in."""
    key = f"task_owner:{task.id}"
    if store().person.is_signed_in:
        people = {each.id: each.label for each in store().commenting.people(task.proposal_id)}
        st.selectbox(
            tell("Owner"), list(people), index=None, format_func=people.__getitem__, key=key,
            placeholder=tell("Choose somebody who may see the proposal"),
        )  # fmt: skip
    else:
        st.text_input(tell("Owner"), key=key, max_chars=200)
    st.button(
        tell("Give it to them"),
        key=f"task_give:{task.id}",
        type="primary",
        on_click=_act,
        args=(_set_owner, str(task.id)),
    )


def _day_badge(task: Task) -> None:
    today = store().today()
    if task.due_on is None:
        st.badge(tell("No day"), color="gray")
    elif task.due_on < today:
        st.badge(
            tell("Overdue since {day}", day=plain(told(day(task.due_on)))), icon=":material/event_busy:", color="red"
        )
    elif task.due_on == today:
        st.badge(tell("Today"), icon=":material/event:", color="orange")
    else:
        st.badge(plain(told(day(task.due_on))), icon=":material/event:", color="gray")


def _notices(title: str, notices: Sequence[Notice]) -> None:
    if not notices:
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(title, anchor=False, width="content")
        ids = ",".join(str(each.id) for each in notices)
        st.button(
            tell("Mark all as read"),
            key=f"read_all:{notices[0].kind}",
            type="tertiary",
            icon=":material/done_all:",
            on_click=_act,
            args=(_read, ids),
        )
    for each in notices[:_SHOWN]:
        _notice(each)
    _more(len(notices))


def _notice(notice: Notice) -> None:
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{told(TITLES[notice.kind])}**", width="content")
            title = short_plain(notice.title, _LONGEST_TITLE)
            link(page_of(notice.kind), title, ":material/arrow_forward:", proposal=notice.proposal_id)
        if notice.said:
            st.markdown(short_plain(notice.said, _LONGEST_TEXT))
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.caption(_when(notice))
            st.button(
                tell("Mark as read"),
                key=f"read:{notice.id}",
                type="tertiary",
                icon=":material/done:",
                on_click=_act,
                args=(_read, str(notice.id)),
            )


def _when(notice: Notice) -> str:
    on = plain(told(day(notice.at.date())))
    return tell("By {name}, {day}", name=short_plain(notice.by), day=on) if notice.by else on


def _drafts(drafts: Sequence[StaleDraft]) -> None:
    if not drafts:
        return
    st.header(tell("Drafts that nobody touched for long"), anchor=False)
    st.caption(tell("Go on with them, or archive them: nobody decided on them."))
    for each in drafts[:_SHOWN]:
        with st.container(horizontal=True, vertical_alignment="center"):
            link("proposal", short_plain(each.title, _LONGEST_TITLE), ":material/edit_note:", proposal=each.id)
            st.caption(tell("last saved {day}", day=plain(told(day(each.saved_at.date())))), width="content")
    _more(len(drafts))


def _more(count: int) -> None:
    if count > _SHOWN:
        rest = count - _SHOWN
        st.caption(tell_count("and {count} more", "and {count} more", rest))


def _act(change: Callable[[str], None], what: str) -> None:
    try:
        change(what)
    except GroundworkError as refused:
        st.session_state[_REFUSED] = refusal(refused)


def _read(ids: str) -> None:
    store().inbox.read([int(each) for each in ids.split(",")])


def _set_done(task: str) -> None:
    store().inbox.finish(int(task), str(held(f"task_note:{task}") or ""), person())
    st.session_state[_DONE] = True


def _set_owner(task: str) -> None:
    chosen, here = str(held(f"task_owner:{task}") or ""), store()
    owner_id = chosen or "nobody" if here.person.is_signed_in else None
    here.inbox.give(int(task), chosen, owner_id, person())
    st.toast(tell("Given"), icon=":material/person_add:")


PAGE = Page(
    url="inbox",
    title=message("Inbox"),
    icon=":material/inbox:",
    help=message("What waits for you: tasks, questions, mentions, drafts."),
    place=42,
    draw=draw,
    waits=lambda found: found.inbox,
)
