"""The columns of a table that is edited in place: one for each field of a row, three for an estimate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from app.fields.words import humanise
from scoping.document.specs import Spec
from scoping.text import entry

QUANTILES = {"p10": "low", "p50": "likely", "p90": "high"}
"""What the three columns of an estimate are called."""

_Columns = dict[str, Any]


def spec_name(spec: Spec) -> str:
    """The field's name within its row."""
    return spec.path.last


def cells(spec: Spec) -> list[str]:
    """The names of the columns in which a field stands."""
    return [f"{spec_name(spec)}:{part}" for part in QUANTILES] if spec.shape == "estimate" else [spec_name(spec)]


def cell_type(spec: Spec) -> str:
    """What the data frame holds there."""
    return "Float64" if spec.quantity is not None else "string"


def default_of(spec: Spec) -> str | None:
    """The choice that stands in a new row; None where there is none."""
    return str(spec.default) if spec.default in spec.choices else None


def columns(spec: Spec, currency: str, options: Mapping[str, str] | None) -> _Columns:
    """How the editor shows a field; `options` gives what may be chosen there, and how people call it."""
    unit = entry.unit_label(spec.quantity, currency, spec.title)
    title = f"{spec.title} ({unit})" if unit else spec.title
    if spec.quantity is not None:
        return _numbers(spec, title)
    if options or spec.shape == "choice":
        return _choices(spec, title, options or {str(name): humanise(name) for name in spec.choices})
    return {spec_name(spec): st.column_config.TextColumn(title, help=spec.help)}


def _numbers(spec: Spec, title: str) -> _Columns:
    if spec.shape != "estimate":
        percent = entry.is_percent(spec.quantity)
        shown = st.column_config.NumberColumn(
            spec.title if percent else title, help=spec.help, format="percent" if percent else "localized"
        )
        return {spec_name(spec): shown}
    return {
        name: st.column_config.NumberColumn(f"{title}, {word}", help=spec.help, format="localized")
        for name, word in zip(cells(spec), QUANTILES.values(), strict=True)
    }


def _choices(spec: Spec, title: str, titles: Mapping[str, str]) -> _Columns:
    shown = st.column_config.SelectboxColumn(
        title,
        help=spec.help,
        options=list(titles),
        default=default_of(spec),
        format_func=lambda name: titles.get(str(name), str(name)),
    )
    return {spec_name(spec): shown}
