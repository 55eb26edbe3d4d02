"""Draws figure data with plotly. Computes nothing: the figures come from scoping.reports.figures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch
from html import escape
from math import log10
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from app.fields.words import plain, short
from app.session.browser import is_narrow
from scoping.reports.blocks import (
    Axis,
    Band,
    Bars,
    Figure,
    Heat,
    Line,
    Mark,
    Note,
    Points,
    Rule,
    Spans,
    Stretch,
)
from scoping.reports.ticks import logarithmic_ticks, money_ticks, share_ticks, told_along
from scoping.text.shortening import name_lines
from scoping.theme import DARK, LIGHT, Palette
from scoping.vocabulary import Tone, Unit

_BAR_HEIGHT = 38
# A line of a row's name, and what is left free between two names.
_LINE_HEIGHT, _BETWEEN_NAMES = 16, 8
_LEVELS = 16
# The most marks along an axis of money, and where there is less room.
_TICKS, _FEW_TICKS = 6, 4
# What a line's label is called among the annotations.
_LABEL = "label"
_NAME_WIDTH, _NAME_LINES = 28, 3
# On a phone: letters of an axis title before a second line begins, and what stands below the axis there.
_TITLE_WIDTH = 26
_LEGEND_HEIGHT = 60
_SCALE_BELOW = {"orientation": "h", "y": -0.3, "yanchor": "top", "title": {"side": "bottom"}}


def chart(figure: Figure, key: str) -> None:
    """The chart with its title above it and the sentence that says what to see."""
    st.markdown(f"**{plain(figure.title)}**")
    st.caption(plain(figure.sentence))
    st.plotly_chart(
        draw(figure, dark=st.context.theme.type == "dark", narrow=is_narrow()),
        key=key,
        alt=figure.alt,
        config={"displayModeBar": False, "scrollZoom": False},
    )


def draw(figure: Figure, *, dark: bool, narrow: bool = False) -> go.Figure:
    """The plotly figure; on a narrow window what has no room inside it stands in a legend below."""
    palette = DARK if dark else LIGHT
    drawn = go.Figure()
    for mark in figure.marks:
        _mark(mark, drawn, palette, figure)
    drawn.update_layout(
        height=_height(figure),
        margin={"l": 8, "r": 16, "t": 34, "b": 8},
        showlegend=any(isinstance(mark, Points) and bool(mark.groups) for mark in figure.marks),
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "font": {"color": palette.ink}},
        bargap=0.05,
        hovermode="closest",
        separators=figure.language.separators,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    drawn.update_xaxes(**_axis(figure, "x", narrow=narrow), zeroline=False)
    drawn.update_yaxes(**_axis(figure, "y", narrow=narrow), zeroline=False)
    if narrow:
        _fit_a_phone(drawn, figure)
    return drawn


def _fit_a_phone(drawn: go.Figure, figure: Figure) -> None:
    """Titles on several lines, and in a legend below what stands beside its mark elsewhere."""
    for axis in (drawn.layout.xaxis, drawn.layout.yaxis):
        axis.title.text = _on_lines(axis.title.text, _TITLE_WIDTH)
    if any(isinstance(mark, Heat) for mark in figure.marks):
        drawn.update_traces(colorbar=_SCALE_BELOW, selector=0)
        drawn.layout.height += _LEGEND_HEIGHT
    _labels_in_the_legend(drawn)


def _labels_in_the_legend(drawn: go.Figure) -> None:
    """A label beside a line near the edge of the chart would be cut."""
    drawn.update_traces(showlegend=False, selector=lambda trace: trace.showlegend is None)
    ruled = [shape for shape in drawn.layout.shapes if shape.name]
    for shape in ruled:
        shape.showlegend = True
    drawn.layout.annotations = [note for note in drawn.layout.annotations if note.name != _LABEL]
    drawn.update_layout(
        legend={"yref": "container", "y": 0, "yanchor": "bottom"},
        height=drawn.layout.height + (_LEGEND_HEIGHT if ruled else 0),
        showlegend=drawn.layout.showlegend or bool(ruled),
    )


def _height(figure: Figure) -> int:
    spans = [mark for mark in figure.marks if isinstance(mark, Spans)]
    return 110 + _row_height(spans[0].names) * len(spans[0].names) if spans else 340


def _row_height(names: Sequence[str]) -> int:
    """Of every row alike: as much as a bar needs, or the name of most lines."""
    lines = max((_on_few_lines(each).count("<br>") + 1 for each in names), default=1)
    return max(_BAR_HEIGHT, _LINE_HEIGHT * lines + _BETWEEN_NAMES)


def _axis(figure: Figure, name: str, *, narrow: bool) -> dict[str, Any]:
    axis: Axis = figure.x if name == "x" else figure.y
    title = _words(axis.title)
    found: dict[str, Any] = {"title": {"text": title if axis.unit != Unit.CATEGORY else ""}, "automargin": True}
    if axis.unit == Unit.MONEY:
        found |= _money(figure, name, _FEW_TICKS if narrow and name == "x" else _TICKS)
    elif axis.unit == Unit.SHARE:
        values, words = share_ticks(figure, name, _FEW_TICKS if narrow and name == "x" else _TICKS)
        found |= {"tickmode": "array", "tickvals": values, "ticktext": words}
    elif axis.unit == Unit.CATEGORY:
        found |= {"autorange": "reversed"}
    ends = (axis.low, axis.high)
    if axis.is_logarithmic:
        values, words = logarithmic_ticks(figure, name)
        found |= {"type": "log", "tickmode": "array", "tickvals": values, "ticktext": words}
        ends = (log10(axis.low or 1), log10(axis.high or 10))
    if ends[0] is not None and ends[1] is not None:
        found |= {"range": list(ends)}
    return found


def _money(figure: Figure, axis: str, most: int = _TICKS) -> dict[str, Any]:
    """Round amounts along an axis, written as everywhere else."""
    values, words = money_ticks(figure, axis, most)
    return {"tickmode": "array", "tickvals": values, "ticktext": words}


@singledispatch
def _mark(mark: Mark, drawn: go.Figure, palette: Palette, figure: Figure) -> None:
    raise TypeError(f"no way to draw {type(mark).__name__}")


@_mark.register
def _(mark: Bars, drawn: go.Figure, palette: Palette, figure: Figure) -> None:
    drawn.add_bar(
        x=list(mark.left),
        y=list(mark.height),
        width=[right - left for left, right in zip(mark.left, mark.right, strict=True)],
        offset=0,
        marker={"color": _colours(mark.tones, palette), "line": {"width": 0}},
        customdata=_told(figure, mark.left, mark.height),
        hovertemplate="%{customdata}<extra></extra>",
    )


@_mark.register
def _(mark: Spans, drawn: go.Figure, palette: Palette, figure: Figure) -> None:
    # Bars stand at numbers, not at names: two inputs may be called the same once they are short.
    rows = list(range(len(mark.names)))
    drawn.update_yaxes(tickvals=rows, ticktext=[_on_few_lines(name) for name in mark.names])
    drawn.add_bar(
        orientation="h",
        y=rows,
        x=[end - start for start, end in zip(mark.start, mark.end, strict=True)],
        base=list(mark.start),
        marker={"color": _colours(mark.tones, palette), "line": {"width": 0}},
        opacity=0.85,
        width=0.6,
        customdata=[f"{_words(name)}: {_words(label)}" for name, label in zip(mark.names, mark.labels, strict=True)],
        hovertemplate="%{customdata}<extra></extra>",
    )
    for row, low_first in enumerate(mark.low_at_start):
        first, last = ("P10", "P90") if low_first else ("P90", "P10")
        _end(drawn, mark.start[row], row, first, "right", palette)
        _end(drawn, mark.end[row], row, last, "left", palette)
    if mark.marks:
        drawn.add_scatter(
            x=list(mark.marks),
            y=rows,
            mode="markers",
            marker={"color": palette.page, "size": 9, "line": {"color": palette.ink, "width": 1.5}},
            hoverinfo="skip",
        )


def _end(drawn: go.Figure, at: float, row: int, label: str, anchor: str, palette: Palette) -> None:
    """Which end of the input an end of its bar is."""
    drawn.add_annotation(
        x=at, y=row, text=label, showarrow=False, xanchor=anchor, font={"size": 11, "color": palette.ink}
    )


@_mark.register
def _(mark: Note, drawn: go.Figure, palette: Palette, figure: Figure) -> None:
    drawn.add_annotation(
        x=mark.x,
        y=mark.y,
        text=_words(mark.text),
        showarrow=True,
        arrowhead=0,
        arrowcolor=palette.muted_mark,
        axref="x",
        ax=mark.x,
        **_raised(mark),
        bgcolor=palette.page,
        textangle=-90 if mark.upright else 0,
        font={"size": 12, "color": palette.ink},
    )


def _raised(mark: Note) -> dict[str, Any]:
    """Where a note's words stand: just above its place, or at a height of their own beside the line to it."""
    if mark.raised is None:
        return {"ay": -20}
    return {"ayref": "y", "ay": mark.raised, "xanchor": "right" if mark.left else "left", "yanchor": "bottom"}


@_mark.register
def _(mark: Line, drawn: go.Figure, palette: Palette, figure: Figure) -> None:
    drawn.add_scatter(
        x=list(mark.x),
        y=list(mark.y),
        mode="lines",
        name=mark.name,
        showlegend=False,
        line={"color": palette.tone(Tone(mark.tone)), "width": 2.5},
        customdata=_told(figure, mark.x, mark.y),
        hovertemplate="%{customdata}<extra>" + _words(mark.name) + "</extra>",
    )


@_mark.register
def _(mark: Band, drawn: go.Figure, palette: Palette, figure: Figure) -> None:
    line = {"width": 0, "color": palette.tone(Tone(mark.tone))}
    drawn.add_scatter(x=list(mark.x), y=list(mark.low), mode="lines", line=line, hoverinfo="skip")
    drawn.add_scatter(
        x=list(mark.x),
        y=list(mark.high),
        mode="lines",
        line=line,
        fill="tonexty",
        fillcolor=_faint(palette.tone(Tone(mark.tone))),
        hoverinfo="skip",
    )


@_mark.register
def _(mark: Rule, drawn: go.Figure, palette: Palette, figure: Figure) -> None:
    line = {"color": palette.tone(Tone(mark.tone)), "width": 1.4, "dash": "dash" if mark.label else "solid"}
    add = drawn.add_vline if mark.axis == "x" else drawn.add_hline
    add(mark.at, line=line, name=_words(mark.label))
    if mark.label:
        _beside(mark, drawn, palette)


def _beside(mark: Rule, drawn: go.Figure, palette: Palette) -> None:
    """The label of a line: above the chart for one that goes up, on the right of it for one that goes across."""
    taken = sum(note.name == _LABEL for note in drawn.layout.annotations)
    upright = {"x": mark.at, "y": 1, "yref": "paper", "yshift": 15 * (taken % 2)}
    across = {"x": 1, "xref": "paper", "xanchor": "right", "y": mark.at}
    drawn.add_annotation(
        **(upright if mark.axis == "x" else across),
        text=_words(mark.label),
        showarrow=False,
        yanchor="bottom",
        name=_LABEL,
        font={"color": palette.tone(Tone(mark.tone)), "size": 12},
    )


@_mark.register
def _(mark: Stretch, drawn: go.Figure, palette: Palette, figure: Figure) -> None:
    drawn.add_vrect(
        mark.low, mark.high, fillcolor=_faint(palette.tone(Tone(mark.tone))), line_width=0, name=_words(mark.label)
    )
    drawn.add_annotation(
        x=(mark.low + mark.high) / 2,
        y=0,
        yref="paper",
        yanchor="bottom",
        text=mark.label,
        showarrow=False,
        font={"color": palette.tone(Tone(mark.tone)), "size": 12},
        name=_LABEL,
    )


@_mark.register
def _(mark: Heat, drawn: go.Figure, palette: Palette, figure: Figure) -> None:
    scale = [[0, palette.bad], [0.5, palette.page], [1, palette.main]]
    # The same look as on paper: filled contours, and the line on which it is worth nothing.
    drawn.add_contour(
        x=list(mark.x),
        y=list(mark.y),
        z=[list(row) for row in mark.values],
        zmid=0,
        ncontours=_LEVELS,
        line={"width": 0},
        colorscale=scale,
        colorbar={"title": {"text": _words(mark.name)}, **_money(figure, "z", _FEW_TICKS)},
        hovertemplate=f"%{{x:.1%}}, %{{y:.1%}}: {figure.currency} %{{z:,.3s}}<extra></extra>",
    )
    drawn.add_contour(
        x=list(mark.x),
        y=list(mark.y),
        z=[list(row) for row in mark.values],
        contours={"start": 0, "end": 0, "size": 1, "coloring": "none"},
        line={"color": palette.ink, "width": 2},
        showscale=False,
        hoverinfo="skip",
    )


@_mark.register
def _(mark: Points, drawn: go.Figure, palette: Palette, figure: Figure) -> None:
    groups = list(mark.groups) or [""] * len(mark.names)
    for group in dict.fromkeys(groups):
        drawn.add_scatter(
            **_points(mark, [index for index, each in enumerate(groups) if each == group], palette, group, figure)
        )


def _told(figure: Figure, xs: Sequence[float], ys: Sequence[float]) -> list[str]:
    """What is said of each point that somebody points at."""
    pairs = zip(told_along(figure, "x", xs), told_along(figure, "y", ys), strict=True)
    return [f"{x}: {y}" for x, y in pairs]


def _points(mark: Points, own: Sequence[int], palette: Palette, group: str, figure: Figure) -> dict[str, Any]:
    """The points of one group, each named when it is pointed at."""
    tones = [mark.tones[index] for index in own]
    places = _told(figure, mark.x, mark.y)
    return {
        "x": [mark.x[index] for index in own],
        "y": [mark.y[index] for index in own],
        "mode": "markers+text",
        "name": group,
        "showlegend": bool(group),
        "text": [_words(short(mark.names[index], 28)) if mark.labelled[index] else "" for index in own],
        "textposition": ["middle left" if mark.left[index] else "middle right" for index in own],
        "customdata": [f"{_words(short(mark.names[index]))}: {places[index]}" for index in own],
        "cliponaxis": False,
        "textfont": {"color": palette.ink},
        "marker": {"color": _colours(tones, palette), "size": 13, "line": {"color": palette.page, "width": 1}},
        "hovertemplate": "%{customdata}<extra>" + group + "</extra>",
    }


def _words(text: str) -> str:
    """A text as plotly shows it letter by letter: it takes some marks for markup."""
    return escape(text, quote=False)


def _on_lines(title: str, width: int) -> str:
    """A title, which is escaped already, on as many lines as it takes."""
    return "<br>".join(wrap(title, width, break_long_words=False))


def _on_few_lines(name: str) -> str:
    """A name beside its bar, on more lines where one is too short; all of it when it is pointed at."""
    return "<br>".join(map(_words, name_lines(name, _NAME_WIDTH, _NAME_LINES)))


def _colours(tones: Sequence[str], palette: Palette) -> list[str]:
    return [palette.tone(Tone(tone)) for tone in tones]


def _faint(colour: str, share: float = 0.16) -> str:
    """The colour, nearly transparent: that share of it."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"
