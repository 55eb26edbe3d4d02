"""The sheet of the sensitivity: what matters most, as numbers of the assessment and as a chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ....assessment import Sensitivity
from ....text.languages import message
from ....theme import LIGHT
from .book import Book, write_title

_HEAD, _FIRST_ROW = 2, 3
_MOST_BARS = 12


def write_sensitivity(book: Book) -> None:
    """A row an input, and a chart of the longest swings."""
    sheet = book.sheet("sensitivity", {"A:A": 52, "B:F": 18}, one_page=True)
    about = message(
        "NPV of the leading alternative with one input at its P10 and P90, all others at their P50; and what learning the input is worth. Numbers of the assessment."
    )
    write_title(book, sheet, message("Sensitivity"), about)
    found = book.summary.assessment.sensitivity
    _rows(book, sheet, found)
    if found:
        _chart(book, sheet, len(found))


def _rows(book: Book, sheet: Any, found: Sequence[Sensitivity]) -> None:
    heads = (
        message("Input"),
        message("NPV at its P10"),
        message("NPV at its P90"),
        message("Swing"),
        message("Worth of learning it"),
        message("Simulation error"),
    )
    for column, text in enumerate(heads):
        align = {"align": "right"} if column else {}
        sheet.write_string(_HEAD, column, book.text(text), book.look(bold=True, bottom=1, text_wrap=True, **align))
    for row, each in enumerate(found, start=_FIRST_ROW):
        sheet.write_string(row, 0, book.text(each.swing.label), book.look(text_wrap=True))
        swing, worth = each.swing, each.evppi
        values = (swing.npv_at_p10, swing.npv_at_p90, swing.width, worth.value, worth.standard_error)
        for column, value in enumerate(values, start=1):
            sheet.write_number(row, column, value, book.look(num_format=book.money if value else book.nothing))


def _chart(book: Book, sheet: Any, count: int) -> None:
    last = _FIRST_ROW - 1 + min(count, _MOST_BARS)
    chart = book.file.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": book.text(message("Swing of NPV")),
            "categories": [book.tab("sensitivity"), _FIRST_ROW, 0, last, 0],
            "values": [book.tab("sensitivity"), _FIRST_ROW, 3, last, 3],
            "fill": {"color": LIGHT.main},
        }
    )
    chart.set_title({"name": book.text(message("What matters most: swing of NPV")), "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "#,##0", "name": book.summary.proposal.currency, "label_position": "high"})
    chart.set_legend({"none": True})
    chart.set_size({"width": 760, "height": 380})
    sheet.insert_chart(4 + count, 0, chart, {"description": book.text(message("Swing of NPV by input"))})
