"""The portfolio as PDF: how many proposals are recommended what, value against feasibility, the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Any

from ...errors import Refused
from ...text.languages import counted, joined, message
from ...text.shortening import shortened
from ...text.wording import money_in_list, number, percent_in_list
from ...theme import LIGHT
from ...verdict import RECOMMENDATIONS
from ..blocks import Block, KeyFigure, KeyFigures, Paragraph, Section, Table
from ..figures import portfolio as portfolio_figure
from ..file_format import FileFormat
from ..page import Page
from ..paper import typeset
from ..spoken import spoken
from .lines import COLUMNS, FOOTNOTE, TITLE, Column, Portfolio, PortfolioLine, Shape

_LONGEST_NAME = 30
MOST_LINES = 2_000
"""Nobody reads more on paper, and a page is set as a whole."""


def render(portfolio: Portfolio) -> bytes:
    """The counts, the charts, and the columns for which paper has room."""
    lines = tuple(islice(portfolio.lines, MOST_LINES + 1))
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
        Section("table", message("The proposals"), (_table(lines),)),
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
    """One chart a currency: amounts in two currencies do not compare."""
    charts = []
    for currency in dict.fromkeys(line.currency for line in lines):
        known = [
            (shortened(line.title, _LONGEST_NAME), line.feasibility_score, line.npv_mean, line.recommendation)
            for line in lines
            if line.currency == currency and line.npv_mean is not None and line.feasibility_score is not None
        ]
        if known:
            charts.append(portfolio_figure(known, currency))
    return tuple(charts)


def _table(lines: Sequence[PortfolioLine]) -> Table:
    """The columns for which there is room; who decided, and on which conditions, stands in the decision's cell."""
    shown = [column for column in COLUMNS if column.on_paper]
    rows = tuple(tuple(_cell(column, line) for column in shown) for line in lines)
    numeric = frozenset(index for index, column in enumerate(shown) if column.shape is not Shape.TEXT)
    return Table("", tuple(column.on_paper for column in shown), rows, numeric)


def _cell(column: Column, line: PortfolioLine) -> str:
    value: Any = column.value(line)
    match column.shape:
        case Shape.MONEY:
            return money_in_list(value, line.currency)
        case Shape.SHARE:
            return percent_in_list(value)
        case Shape.TEXT:
            return _text(value) or column.nothing


def _text(value: str) -> str:
    """As it is: a title is not cut, and a word of ours can be said in any language."""
    return value


FORMAT = FileFormat("pdf", message("Portfolio as PDF"), "pdf", "application/pdf", render, place=1, most=MOST_LINES)
