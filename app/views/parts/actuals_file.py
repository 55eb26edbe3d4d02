"""Actuals by CSV: a template out, what was filled in back, looked at before anything is taken over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from app.exports.offer import offer
from app.fields.words import plain
from app.session.language import tell, tell_count, told
from app.session.measured import save_actuals
from app.views.parts.actuals_saving import keep_refused, show_refused
from db import Measured
from scoping import GroundworkError
from scoping.record.actuals import Actuals, write_actuals
from scoping.record.places import Place
from scoping.reports.measured.csv_file import CellRefused, Difference, FileRefused, differences, read_csv, template
from scoping.reports.measured.entering import last_month, places
from scoping.reports.measured.words import in_words

_SHOWN = 200
_REFUSED_SHOWN = 50


def file_part(measured: Measured) -> None:
    """The template, and the way back in."""
    known = places(measured.signed, measured.actuals, measured.decision.conditions)
    months = last_month(measured.signed, measured.actuals)
    st.caption(
        tell(
            "One line for each thing and month, with what is recorded already. Fill in the column value, leave the others as they are; lines without a value are skipped. Shares are 0.71 or 71%."
        )
    )
    with st.container(horizontal=True):
        offer(
            tell("Template as CSV"), partial(template, known, measured.actuals, months), "actuals.csv", "text/csv",
            f"actuals_csv:{measured.version}",
        )  # fmt: skip
        offer(
            tell("Recorded actuals as JSON"), lambda: write_actuals(measured.actuals).encode(), "actuals.json",
            "application/json", f"actuals_json:{measured.version}",
        )  # fmt: skip
    show_refused("file")
    file = st.file_uploader(
        tell("Filled in CSV"), type="csv", key=f"actuals_upload:{measured.decision.id}:{measured.version}"
    )
    if file is not None:
        _preview(measured, known, file.getvalue(), file.name)


def _preview(measured: Measured, known: Sequence[Place], content: bytes, name: str) -> None:
    try:
        found = read_csv(content, known, measured.actuals)
    except FileRefused as refused:
        _refused(refused)
        return
    changed = differences(measured.actuals, found, known)
    if not changed:
        st.info(tell("The file says what is recorded already."), icon=":material/check:")
        return
    with st.container(border=True):
        st.markdown(f"**{tell('What the file would change')}**")
        _table(changed, measured.signed.currency)
        many = tell_count("Take over {count} change", "Take over {count} changes", len(changed))
        st.button(many, type="primary", key="take_actuals", on_click=_take, args=(measured, found, name))


def _refused(refused: FileRefused) -> None:
    if refused.said:
        st.error(f"{tell('Nothing was imported.')} {plain(told(refused.said))}", icon=":material/error:")
        return
    st.error(tell("Nothing was imported. Mend these cells and try again:"), icon=":material/error:")
    st.dataframe(
        pd.DataFrame([_cell(each) for each in refused.cells[:_REFUSED_SHOWN]]), hide_index=True,
        alt=tell("Cells that were refused"),
    )  # fmt: skip
    if len(refused.cells) > _REFUSED_SHOWN:
        st.caption(tell("The first {shown} of {count}.", shown=str(_REFUSED_SHOWN), count=str(len(refused.cells))))


def _cell(each: CellRefused) -> dict[str, str]:
    return {
        tell("Line"): str(each.line),
        tell("Column"): each.column,
        tell("What stands there"): each.value,
        tell("Why it was refused"): told(each.allowed),
    }


def _table(changed: Sequence[Difference], currency: str) -> None:
    rows = [
        {
            tell("Month"): each.month,
            tell("What"): told(each.place.title),
            tell("Until now"): _value(each.before, each.place, currency),
            tell("From the file"): _from_file(each, currency),
        }
        for each in changed[:_SHOWN]
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt=tell("What the file would change"))
    if len(changed) > _SHOWN:
        st.caption(tell("The first {shown} of {count}.", shown=str(_SHOWN), count=str(len(changed))))


def _from_file(each: Difference, currency: str) -> str:
    """The value; where it is the old one, something was said beside it."""
    value = _value(each.after, each.place, currency)
    return tell("{value}, with another source, note or day", value=value) if each.after == each.before else value


def _value(value: float | None, place: Place, currency: str) -> str:
    return "" if value is None else told(in_words(value, place.unit, currency))


def _take(measured: Measured, found: Actuals, name: str) -> None:
    try:
        save_actuals(measured, found, name)
    except GroundworkError as error:
        keep_refused("file", error, measured)
        return
    st.toast(tell("Taken over"), icon=":material/check:")
