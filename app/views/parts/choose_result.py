"""What comes out of a choice: at once what is done and left; what takes many choices more, when somebody opens it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from app.choosing.pool import Pool, within
from app.choosing.studying import is_ready, result, worked_out
from app.exports.notes import today
from app.fields.panel import waiting_panel
from app.fields.words import plain
from app.session.choice_form import scenario
from app.session.language import chosen_language, tell, tell_count, told
from app.views.parts.blocks import draw_blocks, draw_section
from app.views.parts.notices import refusal
from app.views.parts.under_way import under_way
from scoping import GroundworkError
from scoping.portfolio.study import Part
from scoping.reports.blocks import Section
from scoping.reports.chosen import Account, Heading, Result, account
from scoping.reports.chosen.account import sections_of
from scoping.reports.chosen.terms import terms
from scoping.reports.spoken import spoken
from scoping.text.languages import message

_PARTS = "choice_parts"
_MANY = 100
"""Among more proposals a part is worked out behind the page."""
_AT_ONCE = ("glance", "done", "left", "not_counted", "plan", "values")


@dataclass(frozen=True)
class _Panel:
    """What waits until somebody opens it: the section that tells it, and what is said where there is nothing to tell."""

    section: str
    title: str
    icon: str
    part: Part
    nothing: str


_PANELS = (
    _Panel(
        "often", message("How often each would be chosen"), ":material/casino:", Part.LUCK,
        message("Nothing can be chosen yet."),
    ),
    _Panel(
        "left", message("What it would cost to do what is left"), ":material/compare_arrows:", Part.FORCE,
        message("Nothing is left that could be done."),
    ),
    _Panel(
        "prices", message("What wider limits would be worth"), ":material/sell:", Part.PRICES,
        message("Set a limit on money, people or how many at once to see what more of it would be worth."),
    ),
    _Panel(
        "by_budget", message("How the value moves with the budget"), ":material/show_chart:", Part.BY_BUDGET,
        message("Set a budget to see how the value moves with it."),
    ),
    _Panel(
        "by_risk", message("How the value moves with risk"), ":material/scatter_plot:", Part.BY_RISK,
        message("Nothing can be chosen yet."),
    ),
    _Panel(
        "pilots", message("Which pilots first"), ":material/science:", Part.PILOTS,
        message("No proposal here plans a pilot that can be valued."),
    ),
)  # fmt: skip


def asked_parts() -> set[Part]:
    """What somebody opened in this session: it is worked out, saved and exported with the rest."""
    found: set[Part] = st.session_state.setdefault(_PARTS, set())
    return found


def outcome(pool: Pool) -> Result | None:
    """The result as far as it was asked for; None, and why, where there is none."""
    try:
        with st.spinner(tell("Choosing"), show_time=True):
            return result(pool, scenario(), _parts_now(pool))
    except GroundworkError as refused:
        st.error(refusal(refused), icon=":material/error:")
        return None


def told_result(pool: Pool) -> Result | None:
    """Draw all of it; returns what can be saved."""
    _left_out(pool)
    found = outcome(pool)
    if found is None or found.whole is None:
        return found
    _sections(found, pool.currency, _AT_ONCE)
    if found.whole.conflict:
        return found
    for panel in _PANELS:
        found = _opened(pool, found, panel)
    return found


def _left_out(pool: Pool) -> None:
    _, many = within(scenario(), {each.name for each in pool.candidates})
    if many:
        st.warning(
            tell_count(
                "{count} rule is about a proposal that is not among these: it does not count now.",
                "{count} rules are about proposals that are not among these: they do not count now.",
                many,
            ),
            icon=":material/rule:",
        )


def _opened(pool: Pool, found: Result, panel: _Panel) -> Result:
    """What waits until it is opened; what was worked out stays part of the result."""
    place = waiting_panel(told(panel.title), panel.icon, f"choice:panel:{panel.section}")
    if place is None:
        return found
    asked_parts().add(panel.part)
    with place:
        if panel.part not in _parts_now(pool):
            return _waited_for(pool, found, panel)
        with st.spinner(tell("Choosing again under other conditions"), show_time=True):
            return _filled(pool, found, panel)


def _parts_now(pool: Pool) -> set[Part]:
    """What was opened, and among many proposals is there already: no page stands still until it is."""
    known = asked_parts()
    if len(pool.candidates) <= _MANY:
        return {*known}
    return {each for each in known if is_ready(pool, scenario(), each)}


def _waited_for(pool: Pool, found: Result, panel: _Panel) -> Result:
    """How far it is; the page is drawn anew once it is there."""
    work = worked_out(pool, scenario(), panel.part)
    if work.refused:
        st.error(refusal(work.refused), icon=":material/error:")
        return found
    under_way(work)
    st.caption(tell("You can leave this page, or work on in another: it goes on, and what is found is kept."))
    return found


def _filled(pool: Pool, found: Result, panel: _Panel) -> Result:
    try:
        more = result(pool, scenario(), _parts_now(pool))
    except GroundworkError as refused:
        st.error(refusal(refused), icon=":material/error:")
        return found
    shown = _shown(more, pool.currency, (panel.section,))
    for section in shown:
        draw_blocks(section)
    if not shown:
        st.caption(told(panel.nothing))
    return more


def _sections(found: Result, currency: str, names: Sequence[str]) -> None:
    for section in _shown(found, currency, names):
        draw_section(section)


def _shown(found: Result, currency: str, names: Sequence[str]) -> list[Section]:
    known = {each.id: each for each in sections_of(found, Heading(name="", currency=currency))}
    return [spoken(known[name], chosen_language()) for name in names if known[name].blocks]


def unsaved(pool: Pool, found: Result, name: str, note: str) -> Callable[[], Account]:
    """The result as it stands, for a file, before anybody saved it."""
    language, titles = chosen_language(), pool.titles

    def title(identity: str) -> str:
        return titles.get(identity, message("a proposal that is not among these"))

    set_ = terms(scenario(), pool.currency, title)
    heading = Heading(
        name=name or tell("Scenario that is not saved"), note=note, currency=pool.currency, terms=set_, as_of=today()
    )
    return lambda: account(found, heading, language)


def head_of(pool: Pool) -> str:
    """How many proposals there are to choose among."""
    many = len(pool.candidates)
    said = tell_count("{count} proposal to choose among.", "{count} proposals to choose among.", many)
    if pool.is_cut:
        said += " " + tell("There are more: the first {most} count. Filter them.", most=str(len(pool.rows)))
    return plain(said)
