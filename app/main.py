"""The app's entry: settings of the page, the database, and which page is shown."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app.session.navigation import register
from app.session.shared import store
from app.views import (
    decisions,
    method,
    portfolio,
    proposal,
    review,
    settings,
)
from app.views.parts.notices import unexpected
from scoping import GroundworkError

# A file of ours: the framework would fetch its own icons from another server.
_ICON = Path(__file__).with_name("icon.svg")


def main() -> None:
    """Show one page."""
    st.set_page_config(page_title="Groundwork", page_icon=str(_ICON), layout="wide")
    pages = {
        "portfolio": st.Page(
            portfolio.page,
            title="Portfolio",
            icon=":material/grid_view:",
            default=True,
            help="All proposals: find, compare, start a new one.",
        ),
        "proposal": st.Page(
            proposal.page,
            title="Proposal",
            icon=":material/edit_note:",
            url_path="proposal",
            help="Fill in one proposal, step by step. Every change is saved at once.",
        ),
        "review": st.Page(
            review.page,
            title="Review",
            icon=":material/fact_check:",
            url_path="review",
            help="The assessment of one proposal as a memo: charts, exports, decision.",
        ),
        "decisions": st.Page(
            decisions.page,
            title="Decisions",
            icon=":material/gavel:",
            url_path="decisions",
            help="Who decided what, when, on which figures, and why.",
        ),
        "method": st.Page(
            method.page,
            title="Method",
            icon=":material/functions:",
            url_path="method",
            help="Every formula with its source.",
        ),
        "settings": st.Page(
            settings.page,
            title="Settings",
            icon=":material/settings:",
            url_path="settings",
            help="Your name, where the data is kept, how to connect other tools.",
        ),
    }
    register(pages)
    chosen = st.navigation(list(pages.values()), position="top")
    try:
        store()
        chosen.run()
    except GroundworkError as error:
        unexpected(error)


main()
