"""Proposal: one proposal, step by step. Every change is saved as soon as it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.fields.commented import mark
from app.fields.own import own_fields
from app.fields.words import plain, short_plain
from app.session.browser import is_narrow
from app.session.comments import Tallies
from app.session.language import tell, tell_count, told
from app.session.navigation import Page, choose_first, go, link
from app.session.opened import chosen_proposal
from app.session.shared import appraise_cached
from app.session.workspace import Workspace
from app.views.parts.comments import all_comments, counted, open_at_step, open_thread, step_comments
from app.views.parts.editing import may_be_changed
from app.views.parts.missing import open_field
from app.views.parts.sharing import sharing
from app.views.parts.since import since_last_look
from app.views.parts.step import PART, Step, steps
from app.views.parts.strip import strip
from app.views.parts.submitting import stage_line, submitting
from app.views.parts.tabs import tabs
from app.views.parts.undo_bar import undo_bar
from app.views.parts.waiting import typed_elsewhere
from app.views.parts.who import ask_who
from scoping.text.labels import label_of
from scoping.text.languages import message
from scoping.text.wording import moment

_SHOWN = "step_shown"
_NAMED_AT_MOST, _LONGEST_NAME, _LONGEST_TITLE = 5, 40, 90


def draw() -> None:
    """The steps, the fields of one step, and what follows from them."""
    workspace = chosen_proposal()
    if workspace is None:
        choose_first()
        return
    open_thread(workspace, PAGE.url)
    open_field(workspace)
    _head(workspace)
    if not may_be_changed(workspace):
        if workspace.conflict is None:
            all_comments(workspace)
        return
    comments = counted(workspace)
    step = _chosen_step(workspace, comments)
    with st.container(horizontal=True, vertical_alignment="center"):
        stage_line(workspace)
        with st.container():
            _status(workspace)
    comments_place = st.container()
    # What comes and goes has a place of its own: elements that change places are drawn anew, under a finger that is
    # pressing them, or under the hands of whoever types.
    with st.container():
        since_last_look(workspace)
        if workspace.news:
            st.info(plain(workspace.news), icon=":material/sync:")
            st.toast(plain(workspace.news), icon=":material/sync:")
            workspace.news = ""
        typed_elsewhere(workspace)
    with st.bottom:
        with st.container():
            undo_bar(workspace)
            ask_who(workspace)
        # In sight on every step.
        place = st.container()
        # Below everything, where nothing moves them when a field is left and something is said about it.
        beside = _turn(step, workspace)
    # Figures that change do not wait for fields that are there already; a step that opens does not wait for figures.
    is_open = _is_open_already(workspace, step)
    if is_open:
        _figures(workspace, place, beside)
    step.draw(workspace)
    own_fields(workspace, step.name)
    if not is_open:
        _figures(workspace, place, beside)
    with comments_place:
        step_comments(workspace, step, comments)


def _is_open_already(workspace: Workspace, step: Step) -> bool:
    """Whether the browser shows this step of this proposal since an earlier run."""
    before, st.session_state[_SHOWN] = st.session_state.get(_SHOWN), (workspace.id, step.name)
    return bool(before == st.session_state[_SHOWN])


def _figures(workspace: Workspace, place: DeltaGenerator, beside: DeltaGenerator) -> None:
    with place:
        strip(workspace, appraise_cached(workspace.proposal), beside)


def _head(workspace: Workspace) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(short_plain(workspace.proposal.title, _LONGEST_TITLE), anchor=False)
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            sharing(workspace)
            submitting(workspace)
            link("history", tell("History"), ":material/history:", proposal=workspace.id)
            link("review", tell("Review and export"), ":material/fact_check:", proposal=workspace.id)


def _status(workspace: Workspace) -> None:
    """Whether everything is saved. It stands below the steps, which must not move when it grows."""
    unsaved = workspace.unsaved
    if unsaved:
        named = ", ".join(told(label_of(workspace.proposal, path)) for path in unsaved[:_NAMED_AT_MOST])
        said = tell_count(
            "{count} entry is not saved yet: {named}", "{count} entries are not saved yet: {named}", len(unsaved), named=named
        )  # fmt: skip
        # A caption would be too dim for the line that matters most.
        st.markdown(f":small[:red[{plain(said)}]]")
        return
    when = moment(workspace.saved.saved_at)
    version, by = str(workspace.saved.version), short_plain(workspace.saved.saved_by, _LONGEST_NAME)
    said = (
        tell("All changes saved · version {version} by {by}, {when}", version=version, by=by, when=when)
        if by
        else tell("All changes saved · version {version}, {when}", version=version, when=when)
    )
    st.caption(f":material/cloud_done: {said}")


def _chosen_step(workspace: Workspace, comments: Tallies) -> Step:
    """The step that the address names; choosing another one changes the address."""
    titles = {
        name: f"{each.progress(workspace.proposal)}{mark(open_at_step(comments, each))}"
        for name, each in steps().items()
    }
    return steps()[tabs(tell("Step"), "step", titles, _choose)]


def _choose(step: str) -> None:
    st.query_params["step"] = step
    st.query_params.pop(PART, None)


@dataclass(frozen=True)
class _Place:
    """A place on the way through the steps: a step, or one part of it. `is_due` asks to stop there."""

    step: str
    part: str
    title: str
    is_due: bool = True


def _way(workspace: Workspace) -> list[_Place]:
    return [place for step in steps().values() for place in _places(step, workspace)]


def _places(step: Step, workspace: Workspace) -> list[_Place]:
    """The first part of a step is where it begins, whatever is done there already."""
    stops = list(step.stops(workspace.proposal).items())
    return [
        _Place(step.name, part, stop.title, is_due=index == 0 or stop.is_open)
        for index, (part, stop) in enumerate(stops)
    ] or [_Place(step.name, "", step.title)]


def _turn(step: Step, workspace: Workspace) -> DeltaGenerator:
    """On to the next place where something is to be done, or back to the one before; returns the room between."""
    way = _way(workspace)
    here = _here(way, step)
    before, after = way[:here][-1:], [place for place in way[here + 1 :] if place.is_due][:1]
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        for place in before:
            if st.button(_titled(tell("Back"), place), icon=":material/arrow_back:", key="back"):
                _go(workspace, place)
        between = st.container(width="content" if is_narrow() else "stretch")
        for place in after:
            if st.button(_titled(tell("Next"), place), icon=":material/arrow_forward:", key="next", type="primary"):
                _go(workspace, place)
        if not after and st.button(tell("Next: Review"), icon=":material/fact_check:", key="next", type="primary"):
            go("review", proposal=workspace.id)
    return between


def _here(way: Sequence[_Place], step: Step) -> int:
    named = st.query_params.get(PART, "")
    own = [index for index, place in enumerate(way) if place.step == step.name]
    return next((index for index in own if way[index].part == named), own[0])


def _titled(word: str, place: _Place) -> str:
    return f"{word}: {plain(told(place.title))}"


def _go(workspace: Workspace, place: _Place) -> None:
    part = {PART: place.part} if place.part else {}
    go("proposal", proposal=workspace.id, step=place.step, **part)


PAGE = Page(
    url="proposal",
    title=message("Proposal"),
    icon=":material/edit_note:",
    help=message("Fill in one proposal, step by step. Every change is saved at once."),
    place=20,
    draw=draw,
)
