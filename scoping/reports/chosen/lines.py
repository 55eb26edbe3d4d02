"""The proposals of a scenario as lines of a list: the same columns in every file for a spreadsheet."""

from __future__ import annotations

from ...text.languages import message
from ..listed import Column, yes
from .result import ProposalLine, told_text
from .tables import reason_of

COLUMNS: tuple[Column[ProposalLine], ...] = (
    Column(message("Proposal"), lambda line: line.title, 44),
    Column(message("Is done"), lambda line: yes(line.is_done), 10),
    Column(message("What is done"), lambda line: line.way, 30),
    Column(message("From month"), lambda line: line.start + 1 if line.is_done else None, 12),
    Column(message("To month"), lambda line: line.end if line.is_done else None, 12),
    Column(message("Expected NPV, as counted"), lambda line: line.counted),
    Column(message("Its own estimate"), lambda line: line.estimate),
    Column(message("Weight of its estimate"), lambda line: line.weight),
    Column(message("Source"), lambda line: told_text(line.source), 40),
    Column(message("NPV P10"), lambda line: line.low),
    Column(message("NPV P90"), lambda line: line.high),
    Column(message("Money"), lambda line: sum(line.money) if line.is_counted else None),
    Column(message("Share of the scenarios in which it would be chosen"), lambda line: line.right),
    Column(message("What the other way would cost"), lambda line: line.force),
    Column(message("What the other way would cost at least"), lambda line: line.force_least),
    Column(message("Why it is not counted"), reason_of, 40),
)
"""From the left; amounts are in the currency of the scenario."""
