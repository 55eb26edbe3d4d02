"""The portfolio as an Excel sheet to filter and sort: figures as numbers, text as text."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from ...text.languages import message
from ..digits import settled
from ..file_format import FileFormat
from ..workbooks import CHANCE, MEDIA_TYPE, WHOLE, Workbook, cell_text, footer
from .lines import COLUMNS, TITLE, Column, Currencies, Portfolio, PortfolioLine, Shape

_NUMBER_FORMATS = {Shape.TEXT: "@", Shape.MONEY: WHOLE, Shape.SHARE: CHANCE, Shape.NUMBER: "General"}
_A4, _LINE, _NOTE_WIDTH = 9, 15.0, 90


def render(portfolio: Portfolio) -> bytes:
    """One sheet, a row a proposal."""
    workbook = Workbook(portfolio.say(TITLE), row_by_row=True)
    sheet = workbook.file.add_worksheet(portfolio.say(message("Portfolio")))
    looks = [_look(workbook, column) for column in COLUMNS]
    _head(sheet, portfolio, workbook.file.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}))
    last, currencies = 0, Currencies()
    for last, line in enumerate(currencies.noting(portfolio.lines), start=1):
        sheet.set_row(last, _LINE * _lines(line, portfolio))
        _cells(sheet, last, line, portfolio, looks)
    sheet.autofilter(0, 0, max(last, 1), len(COLUMNS) - 1)
    sheet.freeze_panes(1, 1)
    _on_paper(sheet, portfolio)
    _rates(workbook, currencies, portfolio)
    return workbook.content()


def _look(workbook: Workbook, column: Column) -> Any:
    look = {"num_format": _NUMBER_FORMATS[column.shape], "valign": "top", "text_wrap": True}
    return workbook.file.add_format(look)


def _head(sheet: Any, portfolio: Portfolio, bold: Any) -> None:
    sheet.set_row(0, 2 * _LINE)
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, portfolio.say(column.title), bold)


def _lines(line: PortfolioLine, portfolio: Portfolio) -> int:
    """How many lines the longest cell takes: not every program makes a row as high as its text."""
    texts = ((column.value(line), column.width) for column in COLUMNS)
    return max(
        sum(max(1, ceil(len(part) / width)) for part in portfolio.say(text).split("\n"))
        for text, width in texts
        if isinstance(text, str)
    )


def _on_paper(sheet: Any, portfolio: Portfolio) -> None:
    """As wide as one page, as long as it takes; the head on every page, the day at its foot."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&L&B{portfolio.say(TITLE)}")
    sheet.set_footer(footer(portfolio.standing))


def _rates(workbook: Workbook, currencies: Currencies, portfolio: Portfolio) -> None:
    """In which currency amounts compare, at which rates, and which proposals stand apart."""
    if currencies.are_several:
        sheet = workbook.file.add_worksheet(portfolio.say(message("Currencies")))
        sheet.set_column(0, 0, _NOTE_WIDTH)
        look = workbook.file.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_string(0, 0, cell_text(portfolio.say(currencies.said)), look)


def _cells(sheet: Any, row: int, line: PortfolioLine, portfolio: Portfolio, looks: Sequence[Any]) -> None:
    for index, (column, look) in enumerate(zip(COLUMNS, looks, strict=True)):
        value = column.value(line)
        if isinstance(value, str):
            sheet.write_string(row, index, cell_text(portfolio.say(value)), look)
        elif value is not None:
            sheet.write_number(row, index, settled(value), look)


FORMAT = FileFormat("xlsx", message("Portfolio as Excel"), "xlsx", MEDIA_TYPE, render, place=2)
