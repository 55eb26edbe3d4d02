"""Settings: who you are, where the data is, how other tools connect."""

from __future__ import annotations

from importlib.metadata import version

import streamlit as st

from app.fields.words import plain
from app.session.language import language_choice, tell
from app.session.navigation import Page
from app.session.person import person, set_person
from app.session.remembered import held, text_of
from app.session.shared import LANGUAGE_VARIABLE, store
from app.views.parts.functions import functions
from app.views.parts.notices_channels import channels
from app.views.parts.notices_receiving import receiving
from app.views.parts.people import people
from app.views.parts.rates import rates
from app.views.parts.tokens import tokens
from db import DATABASE_URL_VARIABLE, Action
from scoping.text.languages import message

_KEY = "settings_name"
_FIELD_WIDTH = 420


def draw() -> None:
    """The settings."""
    st.title(tell("Settings"), anchor=False)
    _you()
    _language()
    receiving()
    people()
    functions()
    channels()
    rates()
    _appearance()
    _data()
    tokens()
    _other_tools()
    st.caption(tell("Groundwork {version}", version=version("groundwork")))


def _you() -> None:
    st.header(tell("You"), anchor=False)
    if store().person.is_signed_in:
        st.markdown(tell("Signed in as **{name}**. What you save and sign bears this name.", name=plain(person())))
        return
    st.session_state.setdefault(_KEY, person())
    st.text_input(
        tell("Your name"),
        text_of(_KEY),
        key=_KEY,
        help=tell(
            "Stands beside what you save, and is kept in this browser. The person who signs a decision is named on the decision itself."
        ),
        on_change=lambda: set_person(str(held(_KEY) or "")),
        width=_FIELD_WIDTH,
    )


def _language() -> None:
    st.header(tell("Language"), anchor=False)
    language_choice("settings_language", width=_FIELD_WIDTH)
    st.caption(
        tell(
            "Kept in this browser. Until somebody chooses, pages follow the browser's language; where Groundwork does not speak it, {variable}, such as de or en_GB.",
            variable=LANGUAGE_VARIABLE,
        )
    )


def _appearance() -> None:
    st.header(tell("Appearance"), anchor=False)
    st.markdown(
        tell(
            "Light and dark follow your system. To choose one, open the menu :material/more_vert: at the top right, then Settings."
        )
    )


def _data() -> None:
    if not store().may(Action.MANAGE):
        return
    st.header(tell("Data"), anchor=False)
    st.markdown(tell("All proposals, revisions and decisions are kept here:"))
    st.code(store().description, language=None)
    st.caption(
        tell(
            "A team uses PostgreSQL: set {variable}, run “groundwork db upgrade”, and start Groundwork again.",
            variable=DATABASE_URL_VARIABLE,
        )
    )


def _other_tools() -> None:
    st.header(tell("Other tools"), anchor=False)
    st.markdown(
        "\n".join(
            (
                "- `/api/proposals`, `/api/portfolio`, `/api/decisions`: "
                + tell("the same proposals, figures and decisions as JSON; programs begin and change proposals too"),
                "- `/api/openapi.json`: " + tell("everything that programs can ask for, as an OpenAPI document"),
                "- `/api/schema`: " + tell("the JSON Schema of a proposal document"),
                "- `/healthz`, `/readyz`: " + tell("whether the server runs, and whether its database answers"),
            )
        )
    )


PAGE = Page(
    url="settings",
    title=message("Settings"),
    icon=":material/settings:",
    help=message("Your name and language, where the data is kept, how to connect other tools."),
    place=60,
    draw=draw,
    under_more=True,
)
