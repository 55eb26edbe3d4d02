"""A scenario as CSV: a line a proposal, figures in full."""

from __future__ import annotations

from ...text.languages import message
from ..file_format import FileFormat
from ..listed import render_list
from .account import Account
from .lines import COLUMNS


def render(told: Account) -> bytes:
    """Comma-separated, UTF-8. Text that looks like a formula begins with an apostrophe."""
    return render_list(told.title, COLUMNS, told.result.proposals.values(), "csv", told.language)


FORMAT = FileFormat("csv", message("Scenario as CSV"), "csv", "text/csv", render, place=4)
