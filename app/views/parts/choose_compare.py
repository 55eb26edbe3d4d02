"""Up to five saved scenarios side by side; which ones stands in the address."""

from __future__ import annotations

import streamlit as st

from app.exports.scenario import heading_of, result_of
from app.fields.words import plain, short
from app.session import address
from app.session.language import chosen_language, tell, told
from app.session.shared import store
from app.views.parts.blocks import draw_section
from db import MOST_ROWS, Scenario
from scoping.reports.chosen.account import remarks
from scoping.reports.chosen.side_by_side import FEWEST, MOST, Shown, letters, side_by_side
from scoping.reports.spoken import spoken

_NAME = "scenarios"


def compare() -> None:
    """The choice of scenarios, and the table."""
    known = {each.id: each for each in store().scenarios.list(size=MOST_ROWS).rows}
    if len(known) < FEWEST:
        st.info(tell("Save two scenarios first: then they stand side by side here."), icon=":material/compare_arrows:")
        return
    titles = {name: tell("{name}, version {version}", name=short(each.name, 60), version=str(each.version)) for name, each in known.items()}  # fmt: skip
    chosen = address.several_field(
        _NAME, tell("Scenarios to compare"), list(known), titles.__getitem__, tell("Choose two to five"), 700
    )
    if len(chosen) < FEWEST:
        st.caption(tell("Choose two to five scenarios."))
        return
    if len(chosen) > MOST:
        st.caption(tell("The first {count} are shown.", count=str(MOST)))
    _table([known[name] for name in chosen[:MOST]])


def _table(chosen: list[Scenario]) -> None:
    shown = [
        Shown(letter, heading_of(each), result_of(each))
        for letter, each in zip(letters(len(chosen)), chosen, strict=True)
    ]
    currencies = {each.currency for each in chosen}
    if len(currencies) > 1:
        st.caption(tell("Amounts are in each scenario's own currency."))
    for each in shown:
        for said in remarks(each.heading):
            st.caption(f":material/info: {each.letter}: {plain(told(said))}")
    for section in side_by_side(shown):
        if section.blocks:
            draw_section(spoken(section, chosen_language()))
