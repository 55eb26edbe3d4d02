"""What is said of an idea: its rough figures, and the proposals that are like it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.fields.words import plain, short_plain, unbroken
from app.session.language import tell, told
from app.session.navigation import link
from app.views.parts.stage import stage_title
from db import Proposed, Similar
from scoping.intake import Rough, RoughWorth
from scoping.text.languages import listed
from scoping.text.wording import amounts_in_list, number

_LONGEST_TITLE, _LONGEST_WORD = 80, 40


def cases_said(volume: Rough | None) -> str:
    """How many cases a month."""
    if volume is None:
        return tell("not known")
    ends = [told(number(each, 2)) for each in (volume.low, volume.high)]
    return _between(ends)


def money_said(value: Rough | RoughWorth | None, currency: str) -> str:
    """From about this to about that much money."""
    if value is None:
        return tell("not known")
    return _between([told(each) for each in amounts_in_list((value.low, value.high), currency)])


def _between(ends: Sequence[str]) -> str:
    low, high = (unbroken(each) for each in ends)
    return plain(low if low == high else tell("{low} to {high}", low=low, high=high))


def rough_figures(idea: Proposed) -> None:
    """Cases, value of a case, and what both come to in a year: marked as a guess."""
    figures = {
        tell("Rough value a year"): f"**{money_said(idea.worth, idea.currency)}**",
        tell("Cases a month"): cases_said(idea.volume),
        tell("Value of a case"): money_said(idea.value, idea.currency),
    }
    with st.container(horizontal=True, vertical_alignment="top", gap="medium"):
        for label, said in figures.items():
            with st.container(width=200, gap=None):
                st.caption(label)
                st.markdown(said)


def similar_ones(found: Sequence[Similar], *, heading: str = "") -> None:
    """Links to proposals that are like it, each with a word why; nothing where there is none."""
    if not found:
        return
    with st.container(gap=None):
        if heading:
            st.markdown(f":material/content_copy: **{heading}**")
        for each in found:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                link("review", short_plain(each.title, _LONGEST_TITLE), ":material/fact_check:", proposal=each.id)
                st.caption(_why(each), width="content")


def _why(similar: Similar) -> str:
    stage = tell("in the archive") if similar.is_archived else stage_title(similar.stage)
    if not similar.words:
        return stage
    words = plain(told(listed([each[:_LONGEST_WORD] for each in similar.words])))
    return f"{stage} · {tell('shares: {words}', words=words)}"
