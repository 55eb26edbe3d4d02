"""The language of pages and summaries: the team's, until someone chooses another one.

Every text of a page is written in English where it stands, and goes through `tell`.
"""

from __future__ import annotations

import streamlit as st

from app.session.remembered import place_of
from app.session.shared import default_language
from scoping.text.languages import Language, counted, language_of, message, offered_languages, say

_CHOSEN = "summary_language"


def chosen_language() -> Language:
    """The language of this session."""
    tag = st.session_state.get(_CHOSEN)
    return language_of(tag) if tag else default_language()


def told(text: str) -> str:
    """A phrase in this session's language; what people typed stays as it is."""
    return say(text, chosen_language())


def tell(template: str, /, **values: str) -> str:
    """A text of a page with the values in its {places}, in this session's language."""
    return told(message(template, **values))


def tell_count(singular: str, plural: str, count: int, /, **values: str) -> str:
    """A text of a page that depends on a number, which stands at {count}."""
    return told(counted(singular, plural, count, **values))


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
