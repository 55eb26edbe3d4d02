"""What several judges say together, taken as a linear pool beside the average of their quantiles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..document.estimate import QUANTILES, Estimate, quantile_function
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

    Each judge's distribution counts alike, and their densities are averaged. Source: Clemen and Winkler 1999,
    Combining Probability Distributions from Experts in Risk Analysis, Risk Analysis 19(2).
    """
    if len(estimate.judgements) < 2:
        return None
    values = [quantile_function(each, *quantity.support)(_POINTS) for each in _each(estimate)]
    low, middle, high = (float(each) for each in np.quantile(np.concatenate(values), QUANTILES, method="hazen"))
    width = estimate.p90 - estimate.p10
    return Pooled(low, middle, high, (high - low) / width if width > 0 else float("inf") if high > low else 1.0)


def _each(estimate: Estimate) -> Iterator[Estimate]:
    for each in estimate.judgements:
        yield Estimate.of(each.p10, each.p50, each.p90)
