"""The language in which summaries are told: the team's, until someone chooses another one."""

from __future__ import annotations

import streamlit as st

from app.session.remembered import place_of
from app.session.shared import default_language
from scoping.text.languages import Language, language_of, offered_languages

_CHOSEN = "summary_language"


def chosen_language() -> Language:
    """The language of this session's summaries."""
    tag = st.session_state.get(_CHOSEN)
    return language_of(tag) if tag else default_language()


def language_choice(key: str, *, width: int = 240) -> None:
    """The field in which the language is chosen, the same on every page."""
    tag = chosen_language().tag
    tags = list(dict.fromkeys([*offered_languages(), tag]))
    st.session_state[key] = tag
    st.selectbox(
        "Language of the summary",
        tags,
        place_of(key, tags),
        format_func=lambda each: offered_languages().get(each, each),
        key=key,
        help="Texts, numbers and dates of the memo and of every export. What your team typed stays as it is.",
        on_change=_choose,
        args=(key,),
        width=width,
    )


def _choose(key: str) -> None:
    st.session_state[_CHOSEN] = st.session_state[key]
