"""Headroom: can anyone be as good as the project needs?"""

from __future__ import annotations

from collections.abc import Sequence

from ..value.breakeven import BreakEven
from ..vocabulary import BreakEvenStatus


def tightest(break_evens: Sequence[BreakEven], alternative: str) -> BreakEven | None:
    """The alternative's metric with the least headroom, among those with a ceiling."""
    known = [each for each in break_evens if each.alternative == alternative and each.headroom is not None]
    return min(known, key=lambda each: each.headroom or 0.0, default=None)


def out_of_reach(break_evens: Sequence[BreakEven], alternative: str) -> list[BreakEven]:
    """The metrics for which even the ceiling does not pay, or no value at all does."""
    own = [each for each in break_evens if each.alternative == alternative]
    return [
        each
        for each in own
        if each.status is BreakEvenStatus.NEVER or (each.headroom is not None and each.headroom < 0)
    ]


def without_ceiling(break_evens: Sequence[BreakEven], alternative: str) -> list[BreakEven]:
    """The metrics whose break-even is known but whose ceiling nobody has given."""
    own = [each for each in break_evens if each.alternative == alternative]
    return [each for each in own if each.status is BreakEvenStatus.CROSSES and each.ceiling is None]
