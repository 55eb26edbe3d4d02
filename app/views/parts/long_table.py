"""A table of many rows: it is searched and sorted where it stands, and takes no more of the page than a short one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, cast

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from app.fields.words import plain
from app.session.language import tell_count
from scoping.reports.blocks import Table
from scoping.text.wording import DASH

MOST_ROWS, MOST_CARDS = 40, 12
"""A table of more rows, or of more cards on a phone, is searched rather than read."""
_HEIGHT = 440
_LONG_TEXT = 40
_NAME_ON_A_PHONE, _NUMBER_ON_A_PHONE = 150, 100


def searched(table: Table, title: str, *, on_a_phone: bool = False) -> None:
    """The table in a frame of its own; columns of numbers are sorted as numbers and written as elsewhere.

    On a phone each row's name stays where it is, and figures stand beside it.
    """
    st.caption(
        tell_count(
            "{count} row. Click a heading to sort; the magnifier at the table searches.",
            "{count} rows. Click a heading to sort; the magnifier at the table searches.",
            len(table.rows),
        )
    )
    st.dataframe(
        _styled(table), hide_index=True, height=_HEIGHT, alt=plain(title), column_config=_headings(table, on_a_phone)
    )


def _styled(table: Table) -> object:
    """The numbers, shown as the texts of the table."""
    numbers = dict(table.numbers)
    texts_of = [[row[place] for row in table.rows] for place in range(len(table.columns))]
    columns = {str(place): numbers.get(place, texts) for place, texts in enumerate(texts_of)}
    styler = pd.DataFrame(columns).style
    for place, found in numbers.items():
        texts = {number: row[place] for number, row in zip(found, table.rows, strict=True)}
        styler = styler.format(_written(texts), subset=[str(place)], na_rep=DASH)
    return styler


def _written(texts: Mapping[float | None, str]) -> Callable[[object], str]:
    """How a number of a column stands in the table."""
    return lambda number: texts[cast("float", number)]


def _headings(table: Table, on_a_phone: bool) -> dict[str, ColumnConfig]:
    width = _width_on_a_phone if on_a_phone else _width
    return {
        str(place): st.column_config.Column(
            each, width=width(table, place), pinned=on_a_phone and place == name_of(table)
        )
        for place, each in enumerate(table.columns)
    }


def name_of(table: Table) -> int:
    """The column that says what a row is about: the first that holds no numbers."""
    return next((place for place in range(len(table.columns)) if place not in table.numeric), 0)


def _width_on_a_phone(table: Table, place: int) -> int | Literal["medium"]:
    if place == name_of(table):
        return _NAME_ON_A_PHONE
    return _NUMBER_ON_A_PHONE if place in table.numeric else "medium"


def _width(table: Table, place: int) -> Literal["small", "medium", "large"]:
    if place in table.numeric:
        return "small"
    return "large" if max(len(row[place]) for row in table.rows) > _LONG_TEXT else "medium"
