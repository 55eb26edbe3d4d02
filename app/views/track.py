"""Track record: whether the ranges that were signed hold what came."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.exports.offer import offer
from app.fields.words import short, short_plain
from app.session import address
from app.session.language import chosen_language, tell, tell_count
from app.session.navigation import Page, link
from app.session.person import person
from app.session.shared import store
from app.session.tracked import Tracked, tracked
from app.views.parts.badge import badge
from app.views.parts.blocks import draw_blocks, draw_section
from app.views.parts.track_judges import judges_part
from app.views.parts.track_learned import learned_part
from app.views.parts.whose import is_demo_shown
from db import Measured
from scoping.record.judged import Judged, signed_alone
from scoping.reports.measured.track import GROUPS, HEAD, WIDTHS, grouped, lines, overall
from scoping.reports.sheets import csv_file, excel_file
from scoping.reports.spoken import spoken
from scoping.reports.workbooks import MEDIA_TYPE
from scoping.text.languages import message

_BY = "by"
_SIZE = 20


def draw() -> None:
    """How good the estimates were: all of them, by group, by judge; and what follows from it."""
    st.title(tell("Track record"), anchor=False)
    st.caption(
        tell(
            "Each range that was signed beside what came. Only what is known for good is scored; archived proposals count too."
        )
    )
    found = tracked(is_demo=bool(is_demo_shown(tell("Whose record"), store().actuals.has_any)))
    if found.is_empty:
        _nothing_yet(found)
        return
    ranges = signed_alone(found.ranges)
    draw_section(spoken(overall(ranges, chosen_language()), chosen_language()))
    if ranges:
        _groups(ranges)
        judges_part(found)
        _files(found)
    learned_part(found)
    _proposals(found.decided)


def _nothing_yet(found: Tracked) -> None:
    st.info(
        tell(
            "Once what came of decided proposals is entered, their estimates are scored here: how often ranges hold what came, who is too sure, and your own reference classes."
        ),
        icon=":material/hourglass_empty:",
    )
    _proposals(found.decided)
    if not found.decided:
        link("decisions", tell("Go to the decisions"), ":material/gavel:")


def _groups(ranges: Sequence[Judged]) -> None:
    st.header(tell("Where they hold, and where not"), anchor=False, divider="gray")
    names = tuple(GROUPS)
    titles = {name: tell(title) for name, (title, _) in GROUPS.items()}
    by = address.word_field(_BY, tell("By"), names, titles.__getitem__, default=names[0], width=220) or names[0]
    section = spoken(grouped(ranges, by), chosen_language())
    if section.blocks and getattr(section.blocks[0], "rows", ()):
        draw_blocks(section)
    else:
        st.caption(tell("None of the proposals says so."))
    st.caption(tell("The quantile score is the mean miss of P10, P50 and P90 as a share of the P50: less is better."))


def _files(found: Tracked) -> None:
    """Every scored range; what single people had judged only of who asks."""
    own = [each for each in found.ranges if each.judge in ("", person())]
    with st.container(horizontal=True):
        offer(
            tell("Ranges as CSV"), lambda: csv_file(HEAD, lines(own, found.titles)), "groundwork-track-record.csv",
            "text/csv", "track_csv",
        )  # fmt: skip
        offer(
            tell("Ranges as Excel"), lambda: excel_file("Track record", HEAD, WIDTHS, lines(own, found.titles)),
            "groundwork-track-record.xlsx", MEDIA_TYPE, "track_xlsx",
        )  # fmt: skip


def _proposals(decided: Sequence[Measured]) -> None:
    """The decided proposals, and of which nothing is recorded yet."""
    if not decided:
        return
    st.header(tell("Decided proposals"), anchor=False, divider="gray")
    missing = sum(not each.version for each in decided)
    if missing:
        st.caption(
            tell_count(
                "Of {count} of them nothing is recorded yet.", "Of {count} of them nothing is recorded yet.", missing
            )
        )
    pages = max(1, -(-len(decided) // _SIZE))
    number = min(address.page(), pages)
    for each in decided[(number - 1) * _SIZE : number * _SIZE]:
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            with st.container(horizontal=True, vertical_alignment="center", width="content"):
                badge(each.decision.outcome)
                title = short_plain(each.decision.title, 70)
                link("actuals", title, ":material/monitoring:", proposal=each.proposal_id)
            st.caption(_recorded(each), width="content")
    address.pages(pages)


def _recorded(each: Measured) -> str:
    team = short(each.signed.team, 40)
    many = (
        tell("recorded up to month {month}", month=str(each.actuals.months))
        if each.version
        else tell("nothing recorded")
    )
    return " · ".join(filter(None, (short_plain(team), many)))


PAGE = Page(
    url="track",
    title=message("Track record"),
    icon=":material/query_stats:",
    help=message("Whether estimates held: by kind of figure, team, judge and horizon."),
    place=41,
    draw=draw,
)
