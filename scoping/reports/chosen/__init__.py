"""A choice among proposals as a report: one file of this package for each format. A format computes nothing."""

from __future__ import annotations

import sys

from ...errors import UnknownFormat
from ..file_format import FileFormat, formats_in
from .account import APPROVED, REJECTED, Account, Heading, SignedNote, account, sections_of, tag_of
from .result import NO_RATE, NOT_VALUED, ProposalLine, Result, Whole

SCENARIO_FORMATS: dict[str, FileFormat[Account]] = formats_in(sys.modules[__name__])
"""The formats of a scenario, in the order in which people choose one."""


def render_scenario(told: Account, name: str) -> bytes:
    """The scenario in one format. Raises UnknownFormat."""
    if name not in SCENARIO_FORMATS:
        raise UnknownFormat(name, sorted(SCENARIO_FORMATS))
    return SCENARIO_FORMATS[name].render(told)


__all__ = [
    "APPROVED",
    "NOT_VALUED",
    "NO_RATE",
    "REJECTED",
    "SCENARIO_FORMATS",
    "Account",
    "Heading",
    "ProposalLine",
    "Result",
    "SignedNote",
    "Whole",
    "account",
    "render_scenario",
    "sections_of",
    "tag_of",
]
