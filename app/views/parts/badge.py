"""A recommendation as a badge: its word, its icon and its colour, the same on every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import streamlit as st

from app.session.language import told
from scoping.verdict import NOT_ASSESSED, RECOMMENDATIONS
from scoping.vocabulary import Recommendation


@dataclass(frozen=True)
class Look:
    """An icon, and a colour by its name in the theme."""

    icon: str
    colour: Literal["green", "blue", "orange", "gray", "red"]


LOOKS: Mapping[Recommendation, Look] = MappingProxyType(
    {
        Recommendation.BUILD: Look(":material/check_circle:", "green"),
        Recommendation.PILOT: Look(":material/science:", "blue"),
        Recommendation.SIMPLER: Look(":material/lightbulb:", "orange"),
        Recommendation.REWORK: Look(":material/edit_note:", "gray"),
        Recommendation.STOP: Look(":material/do_not_disturb_on:", "red"),
    }
)
NOT_YET = Look(":material/hourglass_empty:", "gray")
"""How it looks that nothing is assessed yet."""


def recommendation_title(recommendation: str) -> str:
    """What people call a recommendation, or a decision."""
    return told(RECOMMENDATIONS[recommendation])


def badge(recommendation: str, text: str = "") -> None:
    """The badge; `text` says it in other words."""
    look = NOT_YET if text in (NOT_ASSESSED, told(NOT_ASSESSED)) else LOOKS[Recommendation(recommendation)]
    st.badge(told(text) or recommendation_title(recommendation), icon=look.icon, color=look.colour)
