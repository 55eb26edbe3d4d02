"""The app's entry: settings of the page, the database, and which page is shown."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app.session.browser import listen
from app.session.navigation import begin
from app.session.shared import store
from app.session.workspace import keep_in_address
from app.views.parts.notices import nothing_can_be_saved, unexpected
from scoping import GroundworkError

# A file of ours: the framework would fetch its own icons from another server.
_ICON = Path(__file__).with_name("icon.svg")


def main() -> None:
    """Show one page."""
    st.set_page_config(page_title="Groundwork", page_icon=str(_ICON), layout="wide")
    listen()
    chosen = begin()
    try:
        if store().is_read_only:
            nothing_can_be_saved()
        keep_in_address()
        chosen.run()
    except GroundworkError as error:
        unexpected(error)


main()
