"""Compare: two to four proposals side by side, chosen in the address."""

from __future__ import annotations

from string import ascii_uppercase

import streamlit as st

from app.fields.words import plain, short_plain
from app.session.language import tell, told
from app.session.navigation import Page, link
from app.session.shared import assess_cached, store
from db import NotFound, Saved
from scoping.reports.comparison import FEWEST, MOST, Compared, ComparedRow, comparison
from scoping.text.languages import message

_NARROWEST = 210
# An address may name more than there is; so many are looked up.
_MOST_SOUGHT = 20


def draw() -> None:
    """The proposals that the address names, a column each where there is room."""
    st.title(tell("Compare proposals"), anchor=False)
    found = _chosen()
    if len(found) < FEWEST:
        st.info(
            tell("Tick two to four proposals in the portfolio, then choose Compare there."),
            icon=":material/compare_arrows:",
        )
        link("portfolio", tell("Go to the portfolio"), ":material/grid_view:")
        return
    entries = [Compared(letter, each.proposal, assess_cached(each.proposal)) for letter, each in zip(ascii_uppercase, found, strict=False)]  # fmt: skip
    _heads(found)
    currencies = {each.proposal.currency for each in entries}
    if len(currencies) > 1:
        st.caption(tell("Amounts are in each proposal's own currency."))
    for row in comparison(entries):
        _row(row, len(entries))


def _chosen() -> list[Saved]:
    """The proposals of the address, each once, as many as can stand side by side."""
    found: list[Saved] = []
    named = [*dict.fromkeys(st.query_params.get_all("ids"))]
    for identity in named[:_MOST_SOUGHT]:
        if len(found) == MOST:
            st.caption(tell("The first {count} are shown.", count=str(MOST)))
            break
        try:
            found.append(store().get(identity))
        except NotFound as error:
            st.warning(plain(told(error.args[0])), icon=":material/search_off:")
    return found


def _heads(found: list[Saved]) -> None:
    with st.grid(len(found), min_column_width=_NARROWEST, gap="small") as grid:
        for letter, each in zip(ascii_uppercase, found, strict=False):
            with grid.cell(), st.container(border=True, height="stretch"):
                st.markdown(f"**{letter}** · {short_plain(each.proposal.title, 120)}")
                with st.container(horizontal=True):
                    link("review", tell("Review {letter}", letter=letter), ":material/fact_check:", proposal=each.id)
                    link("proposal", tell("Edit {letter}", letter=letter), ":material/edit_note:", proposal=each.id)


def _row(row: ComparedRow, many: int) -> None:
    """One question; each answer says whose it is, so that it can be read one below the other too."""
    st.markdown(f"**{plain(told(row.label))}**")
    with st.grid(many, min_column_width=_NARROWEST, gap="small") as grid:
        for letter, (value, detail) in zip(ascii_uppercase, row.values, strict=False):
            with grid.cell(), st.container(gap=None):
                st.markdown(f"{letter} · {plain(told(value))}" if value else letter)
                for line in told(detail).splitlines():
                    st.caption(plain(line))


PAGE = Page(
    url="compare",
    title=message("Compare"),
    icon=":material/compare_arrows:",
    help=message("Two to four proposals side by side."),
    place=15,
    draw=draw,
    in_menu=False,
)
