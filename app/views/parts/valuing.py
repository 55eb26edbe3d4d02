"""How a case is valued, as pages show it: in words, with the team's own numbers, and letter by letter."""

from __future__ import annotations

import streamlit as st

from app.fields.words import plain
from app.session.language import chosen_language, tell, tell_count, told
from scoping import Proposal
from scoping.bridges import EVERY_KIND
from scoping.reports.valuing import in_words, letters, valued

_MOST_ALTERNATIVES = 6


def formula_of(kind: str) -> None:
    """The formula of a kind of task: what it says, the formula, its letters, its source."""
    bridge = EVERY_KIND[kind]
    st.markdown(plain(told(in_words(kind))))
    st.latex(bridge.formula)
    lines = [
        f"- ${letter.latex}$: **{plain(tell(letter.title))}**. {plain(tell(letter.help))}" for letter in letters(kind)
    ]
    if lines:
        st.markdown("\n".join([f"- $v$: {plain(tell('what a case is worth'))}", *lines]))
    st.caption(tell("Source: {source}", source=plain(told(bridge.source))))


def with_own_numbers(proposal: Proposal) -> None:
    """The same with the numbers of the team, an alternative at a time."""
    found = valued(proposal, chosen_language())
    if not found:
        st.caption(tell("Your own numbers stand here once every input is filled in."))
        return
    st.markdown(f"**{tell('With your own numbers, each at its P50')}**")
    for each in found[:_MOST_ALTERNATIVES]:
        st.caption(tell("{name}: a case is worth {worth}.", name=plain(each.name), worth=plain(each.worth)))
        st.latex(each.latex)
        if each.limit:
            st.caption(f":material/groups: {plain(each.limit)}")
    rest = len(found) - _MOST_ALTERNATIVES
    if rest > 0:
        st.caption(tell_count("and {count} alternative more", "and {count} alternatives more", rest))
