"""How far two people's labels of the same rows agree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from ...document.evidence import Measured
from ..sample import Sample
from .intervals import wilson
from .values import coded, flat

MOST_CLASSES = 50
_Z = float(norm.ppf(0.975))

Table = NDArray[np.int64]


@dataclass(frozen=True)
class Agreement:
    """Rows labelled twice, the share on which both agree, Cohen's kappa, and the table of counts."""

    rows: int
    agreement: Measured
    kappa: Measured | None
    counts: Table


def agreement_of(sample: Sample) -> Agreement | None:
    """The agreement of target and second label on rows that have both; None where there are none."""
    first, names = coded(flat(sample.table[sample.roles.target]))
    second, seconds = coded(flat(sample.table[sample.roles.second_label]))
    places = {name: place for place, name in enumerate(names)}
    known = np.array([places.setdefault(name, len(places)) for name in seconds] or [0], dtype=np.int64)
    both = (first >= 0) & (second >= 0)
    if not both.any():
        return None
    table = np.zeros((len(places), len(places)), dtype=np.int64)
    np.add.at(table, (first[both], known[second[both]]), 1)
    rows = int(table.sum())
    return Agreement(rows, wilson(float(np.trace(table)), rows), kappa_of(table), table[:MOST_CLASSES, :MOST_CLASSES])


def kappa_of(table: Table) -> Measured | None:
    """Cohen's kappa (1960) with its large-sample interval (Fleiss, Cohen and Everitt 1969, equation 13).

    None where both used one class only: chance alone would agree then. Shape: classes x classes, rows the first label.
    """
    shares = table / table.sum()
    first, second = shares.sum(axis=1), shares.sum(axis=0)
    agreed, expected = float(np.trace(shares)), float(first @ second)
    if expected >= 1:
        return None
    kappa = (agreed - expected) / (1 - expected)
    own = np.diag(shares) * (1 - (first + second) * (1 - kappa)) ** 2
    weights = (second[:, None] + first[None, :]) ** 2  # share of i by the second, of j by the first
    others = (1 - kappa) ** 2 * (np.sum(shares * weights) - np.sum(np.diag(shares) * np.diag(weights)))
    variance = own.sum() + others - (kappa - expected * (1 - kappa)) ** 2
    reach = _Z * np.sqrt(max(variance, 0) / table.sum()) / (1 - expected)
    return Measured(value=kappa, low=max(-1.0, kappa - reach), high=min(1.0, kappa + reach))
