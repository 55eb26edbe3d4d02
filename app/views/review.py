"""Review: the assessment as a memo, its exports, and the decision."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import pandas as pd
import streamlit as st

from app.exports.notes import MOST_DECISIONS, decision_notes, edition, summary_of
from app.exports.panel import exports
from app.fields.words import plain, short_plain
from app.session.language import chosen_language
from app.session.navigation import Page, choose_first, link
from app.session.shared import assess_cached, store
from app.session.workspace import Workspace, chosen_proposal
from app.views.decisions import decision_card
from app.views.parts import on_demand
from app.views.parts.badge import badge
from app.views.parts.blocks import draw_section
from app.views.parts.decision_form import decision_form
from scoping import Assessment
from scoping.reports import Summary, summarise

_LONGEST_TRAIL = 50
# Sections of the memo that this page tells in its own way.
_ELSEWHERE = ("decisions", "firmness")


def draw() -> None:
    """The memo on the left of the mind: verdict first, then why."""
    workspace = chosen_proposal()
    if workspace is None:
        choose_first()
        return
    assessment = assess_cached(workspace.proposal)
    decisions = store().decisions(workspace.id, size=MOST_DECISIONS).rows
    notes = decision_notes(decisions)
    summary = summarise(workspace.proposal, assessment, notes, chosen_language(), edition(workspace.saved.version))
    _head(workspace, summary)
    exports(summary.title, partial(summary_of, store(), workspace.id, chosen_language()))
    for section in summary.memo.sections:
        if section.id not in _ELSEWHERE:
            draw_section(section)
        if section.id == "verdict":
            _remarks(summary)
            on_demand.firmness(workspace)
        if section.id == "learn_first":
            on_demand.pilot_size(workspace)
    st.caption(plain(summary.memo.footnote))
    _decide(workspace, assessment)
    for decision in decisions:
        decision_card(decision, with_title=False)
    _history(workspace)


def _head(workspace: Workspace, summary: Summary) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(short_plain(summary.title, 110), anchor=False)
        link("proposal", "Edit", ":material/edit_note:", proposal=workspace.id)
    with st.container(horizontal=True, vertical_alignment="center"):
        badge(summary.memo.verdict.recommendation, summary.memo.verdict.said)
        st.caption(plain(" · ".join(f"{label}: {value}" for label, value in summary.memo.all_facts)))
    if workspace.drafts:
        st.warning(
            f"{len(workspace.drafts)} entries are not saved yet and not part of this memo.", icon=":material/error:"
        )
    if summary.memo.lead:
        st.text(summary.memo.lead)


def _remarks(summary: Summary) -> None:
    """Remarks on the figures."""
    remarks = summary.memo.firmness.remarks if summary.memo.firmness else ()
    if remarks:
        st.markdown("\n".join(f"- {plain(each)}" for each in remarks))


def _decide(workspace: Workspace, assessment: Assessment) -> None:
    st.subheader("Decision", anchor="decision", divider="gray")
    decision_form(workspace, assessment)


def _history(workspace: Workspace) -> None:
    opened = st.expander(
        "History: revisions and who did what", icon=":material/history:", on_change="rerun", key="history"
    )
    if not opened.open:
        return
    with opened:
        _revisions(workspace)
        _trail(workspace)


def _revisions(workspace: Workspace) -> None:
    found = store().revisions(workspace.id, page=int(st.session_state.get("revisions_page", 1)))
    rows = [
        {"Version": each.version, "Saved": _moment(each.saved_at), "By": each.saved_by, "Changed": ", ".join(each.changed)}
        for each in found.rows
    ]  # fmt: skip
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Revisions")
    if found.pages > 1:
        st.pagination(found.pages, key="revisions_page")


def _trail(workspace: Workspace) -> None:
    rows = [
        {"When": _moment(each.at), "Who": each.actor, "What": each.action, "Detail": each.detail}
        for each in store().audit(workspace.id, size=_LONGEST_TRAIL).rows
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Audit trail")


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


PAGE = Page(
    url="review",
    title="Review",
    icon=":material/fact_check:",
    help="The assessment of one proposal as a memo: charts, exports, decision.",
    place=30,
    draw=draw,
)
