"""Track record: whether the ranges that were signed hold what came."""

from __future__ import annotations

import streamlit as st

from app.session.language import tell
from app.session.navigation import Page
from scoping.text.languages import message


def draw() -> None:
    """How good the estimates were."""
    st.title(tell("Track record"), anchor=False)


PAGE = Page(
    url="track",
    title=message("Track record"),
    icon=":material/query_stats:",
    help=message("Whether estimates held: by kind of figure, team, judge and horizon."),
    place=41,
    draw=draw,
)
