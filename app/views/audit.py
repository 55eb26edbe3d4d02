"""Audit trail: who did what, to which proposal, when; found, and taken out as a file."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from app.exports.offer import offer
from app.exports.trail import ACTIONS, trail_lines
from app.fields.words import short
from app.session import address
from app.session.language import chosen_language, tell, tell_count, told
from app.session.navigation import Page
from app.session.shared import store
from app.views.parts.notices import refusal
from db import Action, AuditAction, AuditEntry, AuditFilters
from db import Page as ListPage
from scoping import GroundworkError
from scoping.reports.listed import LIST_FORMATS
from scoping.reports.trail import render_trail
from scoping.text.languages import Language, message
from scoping.text.wording import moment, number

_SIZE = 25


def draw() -> None:
    """All entries that match, newest first."""
    st.title(tell("Audit trail"), anchor=False)
    st.caption(
        tell("Each entry holds the hash of the one before it: what is changed or taken out later, the check finds.")
    )
    filters = _filters()
    found = address.shown(lambda number: store().trail.entries(filters, number, _SIZE))
    if found.total:
        _table(found)
        _exports(filters)
    else:
        st.info(tell("No entry matches. Clear the search or the filters."), icon=":material/search_off:")
    _check()


def _filters() -> AuditFilters:
    """All of it stands in the address, so that a link shows the same list."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = address.search_field("search", tell("Proposal"), 220)
        people = address.several_field("by", tell("Who"), store().trail.actors(), short, tell("Anyone"))
        actions = address.several_field("what", tell("What"), [*AuditAction], _title, tell("Anything"))
        first = address.day_field("from", tell("From"))
        last = address.day_field("until", tell("Until"))
    return AuditFilters(text, tuple(people), tuple(map(AuditAction, actions)), first, last)


def _title(action: str) -> str:
    return told(ACTIONS[AuditAction(action)])


def _table(found: ListPage[AuditEntry]) -> None:
    rows = [
        {
            tell("When"): told(moment(each.at)),
            tell("Who"): each.actor if each.is_verified else tell("{name} (name typed)", name=each.actor or "–"),
            tell("What"): told(ACTIONS[each.action]),
            tell("Detail"): each.detail,
            tell("Proposal"): each.title,
        }
        for each in found.rows
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt=tell("Audit trail"), height="content")
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(_how_many(found))
        address.pages(found.pages)


def _how_many(found: ListPage[AuditEntry]) -> str:
    many = number(found.total, 0)
    if found.has_more:
        return tell("More than {many} entries", many=many)
    return tell_count("{many} entry", "{many} entries", found.total, many=many)


def _exports(filters: AuditFilters) -> None:
    """The whole list as it is filtered."""
    with st.container(horizontal=True):
        for each in LIST_FORMATS:
            make = partial(_file, filters, each.name, chosen_language())
            offer(told(each.title), make, f"groundwork-audit.{each.name}", each.media_type, f"audit:{each.name}")


def _file(filters: AuditFilters, name: str, language: Language) -> bytes:
    return render_trail(trail_lines(store(), filters), name, language)


def _check() -> None:
    """For administrators: whether the trail is whole, and what was saved and decided is what it says."""
    if not store().may(Action.MANAGE):
        return
    if not st.button(tell("Check the trail"), icon=":material/verified:", key="audit_check"):
        return
    try:
        with st.spinner(tell("Checking every entry")):
            check = store().check_trail()
    except GroundworkError as refused:
        st.error(refusal(refused), icon=":material/error:")
        return
    many = number(check.entries, 0)
    if check.is_whole:
        st.success(
            tell_count(
                "The {many} entry is whole. Last hash: {hash}",
                "All {many} entries are whole. Last hash: {hash}",
                check.entries,
                many=many,
                hash=check.head,
            ),
            icon=":material/verified:",
        )
    else:
        st.error(
            tell(
                "Not whole: {broken} of {many} entries, {saved} versions, {signed} decisions, {scenarios} scenarios and {measured} versions of actuals are not as they were written.",
                broken=str(len(check.broken)),
                many=many,
                saved=str(len(check.unsaved)),
                signed=str(len(check.unsigned)),
                scenarios=str(len(check.scenarios)),
                measured=str(len(check.unmeasured)),
            ),
            icon=":material/gpp_bad:",
        )


PAGE = Page(
    url="audit",
    title=message("Audit trail"),
    icon=":material/receipt_long:",
    help=message("Who did what, to which proposal, when."),
    place=46,
    draw=draw,
    in_menu=False,
)
