"""To submit the saved version of a proposal for review: what is missing, who is asked, and a note for them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.fields.words import plain
from app.session.browser import times_focused
from app.session.language import tell, tell_count, told
from app.session.navigation import link
from app.session.person import person
from app.session.shared import appraise_cached, store
from app.session.workspace import Workspace
from app.views.parts.missing import missing_line
from app.views.parts.notices import refusal
from app.views.parts.stage import stage_badge, standing_of
from app.views.parts.unfinished import sent, unfinished_text
from app.views.parts.who import name_field
from db import Action, Function
from scoping import GroundworkError
from scoping.text.languages import listed, message
from scoping.text.reviewing import function_title
from scoping.verdict import is_assessed
from scoping.vocabulary import Stage

_NOTE = "submission"


def submitting(workspace: Workspace) -> None:
    """The panel, for who may submit."""
    if workspace.is_away or Action.SUBMIT not in workspace.allowed():
        return
    # One face, whatever is chosen within: a panel whose button changes is another panel to the framework, and shut.
    panel = st.popover(
        tell("Submit"),
        icon=":material/send:",
        type="tertiary",
        on_change="rerun",
        key=f"{workspace.id}:submit:{times_focused()}",
    )
    if panel.open:
        with panel:
            _panel(workspace)


def stage_line(workspace: Workspace) -> None:
    """On the Proposal page: the stage, and that what was saved since the submission is not under review."""
    standing = standing_of(workspace)
    if standing is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", width="content"):
        stage_badge(standing.stage)
        if standing.stage is Stage.IDEA:
            link("ideas", tell("Waits to be taken up"), ":material/lightbulb:")
        if standing.version is not None and standing.version != workspace.saved.version:
            said = tell(
                "Version {version} is under review; what changed since is not. Submit again to have it looked at.",
                version=str(standing.version),
            )
            st.caption(said, width="content")


def _panel(workspace: Workspace) -> None:
    version = workspace.saved.version
    standing = standing_of(workspace)
    if standing is not None and standing.stage is Stage.IDEA:
        st.markdown(tell("This is an idea: it can be submitted once somebody has taken it up."))
        link("ideas", tell("To the ideas"), ":material/lightbulb:")
        return
    if standing is not None and standing.version == version:
        st.markdown(tell("Version {version} is under review.", version=str(version)))
        link("review", tell("To its advice"), ":material/fact_check:", proposal=workspace.id)
        return
    st.markdown(
        tell("Version {version} goes under review. Later edits do once you submit again.", version=str(version))
    )
    _what_is_missing(workspace)
    if workspace.unsaved or workspace.is_waiting:
        st.info(tell("This can be submitted once everything is saved."), icon=":material/cloud_off:")
        return
    asked = _asked(workspace, store().review_settings.functions())
    note = unfinished_text(workspace, _NOTE, tell("Note to those who are asked"))
    if not store().person.is_signed_in:
        name_field("submit_name", message("Stands beside what you submit."))
    label = tell("Submit version {version}", version=str(version))
    # By its version: a click on what was shown must not submit what somebody saved meanwhile.
    if st.button(label, type="primary", icon=":material/send:", key=f"submit_now:{version}"):
        _submit(workspace, version, asked, note)


def _what_is_missing(workspace: Workspace) -> None:
    """It may be submitted all the same: somebody may want advice on half of it."""
    assessment = appraise_cached(workspace.proposal)
    if not is_assessed(assessment.verdict.recommendation, has_figures=assessment.has_figures):
        st.caption(tell("No alternative can be valued yet: this can be advised on, and not decided."))
    if missing := assessment.missing:
        st.caption(tell_count("{count} thing is missing:", "{count} things are missing, first:", len(missing)))
        missing_line(workspace, missing)


def _asked(workspace: Workspace, functions: Sequence[Function]) -> list[str]:
    always = [each.name for each in functions if each.is_always]
    if always:
        names = told(listed([function_title(each) for each in always]))
        st.caption(tell("Always asked: {functions}.", functions=plain(names)))
    others = [each.name for each in functions if not each.is_always]
    if not others:
        return []
    # Whoever was asked about the last round is asked again, unless somebody thinks otherwise.
    before = next(iter(store().reviewing.rounds(workspace.id)), None)
    again = [each for each in others if before and each in before.asked]
    chosen = st.pills(
        tell("Ask for advice"),
        others,
        selection_mode="multi",
        default=again,
        format_func={each: plain(told(function_title(each))) for each in others}.__getitem__,
        key=f"asked:{workspace.id}:{before.number if before else 0}",
    )
    return [*chosen]


def _submit(workspace: Workspace, version: int, asked: Sequence[str], note: str) -> None:
    try:
        store().reviewing.submit(workspace.id, version, asked, note, person())
    except GroundworkError as refused:
        st.error(refusal(refused), icon=":material/error:")
        return
    sent(workspace, _NOTE)
    st.toast(tell("Version {version} is under review", version=str(version)), icon=":material/send:")
    st.rerun()
