"""What the texts of several charts have in common."""

from __future__ import annotations

from ...text.languages import joined, message

RANGE = message("P10 to P90")
RIGHT_HALF = 0.55
"""Where a name changes to the other side of its point, as a share of the chart."""


def described(about: str, sentence: str) -> str:
    """The text alternative of a chart: what kind it is, and what there is to see."""
    return joined(" ", (about, sentence))


def from_to(low: str, high: str) -> str:
    """A range, of what is written already."""
    return message("{low} to {high}", low=low, high=high)
