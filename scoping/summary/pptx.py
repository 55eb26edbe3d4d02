"""Five slides for a meeting: the decision, the value, how good it must be, the alternatives, the way there.

Charts and tables are PowerPoint's own and can be edited; the notes of each slide explain its figures.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Cm, Pt

from ..languages import message, say
from ..wording import compact_money
from .blocks import Band, Bars, Bullets, Figure, Format, KeyFigures, Line, Rule, Section, Spans, Summary, Table
from .brief import more_in_memo, shortened
from .layout import column_shares, printable, unbroken
from .memo import HOW_GOOD, TAGS

_TONES = {"build": "1D7F4E", "pilot": "2F6DB5", "simpler": "96620F", "rework": "59626C", "stop": "C2412D"}
_INK, _SOFT, _MAIN, _FAINT = "1F2429", "59626C", "2F6DB5", "9DBCE0"
# Their stubs are partial.
_CategoryData: Any = CategoryChartData
_XyData: Any = XyChartData
_LEFT, _WIDTH, _TOP = Cm(1.6), Cm(30.6), Cm(3.1)
_EXPECTED = message("Expected")
_MOST_ROWS, _MOST_BULLETS, _LONGEST, _WRAPS_AT = 8, 6, 150, 22
# What a series of a chart looks like: the expected value in full colour, its range fainter.
_RULES = {"bad": _TONES["stop"], "good": _TONES["build"], "accent": _TONES["simpler"]}


def render(summary: Summary) -> bytes:
    """The slides as .pptx. What people typed is written as text runs: never a link or a field."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Cm(33.867), Cm(19.05)
    deck.core_properties.title = printable(summary.title)[:250]
    deck.core_properties.author = printable(summary.proposal.owner)[:250]
    for slide in (_decision, _value, _quality, _alternatives, _way):
        slide(deck, summary)
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def _colour(code: str) -> Any:
    make: Any = RGBColor
    return make(*bytes.fromhex(code))


# Slides ------------------------------------------------------------------------------------------


def _decision(deck: Any, summary: Summary) -> None:
    slide = _slide(deck, shortened(summary.title, 90))
    _text(
        slide,
        [summary.verdict],
        _LEFT,
        Cm(2.9),
        _WIDTH,
        Cm(1.4),
        size=26,
        bold=True,
        colour=_TONES.get(summary.recommendation, _INK),
    )
    _text(slide, [shortened(summary.lead, 330)], _LEFT, Cm(4.6), _WIDTH, Cm(2.6), size=15, colour=_SOFT)
    _bullets(slide, _items(summary, "verdict", 0), _LEFT, Cm(7.4), _WIDTH, Cm(8.6), summary)
    facts = "  ·  ".join(
        f"{label}: {shortened(value, 40)}" for label, value in summary.facts if label != summary.say(TAGS)
    )
    _text(slide, [facts], _LEFT, Cm(17.4), _WIDTH, Cm(0.9), size=11, colour=_SOFT)
    conditions = _items(summary, "verdict", 1)
    _notes(
        slide,
        [
            summary.say(message("The decision asked for, and why.")),
            *([summary.say(message("Conditions:")), *conditions] if conditions else []),
            summary.footnote,
        ],
    )


def _value(deck: Any, summary: Summary) -> None:
    slide = _slide(deck, summary.say(message("What it may be worth")))
    figures = _key_figures(summary)
    _table(slide, figures.as_table(), _LEFT, _TOP, Cm(15.2), summary) if figures else _nothing(slide, summary)
    _chart(slide, _figure(summary, "npv"), Cm(17.2), _TOP, Cm(15.0), Cm(13.6))
    _notes(
        slide,
        [f"{each.label}: {each.value}. {each.about} {each.detail}." for each in (figures.figures if figures else ())],
    )


def _quality(deck: Any, summary: Summary) -> None:
    slide = _slide(deck, summary.say(HOW_GOOD))
    sentences = _items(summary, "break_even", 0)
    _bullets(slide, sentences, _LEFT, _TOP, _WIDTH, Cm(2.6), summary)
    table = _find_table(summary, "break_even", "break_even")
    _table(slide, table, _LEFT, Cm(6.2), Cm(15.2), summary) if table else _nothing(slide, summary)
    metric = next(
        (each for each in _figures(summary) if each.id.startswith("metric_") and each.id != "metric_map"), None
    )
    _chart(slide, metric, Cm(17.2), Cm(6.2), Cm(15.0), Cm(10.8))
    _notes(
        slide,
        [
            summary.say(
                message(
                    "Break-even: the value of the metric at which expected NPV is zero. Ceiling: the best that can be hoped for. Headroom: the room between them."
                )
            ),
            *sentences,
        ],
    )


def _alternatives(deck: Any, summary: Summary) -> None:
    slide = _slide(deck, summary.say(message("The alternatives")))
    table = _find_table(summary, "alternatives", "worth")
    _table(slide, table, _LEFT, _TOP, _WIDTH, summary) if table else _nothing(slide, summary)
    _chart(slide, _figure(summary, "alternatives"), _LEFT, Cm(9.6), Cm(15.2), Cm(8.2))
    _chart(slide, _figure(summary, "cash_flow"), Cm(17.2), Cm(9.6), Cm(15.0), Cm(8.2))
    found = [_figure(summary, "alternatives"), _figure(summary, "cash_flow")]
    _notes(slide, [f"{each.title}: {each.sentence}" for each in found if each] + _items(summary, "learn_first", 0))


def _way(deck: Any, summary: Summary) -> None:
    slide = _slide(deck, summary.say(message("The way there: conditions, risks, milestones")))
    conditions = _items(summary, "verdict", 1) or [summary.say(message("No conditions."))]
    _bullets(slide, conditions, _LEFT, _TOP, _WIDTH, Cm(4.4), summary)
    risks, milestones = _find_table(summary, "risks", "risks"), _find_table(summary, "plan", "milestones")
    if risks:
        _table(slide, _columns(risks, (0, 1, 2, 3)), _LEFT, Cm(8.0), Cm(15.2), summary)
    if milestones:
        _table(slide, _columns(milestones, (0, 1, 3)), Cm(17.2), Cm(8.0), Cm(15.0), summary)
    _notes(
        slide,
        [
            summary.say(
                message(
                    "What must hold if the recommendation is followed, what may go wrong, and what is reached when."
                )
            ),
            *conditions,
        ],
    )


# Parts of the summary ------------------------------------------------------------------------------


def _sections(summary: Summary, identity: str) -> list[Section]:
    return [section for section in summary.sections if section.id == identity]


def _items(summary: Summary, identity: str, number: int) -> list[str]:
    """The sentences of a section's n-th list."""
    lists = [
        block.items
        for section in _sections(summary, identity)
        for block in section.blocks
        if isinstance(block, Bullets)
    ]
    return [printable(item) for item in lists[number]] if number < len(lists) else []


def _key_figures(summary: Summary) -> KeyFigures | None:
    found = (block for section in _sections(summary, "figures") for block in section.blocks)
    return next((block for block in found if isinstance(block, KeyFigures)), None)


def _figures(summary: Summary) -> list[Figure]:
    return [block for section in _sections(summary, "charts") for block in section.blocks if isinstance(block, Figure)]


def _figure(summary: Summary, identity: str) -> Figure | None:
    return next((each for each in _figures(summary) if each.id == identity), None)


def _find_table(summary: Summary, identity: str, table: str) -> Table | None:
    found = (block for section in _sections(summary, identity) for block in section.blocks)
    return next((block for block in found if isinstance(block, Table) and block.id == table), None)


def _columns(table: Table, kept: Sequence[int]) -> Table:
    rows = tuple(tuple(row[index] for index in kept) for row in table.rows)
    numeric = frozenset(new for new, old in enumerate(kept) if old in table.numeric)
    return Table(table.title, tuple(table.columns[index] for index in kept), rows, numeric)


# Shapes -------------------------------------------------------------------------------------------


def _slide(deck: Any, title: str) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = _LEFT, Cm(0.9), _WIDTH, Cm(1.9)
    shape.text_frame.text = printable(title)
    shape.text_frame.word_wrap = True
    shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = shape.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.font.size, paragraph.font.bold = Pt(26 if len(title) < 60 else 20), True
    paragraph.font.color.rgb = _colour(_INK)
    return slide


def _text(
    slide: Any,
    lines: Sequence[str],
    left: Any,
    top: Any,
    width: Any,
    height: Any,
    *,
    size: int,
    bold: bool = False,
    colour: str = _INK,
) -> None:
    frame = slide.shapes.add_textbox(left, top, width, height).text_frame
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = printable(line)
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = _colour(colour)
        paragraph.space_after = Pt(5)


def _bullets(slide: Any, items: Sequence[str], left: Any, top: Any, width: Any, height: Any, summary: Summary) -> None:
    shown = [f"•  {shortened(item, _LONGEST)}" for item in items[:_MOST_BULLETS]]
    rest = len(items) - _MOST_BULLETS
    shown += [summary.say(message("and {rest} more: see the notes", rest=str(rest)))] if rest > 0 else []
    _text(slide, shown, left, top, width, height, size=14 if len(shown) > 4 else 16)


def _nothing(slide: Any, summary: Summary) -> None:
    text = summary.say(message("The figures for this are not complete yet."))
    _text(slide, [text], _LEFT, _TOP, _WIDTH, Cm(1.5), size=16, colour=_SOFT)


def _table(slide: Any, table: Table, left: Any, top: Any, width: Any, summary: Summary) -> None:
    shown = [tuple(shortened(cell, 70) for cell in unbroken(table, row)) for row in table.rows[:_MOST_ROWS]]
    rest = len(table.rows) - _MOST_ROWS
    if rest > 0:
        shown.append((summary.say(more_in_memo(rest)), *[""] * (len(table.columns) - 1)))
    shape = slide.shapes.add_table(len(shown) + 1, len(table.columns), left, top, width, Cm(0.75 * (len(shown) + 1)))
    grid = shape.table
    shares = column_shares(Table("", table.columns, tuple(shown), table.numeric), _WRAPS_AT)
    for index, share in enumerate(shares):
        grid.columns[index].width = int(width * share / sum(shares))
    for number, row in enumerate((table.columns, *shown)):
        for index, text in enumerate(row):
            _cell(grid.cell(number, index), text, right=index in table.numeric, head=number == 0)


def _cell(cell: Any, text: str, *, right: bool, head: bool) -> None:
    cell.margin_left = cell.margin_right = Cm(0.15)
    cell.margin_top = cell.margin_bottom = Cm(0.06)
    paragraph = cell.text_frame.paragraphs[0]
    run = paragraph.add_run()
    run.text = printable(text)
    run.font.size, run.font.bold = Pt(10), head
    if right:
        paragraph.alignment = PP_ALIGN.RIGHT


def _notes(slide: Any, lines: Sequence[str]) -> None:
    slide.notes_slide.notes_text_frame.text = "\n".join(printable(line) for line in lines)


# Charts -------------------------------------------------------------------------------------------


def _chart(slide: Any, figure: Figure | None, left: Any, top: Any, width: Any, height: Any) -> None:
    """The figure as a chart of PowerPoint's own; the kind follows from what is drawn."""
    if figure is None:
        return
    bars, spans = (next((mark for mark in figure.marks if isinstance(mark, kind)), None) for kind in (Bars, Spans))
    kind, data = XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, _curves(figure)
    if isinstance(bars, Bars):
        kind, data = XL_CHART_TYPE.COLUMN_CLUSTERED, _histogram(bars, figure)
    elif isinstance(spans, Spans):
        kind, data = XL_CHART_TYPE.BAR_CLUSTERED, _ranges(spans, say(_EXPECTED, figure.language))
    frame = slide.shapes.add_chart(kind, left, top, width, height, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", printable(figure.alt))
    _dress(frame.chart, figure, bars if isinstance(bars, Bars) else None)


def _histogram(bars: Bars, figure: Figure) -> Any:
    data: Any = _CategoryData(number_format="0%")
    data.categories = [
        say(compact_money((left + right) / 2, figure.currency), figure.language)
        for left, right in zip(bars.left, bars.right, strict=True)
    ]
    data.add_series(figure.y.title, list(bars.height))
    return data


def _ranges(spans: Spans, expected: str) -> Any:
    data: Any = _CategoryData(number_format="#,##0")
    data.categories = [shortened(printable(name), 34) for name in spans.names]
    data.add_series("P10", list(spans.start))
    if spans.marks:
        data.add_series(expected, list(spans.marks))
    data.add_series("P90", list(spans.end))
    return data


def _curves(figure: Figure) -> Any:
    data: Any = _XyData(number_format="#,##0")
    for mark in figure.marks:
        if isinstance(mark, Line):
            _series(data, mark.name, mark.x, mark.y)
        if isinstance(mark, Band):
            _series(data, "P10", mark.x, mark.low)
            _series(data, "P90", mark.x, mark.high)
    low, high = _reach(figure)
    for mark in figure.marks:
        # A labelled line across the chart: break-even, ceiling, payback.
        if isinstance(mark, Rule) and mark.label and mark.axis == "x":
            _series(data, mark.label, (mark.at, mark.at), (low, high))
    return data


def _reach(figure: Figure) -> tuple[float, float]:
    """The lowest and the highest value that is drawn."""
    bands = [mark for mark in figure.marks if isinstance(mark, Band)]
    lines = [mark for mark in figure.marks if isinstance(mark, Line)]
    values = [value for mark in bands for value in (*mark.low, *mark.high)] + [v for mark in lines for v in mark.y]
    return (min(values), max(values)) if values else (0.0, 0.0)


def _series(data: Any, name: str, xs: Sequence[float], ys: Sequence[float]) -> None:
    series = data.add_series(name)
    for x, y in zip(xs, ys, strict=True):
        series.add_data_point(x, y)


def _dress(chart: Any, figure: Figure, bars: Bars | None) -> None:
    chart.font.size = Pt(10)
    chart.has_title = True
    chart.chart_title.text_frame.text = printable(shortened(figure.title, 70))
    chart.chart_title.text_frame.paragraphs[0].font.size = Pt(12)
    chart.chart_title.text_frame.paragraphs[0].font.bold = True
    chart.has_legend = bars is None
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    titles = (figure.x.title, figure.y.title)
    across, up = titles if not any(isinstance(mark, Spans) for mark in figure.marks) else titles[::-1]
    for axis, title in ((chart.category_axis, across), (chart.value_axis, up)):
        axis.has_title = True
        axis.axis_title.text_frame.text = printable(title)
        axis.axis_title.text_frame.paragraphs[0].font.size = Pt(10)
    chart.value_axis.tick_labels.number_format = "0%" if bars else "#,##0"
    chart.value_axis.tick_labels.number_format_is_linked = False
    if figure.x.unit == "share" and bars is None:
        chart.category_axis.tick_labels.number_format, chart.category_axis.tick_labels.number_format_is_linked = (
            "0%",
            False,
        )
    if chart.value_axis.has_major_gridlines:
        chart.value_axis.major_gridlines.format.line.color.rgb = _colour("E3E6EA")
    if figure.x.low is not None and figure.x.high is not None and bars is None:
        chart.category_axis.minimum_scale, chart.category_axis.maximum_scale = figure.x.low, figure.x.high
    if bars is not None:
        _colour_losses(chart, bars)
    else:
        _colour_series(chart, figure)


def _colour_series(chart: Any, figure: Figure) -> None:
    """The expected value in full colour, its range fainter."""
    rules = {mark.label: _RULES.get(mark.tone, _MAIN) for mark in figure.marks if isinstance(mark, Rule)}
    for series in chart.plots[0].series:
        code = _FAINT if series.name in ("P10", "P90") else rules.get(series.name, _MAIN)
        if chart.chart_type == XL_CHART_TYPE.BAR_CLUSTERED:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = _colour(code)
        else:
            series.format.line.color.rgb = _colour(code)
            series.format.line.width = Pt(2.25 if code == _MAIN else 1.5)
            series.smooth = False


def _colour_losses(chart: Any, bars: Bars) -> None:
    chart.plots[0].gap_width = 5
    for number, tone in enumerate(bars.tones):
        fill = chart.plots[0].series[0].points[number].format.fill
        fill.solid()
        fill.fore_color.rgb = _colour(_TONES["stop"] if tone == "bad" else _MAIN)


FORMAT = Format(
    "pptx",
    "PowerPoint, five slides",
    "pptx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    render,
    place=2,
)
