"""What a widget starts from, said on every run, and what it holds, read without a pause.

A widget that is new to a page gets its value once, from session state. Where the next run comes before
the browser has seen that value, Streamlit drops the message, and the widget would start empty: the browser
would report the emptiness as a change, and it would be saved. So every run also gives the value as the
widget's default; the key, not the default, is what identifies the widget.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st

from app.session.texts import texts_in


def held(key: str) -> Any:
    """What the widget of that key holds, for a callback that saves it.

    Any other way to session state is a point at which the framework looks for the next change. Where one has
    arrived meanwhile, it ends the callback there and never calls it again: the value would stand on the screen,
    unsaved. The whole state at once is read without such a look.
    """
    return all_held([key])[key]


def all_held(keys: Iterable[str]) -> dict[str, Any]:
    """What the widgets of those keys hold, for a callback that saves it; those that are not on the page are left out.

    Typed texts are noted as arrived: the browser keeps them until they are safe.
    """
    state = st.session_state.to_dict()
    found = {key: state[key] for key in keys if key in state}
    texts = texts_in(state)
    for key, value in found.items():
        if texts is not None and isinstance(value, str):
            texts.arrived(key, value)
    return found


def text_of(key: str) -> str:
    """The text that the widget of that key holds."""
    return str(st.session_state.get(key) or "")


def place_of(key: str, options: Sequence[Any]) -> int | None:
    """Where the choice that the widget of that key holds stands among its options; None for no choice."""
    chosen = st.session_state.get(key)
    return options.index(chosen) if chosen in options else None
