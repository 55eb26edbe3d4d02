"""The language of pages and summaries: the person's choice, or the browser's language, or else the team's.

Every text of a page is written in English where it stands, and goes through `tell`.
"""

from __future__ import annotations

from threading import local

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from app.session.browser import remember, remembered
from app.session.remembered import place_of
from app.session.shared import default_language
from scoping.errors import UnknownLanguage
from scoping.text.languages import Language, counted, language_of, message, offered_languages, say

_CHOSEN = "language"
_LONGEST_TAG = 20


class _Run(local):
    """The language of the run that this thread is for: each of a page's hundreds of texts asks for it."""

    session = ""
    tag = ""


_RUN = _Run()


def chosen_language() -> Language:
    """What was chosen here, or in this browser before; else the browser's own language, else the team's."""
    run = get_script_run_ctx(suppress_warning=True)
    if run is None or _RUN.session != run.session_id:
        _RUN.tag = _asked_of_the_session()
        _RUN.session = run.session_id if run else ""
    return language_of(_RUN.tag)


def _asked_of_the_session() -> str:
    # Callbacks ask too, before they save: read at once, so that the framework does not end them here.
    tag = st.session_state.to_dict().get(_CHOSEN)
    if tag is None:
        found = _known(remembered("language", _LONGEST_TAG)) or _known(st.context.locale or "") or default_language()
        tag = st.session_state[_CHOSEN] = found.tag
    return str(tag)


def _known(tag: str) -> Language | None:
    """A language that is offered: the region's own way to write, or the language as such. None for any other tag."""
    try:
        language = language_of(tag)
    except UnknownLanguage:
        return None
    return language if language.tag in offered_languages() else language_of(language.locale.language)


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
        tell("Language"),
        tags,
        place_of(key, tags),
        format_func=lambda each: offered_languages().get(each, each),
        key=key,
        help=tell("Texts, numbers and dates of the pages, and of every export. What your team typed stays as it is."),
        on_change=_choose,
        args=(key,),
        width=width,
    )


def _choose(key: str) -> None:
    st.session_state[_CHOSEN] = _RUN.tag = st.session_state[key]
    remember("language", st.session_state[key])
