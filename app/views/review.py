"""Review: the assessment as a memo, its exports, and the decision."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import pandas as pd
import streamlit as st

from app.charts.draw import chart
from app.exports.notes import MOST_DECISIONS, decision_notes, summary_of
from app.exports.panel import exports
from app.fields.words import plain, short, short_plain
from app.session.language import chosen_language
from app.session.navigation import Page, choose_first, link
from app.session.shared import assess_cached, assess_in_full_cached, store
from app.session.workspace import Workspace, chosen_proposal
from app.views.decisions import decision_card
from app.views.parts.badge import badge
from app.views.parts.decision_form import decision_form
from scoping import Assessment
from scoping.reports import Summary, firmness_told, summarise
from scoping.reports.blocks import (
    Block,
    Bullets,
    Figure,
    KeyFigures,
    Paragraph,
    Table,
)

_CHARTS_SIDE_BY_SIDE = 2
_LONGEST_TRAIL = 50
_LONGEST_FACT = 80
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
    summary = summarise(workspace.proposal, assessment, decision_notes(decisions), chosen_language())
    _head(workspace, summary)
    exports(summary.title, partial(summary_of, store(), workspace.id, chosen_language()))
    for section in summary.memo.sections:
        if section.id not in _ELSEWHERE:
            _section(section.title, section.blocks, section.id)
        if section.id == "verdict":
            _firmness(workspace, summary)
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
        st.caption(
            plain(" · ".join(f"{label}: {short(value, _LONGEST_FACT)}" for label, value in summary.memo.all_facts))
        )
    if workspace.drafts:
        st.warning(
            f"{len(workspace.drafts)} entries are not saved yet and not part of this memo.", icon=":material/error:"
        )
    if summary.memo.lead:
        st.text(summary.memo.lead)


def _firmness(workspace: Workspace, summary: Summary) -> None:
    """Remarks on the figures; how firm the verdict is takes seconds to work out, so it waits to be opened."""
    remarks = summary.memo.firmness.remarks if summary.memo.firmness else ()
    if remarks:
        st.markdown("\n".join(f"- {plain(each)}" for each in remarks))
    panel = st.expander(
        "How firm is the verdict, and what would change it?",
        icon=":material/balance:",
        key=f"{workspace.id}:firmness",
        on_change="rerun",
    )
    if not panel.open:
        return
    with panel, st.spinner("Trying other seeds and other values"):
        part = firmness_told(assess_in_full_cached(workspace.proposal), chosen_language())
        if part is None:
            st.caption("The verdict does not rest on figures: a gate or a missing answer decides it.")
            return
        section = part.section()
        for block in section.blocks:
            _block(block, section.title)


def _section(title: str, blocks: tuple[Block, ...], identity: str) -> None:
    st.subheader(plain(title), anchor=identity, divider="gray")
    figures = [block for block in blocks if isinstance(block, Figure)]
    if figures:
        _figures(figures)
        return
    for block in blocks:
        _block(block, title)


def _figures(figures: list[Figure]) -> None:
    """Charts in pairs where there is room, one below the other where there is not."""
    with st.grid(_CHARTS_SIDE_BY_SIDE, min_column_width=480, gap="medium") as grid:
        for figure in figures:
            with grid.cell():
                chart(figure, f"chart:{figure.id}")


def _block(block: Block, title: str) -> None:
    match block:
        case Paragraph(text, muted):
            st.caption(plain(text)) if muted else st.text(text)
        case Bullets(items):
            st.markdown("\n".join(f"- {plain(item)}" for item in items))
        case KeyFigures(figures):
            with st.grid(4, min_column_width=200):
                for figure in figures:
                    with st.container(border=True, height="stretch"):
                        st.metric(figure.label, figure.value)
                        st.caption(plain(figure.detail))
        case Table():
            if block.title != title:
                st.markdown(f"**{plain(block.title)}**")
            _table(block)


def _table(table: Table) -> None:
    """A real table: its text wraps, is read aloud, and prints."""
    rules = ["---:" if index in table.numeric else ":---" for index in range(len(table.columns))]
    rows = (map(plain, table.columns), rules, *(_cells(table, row) for row in table.rows))
    st.markdown("\n".join(f"| {' | '.join(row)} |" for row in rows))


def _cells(table: Table, row: tuple[str, ...]) -> list[str]:
    """Numbers are not broken over two lines."""
    return [
        plain(cell).replace(" ", "\N{NO-BREAK SPACE}") if index in table.numeric else plain(cell)
        for index, cell in enumerate(row)
    ]


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
