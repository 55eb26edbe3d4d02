"""Value against feasibility: one chart for what compares in one currency, one more for each that stands apart."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.charts.draw import chart
from app.session.language import chosen_language
from db import Listed
from scoping.reports.figures import portfolio as portfolio_figure
from scoping.reports.spoken import spoken

_SIDE_BY_SIDE = 2
Point = tuple[str, float, float, str]


def portfolio_charts(rows: Sequence[Listed], display: str) -> None:
    """The charts of these rows; amounts that have a rate are in the display currency."""
    charts: dict[str, list[Point]] = {}
    for row in rows:
        point = _point(row)
        if point is not None:
            charts.setdefault(row.currency if row.rate is None else display, []).append(point)
    with st.grid(_SIDE_BY_SIDE, min_column_width=480, gap="medium") as grid:
        for currency, known in charts.items():
            with grid.cell():
                chart(spoken(portfolio_figure(known, currency), chosen_language()), f"portfolio:{currency}")


def _point(row: Listed) -> Point | None:
    value = row.npv_mean if row.rate is None else row.converted(row.npv_mean)
    if value is None or row.feasibility_score is None:
        return None
    return row.title, row.feasibility_score, value, row.recommendation
