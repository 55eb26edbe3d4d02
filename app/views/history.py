"""History: who saved what when, in words; any two versions compared; any of them restored as a new one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pandas as pd
import streamlit as st

from app.exports.notes import MOST_DECISIONS
from app.exports.trail import ACTIONS
from app.fields.panel import waiting_panel
from app.fields.words import plain, short_plain
from app.session import address
from app.session.language import tell, tell_count, told
from app.session.navigation import Page, choose_first, link
from app.session.opened import chosen_proposal
from app.session.shared import store
from app.session.workspace import Workspace
from app.views.parts.badge import badge
from app.views.parts.changes import MOST_SHOWN, told_changes
from app.views.parts.decision_card import chain_told, sentence, state_badge
from app.views.parts.notices import refusal
from app.views.parts.since import SINCE, changes_since
from app.views.parts.undo_bar import undo_bar
from db import AuditAction, Revision
from scoping import GroundworkError
from scoping.reports.changes import Change, changes_between
from scoping.text.languages import message
from scoping.text.wording import moment

_SIZE = 10


def draw() -> None:
    """The versions, newest first."""
    workspace = chosen_proposal()
    if workspace is None:
        choose_first()
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(tell("History of {title}", title=short_plain(workspace.proposal.title, 90)), anchor=False)
        with st.container(horizontal=True, width="content"):
            link("proposal", tell("Edit"), ":material/edit_note:", proposal=workspace.id)
            link("review", tell("Review"), ":material/fact_check:", proposal=workspace.id)
    st.caption(tell("Every version is kept. To restore one saves it again as the newest; nothing is deleted."))
    with st.bottom:
        undo_bar(workspace)
    _since(workspace)
    _decisions(workspace)
    _compare(workspace)
    _versions(workspace)
    _trail(workspace)


def _since(workspace: Workspace) -> None:
    """What changed after the version that the address names, by person and by field."""
    newest = workspace.saved.version
    if SINCE not in st.query_params or newest < 2:
        return
    version = min(address.page(SINCE), newest)
    st.header(tell("Since version {version}", version=str(version)), anchor=False, divider="gray")
    found = changes_since(workspace, version)
    if not found:
        st.caption(tell("Nothing that a reader would see"))
    for each in found:
        st.markdown(f"**{short_plain(each.who, 60) or tell('Someone')}**")
        told_changes(each.changes, f"{workspace.id}:since:{each.who}")


def _decisions(workspace: Workspace) -> None:
    """The chain of decisions, the newest first, and which one stands."""
    found = store().decisions(workspace.id, size=MOST_DECISIONS).rows
    if not found:
        return
    st.header(tell("Decisions"), anchor=False, divider="gray")
    for each in found:
        with st.container(horizontal=True, vertical_alignment="center"):
            state_badge(each)
            badge(each.outcome)
        st.markdown(sentence(each))
        chain_told(each)


def _versions(workspace: Workspace) -> None:
    st.header(tell("Versions"), anchor=False, divider="gray")
    found = store().revisions(workspace.id, page=address.page(), size=_SIZE)
    for revision, before in zip(found.rows, _earlier(workspace, found.rows), strict=True):
        _version(workspace, revision, before)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(tell_count("{count} version", "{count} versions", found.total))
        address.pages(found.pages)


def _earlier(workspace: Workspace, rows: Sequence[Revision]) -> list[Revision | None]:
    """The version before each of these; none before the first."""
    last = rows[-1] if rows else None
    first = None if last is None or last.version == 1 else store().revision(workspace.id, last.version - 1)
    return [*rows[1:], first] if rows else []


def _version(workspace: Workspace, revision: Revision, before: Revision | None) -> None:
    with st.container(border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            who = short_plain(revision.saved_by, 60) or tell("Someone")
            st.markdown(
                tell("**Version {version}**, {who}, {moment}", version=str(revision.version), who=who, moment=_moment(revision.saved_at))
            )  # fmt: skip
            if revision.version == workspace.saved.version:
                st.badge(tell("The newest"), icon=":material/check:", color="green")
            elif st.button(
                tell("Restore version {version}", version=str(revision.version)),
                icon=":material/settings_backup_restore:",
                key=f"restore:{revision.version}",
                type="tertiary",
            ):
                _restore(workspace, revision.version)
        if before is None:
            st.caption(tell("The first version"))
            return
        told_changes(changes_between(before.proposal, revision.proposal), f"{workspace.id}:{revision.version}")


def _compare(workspace: Workspace) -> None:
    """Any two versions, field by field; which two stands in the address."""
    newest = workspace.saved.version
    if newest < 2:
        return
    st.header(tell("Compare two versions"), anchor=False, divider="gray")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = address.number_field("from", tell("Version"), newest - 1, newest)
        second = address.number_field("to", tell("with version"), newest, newest)
    earlier, later = (store().revision(workspace.id, number) for number in (first, second))
    found = changes_between(earlier.proposal, later.proposal)
    with st.expander(
        tell_count("{count} field differs", "{count} fields differ", len(found)),
        expanded=bool({"from", "to"} & {*st.query_params}),
    ):
        for number, each in enumerate(found[:MOST_SHOWN]):
            _two_sides(each, first, second, number)
        if not found:
            st.caption(tell("The two say the same."))
        if len(found) > MOST_SHOWN:
            st.caption(tell("The first {count} changes of the version.", count=str(MOST_SHOWN)))


def _two_sides(change: Change, first: int, second: int, number: int) -> None:
    """One field in both versions; each value says which version it is of, however narrow the page."""
    st.markdown(f"**{plain(told(change.label))}**")
    columns = st.columns(2)
    for column, version, value in zip(columns, (first, second), (change.old, change.new), strict=True):
        column.caption(tell("Version {version}", version=str(version)))
        column.text(told(value) or tell("(empty)"))
    if number < MOST_SHOWN:
        st.divider()


def _restore(workspace: Workspace, version: int) -> None:
    try:
        workspace.restore(version)
    except GroundworkError as refused:
        st.error(refusal(refused), icon=":material/error:")
        return
    st.toast(tell("Version {version} is the newest again", version=str(version)), icon=":material/undo:")
    st.rerun()


def _trail(workspace: Workspace) -> None:
    panel = waiting_panel(tell("Who did what"), ":material/list_alt:", "trail")
    if panel is None:
        return
    with panel:
        found = store().audit(workspace.id, page=address.page("trail"))
        rows = [
            {
                tell("When"): _moment(each.at),
                tell("Who"): each.actor if each.is_verified else tell("{name} (name typed)", name=each.actor or "–"),
                tell("What"): _action(each.action),
                tell("Detail"): each.detail,
            }
            for each in found.rows
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, alt=tell("Audit trail"))
        address.pages(found.pages, "trail")


def _action(action: AuditAction) -> str:
    return told(ACTIONS[action])


def _moment(at: datetime) -> str:
    return told(moment(at))


PAGE = Page(
    url="history",
    title=message("History"),
    icon=":material/history:",
    help=message("Every version of one proposal: who changed what, compared, restored."),
    place=35,
    draw=draw,
    in_menu=False,
)
