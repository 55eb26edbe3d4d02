"""A scenario as an Excel workbook: what is told, the proposals with figures in full, money and people by time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ...text.languages import message, say
from ..blocks import Block, Bullets, Figure, KeyFigures, Paragraph, Table
from ..digits import settled
from ..file_format import FileFormat
from ..workbooks import MEDIA_TYPE, Workbook, cell_text, footer
from .account import Account
from .lines import COLUMNS
from .result import Use

_WIDTHS = (44, 24, 24, 24, 24)
_Row = Sequence[Any]


def render(told: Account) -> bytes:
    """Three sheets. What people typed is text, whatever it begins with."""
    workbook = Workbook(told.title)
    _sheet(workbook, told, message("Scenario"), _WIDTHS, list(_told(told)))
    head = [told.say(column.title) for column in COLUMNS]
    lines = [[_said(column.value(line), told) for column in COLUMNS] for line in told.result.proposals.values()]
    _sheet(workbook, told, message("Proposals"), [column.width for column in COLUMNS], [head, *lines], frozen=True)
    _sheet(workbook, told, message("By time"), _WIDTHS, list(_by_time(told)), frozen=True)
    return workbook.content()


def _said(value: Any, told: Account) -> Any:
    return say(value, told.language) if isinstance(value, str) else value


def _told(told: Account) -> Iterator[_Row]:
    """The account as it is read: sentences and tables, without charts."""
    yield from ([told.title], [told.tag], [told.edition], [told.lead])
    yield from ([label, value] for label, value in told.facts)
    for section in told.sections:
        yield []
        yield [section.title]
        for block in section.blocks:
            yield from _rows(block)
    yield from ([], [told.footnote])


def _rows(block: Block) -> Iterator[_Row]:
    match block:
        case Paragraph(text):
            yield [text]
        case Bullets(items):
            yield from ([item] for item in items)
        case Figure():
            yield [f"{block.title}: {block.sentence}"]
        case KeyFigures():
            yield from _rows(block.as_table())
        case Table():
            yield from ([*block.columns], *([*row] for row in block.rows))


def _by_time(told: Account) -> Iterator[_Row]:
    """Money by quarter and people by month, each beside its limit."""
    heads = (message("What"), message("Quarter or month"), message("Taken"), message("Limit"))
    yield [told.say(each) for each in heads]
    whole = told.result.whole
    if whole is None:
        return
    yield from _uses(f"{told.say(message('Money'))} ({told.currency})", whole.money)
    for role, uses in whole.people.items():
        yield from _uses(role, uses)


def _uses(name: str, uses: Sequence[Use]) -> Iterator[_Row]:
    for place, each in enumerate(uses, start=1):
        yield [name, place, each.taken, each.limit]


def _sheet(
    workbook: Workbook,
    told: Account,
    title: str,
    widths: Sequence[float],
    rows: Sequence[_Row],
    *,
    frozen: bool = False,
) -> None:
    sheet = workbook.file.add_worksheet(told.say(title)[:31])
    text = workbook.file.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)
    for place, row in enumerate(rows):
        for index, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(place, index, cell_text(value), text)
            elif value is not None:
                sheet.write_number(place, index, settled(value), workbook.number_format(value))
    if frozen:
        sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(footer(told.edition))


FORMAT = FileFormat("xlsx", message("Scenario as Excel"), "xlsx", MEDIA_TYPE, render, place=3)
