"""The portfolio as a report: what many proposals say, side by side, as PDF, Excel or CSV.

A renderer of this file takes the lines as they are and computes nothing.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from ..errors import UnknownFormat
from ..text.languages import ENGLISH, Language, counted, message, say
from ..text.wording import compact_money, percent
from ..verdict import RECOMMENDATIONS
from .blocks import (
    Block,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Table,
)
from .brief import shortened
from .figures import portfolio as portfolio_figure
from .memo import QUANTILES
from .renderers.layout import printable
from .renderers.pdf import Page, typeset
from .spoken import spoken

_TITLE = message("Portfolio of machine-learning proposals")
_FOOTNOTE = message(
    "Expected NPV of each proposal's leading alternative against its status quo, in its own currency. {quantiles}",
    quantiles=QUANTILES,
)
# What a spreadsheet program takes for the beginning of a formula (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class PortfolioLine:
    """One proposal. Money is in its currency; shares and scores are 0..1; what is not known is None."""

    title: str
    team: str
    owner: str
    currency: str
    recommendation: str
    leading: str | None
    npv_mean: float | None
    npv_p10: float | None
    npv_p90: float | None
    probability_of_loss: float | None
    feasibility_score: float | None
    decision: str | None
    saved_on: str


@dataclass(frozen=True)
class _Column:
    title: str
    value: Callable[[PortfolioLine], Any]
    number_format: str | None = None
    width: float = 16


_COLUMNS = (
    _Column(message("Proposal"), lambda line: line.title, width=44),
    _Column(message("Team"), lambda line: line.team, width=26),
    _Column(message("Owner"), lambda line: line.owner, width=22),
    _Column(message("Recommendation"), lambda line: RECOMMENDATIONS[line.recommendation], width=22),
    _Column(message("Decision"), lambda line: RECOMMENDATIONS[line.decision] if line.decision else "", width=22),
    _Column(message("Leading alternative"), lambda line: line.leading or "", width=34),
    _Column(message("Currency"), lambda line: line.currency, width=10),
    _Column(message("Expected NPV"), lambda line: line.npv_mean, "#,##0"),
    _Column(message("NPV P10"), lambda line: line.npv_p10, "#,##0"),
    _Column(message("NPV P90"), lambda line: line.npv_p90, "#,##0"),
    _Column(message("Chance of loss"), lambda line: line.probability_of_loss, "0%"),
    _Column(message("Feasibility score"), lambda line: line.feasibility_score, "0%"),
    _Column(message("Last saved"), lambda line: line.saved_on),
)


@dataclass(frozen=True)
class PortfolioFormat:
    """A format of the report: its title, file ending, media type and renderer."""

    name: str
    title: str
    media_type: str
    render: Callable[[Sequence[PortfolioLine], Language], bytes]


def _csv(lines: Sequence[PortfolioLine], language: Language) -> bytes:
    """Comma-separated, UTF-8 with a mark by which Excel knows it. Text that looks like a formula begins with '."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([say(column.title, language) for column in _COLUMNS])
    for line in lines:
        writer.writerow([_csv_cell(column.value(line), language) for column in _COLUMNS])
    return target.getvalue().encode("utf-8-sig")


def _csv_cell(value: Any, language: Language) -> Any:
    if not isinstance(value, str):
        return value
    text = printable(say(value, language), lines=True)
    return f"'{text}" if value.startswith(_FORMULA_STARTS) else text


def _xlsx(lines: Sequence[PortfolioLine], language: Language) -> bytes:
    """One sheet to filter and sort. Text is written as text."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    file = xlsxwriter.Workbook(target, options)
    file.set_properties({"title": say(_TITLE, language)})
    sheet = file.add_worksheet(say(message("Portfolio"), language))
    head = file.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for index, column in enumerate(_COLUMNS):
        look = file.add_format({"num_format": column.number_format or "@", "valign": "top", "text_wrap": True})
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, say(column.title, language), head)
        for row, line in enumerate(lines, start=1):
            value = column.value(line)
            if isinstance(value, str):
                sheet.write_string(row, index, printable(say(value, language))[:32_000], look)
            elif value is not None:
                sheet.write_number(row, index, value, look)
    sheet.autofilter(0, 0, max(len(lines), 1), len(_COLUMNS) - 1)
    sheet.freeze_panes(1, 1)
    file.close()
    return target.getvalue()


def _pdf(lines: Sequence[PortfolioLine], language: Language) -> bytes:
    """The counts, the charts of value against feasibility, and the table."""
    sections = [
        Section("counts", message("At a glance"), _counts(lines)),
        Section("charts", message("Value against feasibility"), _charts(lines)),
        Section("table", message("The proposals"), (_table(lines),)),
    ]
    page = Page(
        title=say(_TITLE, language),
        author="",
        verdict=say(counted("{count} proposal", "{count} proposals", len(lines)), language),
        recommendation="pilot",
        lead="",
        facts=(),
        sections=tuple(spoken(section, language) for section in sections if section.blocks),
        footnote=say(_FOOTNOTE, language),
        language=language,
    )
    return typeset(page)


def _counts(lines: Sequence[PortfolioLine]) -> tuple[Block, ...]:
    if not lines:
        return (Paragraph(message("There is no proposal yet.")),)
    found = Counter(line.recommendation for line in lines)
    decided = Counter(line.decision for line in lines if line.decision)
    return (
        KeyFigures(
            tuple(
                KeyFigure(
                    title, str(found[name]), message("recommended; decided so: {decided}", decided=str(decided[name]))
                )
                for name, title in RECOMMENDATIONS.items()
            )
        ),
    )


def _charts(lines: Sequence[PortfolioLine]) -> tuple[Block, ...]:
    """One chart a currency: amounts in two currencies do not compare."""
    charts = []
    for currency in dict.fromkeys(line.currency for line in lines):
        known = [
            (shortened(line.title, 30), line.feasibility_score, line.npv_mean, line.recommendation)
            for line in lines
            if line.currency == currency and line.npv_mean is not None and line.feasibility_score is not None
        ]
        if known:
            charts.append(portfolio_figure(known, currency))
    return tuple(charts)


def _table(lines: Sequence[PortfolioLine]) -> Table:
    columns = (
        message("Proposal"),
        message("Recommendation"),
        message("Decision"),
        message("Expected NPV"),
        "P10",
        "P90",
        message("Loss"),
        message("Feasibility"),
    )
    rows = tuple(
        (
            shortened(line.title, 70),
            RECOMMENDATIONS[line.recommendation],
            RECOMMENDATIONS[line.decision] if line.decision else message("none yet"),
            *(_money(amount, line.currency) for amount in (line.npv_mean, line.npv_p10, line.npv_p90)),
            _share(line.probability_of_loss),
            _share(line.feasibility_score),
        )
        for line in lines
    )
    return Table("", columns, rows, frozenset(range(3, 8)))


def _money(amount: float | None, currency: str) -> str:
    return "—" if amount is None else compact_money(amount, currency)


def _share(share: float | None) -> str:
    return "—" if share is None else percent(share)


PORTFOLIO_FORMATS: dict[str, PortfolioFormat] = {
    each.name: each
    for each in (
        PortfolioFormat("pdf", "Portfolio as PDF", "application/pdf", _pdf),
        PortfolioFormat(
            "xlsx", "Portfolio as Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx
        ),
        PortfolioFormat("csv", "Portfolio as CSV", "text/csv", _csv),
    )
}


def render_portfolio(lines: Sequence[PortfolioLine], name: str, language: Language = ENGLISH) -> bytes:
    """The report in one format and language. Raises UnknownFormat."""
    if name not in PORTFOLIO_FORMATS:
        raise UnknownFormat(name, sorted(PORTFOLIO_FORMATS))
    return PORTFOLIO_FORMATS[name].render(lines, language)
