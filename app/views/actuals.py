"""Actuals: what was measured of a decided proposal, month by month, beside what was signed."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from app.charts.draw import chart
from app.exports.offer import offer
from app.fields.words import plain, short, short_plain
from app.session import address
from app.session.language import chosen_language, tell, told
from app.session.measured import compared_cached, replayed_cached, watched_cached
from app.session.navigation import Page, choose_first, link
from app.session.opened import chosen_proposal
from app.session.shared import store
from app.session.workspace import Workspace
from app.views.parts.actuals_entry import entry_part
from app.views.parts.actuals_file import file_part
from app.views.parts.actuals_terms import terms_part
from app.views.parts.badge import badge
from app.views.parts.blocks import draw_section
from app.views.parts.door import not_here
from app.views.parts.tabs import tabs
from db import Action, Measured
from scoping import DocumentRefused
from scoping.record.comparing import Fact
from scoping.record.watching import Signal
from scoping.reports.measured.beside import Comparison
from scoping.reports.measured.learned import seen_again
from scoping.reports.measured.note import opens_again
from scoping.reports.measured.telling import HEAD, WIDTHS, entry_said, lines, month_by_month
from scoping.reports.measured.telling import told as sections_of
from scoping.reports.sheets import csv_file, excel_file
from scoping.reports.spoken import spoken
from scoping.reports.workbooks import MEDIA_TYPE
from scoping.text.languages import message
from scoping.text.wording import day, moment

_VIEW, _WHAT = "view", "what"
_COMPARE, _ENTER, _FILE, _VERSIONS = "compare", "enter", "file", "versions"
_LONGEST_TITLE = 80


def draw() -> None:
    """What came of a decision; how to enter it."""
    workspace = chosen_proposal()
    if workspace is None:
        choose_first()
        return
    _head(workspace)
    measured = store().actuals.current(workspace.id)
    if measured is None:
        _nothing_decided()
        return
    _decision(measured)
    if not _has_alternative(measured):
        terms_part(measured, needs_alternative=True)
        return
    _signals(measured)
    _part(workspace, measured)


def _head(workspace: Workspace) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(tell("Actuals of {title}", title=short_plain(workspace.proposal.title, 90)), anchor=False)
        with st.container(horizontal=True, width="content"):
            link("review", tell("Review"), ":material/fact_check:", proposal=workspace.id)
            link("track", tell("Track record"), ":material/query_stats:")


def _nothing_decided() -> None:
    st.info(
        tell(
            "Once a decision is signed on this proposal, what really happens comes here, month by month: what was paid, when it went live, how good the model is, how much it is used. Each figure then stands beside the range that was signed, and the NPV is worked out anew."
        ),
        icon=":material/hourglass_empty:",
    )


def _decision(measured: Measured) -> None:
    """Against which decision this is measured, and how much is recorded."""
    decision = measured.decision
    with st.container(horizontal=True, vertical_alignment="center"):
        badge(decision.outcome)
        said = tell(
            "Measured against version {version}, on which {name} decided, {day}.",
            version=str(decision.version),
            name=short_plain(decision.decided_by, 60),
            day=plain(told(day(decision.decided_at.date()))),
        )
        st.caption(said, width="content")
        if measured.saved_at is not None:
            st.caption(_saved(measured), width="content")


def _saved(measured: Measured) -> str:
    assert measured.saved_at is not None
    who, when = short_plain(measured.saved_by, 60) or tell("Someone"), plain(told(moment(measured.saved_at)))
    return tell("Actuals version {version}, {name}, {moment}", version=str(measured.version), name=who, moment=when)


def _has_alternative(measured: Measured) -> bool:
    """Whether it is known which alternative the figures are of."""
    try:
        compared_cached(measured)
    except DocumentRefused:
        return False
    return True


def _signals(measured: Measured) -> None:
    """What speaks against the decision first, then what only asks for a look."""
    found = watched_cached(measured)
    against = [f"{plain(told(each.reason))}." for each in found if opens_again(each)]
    if against:
        again = tell("The decision is open again: see the inbox.")
        st.error(_together([*against, again]), icon=":material/notification_important:")
    if looks := [_look(each) for each in found if not opens_again(each)]:
        st.warning(_together(looks), icon=":material/visibility:")


def _look(signal: Signal) -> str:
    said = f"{plain(told(signal.reason))}."
    return said if signal.is_sure else f"{said} {tell('On so few cases this may be chance.')}"


def _together(lines: Sequence[str]) -> str:
    """Each on a line of its own, in one box: many boxes would push down what they are about."""
    return "\n\n".join(lines)


def _part(workspace: Workspace, measured: Measured) -> None:
    titles = {
        _COMPARE: tell("Against what was signed"),
        _ENTER: tell("Enter"),
        _FILE: tell("By file"),
        _VERSIONS: tell("Versions"),
    }
    if not measured.version and _VIEW not in st.query_params:
        titles = {_ENTER: titles.pop(_ENTER), **titles}
    chosen = tabs(tell("Part of the page"), _VIEW, titles, _choose)
    if chosen in (_ENTER, _FILE) and Action.MEASURE not in workspace.allowed():
        not_here(tell("You may read the actuals of this proposal, not enter them."))
        return
    {_COMPARE: _compare, _ENTER: _enter, _FILE: file_part, _VERSIONS: _versions}[chosen](measured)


def _choose(view: str) -> None:
    st.query_params[_VIEW] = view


def _enter(measured: Measured) -> None:
    terms_part(measured)
    entry_part(measured)


def _compare(measured: Measured) -> None:
    if not measured.actuals.entries:
        st.info(
            tell(
                "Nothing is recorded yet. Enter the first month, or bring in a file: then each figure stands here beside its range."
            ),
            icon=":material/edit_note:",
        )
        return
    found, language = compared_cached(measured), chosen_language()
    value, ranges, open_now = (spoken(each, language) for each in sections_of(found, language))
    draw_section(value)
    draw_section(ranges)
    _files(found)
    _month_by_month(measured)
    draw_section(open_now)
    draw_section(spoken(seen_again(replayed_cached(measured)), language))


def _files(found: Comparison) -> None:
    with st.container(horizontal=True):
        offer(
            tell("Comparison as CSV"), lambda: csv_file(HEAD, lines(found)), "actuals-against-signed.csv", "text/csv",
            "comparison_csv",
        )  # fmt: skip
        offer(
            tell("Comparison as Excel"), lambda: excel_file("Actuals", HEAD, WIDTHS, lines(found)),
            "actuals-against-signed.xlsx", MEDIA_TYPE, "comparison_xlsx",
        )  # fmt: skip


def _month_by_month(measured: Measured) -> None:
    """One thing over its months, chosen: so many charts at once say nothing."""
    found, language = compared_cached(measured), chosen_language()
    facts = {str(each.path): each for each in found.facts if each.entries}
    if not facts:
        return
    charts = month_by_month(found, language)
    paths = tuple(sorted(facts, key=lambda path: path not in charts))
    names = {path: short(told(each.title), _LONGEST_TITLE) for path, each in facts.items()}
    st.header(tell("Month by month"), anchor=False, divider="gray")
    chosen = address.word_field(_WHAT, tell("What was measured"), paths, names.__getitem__, default=paths[0], width=480)
    path = chosen or paths[0]
    if path in charts:
        chart(spoken(charts[path], language), f"month:{path}")
    _entries(facts[path], found.proposal.currency)


def _entries(fact: Fact, currency: str) -> None:
    """Every measurement with where it comes from. The table shows text as text."""
    rows = [
        {
            tell("Month"): each.month,
            tell("Value"): told(entry_said(fact, each.value, currency)),
            tell("Cases measured"): each.cases,
            tell("Source"): each.source,
            tell("Note"): each.note,
            tell("Day"): told(day(each.measured_on)) if each.measured_on else "",
            tell("By"): each.measured_by,
        }
        for each in sorted(fact.entries, key=lambda each: each.month)
    ]
    kept = [name for name in rows[0] if any(row[name] not in ("", None) for row in rows)]
    st.dataframe(pd.DataFrame(rows)[kept], hide_index=True, alt=tell("What was measured, month by month"))


def _versions(measured: Measured) -> None:
    """Every version that was saved, by whom; none is ever changed."""
    st.caption(tell("Every version is kept, with the decision under which it was entered. Nothing is deleted."))
    found = store().actuals.versions(measured.proposal_id, address.page())
    for each in found.rows:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            badge(each.decision.outcome)
            st.markdown(_line(each), width="stretch")
    address.pages(found.pages)
    if not found.rows:
        st.info(tell("Nothing is recorded yet."), icon=":material/history:")


def _line(each: Measured) -> str:
    many = tell(
        "{count} entries up to month {month}", count=str(len(each.actuals.entries)), month=str(each.actuals.months)
    )
    return " · ".join(filter(None, (f"**{_saved(each)}**", many, short_plain(each.remark, 200))))


PAGE = Page(
    url="actuals",
    title=message("Actuals"),
    icon=":material/monitoring:",
    help=message("What was measured of a decided proposal, beside what was signed."),
    place=32,
    draw=draw,
    in_menu=False,
)
