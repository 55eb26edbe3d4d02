"""Proposal: one proposal, step by step. Every change is saved as soon as it is made."""

from __future__ import annotations

import streamlit as st

from app.fields.words import plain, short_plain
from app.session.language import tell
from app.session.navigation import Page, choose_first, go, link
from app.session.remembered import held
from app.session.shared import appraise_cached
from app.session.workspace import Workspace, chosen_proposal
from app.views.parts.conflict import conflict_panel
from app.views.parts.step import Step, steps
from app.views.parts.strip import strip
from app.views.parts.undo_bar import undo_bar
from scoping.text.labels import label_of

_CHOSEN = "step_choice"


def draw() -> None:
    """The strip, the steps, and the fields of one step."""
    workspace = chosen_proposal()
    if workspace is None:
        choose_first()
        return
    _head(workspace)
    if workspace.conflict is not None:
        conflict_panel(workspace)
        return
    step = _chosen_step(workspace)
    # Always there, empty or not: what came in between would push the fields to other places, and the browser would
    # draw them anew under the hands of whoever types.
    with st.container():
        if workspace.news:
            st.info(plain(workspace.news), icon=":material/sync:")
            st.toast(plain(workspace.news), icon=":material/sync:")
            workspace.news = ""
    undo_bar(workspace)
    step.draw(workspace)
    _turn(step, workspace)
    # In sight on every step, and last in time: the fields must not wait for it.
    with st.bottom:
        strip(workspace.proposal, appraise_cached(workspace.proposal))


def _head(workspace: Workspace) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(short_plain(workspace.proposal.title, 90), anchor=False)
        with st.container(horizontal=True, width="content"):
            link("history", tell("History"), ":material/history:", proposal=workspace.id)
            link("review", "Review and export", ":material/fact_check:", proposal=workspace.id)
    unsaved = len(workspace.unsaved)
    if unsaved:
        named = ", ".join(plain(label_of(workspace.proposal, path)) for path in workspace.unsaved[:5])
        st.caption(f":red[{unsaved} entr{'y' if unsaved == 1 else 'ies'} not saved yet: {named}]")
    else:
        by = f" by {short_plain(workspace.saved.saved_by, 40)}" if workspace.saved.saved_by else ""
        st.caption(
            f":material/cloud_done: All changes saved · version {workspace.saved.version}{by}, {workspace.saved.saved_at:%d %b %Y %H:%M} UTC"
        )


def _chosen_step(workspace: Workspace) -> Step:
    """The step that the address names; choosing another one changes the address."""
    known = steps()
    named = st.query_params.get("step", "")
    step = named if named in known else next(iter(known))
    st.session_state[_CHOSEN] = step
    titles = {name: each.progress(workspace.proposal) for name, each in known.items()}
    st.segmented_control(
        "Step",
        list(known),
        key=_CHOSEN,
        default=step,
        format_func=titles.__getitem__,
        label_visibility="collapsed",
        required=True,
        wrap=True,
        on_change=_choose,
    )
    return known[step]


def _choose() -> None:
    st.query_params["step"] = held(_CHOSEN)


def _turn(step: Step, workspace: Workspace) -> None:
    """On to the next step, or back."""
    order = list(steps().values())
    here = order.index(step)
    st.space("small")
    with st.container(horizontal=True):
        if here > 0:
            before = order[here - 1]
            if st.button(f"Back: {before.title}", icon=":material/arrow_back:", key="back"):
                go("proposal", proposal=workspace.id, step=before.name)
        if here + 1 < len(order):
            after = order[here + 1]
            if st.button(f"Next: {after.title}", icon=":material/arrow_forward:", key="next", type="primary"):
                go("proposal", proposal=workspace.id, step=after.name)
        elif st.button("Next: Review", icon=":material/fact_check:", key="next", type="primary"):
            go("review", proposal=workspace.id)


PAGE = Page(
    url="proposal",
    title="Proposal",
    icon=":material/edit_note:",
    help="Fill in one proposal, step by step. Every change is saved at once.",
    place=20,
    draw=draw,
)
