"""Method: every formula, with its source, and what the words mean."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from pydantic.fields import FieldInfo

from app.fields.words import plain
from app.session.language import tell, told
from app.session.navigation import Page
from app.views.parts.valuing import formula_of
from scoping.bridges import EVERY_KIND
from scoping.feasibility.catalogue import AREAS, QUESTIONS
from scoping.reports.method import FORMULAS
from scoping.text.glossary import GLOSSARY
from scoping.text.languages import message


def draw() -> None:
    """The formulas in the order in which they are used, then the questions and the words."""
    st.title(tell("Method"), anchor=False)
    st.caption(
        tell(
            "From a technical metric to money, to a range, to a verdict. Nothing on the pages is computed in any other way."
        )
    )
    _kinds()
    for title, formulas in FORMULAS.items():
        st.header(plain(told(title)), divider="gray")
        for formula in formulas:
            st.markdown(f"**{plain(told(formula.title))}.** {plain(told(formula.text))}")
            if formula.latex:
                st.latex(formula.latex)
            st.caption(_source(formula.source))
    _questions()
    _glossary()


def _kinds() -> None:
    st.header(tell("What a case is worth"), anchor="bridges", divider="gray")
    for name, kind in EVERY_KIND.items():
        with st.container(border=True):
            st.markdown(f"**{plain(told(kind.title))}.** {plain(tell(kind.about))}")
            formula_of(name)
            _inputs(kind.model_fields)


def _inputs(declared: Mapping[str, FieldInfo]) -> None:
    inputs = [info for info in declared.values() if info.title]
    with st.expander(tell("Its inputs")):
        lines = [f"- **{plain(tell(str(info.title)))}**: {plain(tell(str(info.description)))}" for info in inputs]
        st.markdown("\n".join(lines))


def _questions() -> None:
    st.header(tell("The feasibility questions"), anchor="questions", divider="gray")
    for area, title in AREAS.items():
        with st.expander(told(title)):
            for question in QUESTIONS.values():
                if question.area == area:
                    gate = " :material/door_front:" if question.is_gate else ""
                    st.markdown(f"**{plain(told(question.text))}**{gate} {plain(told(question.help))}")
                    st.caption(_source(question.source))


def _glossary() -> None:
    st.header(tell("What the words mean"), anchor="words", divider="gray")
    lines = [f"- **{plain(told(term.title))}**: {plain(told(term.meaning))}" for term in GLOSSARY.values()]
    st.markdown("\n".join(lines))


def _source(source: str) -> str:
    return tell("Source: {source}", source=plain(told(source)))


PAGE = Page(
    url="method",
    title=message("Method"),
    icon=":material/functions:",
    help=message("Every formula with its source."),
    place=50,
    draw=draw,
    under_more=True,
)
