"""To keep a choice: as a new scenario, or as the next version of the one that was opened; and to take it as a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from app.choosing.pool import Pool
from app.exports.offer import offer
from app.fields.words import short_plain
from app.session.choice_form import scenario
from app.session.language import tell, told
from app.session.navigation import go
from app.session.person import person
from app.session.shared import store
from app.session.texts import typed_texts_are_safe
from app.views.parts.choose_result import unsaved
from app.views.parts.notices import refusal
from db import Action, Scenario, ScenarioRequest
from scoping import GroundworkError
from scoping.reports.chosen import SCENARIO_FORMATS, Account, Result, render_scenario
from scoping.reports.filenames import file_name
from scoping.text.languages import message

BASE = "from"
"""The scenario in the address that was opened to be changed, and its version."""
_NAME, _NOTE = "choice_name", "choice_note"


def keep(pool: Pool, found: Result, *, filtered: bool) -> None:
    """Name, note, and the two ways to save."""
    st.header(tell("Keep this choice"), anchor=False, divider="gray")
    st.caption(
        tell(
            "A saved scenario keeps these figures and the versions of the proposals that they rest on, also when proposals change. An approver can approve it."
        )
    )
    base = opened()
    if base is not None:
        st.session_state.setdefault(_NAME, base.name)
        st.session_state.setdefault(_NOTE, base.note)
    name = st.text_input(tell("Name of the scenario"), str(st.session_state.get(_NAME, "")), key=_NAME, max_chars=120)
    note = st.text_area(tell("Note"), str(st.session_state.get(_NOTE, "")), key=_NOTE, max_chars=2_000, height=90)
    act: Callable[[], Scenario] | None = None
    with st.container(horizontal=True):
        if store().may(Action.SAVE_SCENARIO):
            act = _pressed(partial(_request, pool, found, filtered=filtered), base, str(name or ""), str(note or ""))
        with st.popover(tell("Download"), icon=":material/download:"):
            downloads(unsaved(pool, found, str(name or ""), str(note or "")), str(name or ""), "unsaved")
    if act is not None:
        _save(act)
    if not store().may(Action.SAVE_SCENARIO):
        st.caption(tell("Contributors save scenarios; your role does not."))


def opened() -> Scenario | None:
    """The scenario that was opened to be changed, as it was then."""
    identity, _, version = str(st.query_params.get(BASE, "")).partition(":")
    try:
        return store().scenarios.get(identity, int(version)) if version.isdecimal() and len(version) < 8 else None
    except GroundworkError:
        return None


def _request(pool: Pool, found: Result, name: str, note: str, *, filtered: bool) -> ScenarioRequest:
    """What is kept. Where only some proposals were chosen among, it keeps which."""
    wanted = scenario().model_copy(update={"proposals": list(pool.rows) if filtered else []})
    return ScenarioRequest(
        name=name,
        note=note,
        document=wanted.model_dump(mode="json", exclude_defaults=True),
        computed_on=pool.versions,
        figures=found.figures(),
        currency=pool.currency,
    )


def _pressed(
    make: Callable[[str, str], ScenarioRequest], base: Scenario | None, name: str, note: str
) -> Callable[[], Scenario] | None:
    """The ways to save; comes back with what a pressed button does."""
    if base is None or base.hidden:
        is_new = st.button(tell("Save as a new scenario"), type="primary", icon=":material/add:", key="choice_create")
        return (lambda: store().scenarios.create(make(name, note), person())) if is_new else None
    next_, title = str(base.version + 1), short_plain(base.name, 40)
    label, identity, version = (
        tell("Save as version {version} of {name}", version=next_, name=title),
        base.id,
        base.version,
    )
    if st.button(label, type="primary", icon=":material/save:", key="choice_save"):
        return lambda: store().scenarios.save(identity, make(name, note), version, person())
    is_new = st.button(tell("Save as a new scenario"), icon=":material/add:", key="choice_create")
    return (lambda: store().scenarios.create(make(name, note), person())) if is_new else None


def _save(act: Callable[[], Scenario]) -> None:
    try:
        made = act()
    except GroundworkError as refused:
        st.error(refusal(refused), icon=":material/error:")
        return
    typed_texts_are_safe()
    for key in (_NAME, _NOTE):
        st.session_state.pop(key, None)
    go("choose", scenario=made.id)


def downloads(make: Callable[[], Account], name: str, key: str) -> None:
    """The scenario in each format."""
    for each in SCENARIO_FORMATS.values():
        title = name or told(message("Scenario"))
        content = partial(_made, make, each.name)
        offer(told(each.title), content, file_name(title, each.suffix), each.media_type, f"{key}:{each.name}")


def _made(make: Callable[[], Account], name: str) -> bytes:
    return render_scenario(make(), name)
