"""Evidence documents and the proposal: those that are attached, one that was made elsewhere, and taking one out."""

from __future__ import annotations

import streamlit as st

from app.fields.panel import waiting_panel
from app.fields.words import plain, short_plain
from app.session.language import chosen_language, tell, told
from app.session.workspace import Workspace
from app.views.parts.blocks import draw_blocks
from scoping import DocumentRefused
from scoping.document.evidence import Evidence
from scoping.document.evidence import plain as as_plain
from scoping.document.evidence.reading import read_evidence
from scoping.document.paths import Path
from scoping.document.refusal import problem_said
from scoping.reports import measured_told
from scoping.text.wording import day

_EVIDENCE = Path.of("evidence")
_LONGEST_NAME, _PROBLEMS_SHOWN = 60, 10


def attached(workspace: Workspace) -> None:
    """Each evidence document that the proposal carries, with its account, and a way to take it out."""
    for index, each in enumerate(workspace.proposal.evidence):
        _one(workspace, index, each)


def _one(workspace: Workspace, index: int, evidence: Evidence) -> None:
    name = short_plain(evidence.source.name, _LONGEST_NAME)
    title = tell("{name}, {day}", name=name, day=told(day(evidence.made.on)))
    panel = waiting_panel(title, ":material/insights:", f"{workspace.id}:evidence:{evidence.id or index}")
    if panel is None:
        return
    proposal = workspace.proposal
    with panel:
        budget = proposal.operations.latency_ms.budget
        draw_blocks(measured_told(evidence, budget, proposal.currency, chosen_language()), in_order=True)
        if st.button(
            tell("Take out of the proposal"), icon=":material/delete:", key=workspace.key(f"evidence.{index}:remove")
        ):
            if workspace.remove_row(_EVIDENCE / str(index)).is_taken:
                st.rerun()
            _complain(workspace)


def attach(workspace: Workspace, evidence: Evidence) -> bool:
    """Save the proposal with one evidence document more; False, with the reason on the page, where it is not saved."""
    now = workspace.document.get("evidence", [])
    if any(each.id and each.id == evidence.id for each in workspace.proposal.evidence):
        st.info(tell("This evidence is attached already."))
        return False
    if workspace.set(_EVIDENCE, [*now, as_plain(evidence)], "").is_taken:
        return True
    _complain(workspace)
    return False


def _complain(workspace: Workspace) -> None:
    draft = workspace.drafts.get(_EVIDENCE)
    st.error(plain(draft.problem) if draft else tell("Not saved: first choose between the two versions, under Edit."))


def upload_evidence(workspace: Workspace) -> None:
    """An evidence document that was made where the data is."""
    again = f"{workspace.id}:evidence:times"
    file = st.file_uploader(
        tell("Evidence document (JSON)"), type="json", key=f"{workspace.id}:evidence:{st.session_state.get(again, 0)}"
    )
    if file is None:
        return
    try:
        evidence = read_evidence(file.getvalue())
    except DocumentRefused as refused:
        st.error(tell("This is no evidence document:"), icon=":material/error:")
        st.markdown("\n".join(f"- {plain(told(problem_said(each)))}" for each in refused.problems[:_PROBLEMS_SHOWN]))
        return
    if attach(workspace, evidence):
        st.session_state[again] = st.session_state.get(again, 0) + 1
        st.rerun()
