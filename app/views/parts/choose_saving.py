"""To keep a choice: as a new scenario, or as the next version of the one that was opened; and to take it as a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from app.choosing.pool import Pool
from app.exports.offer import offer
from app.exports.scenario import result_of
from app.fields.words import plain, short_plain
from app.session.choice_form import scenario
from app.session.language import tell, told
from app.session.navigation import go
from app.session.person import person
from app.session.shared import store
from app.session.texts import typed_texts_are_safe
from app.views.parts.choose_result import unsaved
from app.views.parts.notices import refusal
from db import Action, Scenario, ScenarioRequest, StaleScenario
from scoping import GroundworkError
from scoping.reports.chosen import SCENARIO_FORMATS, Account, Result, render_scenario
from scoping.reports.filenames import file_name
from scoping.text.languages import message
from scoping.text.wording import DASH, money

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
    if base is not None:
        _overtaken(base)
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
    if base is None or base.hidden or base.newest != base.version:
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


def _overtaken(base: Scenario) -> None:
    """Somebody saved a version since this one was opened: whose it is, what came out, and how to go on without loss."""
    if base.newest == base.version or base.hidden:
        return
    theirs = store().scenarios.get(base.id)
    st.warning(plain(told(_theirs_said(theirs))), icon=":material/group:")
    st.button(
        tell("Save yours after theirs, as version {version}", version=str(theirs.version + 1)),
        icon=":material/low_priority:", key="choice_after", on_click=_after, args=(theirs,),
        help=tell("Their version stays as it is and can be looked at; yours becomes the newest, once you save it."),
    )  # fmt: skip


def _theirs_said(theirs: Scenario) -> str:
    whole = result_of(theirs).whole
    worth = DASH if whole is None or whole.conflict else money(whole.value, theirs.currency)
    return message(
        "{who} saved version {version} of {name} since you opened it (proposals done: {done}; expected NPV: {worth}). Nothing of yours is lost: save it after theirs, or as a new scenario.",
        who=theirs.saved_by or message("Somebody"), version=str(theirs.version), name=theirs.name,
        done=str(len(result_of(theirs).done)), worth=worth,
    )  # fmt: skip


def _after(theirs: Scenario) -> None:
    """What was typed stays in its fields; the next version is saved after the one that was just told of."""
    st.query_params[BASE] = f"{theirs.id}:{theirs.version}"


def _save(act: Callable[[], Scenario]) -> None:
    try:
        made = act()
    except StaleScenario:
        # The page drawn anew tells who was faster, and how to go on.
        st.rerun()
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
