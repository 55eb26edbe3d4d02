"""Figures as PowerPoint's own charts, which a person can edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.util import Pt
from xlsxwriter import Workbook

from ....text.languages import message, say
from ....text.shortening import name_lines, shortened
from ....text.wording import MINUS, amounts, percent_pattern
from ....theme import LIGHT
from ....vocabulary import Tone, Unit
from ...blocks import (
    Axis,
    Band,
    Bars,
    Figure,
    Line,
    Rule,
    Spans,
)
from ...layout import printable
from ...lettering import LINE
from ...workbooks import TEXT_STAYS_TEXT
from .slides import Area, Slide, colour_of, placed

# Their stubs are partial.
_CategoryWriter: Any = CategoryWorkbookWriter
_XyWriter: Any = XyWorkbookWriter
_EXPECTED = message("Expected")
# What a labelled line across a chart looks like.
_RULES = {Tone.BAD: LIGHT.bad, Tone.GOOD: LIGHT.good, Tone.ACCENT: LIGHT.accent}
# The low end and the high end are told apart, in colour and without.
_ENDS = {"P10": LIGHT.accent_mark, "P90": LIGHT.good}
_DASHES = {"P10": MSO_LINE.SQUARE_DOT, "P90": MSO_LINE.DASH}
_MOST_SPANS, _LABELS = 6, 6
# A name beside its bars: letters of a line, their size, lines; and what else of the height a chart takes. A longer one stands in full in the table on the same slide.
_NAME, _NAME_SIZE, _LEAST_LINES, _AROUND_BARS = 34, 9, 2, 3.6
_SHORT_TITLE, _LONGEST_TITLE = 70, 300
_TENS_OF_MILLIONS_FROM, _MILLIONS_FROM, _THOUSANDS_FROM = 2e7, 2e6, 2e4
_GROUPED_FROM = 1e3
# Type larger than this is a title, and bold.
_TITLES_FROM = 12
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"


class _TextStaysText:
    """The chart's workbook, in which no name becomes a formula or an address."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: Any) -> Iterator[tuple[Any, Any]]:
        workbook: Any = Workbook(xlsx_file, TEXT_STAYS_TEXT)
        yield workbook, workbook.add_worksheet()
        workbook.close()


class _CategoryBook(_TextStaysText, _CategoryWriter):  # type: ignore[misc]
    pass


class _XyBook(_TextStaysText, _XyWriter):  # type: ignore[misc]
    pass


class _CategoryChart(CategoryChartData):
    @property
    def _workbook_writer(self) -> Any:
        return _CategoryBook(self)


class _XyChart(XyChartData):
    @property
    def _workbook_writer(self) -> Any:
        return _XyBook(self)


_CategoryData: Any = _CategoryChart
_XyData: Any = _XyChart


def add_chart(slide: Slide, figure: Figure, area: Area) -> None:
    """The figure as a chart of PowerPoint's own; the kind follows from what is drawn."""
    bars, spans = (next((mark for mark in figure.marks if isinstance(mark, kind)), None) for kind in (Bars, Spans))
    if isinstance(bars, Bars):
        kind, data = XL_CHART_TYPE.COLUMN_CLUSTERED, _histogram(bars, figure)
    elif isinstance(spans, Spans):
        kind, data = XL_CHART_TYPE.BAR_CLUSTERED, _ranges(spans, say(_EXPECTED, figure.language), area.height)
    else:
        kind, data = XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, _curves(figure)
    frame = slide.shapes.add_chart(kind, *placed(area), data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", printable(figure.alt))
    _dress(frame.chart, figure, bars if isinstance(bars, Bars) else None)


def _histogram(bars: Bars, figure: Figure) -> Any:
    data: Any = _CategoryData(number_format="0%")
    middles = [(left + right) / 2 for left, right in zip(bars.left, bars.right, strict=True)]
    names = [say(amount, figure.language) for amount in amounts(middles, figure.currency)]
    # The outermost bars hold what lies beyond them.
    data.categories = [f"≤ {names[0]}", *names[1:-1], f"≥ {names[-1]}"]
    data.add_series(figure.y.title, list(bars.height))
    return data


def _ranges(spans: Spans, expected: str, height: float) -> Any:
    data: Any = _CategoryData(number_format="#,##0")
    shown = _worth_most(spans)
    lines = max(_LEAST_LINES, int((height - _AROUND_BARS) / len(shown) / (LINE * _NAME_SIZE)))
    data.categories = ["\n".join(name_lines(printable(spans.names[row]), _NAME, lines)) for row in shown]
    data.add_series("P10", [spans.start[row] for row in shown])
    if spans.marks:
        data.add_series(expected, [spans.marks[row] for row in shown])
    data.add_series("P90", [spans.end[row] for row in shown])
    return data


def _worth_most(spans: Spans) -> list[int]:
    """The rows that a chart has room for: those with the highest expected value, in their own order."""
    worth = [value if value is not None else spans.end[row] for row, value in enumerate(spans.marks or spans.end)]
    return sorted(sorted(range(len(worth)), key=lambda row: -worth[row])[:_MOST_SPANS])


def _curves(figure: Figure) -> Any:
    data: Any = _XyData(number_format="#,##0")
    for mark in figure.marks:
        if isinstance(mark, Line):
            _series(data, mark.name, mark.x, mark.y)
        if isinstance(mark, Band):
            _series(data, mark.ends[0], mark.x, mark.low)
            _series(data, mark.ends[1], mark.x, mark.high)
    low, high = _reach(figure)
    for mark in figure.marks:
        # A labelled line across the chart: break-even, ceiling, payback.
        if isinstance(mark, Rule) and mark.label and mark.axis == "x":
            _series(data, mark.label, (mark.at, mark.at), (low, high))
        elif isinstance(mark, Rule) and mark.label:
            _series(data, mark.label, _across(figure), (mark.at, mark.at))
    return data


def _across(figure: Figure) -> tuple[float, float]:
    """From the left edge of the chart to its right one."""
    xs = [x for mark in figure.marks if isinstance(mark, (Line, Band)) for x in mark.x]
    low, high = figure.x.low, figure.x.high
    return (min(xs) if low is None else low, max(xs) if high is None else high)


def _reach(figure: Figure) -> tuple[float, float]:
    """The lowest and the highest value that is drawn."""
    values: list[float] = []
    for mark in figure.marks:
        if isinstance(mark, Band):
            values += [*mark.low, *mark.high]
        elif isinstance(mark, Line):
            values += mark.y
        elif isinstance(mark, Spans):
            values += [*mark.start, *mark.end]
    return (min(values), max(values)) if values else (0.0, 0.0)


def _series(data: Any, name: str, xs: Sequence[float], ys: Sequence[float]) -> None:
    series = data.add_series(name)
    for x, y in zip(xs, ys, strict=True):
        series.add_data_point(x, y)


def _dress(chart: Any, figure: Figure, bars: Bars | None) -> None:
    chart.font.size = Pt(11)
    chart.has_title = True
    chart.chart_title.text_frame.text = printable(shortened(figure.title, _LONGEST_TITLE))
    _type(chart.chart_title.text_frame, 13 if len(figure.title) <= _SHORT_TITLE else 10)
    chart.has_legend = bars is None
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    turned = any(isinstance(mark, Spans) for mark in figure.marks)
    across, up = (figure.y, figure.x) if turned else (figure.x, figure.y)
    _axis(chart.category_axis, across, figure, numbers=not turned and bars is None)
    _axis(chart.value_axis, up, figure, numbers=True, turned=turned)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if turned:
        # The first one on top, where reading begins, and the amounts below all the same.
        chart.category_axis.reverse_order = True
        chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
        chart.category_axis.tick_labels.font.size = Pt(_NAME_SIZE)
        _label_every(chart.category_axis, 1)
    if chart.value_axis.has_major_gridlines:
        chart.value_axis.major_gridlines.format.line.color.rgb = colour_of(LIGHT.grid)
    if bars is None:
        _colour_series(chart, figure)
    else:
        _label_every(chart.category_axis, max(len(bars.height) // _LABELS, 1))
        _colour_losses(chart, bars)


def _axis(axis: Any, about: Axis, figure: Figure, *, numbers: bool, turned: bool = False) -> None:
    """Title and number format; a category axis has names, not numbers."""
    axis.format.line.color.rgb = colour_of(LIGHT.grid)
    if about.unit != Unit.CATEGORY:
        axis.has_title = True
        title = f"{about.title} ({figure.currency})" if about.unit == Unit.MONEY else about.title
        axis.axis_title.text_frame.text = printable(title)
        _type(axis.axis_title.text_frame, 11)
    if numbers:
        axis.tick_labels.number_format = _number_format(about, figure)
        axis.tick_labels.number_format_is_linked = False
    if numbers and turned:
        _from_zero(axis, *_reach(figure))
    if numbers and about.low is not None and about.high is not None:
        axis.minimum_scale, axis.maximum_scale = about.low, about.high
    if about.is_logarithmic:
        axis._element.scaling.insert(0, parse_xml(f'<c:logBase xmlns:c="{_CHART}" val="10"/>'))


def _from_zero(axis: Any, low: float, high: float) -> None:
    """A bar is as long as its value: the axis is not cut before zero."""
    if low > 0:
        axis.minimum_scale = 0
    if high < 0:
        axis.maximum_scale = 0


def _number_format(about: Axis, figure: Figure) -> str:
    """As the program writes its own numbers, with the minus sign and the per cent of our texts."""
    if about.unit == Unit.SHARE:
        return percent_pattern(figure.language)
    pattern = _amounts(about, figure)
    return f"{pattern};{MINUS}{pattern}"


def _amounts(about: Axis, figure: Figure) -> str:
    """Whole numbers without a point, which `0.##` would leave behind them in PowerPoint."""
    ends = _across(figure) if about is figure.x and about.unit != Unit.MONEY else _reach(figure)
    largest = max(map(abs, ends))
    plain = "#,##0" if largest >= _GROUPED_FROM else "General"
    if about.unit != Unit.MONEY:
        return plain
    millions, thousands = (say(text, figure.language) for text in (message("M"), message("K")))
    if largest >= _TENS_OF_MILLIONS_FROM:
        return f'#,##0,,"{millions}"'
    if largest >= _MILLIONS_FROM:
        return f'#,##0.0,,"{millions}"'
    return f'#,##0,"{thousands}"' if largest >= _THOUSANDS_FROM else plain


def _type(frame: Any, size: int) -> None:
    frame.paragraphs[0].font.size, frame.paragraphs[0].font.bold = Pt(size), size > _TITLES_FROM


def _label_every(axis: Any, bars: int) -> None:
    """A label below every so many bars: of a histogram all of them would stand on each other."""
    skip = parse_xml(f'<c:tickLblSkip xmlns:c="{_CHART}" val="{bars}"/>')
    axis._element.find(f"{{{_CHART}}}noMultiLvlLbl").addprevious(skip)


def _colour_series(chart: Any, figure: Figure) -> None:
    """The expected value in full colour, its range fainter."""
    rules = {mark.label: _RULES.get(mark.tone, LIGHT.main) for mark in figure.marks if isinstance(mark, Rule)}
    ends = {"P10": "P10", "P90": "P90"}
    ends |= {
        name: end for mark in figure.marks if isinstance(mark, Band) for name, end in zip(mark.ends, _ENDS, strict=True)
    }
    for series in chart.plots[0].series:
        end = ends.get(series.name, "")
        colour = _ENDS.get(end) or rules.get(series.name, LIGHT.main)
        if chart.chart_type == XL_CHART_TYPE.BAR_CLUSTERED:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour_of(colour)
            # Bars below zero would lose their colour.
            series.invert_if_negative = False
        else:
            series.format.line.color.rgb = colour_of(colour)
            series.format.line.width = Pt(2.25 if colour == LIGHT.main else 1.5)
            series.smooth = False
            if end in _DASHES:
                series.format.line.dash_style = _DASHES[end]


def _colour_losses(chart: Any, bars: Bars) -> None:
    chart.plots[0].gap_width = 5
    chart.plots[0].series[0].invert_if_negative = False
    for number, tone in enumerate(bars.tones):
        fill = chart.plots[0].series[0].points[number].format.fill
        fill.solid()
        fill.fore_color.rgb = colour_of(LIGHT.tone(tone))
