"""What was typed in a tab is kept there until it is safe; what finds another text in its place is offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from app.session.browser import class_of
from app.session.texts import begin_texts

_KEY = "kept"
_ACT = "kept_act"
_MOST_OFFERED, _LONGEST_LABEL, _LONGEST_TEXT = 20, 200, 2_000


@dataclass(frozen=True)
class Offer:
    """A text that was typed in this tab, is not saved, and finds another one in its field. It is input: unescaped."""

    field: str
    label: str
    text: str


@cache
def _component() -> ComponentRenderer:
    script = files(__package__).joinpath("kept.js").read_text(encoding="utf-8")
    return st.components.v2.component("groundwork_kept", html="<span hidden>\n</span>", js=script)


def keep_typed(person_id: str, waiting: Mapping[str, Any]) -> None:
    """Let the browser keep what this person types, and what waits to be saved. It draws nothing."""
    texts = begin_texts()
    data = {
        "person": person_id,
        "read": _by_class(texts.read),
        "safe": _by_class(texts.safe),
        "act": st.session_state.get(_ACT),
        "waiting": dict(waiting),
    }
    _component()(
        key=_KEY, data=data, on_offers_change=_nothing, on_connected_change=_nothing, on_left_change=_nothing
    )  # fmt: skip


def _by_class(marks: Mapping[str, str]) -> dict[str, str]:
    return {class_of(key): mark for key, mark in marks.items()}


def _nothing() -> None:
    """The run that follows is all that is wanted; offers are read where they are drawn."""


def offers() -> list[Offer]:
    """What the browser asks about."""
    found: Any = st.session_state.to_dict().get(_KEY)
    listed = found.get("offers") if found else None
    return [_offer(each) for each in listed[:_MOST_OFFERED] if isinstance(each, dict)] if listed else []


def left() -> Any:
    """What an earlier session of this tab wanted saved. It is input: unread."""
    found: Any = st.session_state.to_dict().get(_KEY)
    return found.get("left") if found else None


def _offer(each: Mapping[str, Any]) -> Offer:
    label, text = str(each.get("label", "")), str(each.get("text", ""))
    return Offer(str(each.get("field", "")), label[:_LONGEST_LABEL], text[:_LONGEST_TEXT])


def answer(offer: Offer, take: bool) -> None:
    """Let the browser type it again, or forget it."""
    before = st.session_state.to_dict().get(_ACT) or {"token": 0}
    st.session_state[_ACT] = {"token": before["token"] + 1, "field": offer.field, "take": take}
