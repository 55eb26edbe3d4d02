"""Method: every formula, with its source."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from pydantic.fields import FieldInfo

from app.fields.words import plain
from app.session.navigation import Page
from scoping.bridges import KINDS
from scoping.feasibility.catalogue import AREAS, QUESTIONS
from scoping.reports.method import FORMULAS


def draw() -> None:
    """The formulas in the order in which they are used."""
    st.title("Method", anchor=False)
    st.caption(
        "From a technical metric to money, to a range, to a verdict. Nothing on the pages is computed in any other way."
    )
    st.subheader("What a case is worth", anchor="bridges", divider="gray")
    for kind in KINDS.values():
        with st.container(border=True):
            st.markdown(f"**{plain(kind.title)}.** {plain(kind.about)}")
            st.latex(kind.formula)
            st.caption(f"Source: {plain(kind.source)}")
            _inputs(kind.model_fields)
    for title, formulas in FORMULAS.items():
        st.subheader(title, divider="gray")
        for formula in formulas:
            st.markdown(f"**{plain(formula.title)}.** {plain(formula.text)}")
            if formula.latex:
                st.latex(formula.latex)
            st.caption(f"Source: {plain(formula.source)}")
    _questions()


def _inputs(declared: Mapping[str, FieldInfo]) -> None:
    inputs = [info for info in declared.values() if info.title]
    with st.expander("Its inputs"):
        st.markdown("\n".join(f"- **{plain(str(info.title))}**: {plain(str(info.description))}" for info in inputs))


def _questions() -> None:
    st.subheader("The feasibility questions", anchor="questions", divider="gray")
    for area, title in AREAS.items():
        with st.expander(title):
            for question in QUESTIONS.values():
                if question.area == area:
                    gate = " :material/door_front:" if question.is_gate else ""
                    st.markdown(f"**{plain(question.text)}**{gate} {plain(question.help)}")
                    st.caption(f"Source: {plain(question.source)}")


PAGE = Page(
    url="method",
    title="Method",
    icon=":material/functions:",
    help="Every formula with its source.",
    place=50,
    draw=draw,
)
