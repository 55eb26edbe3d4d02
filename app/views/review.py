"""Review: the assessment as a memo, its exports, and the decision."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from app.exports.notes import MOST_DECISIONS, decision_notes, edition, summary_of
from app.exports.panel import exports
from app.fields.commented import mark
from app.fields.words import plain, short_plain
from app.session.language import chosen_language, tell, tell_count
from app.session.navigation import Page, choose_first, link
from app.session.opened import chosen_proposal
from app.session.shared import assess_cached, store
from app.session.workspace import Workspace
from app.views.parts import on_demand
from app.views.parts.badge import badge
from app.views.parts.blocks import draw_section
from app.views.parts.comments import counted, memo_comments, open_thread
from app.views.parts.deciding_on import subject_of
from app.views.parts.decision_card import decision_card
from app.views.parts.decision_form import decision_form
from app.views.parts.decision_withdrawal import withdrawal_form
from app.views.parts.links import links
from app.views.parts.reviewing import reviewing
from app.views.parts.since import since_last_look
from app.views.parts.waiting import typed_elsewhere
from db import Decision, Review, Store
from scoping import Assessment
from scoping.reports import Summary, summarise
from scoping.text.languages import Language, message
from scoping.text.places import section_place

# Sections of the memo that this page tells in its own way.
_ELSEWHERE = ("advice", "decisions", "firmness")


def draw() -> None:
    """The memo on the left of the mind: verdict first, then why."""
    workspace = chosen_proposal()
    if workspace is None:
        choose_first()
        return
    open_thread(workspace, PAGE.url)
    assessment = assess_cached(workspace.proposal)
    decisions = store().decisions(workspace.id, size=MOST_DECISIONS).rows
    rounds = store().reviewing.rounds(workspace.id)
    about = edition(workspace.saved.version, rounds)
    summary = summarise(workspace.proposal, assessment, decision_notes(decisions), chosen_language(), about)
    _head(workspace, summary)
    since_last_look(workspace)
    comments = counted(workspace)
    exports(
        summary.title, partial(_summary, store(), workspace.id, chosen_language()), comments.open + comments.resolved
    )
    memo_comments(workspace, [section.id for section in summary.memo.sections], comments)
    for section in summary.memo.sections:
        if section.id not in _ELSEWHERE:
            draw_section(section, mark(comments.open_by_place.get(section_place(section.id), 0)))
        if section.id == "verdict":
            _remarks(summary)
            on_demand.firmness(workspace)
        if section.id == "learn_first":
            on_demand.pilot_size(workspace)
    st.caption(plain(summary.memo.footnote))
    reviewing(workspace, rounds)
    _decide(workspace, assessment, decisions, rounds)
    for decision in decisions:
        decision_card(decision, with_title=False)
        withdrawal_form(workspace, decision)


def _summary(here: Store, identity: str, language: Language, with_comments: bool) -> Summary:
    return summary_of(here, identity, language, with_comments=with_comments)


def _head(workspace: Workspace, summary: Summary) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(short_plain(summary.title, 110), anchor=False)
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            links(workspace)
            link("history", tell("History"), ":material/history:", proposal=workspace.id)
            link("actuals", tell("Actuals"), ":material/monitoring:", proposal=workspace.id)
            link("proposal", tell("Edit"), ":material/edit_note:", proposal=workspace.id)
    with st.container(horizontal=True, vertical_alignment="center"):
        badge(summary.memo.verdict.recommendation, summary.memo.verdict.said)
        st.caption(plain(" · ".join(f"{label}: {value}" for label, value in summary.memo.all_facts)))
    if unsaved := workspace.unsaved:
        said = tell_count(
            "{count} entry is not saved yet and not part of this memo.",
            "{count} entries are not saved yet and not part of this memo.",
            len(unsaved),
        )
        st.warning(said, icon=":material/error:")
    if summary.memo.lead:
        st.text(summary.memo.lead)


def _remarks(summary: Summary) -> None:
    """Remarks on the figures."""
    remarks = summary.memo.firmness.remarks if summary.memo.firmness else ()
    if remarks:
        st.markdown("\n".join(f"- {plain(each)}" for each in remarks))


def _decide(
    workspace: Workspace, assessment: Assessment, decisions: Sequence[Decision], rounds: Sequence[Review]
) -> None:  # fmt: skip
    st.header(tell("Decision"), anchor="decision", divider="gray")
    typed_elsewhere(workspace)
    under_review = rounds[0] if rounds and rounds[0].is_open else None
    decision_form(subject_of(workspace, assessment, under_review), decisions[0] if decisions else None)


PAGE = Page(
    url="review",
    title=message("Review"),
    icon=":material/fact_check:",
    help=message("The assessment of one proposal as a memo: charts, exports, decision."),
    place=30,
    draw=draw,
)
