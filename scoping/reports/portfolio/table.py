"""The proposals of a portfolio as one table, where there is room for some columns only: on paper, in a mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ...text.wording import DASH, amount_among, number, percent_in_list
from ..blocks import Block, Paragraph, Table
from .lines import COLUMNS, Column, Currencies, PortfolioLine, Shape

_Writer = Callable[[float | None], str]


def proposals_told(lines: Sequence[PortfolioLine], currencies: Currencies) -> Iterator[Block]:
    """In which currency amounts compare, where they are in several; then the table."""
    if currencies.are_several:
        yield Paragraph(currencies.said)
    yield _table(lines, several=currencies.are_several)


def _table(lines: Sequence[PortfolioLine], *, several: bool) -> Table:
    """The columns for which there is room; who decided, and on which conditions, stands in the decision's cell."""
    shown = [column for column in COLUMNS if column.on_paper and (several or not column.about_currencies)]
    writers = _writers(lines, shown)
    rows = tuple(tuple(_cell(column, line, writers) for column in shown) for line in lines)
    numeric = frozenset(index for index, column in enumerate(shown) if column.shape is not Shape.TEXT)
    return Table("", tuple(column.on_paper for column in shown), rows, numeric)


def _writers(lines: Sequence[PortfolioLine], columns: Sequence[Column]) -> dict[str, _Writer]:
    """How the table writes the amounts of each currency: all of them in one precision."""
    found: dict[str, list[float | None]] = {}
    for column in columns:
        if column.shape is Shape.MONEY:
            for line in lines:
                found.setdefault(column.currency(line), []).append(column.value(line))
    return {currency: amount_among(values, currency) for currency, values in found.items()}


def _cell(column: Column, line: PortfolioLine, writers: dict[str, _Writer]) -> str:
    value: Any = column.value(line)
    match column.shape:
        case Shape.MONEY:
            return DASH if value is None else writers[column.currency(line)](value)
        case Shape.SHARE:
            return percent_in_list(value)
        case Shape.NUMBER:
            return number(value)
        case Shape.TEXT:
            return _text(value) or column.nothing


def _text(value: str) -> str:
    """As it is: a title is not cut, and a word of ours can be said in any language."""
    return value
