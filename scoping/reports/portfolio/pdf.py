"""The portfolio as PDF: how many proposals are recommended what, value against feasibility, the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from ...errors import Refused
from ...text.languages import counted, joined, message
from ...text.shortening import shortened
from ...text.wording import DASH, amount_among, number, percent_in_list
from ...theme import LIGHT
from ...verdict import RECOMMENDATIONS
from ..blocks import Block, KeyFigure, KeyFigures, Paragraph, Section, Table
from ..figures import portfolio as portfolio_figure
from ..file_format import FileFormat
from ..page import Page
from ..paper import typeset
from ..spoken import spoken
from .lines import COLUMNS, FOOTNOTE, TITLE, Column, Currencies, Portfolio, PortfolioLine, Shape

_LONGEST_NAME = 30
_Writer = Callable[[float | None], str]
MOST_LINES = 2_000
"""Nobody reads more on paper, and a page is set as a whole."""


def render(portfolio: Portfolio) -> bytes:
    """The counts, the charts, and the columns for which paper has room."""
    currencies = Currencies()
    lines = tuple(islice(currencies.noting(portfolio.lines), MOST_LINES + 1))
    if len(lines) > MOST_LINES:
        raise Refused(
            message(
                "The PDF holds {most} proposals at most. Filter the list, or take CSV or Excel.",
                most=number(MOST_LINES, 0),
            )
        )
    sections = (
        Section("counts", message("At a glance"), _counts(lines)),
        Section("charts", message("Value against feasibility"), _charts(lines)),
        Section("table", message("The proposals"), tuple(_proposals(lines, currencies))),
    )
    page = Page(
        title=TITLE,
        author="",
        tag=counted("{count} proposal", "{count} proposals", len(lines)),
        tone=LIGHT.main,
        lead="",
        facts=(),
        standing=portfolio.standing,
        sections=tuple(section for section in sections if section.blocks),
        footnote=joined("  ·  ", [part for part in (portfolio.standing, FOOTNOTE) if part]),
        language=portfolio.language,
    )
    return typeset(spoken(page, portfolio.language))


def _counts(lines: Sequence[PortfolioLine]) -> tuple[Block, ...]:
    if not lines:
        return (Paragraph(message("There is no proposal yet.")),)
    found = Counter(line.recommendation for line in lines)
    decided = Counter(line.decision for line in lines if line.decision)
    figures = (
        KeyFigure(title, str(found[name]), message("recommended; decided so: {decided}", decided=str(decided[name])))
        for name, title in RECOMMENDATIONS.items()
    )
    return (KeyFigures(tuple(figures)),)


def _charts(lines: Sequence[PortfolioLine]) -> tuple[Block, ...]:
    """One chart for what compares in one currency, one more for each that stands apart."""
    charts: dict[str, list[tuple[str, float, float, str]]] = {}
    for line in lines:
        currency, worth = (line.currency, line.npv_mean) if line.rate is None else (line.converted_to, line.converted)
        if worth is not None and line.feasibility_score is not None:
            point = shortened(line.title, _LONGEST_NAME), line.feasibility_score, worth, line.recommendation
            charts.setdefault(currency, []).append(point)
    return tuple(portfolio_figure(known, currency) for currency, known in charts.items())


def _proposals(lines: Sequence[PortfolioLine], currencies: Currencies) -> Iterator[Block]:
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


FORMAT = FileFormat("pdf", message("Portfolio as PDF"), "pdf", "application/pdf", render, place=1, most=MOST_LINES)
