"""Actuals entered by hand: all of one month, or one thing over its months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from app.fields.words import plain, short
from app.session import address
from app.session.language import chosen_language, tell, told
from app.session.measured import save_actuals
from app.session.person import person
from app.session.remembered import all_held
from app.session.shared import store
from app.views.parts.actuals_saving import keep_lines, keep_refused, show_refused
from app.views.parts.tabs import one_of
from db import Measured, StaleActuals
from scoping import GroundworkError
from scoping.errors import EntryRefused
from scoping.record.places import Place
from scoping.reports.measured.entering import (
    NO,
    YES,
    Cell,
    Said,
    at,
    entered,
    is_by_month,
    last_month,
    places,
    read_value,
    shown,
    unit_told,
)
from scoping.reports.measured.words import in_words
from scoping.text.grammar import Grammar
from scoping.vocabulary import ActualKind

MOST_FIELDS = 36
_MONTH, _WHAT, _GROUP = "month", "of", "group"
_SOURCE, _NOTE, _DAY = "actuals_source", "actuals_note", "actuals_day"
_LONGEST_LABEL, _LONGEST_TAB = 60, 40
_GROUPS: dict[str, tuple[ActualKind, ...]] = {
    "costs": (ActualKind.COST,),
    "progress": (ActualKind.TIME, ActualKind.REACHED),
    "use": (ActualKind.METRIC, ActualKind.VOLUME, ActualKind.ADOPTION),
    "inputs": (ActualKind.INPUT,),
    "results": (ActualKind.GAIN, ActualKind.BUSINESS),
    "kept": (ActualKind.GUARDRAIL, ActualKind.CONDITION),
}


@dataclass(frozen=True)
class Field:
    """One field of the form: what is measured in which month, and what it is called there."""

    cell: Cell
    place: Place
    label: str

    def key(self, measured: Measured) -> str:
        """By which the widget is known. It stays when somebody else saves: what is typed is not lost."""
        return f"actual:{measured.decision.id}:{self.cell.month}:{self.cell.about}"


def entry_part(measured: Measured) -> None:
    """The fields of a month, or of a thing, and one button that saves them."""
    known = places(measured.signed, measured.actuals, measured.decision.conditions)
    way = one_of(tell("How to enter"), [tell("All of a month"), tell("One thing over time")], "actuals_way", 0)
    if way == 0:
        _month(measured, known)
    else:
        _series(measured, [each for each in known if is_by_month(each)])


def _month(measured: Measured, known: Sequence[Place]) -> None:
    most = last_month(measured.signed, measured.actuals)
    month = address.number_field(_MONTH, tell("Month"), min(measured.actuals.months + 1, most), most)
    groups = _groups(known if len(known) <= MOST_FIELDS else _chosen_group(known))
    _form(measured, [(title, [_of_month(each, month, measured) for each in own]) for title, own in groups])


def _chosen_group(known: Sequence[Place]) -> list[Place]:
    """The places of one group: so many fields at once are too many for a page."""
    titles = _titles()
    names = tuple(name for name, kinds in _GROUPS.items() if any(each.kind in kinds for each in known))
    chosen = (
        address.word_field(_GROUP, tell("What"), names, titles.__getitem__, default=names[0], width=260) or names[0]
    )
    return [each for each in known if each.kind in _GROUPS[chosen]][:MOST_FIELDS]


def _titles() -> dict[str, str]:
    return {
        "costs": tell("Costs"),
        "progress": tell("Progress"),
        "use": tell("Model and use"),
        "inputs": tell("Other figures that were estimated"),
        "results": tell("Results"),
        "kept": tell("Guardrails and conditions"),
    }


def _groups(known: Sequence[Place]) -> Iterator[tuple[str, list[Place]]]:
    titles = _titles()
    for name, kinds in _GROUPS.items():
        if own := [each for each in known if each.kind in kinds]:
            yield titles[name], own


def _of_month(place: Place, month: int, measured: Measured) -> Field:
    unit = unit_told(place, measured.signed.currency)
    title = short(told(place.title), _LONGEST_LABEL)
    return Field(Cell(str(place.path), month), place, f"{title} ({told(unit)})" if unit else title)


def _series(measured: Measured, known: Sequence[Place]) -> None:
    names = {str(each.path): each for each in known}
    titles = {path: short(told(each.title), _LONGEST_LABEL) for path, each in names.items()}
    paths = tuple(names)
    chosen = address.word_field(_WHAT, tell("What"), paths, titles.__getitem__, default=paths[0], width=420) or paths[0]
    place, most = names[chosen], min(last_month(measured.signed, measured.actuals), MOST_FIELDS)
    st.caption(_about(place, measured))
    fields = [
        Field(Cell(chosen, month), place, tell("Month {month}", month=str(month))) for month in range(1, most + 1)
    ]
    _form(measured, [("", fields)], columns=6, width=120)


def _about(place: Place, measured: Measured) -> str:
    """What the value of a month is, and what was signed."""
    currency = measured.signed.currency
    parts = [plain(told(place.help))]
    if place.signed is not None:
        low, middle, high = (
            plain(told(in_words(each, place.unit, currency)))
            for each in (place.signed.p10, place.signed.p50, place.signed.p90)
        )
        parts.append(tell("Signed: {middle} ({low} to {high}).", middle=middle, low=low, high=high))
    return " ".join(parts)


def _form(measured: Measured, groups: Sequence[tuple[str, list[Field]]], columns: int = 3, width: int = 250) -> None:
    fields = [each for _, own in groups for each in own]
    show_refused("entry")
    with st.form(f"actuals:{measured.decision.id}", border=False, enter_to_submit=False):
        for title, own in groups:
            if title:
                st.subheader(title, anchor=False)
            with st.grid(columns, min_column_width=width):
                for each in own:
                    _field(measured, each)
        with st.grid(3, min_column_width=250):
            st.text_input(
                tell("Source of these figures"),
                key=_SOURCE,
                max_chars=2_000,
                help=tell("Where they can be looked up: the ledger, a dashboard, a test report."),
            )
            st.text_input(tell("Note"), key=_NOTE, max_chars=2_000)
            st.date_input(tell("Measured on the day"), None, key=_DAY)
        st.form_submit_button(
            tell("Save these figures"), type="primary", icon=":material/save:", on_click=_save, args=(measured, fields)
        )


def _field(measured: Measured, field: Field) -> None:
    key, grammar = field.key(measured), _grammar(measured)
    st.session_state.setdefault(key, shown(measured.actuals, field.cell, field.place, grammar))
    value, about = st.session_state[key], _about(field.place, measured)
    if field.place.kind.is_yes_or_no:
        options = ["", "1", "0"]
        said = {"": tell("Not known"), "1": told(YES), "0": told(NO)}
        st.selectbox(
            plain(field.label), options, options.index(value) if value in options else 0, key=key,
            format_func=said.__getitem__, help=about,
        )  # fmt: skip
        return
    several = len(at(measured.actuals, field.cell)) > 1
    more = f" {tell('Paid in several amounts: change them by file.')}" if several else ""
    st.text_input(plain(field.label), value, key=key, help=f"{about}{more}", disabled=several, max_chars=60)


def _grammar(measured: Measured) -> Grammar:
    return Grammar(chosen_language(), measured.signed.currency)


def _save(measured: Measured, fields: Sequence[Field]) -> None:
    """All that was changed in the form, or nothing."""
    typed = all_held([each.key(measured) for each in fields])
    changed = [each for each in fields if _is_changed(measured, each, typed)]
    values, refused = _read(measured, changed, typed)
    if refused:
        keep_lines("entry", refused)
        return
    if not values:
        st.toast(tell("Nothing was changed"), icon=":material/info:")
        return
    try:
        saved = save_actuals(measured, entered(measured.actuals, values, _said()))
    except StaleActuals as error:
        keep_lines("entry", [plain(told(str(error.args[0])))])
        _show_theirs(measured, fields, changed)
    except GroundworkError as error:
        keep_refused("entry", error, measured)
    else:
        _show(saved, fields)
        st.toast(tell("Saved"), icon=":material/check:")


def _is_changed(measured: Measured, field: Field, typed: dict[str, object]) -> bool:
    key = field.key(measured)
    before = shown(measured.actuals, field.cell, field.place, _grammar(measured))
    return key in typed and str(typed[key] or "").strip() != before


def _read(
    measured: Measured, fields: Sequence[Field], typed: dict[str, object]
) -> tuple[dict[Cell, float | None], list[str]]:
    """The values, and a line for each that cannot be."""
    values: dict[Cell, float | None] = {}
    refused = []
    for each in fields:
        text = str(typed[each.key(measured)] or "")
        try:
            values[each.cell] = read_value(text, each.place, _grammar(measured))
        except EntryRefused as error:
            refused.append(f"**{plain(each.label)}**: {plain(told(error.allowed))}")
    return values, refused


def _said() -> Said:
    held = all_held([_SOURCE, _NOTE, _DAY])
    day = held.get(_DAY)
    return Said(
        str(held.get(_SOURCE) or ""), str(held.get(_NOTE) or ""), day if isinstance(day, date) else None, person()
    )


def _show(measured: Measured, fields: Sequence[Field]) -> None:
    """Each field says again what is saved."""
    for each in fields:
        st.session_state[each.key(measured)] = shown(measured.actuals, each.cell, each.place, _grammar(measured))


def _show_theirs(measured: Measured, fields: Sequence[Field], own: Sequence[Field]) -> None:
    """What somebody else entered meanwhile, in the fields that this person left alone; what was typed stays."""
    now = store().actuals.current(measured.proposal_id)
    if now is not None and now.decision.id == measured.decision.id:
        _show(now, [each for each in fields if each not in own])
