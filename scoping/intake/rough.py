"""Rough figures: from about this to about that, and what follows for a year.

A rough range is read as the 10 % and the 90 % quantile of a lognormal amount, so its middle is the geometric mean: who
says "10 to 1,000" knows the number of digits and not much more, and the arithmetic mean would side with the upper end.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, hypot, log, sqrt

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Rough:
    """From about `low` to about `high`, both above 0; the same number twice where it is known."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """The median: the geometric mean of both ends."""
        return self.low if self.low == self.high else sqrt(self.low) * sqrt(self.high)


@dataclass(frozen=True)
class RoughWorth:
    """What an idea may be worth a year, in money: P10, P50 and P90."""

    low: float
    middle: float
    high: float


def worth_a_year(volume: Rough, value: Rough) -> RoughWorth:
    """Cases a month times the value of a case times twelve.

    The logarithm of a product of independent lognormal amounts is normal, and its variances add: the range in
    logarithms is the root of the sum of both squares. Both lower ends at once are less likely than 10 %.
    """
    middle = MONTHS_A_YEAR * volume.middle * value.middle
    half = hypot(log(volume.high / volume.low), log(value.high / value.low)) / 2
    return RoughWorth(middle * exp(-half), middle, middle * exp(half))
