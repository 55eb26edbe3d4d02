"""What comes out of a choice: at once what is done and left; what takes many choices more, when somebody opens it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from scoping.portfolio.study import Part

from app.choosing.pool import Pool, within
from app.choosing.studying import result
from app.exports.notes import today
from app.fields.panel import waiting_panel
from app.fields.words import plain
from app.session.choice_form import scenario
from app.session.language import chosen_language, tell, tell_count, told
from app.views.parts.blocks import draw_blocks, draw_section
from app.views.parts.notices import refusal
from scoping import GroundworkError
from scoping.reports.chosen import Account, Heading, Result, account
from scoping.reports.chosen.account import sections_of
from scoping.reports.chosen.terms import terms
from scoping.reports.spoken import spoken
from scoping.text.languages import message

_PARTS = "choice_parts"
_AT_ONCE = ("glance", "done", "left", "not_counted", "plan", "values")
_ON_DEMAND: tuple[tuple[str, str, str, tuple[Part, ...]], ...] = (
    ("moves", message("How the value moves with money and risk, and what wider limits are worth"), ":material/show_chart:", (Part.BY_BUDGET, Part.BY_RISK, Part.PRICES)),
    ("often", message("How often each would be chosen, and what the other way would cost"), ":material/casino:", (Part.LUCK, Part.FORCE)),
    ("pilots", message("Which pilots first"), ":material/science:", (Part.PILOTS,)),
)  # fmt: skip


def asked_parts() -> set[Part]:
    """What somebody opened in this session: it is worked out, saved and exported with the rest."""
    found: set[Part] = st.session_state.setdefault(_PARTS, set())
    return found


def outcome(pool: Pool) -> Result | None:
    """The result as far as it was asked for; None, and why, where there is none."""
    try:
        with st.spinner(tell("Choosing"), show_time=True):
            return result(pool, scenario(), asked_parts())
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
    for name, title, icon, parts in _ON_DEMAND:
        found = _panel(pool, found, name, (title, icon), parts)
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


def _panel(pool: Pool, found: Result, name: str, head: tuple[str, str], parts: Sequence[Part]) -> Result:
    """What waits until it is opened; what was worked out stays part of the result."""
    panel = waiting_panel(told(head[0]), head[1], f"choice:panel:{name}")
    if panel is None:
        return found
    with panel, st.spinner(tell("Choosing again under other conditions"), show_time=True):
        asked_parts().update(parts)
        return _filled(pool, found, name)


def _filled(pool: Pool, found: Result, name: str) -> Result:
    try:
        more = result(pool, scenario(), asked_parts())
    except GroundworkError as refused:
        st.error(refusal(refused), icon=":material/error:")
        return found
    shown = _shown(more, pool.currency, (name,))
    for section in shown:
        draw_blocks(section, in_order=False)
    if not shown:
        st.caption(tell(_NOTHING[name]))
    if name == "often":
        _sections(more, pool.currency, ("left",))
    return more


_NOTHING = {
    "moves": message("Set a budget to see how the value moves with it."),
    "often": message("Nothing can be chosen yet."),
    "pilots": message("No proposal here plans a pilot that can be valued."),
}


def _sections(found: Result, currency: str, names: Sequence[str]) -> None:
    for section in _shown(found, currency, names):
        draw_section(section)


def _shown(found: Result, currency: str, names: Sequence[str]):  # type: ignore[no-untyped-def]
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
