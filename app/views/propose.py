"""Propose an idea: four fields, and what is like it while they are filled in."""

from __future__ import annotations

import streamlit as st

from app.fields.words import plain, short_plain
from app.session.language import chosen_language, tell, told
from app.session.navigation import Page, link
from app.session.person import person
from app.session.remembered import all_held, text_of
from app.session.shared import store
from app.views.parts.idea_words import cases_said, money_said, similar_ones
from app.views.parts.notices import refusal
from db import Action, Proposed
from scoping import GroundworkError
from scoping.intake import COLUMNS, Column, idea_typed
from scoping.text.grammar import Grammar
from scoping.text.languages import message

_WRONG, _REFUSED, _SAVED = "propose_wrong", "propose_refused", "propose_saved"
_BY_NAME = {each.name: each for each in COLUMNS}
_LONGEST_TITLE = 90


def draw() -> None:
    """The form, or what was made of it."""
    st.title(tell("Propose an idea"), anchor=False)
    if not store().may(Action.CREATE):
        st.info(tell("Your role does not let you propose ideas. Ask an administrator."), icon=":material/lock:")
        return
    if saved := str(st.session_state.get(_SAVED, "")):
        _proposed(saved)
        return
    st.caption(
        tell(
            "A title and four fields: only the figures may stay empty. Somebody looks at it, and takes it up or says why not."
        )
    )
    form, beside = st.columns((3, 2), gap="large")
    with form:
        _fields()
    with beside:
        _similar()


def _key(name: str) -> str:
    return f"propose:{name}"


def _fields() -> None:
    wrong: dict[str, str] = st.session_state.get(_WRONG, {})
    for name in ("title", "problem", "decision"):
        _field(_BY_NAME[name], wrong.get(name, ""))
    st.markdown(f"**{tell('Roughly how many, and worth what?')}**")
    st.caption(tell("A guess will do: from about this to about that. Leave it empty if nobody has an idea."))
    for start in ("volume", "value"):
        with st.container(horizontal=True, vertical_alignment="top"):
            for end in ("low", "high"):
                _field(_BY_NAME[f"{start}_{end}"], wrong.get(f"{start}_{end}", ""))
    with st.container(horizontal=True, vertical_alignment="top"):
        for name in ("team", "tags"):
            _field(_BY_NAME[name], wrong.get(name, ""))
    if refused := st.session_state.pop(_REFUSED, ""):
        st.error(refused, icon=":material/error:")
    if wrong:
        st.error(tell("Nothing was saved: look at the fields that say why."), icon=":material/error:")
    st.button(tell("Propose it"), type="primary", icon=":material/send:", key="propose_it", on_click=_propose)


def _field(column: Column, wrong: str) -> None:
    key, label = _key(column.name), told(column.title)
    if column.name.startswith("value"):
        label = f"{label} ({_currency()})"
    with st.container(gap=None, width="stretch" if column.is_needed else 260):
        if column.is_long:
            st.text_area(label, text_of(key), key=key, help=told(column.help), height=110, max_chars=column.longest)
        else:
            st.text_input(label, text_of(key), key=key, help=told(column.help), max_chars=column.longest)
        if wrong:
            st.markdown(f":small[:red[{plain(told(wrong))}]]")


def _currency() -> str:
    return store().organisation.current().organisation.currency


def _similar() -> None:
    """What there is already: told as soon as the title or the problem says something."""
    typed = {name: text_of(_key(name)) for name in ("title", "problem", "tags")}
    found = store().intake.similar(typed["title"], typed["problem"], typed["tags"].split(","))
    with st.container(border=True):
        if found:
            similar_ones(found, heading=tell("Is it one of these?"))
            st.caption(tell("If it is, add to that one instead: a comment, a figure, another case."))
        else:
            st.caption(tell("As you type, what is similar and there already is shown here."))


def _propose() -> None:
    typed = {name: str(value or "") for name, value in _typed().items()}
    idea, wrong = idea_typed(typed, Grammar(chosen_language(), _currency()))
    st.session_state[_WRONG] = wrong
    if idea is None:
        return
    try:
        (saved,) = store().intake.propose([idea], chosen_language(), person())
    except GroundworkError as refused:
        st.session_state[_REFUSED] = refusal(refused)
        return
    st.session_state[_SAVED] = saved.id
    for name in _BY_NAME:
        st.session_state.pop(_key(name), None)


def _typed() -> dict[str, object]:
    found = all_held(_key(name) for name in _BY_NAME)
    return {key.removeprefix("propose:"): value for key, value in found.items()}


def _proposed(identity: str) -> None:
    """What was saved, what was assumed, and where to look."""
    try:
        idea = store().intake.of(identity)
    except GroundworkError as gone:
        st.info(refusal(gone))
        idea = None
    if idea is not None:
        st.success(
            tell("“{title}” waits to be taken up.", title=short_plain(idea.title, _LONGEST_TITLE)),
            icon=":material/check_circle:",
        )
        _assumed(idea)
        similar_ones(
            store().intake.similar(idea.title, idea.problem, idea.tags, without=idea.id),
            heading=tell("Similar ones that are there already"),
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(tell("Propose another one"), icon=":material/add:", key="propose_again", on_click=_again)
        link("ideas", tell("See all ideas"), ":material/lightbulb:")


def _assumed(idea: Proposed) -> None:
    """How the four fields stand in the proposal: a guess is no more than that."""
    with st.container(border=True):
        st.markdown(f"**{tell('What was assumed')}**")
        if idea.worth:
            said = money_said(idea.worth, idea.currency)
            st.markdown(tell("Rough value a year: {worth}, before any cost.", worth=said))
        lines = [
            tell(
                "Cases a month: {cases}. The range counts as P10 to P90, and as a guess.", cases=cases_said(idea.volume)
            ),
            tell(
                "Value of a case: {value}. Its middle stands as the end of a curve, from no benefit to all of it, until the team chooses the kind of task.",
                value=money_said(idea.value, idea.currency),
            ),
        ]
        st.markdown("\n".join(f"- {line}" for line in lines))
        link("proposal", tell("See it in the proposal"), ":material/edit_note:", proposal=idea.id, step="value")


def _again() -> None:
    for name in (_SAVED, _WRONG):
        st.session_state.pop(name, None)


PAGE = Page(
    url="propose",
    title=message("Propose an idea"),
    icon=":material/emoji_objects:",
    help=message("Four fields with which a proposal begins."),
    place=13,
    draw=draw,
    in_menu=False,
)
