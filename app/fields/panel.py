"""A panel that costs the page nothing until somebody opens it."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def waiting_panel(title: str, icon: str, key: str) -> DeltaGenerator | None:
    """The panel, where it is open."""
    panel = st.expander(title, icon=icon, key=key, on_change="rerun")
    return panel if panel.open else None
