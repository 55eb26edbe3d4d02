"""What actuals say of the work as a whole: of which alternative they are, when it began, whether it goes on."""

from __future__ import annotations

import streamlit as st

from app.fields.words import plain
from app.session.language import tell
from app.session.measured import save_actuals
from app.session.remembered import all_held
from app.views.parts.actuals_saving import REFUSED, keep_refused, show_refused
from db import Measured
from scoping import GroundworkError
from scoping.record.actuals import LAST_MONTH, Actuals
from scoping.reports.measured.entering import alternatives

_NAMES = ("alternative", "started_on", "through_month", "stopped_month")


def terms_part(measured: Measured, *, needs_alternative: bool = False) -> None:
    """The few fields that hold for all months; open where one of them is needed first."""
    if needs_alternative:
        st.info(
            tell("The decision names no alternative. Say of which one you measure: its figures are what was signed."),
            icon=":material/alt_route:",
        )
        show_refused("terms")
        _form(measured)
        return
    with st.expander(tell("When it began, and whether it goes on"), icon=":material/event:"):
        show_refused("terms")
        _form(measured)


def _form(measured: Measured) -> None:
    actuals, names = measured.actuals, alternatives(measured.signed)
    keys = {name: f"actuals_{name}:{measured.decision.id}:{measured.version}" for name in _NAMES}
    with st.form(f"terms:{measured.decision.id}:{measured.version}", border=False):
        with st.grid(4, min_column_width=200):
            st.selectbox(
                tell("Alternative"), names, _place(measured.alternative, names), key=keys["alternative"], format_func=plain,
                placeholder=tell("Choose one"),
            )  # fmt: skip
            st.date_input(
                tell("First day of month 1"), actuals.started_on, key=keys["started_on"],
                help=tell("The first day of the work. Months count from it."),
            )  # fmt: skip
            st.number_input(
                tell("Recorded through month"), 1, LAST_MONTH, actuals.through_month, key=keys["through_month"],
                help=tell("Up to which month everything has been recorded. Empty: the last month with an entry."),
            )  # fmt: skip
            st.number_input(
                tell("Stopped in month"), 1, LAST_MONTH, actuals.stopped_month, key=keys["stopped_month"],
                help=tell("In which month the work or the use was ended. Empty: it goes on."),
            )  # fmt: skip
        st.form_submit_button(tell("Save this"), icon=":material/save:", on_click=_save, args=(measured, keys))


def _place(name: str, names: tuple[str, ...]) -> int | None:
    return names.index(name) if name in names else None


def _save(measured: Measured, keys: dict[str, str]) -> None:
    typed = all_held(keys.values())
    given = {name: typed.get(key) for name, key in keys.items()}
    try:
        document = {**measured.actuals.model_dump(mode="python"), **given, "alternative": given["alternative"] or ""}
        save_actuals(measured, Actuals.model_validate(document))
    except GroundworkError as error:
        keep_refused("terms", error, measured)
        return
    st.session_state.pop(REFUSED, None)
    st.toast(tell("Saved"), icon=":material/check:")
