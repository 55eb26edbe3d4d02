"""What the Store leaves of a line where a proposal of the scenario is hidden, by the fields that a line has."""

from __future__ import annotations

from db.scenario_rows import by_itself
from scoping.reports.chosen import ProposalLine

OWN = {
    "title", "way", "is_pilot", "start", "end", "value", "estimate", "source", "low", "high", "money", "not_counted",
}  # fmt: skip
"""What a proposal says of itself, and what is done of it; value and range are then those of its own estimate."""


def test_each_field_of_a_line_is_its_own_or_left_out() -> None:
    """A new field that follows from the others belongs to those that are left out (`db/scenario_rows.py`)."""
    line = ProposalLine(title="One", value=80, estimate=100, weight=0.8, low=-30, high=170, right=0.2, force=40)
    told = by_itself(line.model_dump(mode="json"))
    assert set(told) == OWN
    assert (told["value"], told["low"], told["high"]) == (100, -10, 190)
