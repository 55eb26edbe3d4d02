"""The portfolio as PDF: how many proposals are recommended what, value against feasibility, the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from ...errors import Refused
from ...text.languages import counted, joined, message
from ...text.shortening import shortened
from ...text.wording import number
from ...theme import LIGHT
from ...verdict import RECOMMENDATIONS
from ..blocks import Block, KeyFigure, KeyFigures, Paragraph, Section
from ..figures import portfolio as portfolio_figure
from ..file_format import FileFormat
from ..page import Page
from ..paper import typeset
from ..spoken import spoken
from .lines import FOOTNOTE, TITLE, Currencies, Portfolio, PortfolioLine
from .table import proposals_told

_LONGEST_NAME = 30
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
        Section("table", message("The proposals"), tuple(proposals_told(lines, currencies))),
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


FORMAT = FileFormat("pdf", message("Portfolio as PDF"), "pdf", "application/pdf", render, place=1, most=MOST_LINES)
