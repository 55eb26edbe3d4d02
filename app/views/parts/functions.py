"""Which functions are asked for advice, who speaks for each, and whether a decision needs a submission."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from app.fields.words import plain, short_plain
from app.session.language import tell, told
from app.session.person import person
from app.session.remembered import held, text_of
from app.session.shared import store
from app.views.parts.notices import refusal
from db import Action, Function, Member, Role, highest
from scoping import GroundworkError
from scoping.text.reviewing import function_title

_REFUSED, _NEW, _NEEDS = "functions_refused", "new_function", "needs_review"


def functions() -> None:
    """The section of the settings, for administrators."""
    if not store().may(Action.MANAGE):
        return
    st.header(tell("Advice"), anchor="advice")
    st.caption(
        tell(
            "Whoever submits a proposal asks these functions. Where nobody is named, every reviewer speaks for a function."
        )
    )
    if refused := st.session_state.pop(_REFUSED, ""):
        st.error(refused, icon=":material/error:")
    people = _reviewers() if store().person.is_signed_in else ()
    known = store().review_settings.functions()
    for each in known:
        _line(each, known, people)
    _add()
    st.session_state[_NEEDS] = store().review_settings.needs_review()
    st.toggle(
        tell("Decisions need a submission: nothing is decided that is not under review"),
        key=_NEEDS,
        on_change=_set_needs_review,
    )


def _reviewers() -> list[Member]:
    """Those who may speak for a function at all."""
    here = store().people.directory()
    return [each for each in here if each.role and highest((each.role, Role.REVIEWER)) is each.role]


def _line(each: Function, known: Sequence[Function], people: Sequence[Member]) -> None:
    title = told(function_title(each.name))
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{short_plain(title, 60)}**", width=160)
        _speakers(each, people, title)
        key = f"always:{each.name}"
        st.session_state[key] = each.is_always
        st.checkbox(
            tell("Always asked"), key=key, width="content", on_change=_set_always, args=(each.name, key)
        )  # fmt: skip
        st.button(
            tell("Remove"), key=f"no_function:{each.name}", type="tertiary", on_click=_remove, args=(each.name,),
            disabled=len(known) == 1,
        )  # fmt: skip


def _speakers(each: Function, people: Sequence[Member], title: str) -> None:
    """Who speaks for it, where people sign in."""
    if not people:
        return
    labels = {member.id: member.label for member in people}
    key = f"speak:{each.name}"
    st.session_state[key] = [person_id for person_id in each.people if person_id in labels]
    st.multiselect(
        tell("Who speaks for {function}", function=plain(title)),
        list(labels),
        format_func=labels.__getitem__,
        key=key,
        label_visibility="collapsed",
        placeholder=tell("Every reviewer"),
        width=340,
        on_change=_set_people,
        args=(each.name, key),
    )


def _add() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(tell("Another function"), text_of(_NEW), key=_NEW, width=320)
        st.button(tell("Add"), icon=":material/add:", key="add_function", on_click=_add_named)


def _add_named() -> None:
    if _set([*store().review_settings.functions(), Function(str(held(_NEW) or ""))]):
        st.session_state[_NEW] = ""


def _remove(name: str) -> None:
    _set([each for each in store().review_settings.functions() if each.name != name])


def _set_always(name: str, key: str) -> None:
    _change(name, is_always=bool(held(key)))


def _set_people(name: str, key: str) -> None:
    _change(name, people=tuple(held(key) or ()))


def _change(name: str, **values: object) -> None:
    now = store().review_settings.functions()
    _set([replace(each, **values) if each.name == name else each for each in now])  # type: ignore[arg-type]


def _set(chosen: Sequence[Function]) -> bool:
    try:
        store().review_settings.set_functions(chosen, person())
    except GroundworkError as refused:
        st.session_state[_REFUSED] = refusal(refused)
        return False
    return True


def _set_needs_review() -> None:
    try:
        store().review_settings.require_review(bool(held(_NEEDS)), person())
    except GroundworkError as refused:
        st.session_state[_REFUSED] = refusal(refused)
