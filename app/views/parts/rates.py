"""The currency in which a list compares, and what the others are worth in it: typed by people, with their day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import streamlit as st

from app.fields.words import plain, short_plain
from app.session.language import chosen_language, tell, tell_count, told
from app.session.person import person
from app.session.shared import store
from app.views.parts.notices import refusal
from app.views.parts.undo_bar import bar
from db import Action, Rate
from scoping import GroundworkError
from scoping.text.entry import parse
from scoping.text.grammar import Grammar
from scoping.text.wording import day, number

_DIGITS = 8
_TAKEN_OUT = "rate_taken_out"
_USUAL = ("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "JPY", "CNY", "INR", "CAD", "AUD")


def rates() -> None:
    """Choose the display currency; type the rate of each other one."""
    st.header(tell("Currencies"), anchor="currencies")
    base = store().rates.display_currency()
    known, missing = store().rates.current(), store().rates.without_rate()
    st.markdown(
        tell(
            "Each proposal keeps its own currency. Lists compare and sort amounts in one currency, at the rates below."
        )
    )
    if not store().may(Action.SET_RATES):
        _read(base, known.values())
        return
    _display(base, {*known, *missing})
    for code, many in missing.items():
        st.warning(
            tell_count(
                "{currency}: no rate yet; {count} proposal stands apart in lists.",
                "{currency}: no rate yet; {count} proposals stand apart in lists.",
                many,
                currency=code,
            ),
            icon=":material/currency_exchange:",
        )
    for rate in known.values():
        _one(rate, base)
    _taken_out()
    _add(base, missing)


def _read(base: str, known: Iterable[Rate]) -> None:
    """The rates for who may not set them."""
    st.caption(tell("Display currency: {currency}. Approvers set the rates.", currency=base))
    for rate in known:
        st.markdown(_said(rate, base))


def _said(rate: Rate, base: str) -> str:
    return tell(
        "**1 {currency} = {rate} {base}**, as of {day}, by {who}",
        currency=rate.currency,
        rate=plain(told(number(rate.rate, _DIGITS))),
        base=base,
        day=plain(told(day(rate.as_of))),
        who=short_plain(rate.set_by, 40) or tell("someone"),
    )


def _display(base: str, others: set[str]) -> None:
    st.session_state["display_currency"] = base
    codes = [*dict.fromkeys([base, *sorted(others), *_USUAL])]
    st.selectbox(
        tell("Display currency"),
        codes,
        index=0,
        key="display_currency",
        help=tell("The currency in which the portfolio compares. Any ISO 4217 code can be typed."),
        accept_new_options=True,
        on_change=_choose,
        width=240,
    )
    problem = st.session_state.pop("display_currency_problem", None)
    if problem:
        st.error(problem, icon=":material/error:")


def _choose() -> None:
    chosen = str(st.session_state.to_dict()["display_currency"])
    problem = _refused(lambda: store().rates.choose_display_currency(chosen, person()))
    if problem:
        st.session_state["display_currency_problem"] = problem


def _one(rate: Rate, base: str) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(_said(rate, base))
        if st.button(
            tell("Take out {currency}", currency=rate.currency),
            key=f"rate:{rate.currency}",
            icon=":material/delete:",
            type="tertiary",
        ):
            store().rates.forget(rate.currency, person())
            st.session_state[_TAKEN_OUT] = rate
            st.rerun()


def _taken_out() -> None:
    """The rate that was taken out last comes back with one click."""
    rate = st.session_state.get(_TAKEN_OUT)
    with st.bottom:
        if rate is not None and bar(tell("The rate of {currency} was taken out.", currency=rate.currency)):
            del st.session_state[_TAKEN_OUT]
            store().rates.set(rate.currency, rate.rate, rate.as_of, person())
            st.rerun()


def _add(base: str, missing: dict[str, int]) -> None:
    today = store().today()
    with st.form("rate", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        codes = [*dict.fromkeys([*missing, *_USUAL])]
        currency = st.selectbox(
            tell("Currency"), [each for each in codes if each != base], accept_new_options=True, width=140
        )
        typed = st.text_input(tell("Worth of 1 unit in {base}", base=base), key="rate_typed", width=220)
        as_of = st.date_input(tell("As of"), value=today, format="YYYY-MM-DD", width=160)
        pressed = st.form_submit_button(tell("Save the rate"), icon=":material/save:")
    if pressed:
        _save(str(currency or ""), typed, as_of)


def _save(currency: str, typed: str, as_of: object) -> None:
    if not typed.strip() or not isinstance(as_of, date):
        st.error(tell("Rate: say what one unit is worth, and on which day."), icon=":material/error:")
        return
    problem = _refused(
        lambda: store().rates.set(currency, parse(typed, None, Grammar(chosen_language())), as_of, person())
    )
    if problem:
        st.error(problem, icon=":material/error:")
        return
    st.session_state.pop(_TAKEN_OUT, None)
    st.rerun()


def _refused(act: Callable[[], None]) -> str:
    try:
        act()
    except GroundworkError as refused:
        return refusal(refused)
    return ""
