"""Settings: who you are, where the data is, how other tools connect."""

from __future__ import annotations

from importlib.metadata import version

import streamlit as st

from app.session.language import language_choice
from app.session.navigation import Page
from app.session.remembered import text_of
from app.session.shared import LANGUAGE_VARIABLE, store
from app.session.workspace import person, set_person
from app.views.parts.rates import rates
from db import DATABASE_URL_VARIABLE

_KEY = "settings_name"
_FIELD_WIDTH = 420


def draw() -> None:
    """The settings."""
    st.title("Settings", anchor=False)
    _you()
    _summaries()
    rates()
    _appearance()
    _data()
    _other_tools()
    st.caption(f"Groundwork {version('groundwork')}")


def _you() -> None:
    st.subheader("You", anchor=False)
    st.session_state.setdefault(_KEY, person())
    st.text_input(
        "Your name",
        text_of(_KEY),
        key=_KEY,
        help="Stands beside what you save in this browser tab. The person who signs a decision is named on the decision itself.",
        on_change=lambda: set_person(st.session_state[_KEY]),
        width=_FIELD_WIDTH,
    )


def _summaries() -> None:
    st.subheader("Summaries", anchor=False)
    language_choice("settings_language", width=_FIELD_WIDTH)
    st.caption(f"For this browser tab. The team's own language is set with {LANGUAGE_VARIABLE}, such as de or en_GB.")


def _appearance() -> None:
    st.subheader("Appearance", anchor=False)
    st.markdown(
        "Light and dark follow your system. To choose one, open the menu :material/more_vert: at the top right, then Settings."
    )


def _data() -> None:
    st.subheader("Data", anchor=False)
    st.markdown("All proposals, revisions and decisions are kept here:")
    st.code(store().description, language=None)
    st.caption(
        f"A team uses PostgreSQL: set {DATABASE_URL_VARIABLE}, run “groundwork db upgrade”, and start Groundwork again."
    )


def _other_tools() -> None:
    st.subheader("Other tools", anchor=False)
    st.markdown(
        "- `/api/proposals`, `/api/proposals/ID`, `/api/proposals/ID/assessment`: the same figures as JSON, read only\n"
        "- `/api/schema`: the JSON Schema of a proposal document\n"
        "- `/healthz`: whether the server and its database answer"
    )


PAGE = Page(
    url="settings",
    title="Settings",
    icon=":material/settings:",
    help="Your name, where the data is kept, how to connect other tools.",
    place=60,
    draw=draw,
)
