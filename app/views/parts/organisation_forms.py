"""The fields of the organisation's settings, part by part."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app.fields.estimate import estimate_heading
from app.fields.field import field, fields, pair
from app.fields.rows import rows
from app.fields.words import plain
from app.session.language import tell, told
from app.session.remembered import held
from app.session.settings_form import SettingsForm
from scoping.document.alternatives import Cost
from scoping.document.own import OwnField, OwnQuestion
from scoping.feasibility.catalogue import AREAS, QUESTIONS, ROLES
from scoping.organisation import DayRate
from scoping.reports.titles import OWN_KIND_TITLES, STEP_TITLES, WORST_TITLES
from scoping.text.languages import message

_OFF = "switched_off"
_AREAS_OF_QUESTIONS = "organisation_area"


def begin_part(form: SettingsForm) -> None:
    """With what a new proposal begins."""
    st.caption(tell("What stands here, a new proposal begins with; what is empty, its team fills in."))
    pair(form, "name", "currency")
    st.header(tell("Returns"), anchor=False)
    estimate_heading()
    field(form, "returns.discount_rate")
    pair(form, "returns.horizon_months", "returns.cash_convention", "returns.growth_steps")
    st.header(tell("Finance"), anchor=False)
    pair(form, "finance.tax_rate", "finance.depreciation_months")
    pair(form, "finance.inflation", "finance.rate_is")
    pair(form, "finance.soft_counts", "finance.fiscal_year_starts")


def costs_part(form: SettingsForm) -> None:
    """What a day of work costs, and what a project usually pays for."""
    st.caption(tell("Offered on the step Costs and returns: one click takes a cost over, as an amount of its own."))
    st.header(tell("Day rates"), anchor=False)
    rows(form, "day_rates", DayRate, message("Day rates"))
    st.header(tell("Standard costs"), anchor=False)
    rows(form, "costs", Cost, message("Standard costs"))


def verdict_part(form: SettingsForm) -> None:
    """From where on a verdict warns."""
    st.caption(
        tell(
            "What is recommended follows from expected values alone. These say from where on a verdict warns. Each proposal holds those that it began with, so a change here moves no figure and no decision."
        )
    )
    fields(form, "thresholds.risky_loss", "thresholds.thin_headroom", "thresholds.near_even")


def questions_part(form: SettingsForm) -> None:
    """Which questions of the catalogue are not asked, and what is asked beside them."""
    st.header(tell("Own questions"), anchor=False)
    areas = {name: told(title) for name, title in AREAS.items()}
    roles = {name: told(title) for name, title in ROLES.items()}
    worst = {str(name): told(title) for name, title in WORST_TITLES.items()}
    options: Mapping[str, Mapping[str, str]] = {"area": areas, "ask": roles, "worst": worst}
    rows(form, "questions", OwnQuestion, message("Own questions"), options)
    st.header(tell("Questions of the catalogue"), anchor=False)
    st.caption(tell("A question that is switched off is neither asked nor missed. Gates are marked."))
    area = st.selectbox(tell("Area"), list(areas), format_func=areas.__getitem__, key=_AREAS_OF_QUESTIONS, width=320)
    off = {*form.organisation.switched_off}
    for question in QUESTIONS.values():
        if question.area == area:
            _switch(form, question.id, is_on=question.id not in off)


def _switch(form: SettingsForm, identity: str, *, is_on: bool) -> None:
    question, key = QUESTIONS[identity], form.key(f"{_OFF}:{identity}")
    st.session_state[key] = is_on
    gate = f" · {tell('gate')}" if question.is_gate else ""
    st.toggle(
        f"{plain(told(question.text))}{gate}", key=key, help=plain(told(question.help)), on_change=_turn,
        args=(form, identity, key),
    )  # fmt: skip


def _turn(form: SettingsForm, identity: str, key: str) -> None:
    others = [each for each in form.organisation.switched_off if each != identity]
    form.set(_OFF, others if held(key) else [*others, identity], "")


def fields_part(form: SettingsForm) -> None:
    """What an organisation wants to know beside the form."""
    st.caption(
        tell(
            "A field stands at the end of its step, in the summary, the workbook and the JSON document. What stands in one is kept, whatever becomes of the field here."
        )
    )
    kinds = {str(name): told(title) for name, title in OWN_KIND_TITLES.items()}
    steps = {str(name): told(title) for name, title in STEP_TITLES.items()}
    rows(form, "fields", OwnField, message("Own fields"), {"kind": kinds, "step": steps})
