"""The portfolio as a report: what many proposals say, side by side; one file of this package for each format.

A format takes the lines as they are and computes nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import BinaryIO

from ...errors import UnknownFormat
from ...text.languages import ENGLISH, Language
from ..file_format import FileFormat, formats_in
from .lines import Portfolio, PortfolioLine

PORTFOLIO_FORMATS: dict[str, FileFormat[Portfolio]] = formats_in(sys.modules[__name__])
"""The formats of the report, in the order in which people choose one."""


def render_portfolio(
    lines: Iterable[PortfolioLine], name: str, language: Language = ENGLISH, as_of: date | None = None
) -> bytes:
    """The report in one format and language, as of a day that the caller knows. Raises UnknownFormat."""
    target = BytesIO()
    write_portfolio(lines, name, target, language, as_of)
    return target.getvalue()


def write_portfolio(
    lines: Iterable[PortfolioLine],
    name: str,
    target: BinaryIO,
    language: Language = ENGLISH,
    as_of: date | None = None,
) -> None:
    """The same into a file, line by line where the format can. Raises UnknownFormat, and Refused for too many lines."""
    if name not in PORTFOLIO_FORMATS:
        raise UnknownFormat(name, sorted(PORTFOLIO_FORMATS))
    PORTFOLIO_FORMATS[name].write_to(Portfolio(lines, language, as_of), target)


__all__ = ["PORTFOLIO_FORMATS", "PortfolioLine", "render_portfolio", "write_portfolio"]
