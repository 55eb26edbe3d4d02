"""Where somebody wanted to go before they had to sign in. The sign-in leads back to the first page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from app.session.browser import remember, remembered
from app.session.navigation import go, pages

_NAME = "goal"
_LONGEST = 300
_KEPT = ("proposal", "step", "round")
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,60}")


def keep_goal(page: str) -> None:
    """Remember the page and what it is about, in this browser."""
    wanted = {name: st.query_params.get(name, "") for name in _KEPT}
    remember(_NAME, f"{page}?{urlencode({name: text for name, text in wanted.items() if text})}"[:_LONGEST])


def go_to_goal() -> None:
    """Go on to where somebody wanted to be. A cookie is input: what is no page or plain word of ours is left out."""
    kept = remembered(_NAME, _LONGEST)
    if not kept:
        return
    remember(_NAME, "")
    page, _, query = kept.partition("?")
    address = {name: text for name, text in parse_qsl(query) if name in _KEPT and _PLAIN.fullmatch(text)}
    if page in {each.url for each in pages()} and (page != pages()[0].url or address):
        go(page, **address)
