"""What several judges say together, taken as a linear pool beside the average of their quantiles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from ..document.estimate import QUANTILES, Estimate, Judgement, quantile_function
from ..document.fields import Quantity

_POINTS = (np.arange(4_096) + 0.5) / 4_096
# From here on judges disagree a lot: their pool is half as wide again as the average judge.
_A_LOT = 1.5


@dataclass(frozen=True)
class Pooled:
    """P10, P50 and P90 of the linear pool, in the estimate's unit, and how much wider it is than the average (a ratio).

    Averaged quantiles are as wide as the average judge, however far apart the judges are; the pool is wide where
    they disagree.
    """

    p10: float
    p50: float
    p90: float
    widening: float

    @property
    def disagree_a_lot(self) -> bool:
        """True where the pool is at least half as wide again as the average."""
        return self.widening >= _A_LOT


def pooled(estimate: Estimate, quantity: Quantity) -> Pooled | None:
    """The linear pool of the judgements behind an estimate; None where fewer than two people judged.

    Each judge's distribution counts alike, and their densities are averaged; what was agreed afterwards does not
    count. Source: Clemen and Winkler 1999, Combining Probability Distributions from Experts in Risk Analysis,
    Risk Analysis 19(2).
    """
    if len(estimate.judgements) < 2:
        return None
    values = [quantile_function(each, *quantity.support)(_POINTS) for each in _each(estimate)]
    low, middle, high = (float(each) for each in np.quantile(np.concatenate(values), QUANTILES, method="hazen"))
    average = estimate.average
    width = average.p90 - average.p10
    return Pooled(low, middle, high, (high - low) / width if width > 0 else float("inf") if high > low else 1.0)


def apart(estimate: Estimate) -> tuple[tuple[Judgement, Judgement], ...]:
    """Pairs of judges whose ranges from P10 to P90 have nothing in common, the lower one first."""
    pairs = permutations(estimate.judgements, 2)
    return tuple((lower, higher) for lower, higher in pairs if lower.p90 < higher.p10)


def _each(estimate: Estimate) -> Iterator[Estimate]:
    for each in estimate.judgements:
        yield Estimate.of(each.p10, each.p50, each.p90)
