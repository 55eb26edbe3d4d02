"""The portfolio as a report: what many proposals say, side by side; one file of this package for each format.

A format takes the lines as they are and computes nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date

from ...errors import UnknownFormat
from ...text.languages import ENGLISH, Language
from ..file_format import FileFormat, formats_in
from .lines import Portfolio, PortfolioLine

PORTFOLIO_FORMATS: dict[str, FileFormat[Portfolio]] = formats_in(sys.modules[__name__])
"""The formats of the report, in the order in which people choose one."""


def render_portfolio(
    lines: Sequence[PortfolioLine], name: str, language: Language = ENGLISH, as_of: date | None = None
) -> bytes:
    """The report in one format and language, as of a day that the caller knows. Raises UnknownFormat."""
    if name not in PORTFOLIO_FORMATS:
        raise UnknownFormat(name, sorted(PORTFOLIO_FORMATS))
    return PORTFOLIO_FORMATS[name].render(Portfolio(lines, language, as_of))


__all__ = ["PORTFOLIO_FORMATS", "PortfolioLine", "render_portfolio"]
