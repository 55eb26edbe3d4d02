"""One of a few places, named by the address: a row of tabs, which folds to a list on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from app.fields.commented import ICON
from app.session.browser import is_narrow
from app.session.remembered import held, place_of

DONE = ":green[:material/check:]"
"""The mark of a place where nothing is left to do."""
_DONE_IN_A_LIST = "✓"
_COMMENTED_IN_A_LIST = "✉"
_ESCAPED = re.compile(r"\\(.)")


def progress(title: str, done: int, wanted: int) -> str:
    """A title, and how much of what it stands for is done."""
    return f"{title} {DONE if done >= wanted else f'{done}/{wanted}'}"


def picked(title: str) -> str:
    """The title of the tab that is shown. The framework writes it in a colour that is too dim on a dark ground."""
    text, mark = title.removesuffix(DONE), DONE if title.endswith(DONE) else ""
    return f":blue[{text.strip()}] {mark}".strip()


def one_of(label: str, names: Sequence[str], key: str, wanted: int) -> int:
    """A row of few things, by what people call them, of which the session remembers one; returns the chosen place.

    `wanted` is the one to begin with; the last one where there are no more so many.
    """
    if key not in st.session_state:
        st.session_state[key] = min(wanted, len(names) - 1)
    shown = int(st.session_state[key])
    chosen = st.segmented_control(
        label,
        range(len(names)),
        format_func=lambda each: picked(names[each]) if each == shown else names[each],
        key=key,
        default=shown,
        required=True,
        label_visibility="collapsed",
        wrap=True,
    )
    return int(chosen)


def tabs(label: str, name: str, titles: Mapping[str, str], choose: Callable[[str], None]) -> str:
    """Show the places, of which the address names one under `name`; returns that one, or else the first.

    `choose` is called with another one that a person picks.
    """
    named = st.query_params.get(name, "")
    chosen = named if named in titles else next(iter(titles))
    (_list if is_narrow() else _row)(label, f"tabs:{name}", titles, chosen, choose)
    return chosen


def _row(label: str, key: str, titles: Mapping[str, str], chosen: str, choose: Callable[[str], None]) -> None:
    st.session_state[key] = chosen
    st.segmented_control(
        label,
        list(titles),
        key=key,
        default=chosen,
        format_func=lambda each: picked(titles[each]) if each == chosen else titles[each],
        label_visibility="collapsed",
        required=True,
        wrap=True,
        on_change=lambda: choose(held(key)),
    )


def _list(label: str, key: str, titles: Mapping[str, str], chosen: str, choose: Callable[[str], None]) -> None:
    """A list shows no icons and no marks: the one of what is done is a letter there, others are what they are."""
    key = f"{key}:list"
    st.session_state[key] = chosen
    st.selectbox(
        label,
        list(titles),
        place_of(key, list(titles)) or 0,
        key=key,
        format_func=lambda each: _ESCAPED.sub(r"\1", _in_a_list(titles[each])),
        label_visibility="collapsed",
        on_change=lambda: choose(held(key)),
    )


def _in_a_list(title: str) -> str:
    return title.replace(DONE, _DONE_IN_A_LIST).replace(ICON, _COMMENTED_IN_A_LIST)
