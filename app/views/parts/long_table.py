"""A table of many rows: it is searched and sorted where it stands, and takes no more of the page than a short one."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from app.fields.words import plain
from app.session.language import tell_count
from scoping.reports.blocks import Table
from scoping.text.wording import DASH

MOST_ROWS_AT_ONCE = 40
"""A table of more rows is searched rather than read."""
_HEIGHT = 440


def searched(table: Table, title: str) -> None:
    """The table in a frame of its own; columns of numbers are sorted as numbers and written as elsewhere."""
    st.caption(
        tell_count(
            "{count} row. Click a heading to sort; the magnifier at the table searches.",
            "{count} rows. Click a heading to sort; the magnifier at the table searches.",
            len(table.rows),
        )
    )
    st.dataframe(_styled(table), hide_index=True, height=_HEIGHT, alt=plain(title), column_config=_headings(table))


def _styled(table: Table) -> object:
    """The numbers, shown as the texts of the table."""
    numbers = dict(table.numbers)
    columns = {
        str(place): numbers.get(place, [row[place] for row in table.rows]) for place in range(len(table.columns))
    }
    styler = pd.DataFrame(columns).style
    for place, found in numbers.items():
        texts = {number: row[place] for number, row in zip(found, table.rows, strict=True)}
        styler = styler.format(texts.get, subset=[str(place)], na_rep=DASH)
    return styler


def _headings(table: Table) -> dict[str, ColumnConfig]:
    return {str(place): st.column_config.Column(heading) for place, heading in enumerate(table.columns)}
