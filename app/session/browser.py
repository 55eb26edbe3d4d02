"""What a page needs of the browser itself: that no click is lost, what it remembers of the person, how wide it is."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

_KEY = "browser"
_REMEMBERED = "browser_remembers"
_FOCUS = "browser_focus"
_NARROW = "window_is_narrow"
_PREFIX = "groundwork_"
_NOT_IN_A_CLASS = re.compile(r"[^a-zA-Z0-9_-]")


@cache
def _component() -> ComponentRenderer:
    script = files(__package__).joinpath("browser.js").read_text(encoding="utf-8")
    return st.components.v2.component("groundwork_browser", html="<span hidden>\n</span>", js=script)


def listen() -> None:
    """Make the browser's part known to this page. It draws nothing."""
    data = {
        "remember": dict(st.session_state.get(_REMEMBERED, {})),
        "focus": st.session_state.get(_FOCUS),
        "narrow": is_narrow(),
    }
    result = _component()(key=_KEY, data=data, on_narrow_change=_measured)
    del result


def _measured() -> None:
    found: Any = st.session_state.to_dict().get(_KEY)
    st.session_state[_NARROW] = bool(found and found.get("narrow"))


def is_narrow() -> bool:
    """True where the window is that of a phone."""
    return bool(st.session_state.get(_NARROW, False))


def remember(name: str, value: str) -> None:
    """Keep a value in this browser for a year, under that name."""
    st.session_state[_REMEMBERED] = {**st.session_state.get(_REMEMBERED, {}), f"{_PREFIX}{name}": value}


def remembered(name: str, longest: int) -> str:
    """What this browser keeps under that name; empty for nothing, or for what no page of ours would have kept.

    A cookie is input like any other: it is cut to a length, and signs that nobody sees are taken out.
    """
    kept = st.session_state.to_dict().get(_REMEMBERED, {})
    if f"{_PREFIX}{name}" in kept:
        return str(kept[f"{_PREFIX}{name}"])
    text = unquote(st.context.cookies.get(f"{_PREFIX}{name}", ""), errors="ignore")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:longest]


def times_focused() -> int:
    """How often this session has brought a field into sight; what lies over the page closes with another one."""
    return int((st.session_state.get(_FOCUS) or {"token": 0})["token"])


def focus_on(*keys: str) -> None:
    """Bring a field into sight once it is drawn: the first whose widget has one of these keys, or begins with it."""
    st.session_state[_FOCUS] = {"fields": [class_of(key) for key in keys], "token": times_focused() + 1}


def class_of(key: str) -> str:
    """The name by which the page's script finds the widget of that key."""
    return f"st-key-{_NOT_IN_A_CLASS.sub('-', key)}"
